import { expect, test } from 'vitest';
import { loopback } from './loopback.ts';
import { loadSpec } from './openapi.ts';

test('the loopback server answers by route, records, and can lose an answer after acting', async () => {
  let created = 0;
  const server = await loopback({
    'POST /things/:id': ({ params }) => ({ status: 201, json: { id: params.id, n: ++created } }),
  });
  try {
    const first = await fetch(`${server.origin}/things/a%2Fb`, { method: 'POST', body: '{"x":1}' });
    expect(await first.json()).toEqual({ id: 'a/b', n: 1 });
    server.trouble((asked) => asked.method === 'POST', 'reset-after');
    await expect(fetch(`${server.origin}/things/c`, { method: 'POST' })).rejects.toThrow();
    expect(created).toBe(2);
    expect(server.exchanges.map(({ asked, answer }) => [asked.path, asked.body, answer.status])).toEqual([
      ['/things/a%2Fb', { x: 1 }, 201],
      ['/things/c', undefined, 201],
    ]);
  } finally {
    await server.close();
  }
});

test('the record tells which answers went out as 304', async () => {
  let text = 'one';
  const server = await loopback({ 'GET /thing': () => ({ text }) }, { etags: true });
  try {
    const first = await fetch(`${server.origin}/thing`);
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    const second = await fetch(`${server.origin}/thing`, { headers });
    text = 'two';
    const third = await fetch(`${server.origin}/thing`, { headers });
    expect([first.status, second.status, third.status]).toEqual([200, 304, 200]);
    expect(server.exchanges.map(({ notModified }) => notModified)).toEqual([undefined, true, undefined]);
  } finally {
    await server.close();
  }
});

test('an exchange that breaks the vendor description is named', () => {
  const spec = loadSpec('github');
  const asked = {
    method: 'POST',
    path: '/repos/o/r/issues',
    query: new URLSearchParams('nope=1'),
    headers: {},
    params: {},
    origin: '',
  };
  const problems = spec.violations([
    { asked: { ...asked, body: { labels: 3 } }, answer: { status: 201, json: { id: 'x' } } },
  ]);
  expect(problems).toContain('POST /repos/o/r/issues: query parameter nope is not described');
  expect(problems.some((problem) => problem.includes("request (whole) must have required property 'title'"))).toBe(
    true,
  );
  expect(problems.some((problem) => problem.includes('answer'))).toBe(true);
});
