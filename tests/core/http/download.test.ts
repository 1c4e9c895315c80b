import { describe, expect, test } from 'vitest';
import { createDownload, LARGEST_FILE } from '../../../core/http/download.ts';
import { refusal } from '../../contract/refusal.ts';
import { testWorld } from '../../support/world.ts';

const SERVER = 'https://tracker.test/api';
const headers = { authorization: 'Bearer secret' };

interface Seen {
  readonly url: string;
  readonly authorization: string | null;
}

/** The answers by address; what was asked, in its order. */
function bench(answers: Readonly<Record<string, () => Response>>, server = SERVER) {
  const seen: Seen[] = [];
  const world = testWorld({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      seen.push({ url: request.url, authorization: request.headers.get('authorization') });
      return answers[request.url]?.() ?? new Response('none', { status: 404 });
    },
  });
  return { seen, download: createDownload(world, { title: 'Tracker', server, headers }) };
}

const led = (location: string) => () => new Response(null, { status: 302, headers: { location } });
const file = () => new Response(new Uint8Array([1, 2, 255]));
const lost = { kinds: ['unexpected'], operation: 'readAttachment' } as const;

describe('a download', () => {
  test('from the tracker’s own server carries the credentials, byte for byte', async () => {
    const { seen, download } = bench({ 'https://tracker.test/files/1': file });
    expect(await download('https://tracker.test/files/1')).toEqual(new Uint8Array([1, 2, 255]));
    expect(seen).toEqual([{ url: 'https://tracker.test/files/1', authorization: 'Bearer secret' }]);
  });

  test('is followed to a store without them, and gets none again on the way back', async () => {
    const { seen, download } = bench({
      'https://tracker.test/files/1': led('/files/2'),
      'https://tracker.test/files/2': led('https://store.test/x?signature=s'),
      'https://store.test/x?signature=s': led('https://tracker.test/files/3'),
      'https://tracker.test/files/3': file,
    });
    await download('https://tracker.test/files/1');
    expect(seen).toEqual([
      { url: 'https://tracker.test/files/1', authorization: 'Bearer secret' },
      { url: 'https://tracker.test/files/2', authorization: 'Bearer secret' },
      { url: 'https://store.test/x?signature=s', authorization: null },
      { url: 'https://tracker.test/files/3', authorization: null },
    ]);
  });

  test.each(['https://tracker.test.evil/x', 'https://tracker.test:8443/x', 'https://evil.test/tracker.test'])(
    'from %s carries none',
    async (address) => {
      const { seen, download } = bench({ [address]: file });
      await download(address);
      expect(seen).toEqual([{ url: address, authorization: null }]);
    },
  );

  test.each([
    ['http://store.test/x', 'Tracker leads to http://store.test for the file, which is not encrypted.'],
    ['file:///etc/passwd', 'Tracker names no address of the web for the file.'],
    [
      'https://169.254.169.254/latest',
      'Tracker leads to https://169.254.169.254 for the file: that is the address of a cloud’s metadata service.',
    ],
  ])('is not led to %s', async (to, message) => {
    const { seen, download } = bench({ 'https://tracker.test/1': led(to) });
    expect((await refusal(() => download('https://tracker.test/1'), lost)).message).toBe(message);
    expect((await refusal(() => download(to), lost)).message).toBe(message);
    expect(seen.map(({ url }) => url)).toEqual(['https://tracker.test/1']);
  });

  test('takes five steps and no sixth', async () => {
    const steps = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`https://tracker.test/${index}`, led(`/${index + 1}`)]),
      );
    const five = bench({ ...steps(5), 'https://tracker.test/5': file });
    expect(await five.download('https://tracker.test/0')).toEqual(new Uint8Array([1, 2, 255]));
    const six = bench({ ...steps(6), 'https://tracker.test/6': file });
    const { message, remedy } = await refusal(() => six.download('https://tracker.test/0'), lost);
    expect([message, remedy]).toEqual([
      'Tracker leads from one address to the next, and never to the file.',
      'Please get it from Tracker’s page of the issue.',
    ]);
  });

  test('of a file that is too large is refused before it is read', async () => {
    const large = () => new Response('x', { headers: { 'content-length': String(LARGEST_FILE + 1) } });
    const endless = () =>
      new Response(new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(16 * 1024 * 1024)) }), {
        headers: { 'content-length': String(LARGEST_FILE + 1) },
      });
    const { download } = bench({ 'https://tracker.test/1': endless });
    expect((await refusal(() => download('https://tracker.test/1'), { kinds: ['unexpected'] })).message).toBe(
      `Tracker sent an answer of more than ${LARGEST_FILE} bytes.`,
    );
    // what is told and not true is read as far as it goes
    expect(await bench({ 'https://tracker.test/1': large }).download('https://tracker.test/1')).toHaveLength(1);
  });

  test('that is not there is told like any other answer', async () => {
    await refusal(() => bench({}).download('https://tracker.test/1'), { kinds: ['not-found'] });
  });
});
