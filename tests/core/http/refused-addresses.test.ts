import { describe, expect, test } from 'vitest';
import { refusedAddress, refusedHost } from '../../../core/http/refused-addresses.ts';

const METADATA = 'the address of a cloud’s metadata service';
const LINK_LOCAL = 'a link-local address';
const MULTICAST = 'a multicast address';
const NOBODY = 'not the address of one machine';

describe('an address', () => {
  test.each([
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.253.255.255',
    '169.255.0.0',
    '168.63.129.15',
    '100.100.100.201',
    '1.0.0.0',
    '223.255.255.255',
    '8.8.8.8',
    'fd00::1',
    'fd00:ec2::253',
    'fe7f::1',
    'fec0::1',
    'feff::1',
    '64:ff9b::808:808',
    '2002:808:808::1',
    '2606:4700::1111',
  ])('%s may be asked', (address) => {
    expect(refusedAddress(address)).toBeUndefined();
  });

  test.each([
    ['169.254.169.254', METADATA],
    ['168.63.129.16', METADATA],
    ['100.100.100.200', METADATA],
    ['192.0.0.192', METADATA],
    ['fd00:ec2::254', METADATA],
    ['FD00:EC2::254', METADATA],
    ['fd20:ce::254', METADATA],
    ['fd00:42::42', METADATA],
    ['::ffff:169.254.169.254', METADATA],
    ['::ffff:a9fe:a9fe', METADATA],
    ['64:ff9b::a9fe:a9fe', METADATA],
    ['2002:a9fe:a9fe::1', METADATA],
    ['::a9fe:a9fe', METADATA],
    ['::ffff:100.100.100.200', METADATA],
    ['169.254.0.0', LINK_LOCAL],
    ['169.254.255.255', LINK_LOCAL],
    ['::ffff:169.254.1.1', LINK_LOCAL],
    ['64:ff9b::a9fe:101', LINK_LOCAL],
    ['2002:a9fe:101::', LINK_LOCAL],
    ['fe80::1', LINK_LOCAL],
    ['fe80::1%eth0', LINK_LOCAL],
    ['febf:ffff::1', LINK_LOCAL],
    ['224.0.0.1', MULTICAST],
    ['239.255.255.255', MULTICAST],
    ['ff02::1', MULTICAST],
    ['::ffff:224.0.0.1', MULTICAST],
    ['0.0.0.0', NOBODY],
    ['0.255.255.255', NOBODY],
    ['::', NOBODY],
    ['::ffff:0.0.0.0', NOBODY],
    ['240.0.0.1', NOBODY],
    ['255.255.255.255', NOBODY],
    ['deploy.example.org', 'not an address'],
    ['', 'not an address'],
  ])('%s is %s', (address, words) => {
    expect(refusedAddress(address)).toBe(words);
  });
});

describe('the host of a URL', () => {
  test.each(['deploy.example.org', 'localhost', '127.0.0.1', '[::1]', 'metadata.example.org', 'my.metadata.goog'])(
    '%s is not refused by itself',
    (host) => {
      expect(refusedHost(host)).toBeUndefined();
    },
  );

  test.each([
    ['169.254.169.254', METADATA],
    ['[fe80::1]', LINK_LOCAL],
    ['metadata.google.internal', 'the name of a cloud’s metadata service'],
    ['METADATA.google.internal.', 'the name of a cloud’s metadata service'],
    ['metadata.goog', 'the name of a cloud’s metadata service'],
    ['instance-data.ec2.internal', 'the name of a cloud’s metadata service'],
  ])('%s is %s', (host, words) => {
    expect(refusedHost(host)).toBe(words);
  });

  test.each(['http://0xa9fea9fe/', 'http://2852039166/', 'http://0251.0376.0251.0376/', 'http://[::ffff:a9fe:a9fe]/'])(
    '%s is the same address in another form',
    (url) => {
      expect(refusedHost(new URL(url).hostname)).toBe(METADATA);
    },
  );
});
