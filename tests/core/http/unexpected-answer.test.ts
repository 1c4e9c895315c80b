import { afterEach, describe, expect, test } from 'vitest';
import { createFetch } from '../../../core/http/fetch.ts';
import {
  anyText,
  dataOf,
  neededData,
  neededNumber,
  neededText,
  textOrNothing,
  withUnexpectedAnswers,
} from '../../../core/http/unexpected-answer.ts';
import { type Answer, type Loopback, loopback } from '../../support/loopback.ts';
import { testWorld } from '../../support/world.ts';

let server: Loopback | undefined;
afterEach(() => server?.close());

async function asked(answers: Answer[], method = 'GET'): Promise<string> {
  const given = [...answers];
  const next = () => given.shift() ?? { json: { fine: true } };
  server = await loopback({ 'GET /x': next, 'POST /x': next });
  const fetch = createFetch(testWorld(), { title: 'Vendor', json: true });
  return (await fetch(`${server.origin}/x`, { method })).text();
}

describe('an answer that is no JSON', () => {
  test.each([
    ['half of it', '{"a": [1, '],
    ['nothing', ''],
    ['a bare text', '"ok"'],
    ['null', 'null'],
  ])('a read that gets %s asks again', async (_, text) => {
    expect(await asked([{ text }])).toBe('{"fine":true}');
  });

  test('a read that gets nothing else fails, with a remedy', async () => {
    const half = { text: '[{"id": 1' };
    await expect(asked([half, half, half, half])).rejects.toMatchObject({
      kind: 'transient',
      message: expect.stringMatching(/^Vendor answered GET .*\/x with an incomplete answer\.$/),
      remedy: expect.stringContaining('proxy'),
    });
  });

  test('a write is not repeated, and may be answered with nothing', async () => {
    await expect(asked([{ status: 201, text: '{' }], 'POST')).rejects.toMatchObject({ kind: 'transient' });
    expect(server?.exchanges.length).toBe(1);
    await server?.close();
    expect(await asked([{ status: 201, text: '' }], 'POST')).toBe('');
  });

  test('a web page is left to the platform, which knows what its address is called', async () => {
    expect(await asked([{ text: '<html>Log in</html>' }])).toBe('<html>Log in</html>');
  });
});

describe('a field of the wrong type', () => {
  test.each([
    ['a text', () => neededText('Vendor', 'url', 7)],
    ['a text that is not empty', () => neededText('Vendor', 'url', '')],
    ['any text', () => anyText('Vendor', 'value', null)],
    ['a text or nothing', () => textOrNothing('Vendor', 'body', [])],
    ['a number', () => neededNumber('Vendor', 'number', '7')],
    ['a number from one', () => neededNumber('Vendor', 'number', 0)],
  ])('%s is asked for', (_, read) => {
    expect(read).toThrow(/^Vendor gave an answer that makes no sense \(\w+ is not (text|a number)\)\.$/);
  });

  test('what fits is given back', () => {
    const fitting = [
      neededText('Vendor', 'url', 'x'),
      anyText('Vendor', 'value', ''),
      textOrNothing('Vendor', 'body', null),
      neededNumber('Vendor', 'number', 7),
    ];
    expect(fitting).toEqual(['x', '', '', 7]);
  });
});

describe('what a port trips over in an answer', () => {
  const answer: { readonly items: { readonly name: string }[] } = JSON.parse('{}');
  const port = withUnexpectedAnswers(
    {
      platform: 'test',
      first: async () => answer.items[0]?.name.trim(),
      own: async () => Promise.reject(new Error('a defect')),
      async *all() {
        yield 1;
        yield answer.items.length;
      },
      size: (text: string) => text.length,
    },
    'Vendor',
  );

  test('is an answer that makes no sense, also in the middle of a list', async () => {
    const strange = {
      kind: 'unexpected',
      message: expect.stringMatching(/^Vendor gave an answer that makes no sense \(/),
    };
    await expect(port.first()).rejects.toMatchObject(strange);
    const seen: number[] = [];
    const all = async () => {
      for await (const item of port.all()) seen.push(item);
    };
    await expect(all()).rejects.toMatchObject(strange);
    expect(seen).toEqual([1]);
  });

  test('everything else stays as it is', async () => {
    await expect(port.own()).rejects.toThrow('a defect');
    expect([port.platform, port.size('abc')]).toEqual(['test', 3]);
  });
});

describe('the data of an answer', () => {
  const answer = { title: 'Vendor', url: new URL('https://vendor.test/api/x?page=2'), remedy: 'Please look.' };

  test('are what it holds as JSON', () => {
    expect(dataOf<{ id: number }>('{"id": 7}', answer)).toEqual({ id: 7 });
  });

  test('are none where it is empty, which is an error only for those who need some', () => {
    const data = dataOf<{ id: number }>('', answer);
    expect(data).toBeUndefined();
    expect(() => neededData('Vendor', data)).toThrow(
      expect.objectContaining({ kind: 'unexpected', message: expect.stringContaining('there are no data in it') }),
    );
  });

  test('that are needed and there are given back as they are', () => {
    const data = { id: 7 };
    expect(neededData('Vendor', data)).toBe(data);
  });

  test('are refused where it is a web page, with what to correct', () => {
    expect(() => dataOf('<html>', answer)).toThrow(
      expect.objectContaining({
        kind: 'configuration',
        message: "The answer from https://vendor.test/api/x is not one of Vendor's API.",
        remedy: 'Please look.',
      }),
    );
  });
});
