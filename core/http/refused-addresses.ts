/**
 * Addresses at which no service of a team lives, and at which a machine's own secrets may be had for the asking: what an address
 * from a configuration must never lead to. Loopback and private networks are not among them.
 */
import { BlockList, isIP } from 'node:net';

interface Kind {
  readonly words: string;
  /** In IPv4: `address/bits`. The forms in which IPv6 carries them count too. */
  readonly v4: readonly string[];
  readonly v6: readonly string[];
}

const KINDS: readonly Kind[] = [
  {
    words: 'the address of a cloud’s metadata service',
    // AWS, Azure, Google and most others; Azure's wire server; Alibaba; Oracle's older one
    v4: ['169.254.169.254/32', '168.63.129.16/32', '100.100.100.200/32', '192.0.0.192/32'],
    // AWS; Google; Scaleway
    v6: ['fd00:ec2::254/128', 'fd20:ce::254/128', 'fd00:42::42/128'],
  },
  // https://www.rfc-editor.org/rfc/rfc3927, https://www.rfc-editor.org/rfc/rfc4291#section-2.5.6
  { words: 'a link-local address', v4: ['169.254.0.0/16'], v6: ['fe80::/10'] },
  { words: 'a multicast address', v4: ['224.0.0.0/4'], v6: ['ff00::/8'] },
  { words: 'not the address of one machine', v4: ['0.0.0.0/8', '240.0.0.0/4'], v6: ['::/128'] },
];

/** Names that only mean a metadata service: a proxy may know one that this machine does not. */
const METADATA_NAMES = new Set(['metadata.google.internal', 'metadata.goog', 'instance-data.ec2.internal']);

const lists = KINDS.map(({ words, v4, v6 }) => ({ words, list: listOf(v4, v6) }));

/** What is wrong with asking this address, in words: `a link-local address`; `undefined` where nothing is. */
export function refusedAddress(address: string): string | undefined {
  // a zone belongs to the link of this machine
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare);
  if (family === 0) return 'not an address';
  return lists.find(({ list }) => list.check(bare, family === 4 ? 'ipv4' : 'ipv6'))?.words;
}

/** The same of the host of a URL; `undefined` too where it is a name that has to be looked up. */
export function refusedHost(host: string): string | undefined {
  const bare = host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (METADATA_NAMES.has(bare.toLowerCase())) return 'the name of a cloud’s metadata service';
  return isIP(bare) === 0 ? undefined : refusedAddress(bare);
}

function listOf(v4: readonly string[], v6: readonly string[]): BlockList {
  const list = new BlockList();
  for (const [net, bits] of v4.map(parts)) {
    // this covers `::ffff:a.b.c.d` as well
    list.addSubnet(net, bits, 'ipv4');
    for (const carried of carriedIn(net)) list.addSubnet(carried.net, carried.before + bits, 'ipv6');
  }
  for (const [net, bits] of v6.map(parts)) list.addSubnet(net, bits, 'ipv6');
  return list;
}

function parts(subnet: string): [net: string, bits: number] {
  const [net = '', bits] = subnet.split('/');
  return [net, Number(bits)];
}

/** An IPv4 address within one of IPv6: of translators (NAT64), of 6to4, and as it was written long ago. */
function carriedIn(v4: string): { net: string; before: number }[] {
  const [a = 0, b = 0, c = 0, d = 0] = v4.split('.').map(Number);
  const [high, low] = [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
  return [
    { net: `64:ff9b::${high}:${low}`, before: 96 },
    { net: `2002:${high}:${low}::`, before: 16 },
    // `::/104` of 0.0.0.0/8 would be loopback too
    ...(a === 0 ? [] : [{ net: `::${high}:${low}`, before: 96 }]),
  ];
}
