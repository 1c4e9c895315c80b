import { afterEach, describe, expect, test } from 'vitest';
import { createGraphQl, type GraphQlOptions, GraphQlRefusal } from '../../../core/http/graphql.ts';
import { type Answer, type Loopback, loopback } from '../../support/loopback.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

const open: Loopback[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const READ = 'query { viewer { id } }';
const WRITE = 'mutation { touch { id } }';

async function against(
  answers: readonly Answer[],
  options: Partial<GraphQlOptions> = {},
  { takesWholeAnswersOnly = false } = {},
) {
  const left = [...answers];
  const server = await loopback({ 'POST /graphql': () => left.shift() ?? { json: { data: { done: true } } } });
  open.push(server);
  const world: TestWorld = testWorld();
  const url = `${server.origin}/graphql`;
  const api = createGraphQl(
    { ...world, takesWholeAnswersOnly },
    { title: 'Vendor', url, headers: { authorization: 'secret' }, ...options },
  );
  return { api, world, server };
}

function refused(code: string, more: object = {}, status = 200): Answer {
  return { status, json: { data: null, errors: [{ message: 'No.', extensions: { code }, ...more }] } };
}

async function caught(call: Promise<unknown>): Promise<GraphQlRefusal> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof GraphQlRefusal) return error;
  throw new Error(`no refusal: ${String(error)}`);
}

describe('what goes out', () => {
  test('is a POST with the document, its variables and the headers', async () => {
    const { api, server } = await against([]);
    expect(await api.query(READ, { a: 1 })).toEqual({ done: true });
    const [exchange] = server.exchanges;
    expect(exchange?.asked).toMatchObject({ method: 'POST', body: { query: READ, variables: { a: 1 } } });
    expect(exchange?.asked.headers).toMatchObject({ authorization: 'secret', 'content-type': 'application/json' });
  });

  test.each([
    { name: 'status 503', answer: { status: 503, text: 'busy' } },
    { name: 'an error of the server with status 200', answer: refused('INTERNAL_SERVER_ERROR') },
    { name: 'nothing', answer: { text: '' } },
    { name: 'half an answer', answer: { text: '{"data":{' } },
  ])('again when a query was answered with $name, and never a mutation', async ({ answer }) => {
    const reading = await against([answer, answer]);
    expect(await reading.api.query(READ)).toEqual({ done: true });
    expect(reading.world.waits).toEqual([1000, 2000]);
    const writing = await against([answer]);
    await expect(writing.api.mutate(WRITE)).rejects.toMatchObject({ kind: 'transient' });
    expect(writing.server.exchanges).toHaveLength(1);
  });

  test('again, query or mutation, when it was refused for its rate', async () => {
    const headers = { 'x-ratelimit-requests-remaining': '0', 'x-ratelimit-requests-reset': '9' };
    for (const call of ['query', 'mutate'] as const) {
      const { api, world } = await against([{ ...refused('RATELIMITED', {}, 400), headers }]);
      expect(await api[call](READ)).toEqual({ done: true });
      expect(world.waits).toEqual([9000]);
    }
  });
});

describe('a refusal', () => {
  test.each([
    ['UNAUTHENTICATED', 'authentication'],
    ['forbidden', 'permission'],
    ['BAD_USER_INPUT', 'validation'],
    ['GRAPHQL_VALIDATION_FAILED', 'unexpected'],
    ['OWN_CODE', 'conflict'],
    ['nobody knows it', 'unexpected'],
  ])('%s is of kind %s', async (code, kind) => {
    for (const status of [200, 400]) {
      const { api } = await against([refused(code, {}, status)], { kinds: { own_code: 'conflict' } });
      const expected = kind === 'unexpected' && code === 'nobody knows it' && status === 400 ? 'validation' : kind;
      expect(await caught(api.query(READ))).toMatchObject({ kind: expected });
    }
  });

  test('goes by the status that the error tells, rather than by that of the answer', async () => {
    const { api } = await against([refused('?', { extensions: { code: '?', statusCode: 404 } })]);
    expect(await caught(api.query(READ))).toMatchObject({ kind: 'not-found', status: 404 });
  });

  test('goes by its words first where the vendor says so', async () => {
    const kindInWords = (words: string) => (/too complex/.test(words) ? ('validation' as const) : undefined);
    const { api } = await against([refused('FORBIDDEN', { message: 'Query too complex' })], { kindInWords });
    expect(await caught(api.query(READ))).toMatchObject({ kind: 'validation' });
  });

  test('says what was refused, in the words for developers and those for people', async () => {
    const extensions = { code: 'BAD_USER_INPUT', userPresentableMessage: 'Please write a title.' };
    const { api } = await against([refused('', { path: ['touch', 0, 'id'], extensions })]);
    expect(await caught(api.mutate(WRITE))).toMatchObject({
      field: 'touch',
      message: 'Vendor refused the request (touch): No. – Please write a title.',
      vendorMessage: 'No. – Please write a title.',
    });
  });

  test('is one of the rate whatever else has failed, and says when the tightest budget is new again', async () => {
    const headers = {
      'x-ratelimit-complexity-remaining': '40',
      'x-ratelimit-complexity-limit': '250000',
      'x-ratelimit-complexity-reset': '600',
      'x-ratelimit-requests-remaining': '2400',
      'x-ratelimit-requests-limit': '2500',
      'x-ratelimit-requests-reset': '5',
    };
    const errors = [
      { message: 'Something else.' },
      { message: 'Query complexity is over the limit.', extensions: { code: 'RATELIMITED', statusCode: 400 } },
    ];
    const kindInWords = () => 'validation' as const;
    const { api, world } = await against([{ status: 400, headers, json: { errors } }], { kindInWords });
    expect(await caught(api.query(READ))).toMatchObject({ kind: 'rate-limit', retryAfter: 600_000 });
    expect(world.waits).toEqual([]);
  });

  const READS = '{ issues { nodes { id } } }';
  const data = { issues: { nodes: [{ id: '1' }, null, { id: '3', creator: null }] } };
  const part = (path: unknown, code = 'FORBIDDEN') => ({ message: 'Not for you.', path, extensions: { code } });

  test('of a part of an answer leaves the rest to those who read', async () => {
    const errors = [part(['issues', 'nodes', 1]), part(['issues', 'nodes', 2, 'creator'], 'NOT_FOUND')];
    const { api, world } = await against([{ json: { data, errors } }, { json: { data, errors } }]);
    expect(await api.query(READS)).toEqual({ issues: { nodes: [{ id: '1' }, { id: '3', creator: null }] } });
    expect(world.lines).toEqual([
      'warn: Vendor could not tell all that was asked for: issues.nodes.1 (Not for you.); issues.nodes.2.creator (Not for you.).',
    ]);
    expect(await caught(api.mutate(WRITE))).toMatchObject({ kind: 'permission', field: 'issues' });
  });

  test('of a part of an answer is one of the whole for who takes whole answers only', async () => {
    const errors = [part(['issues', 'nodes', 1])];
    const { api, world } = await against([{ json: { data, errors } }], {}, { takesWholeAnswersOnly: true });
    expect(await caught(api.query(READS))).toMatchObject({ kind: 'permission', field: 'issues' });
    expect(world.lines).toEqual([]);
  });

  test.each([
    ['of the whole field', [part(['issues'])], data],
    ['of a field that is not there', [part(['issues', 'nodes'])], { issues: null }],
    ['without a place', [{ message: 'No.' }], data],
    ['of the rate', [part(['issues', 'nodes', 1]), part(['issues', 'nodes', 2], 'RATELIMITED')], data],
    ['of the token', [part(['issues', 'nodes', 1], 'UNAUTHENTICATED')], data],
  ])('%s leaves nothing', async (_, errors, found) => {
    const answers = Array.from({ length: 5 }, () => ({ json: { data: found, errors } }));
    const { api, world } = await against(answers);
    await expect(api.query(READS)).rejects.toThrow(/^Vendor refused the request/);
    expect(world.lines.filter((line) => line.startsWith('warn'))).toEqual([]);
  });

  test('counts although there are data beside it', async () => {
    const { api } = await against([{ json: { data: { a: 1 }, errors: [{ message: 'b is broken' }] } }]);
    expect(await caught(api.query(READ))).toMatchObject({ kind: 'unexpected', vendorMessage: 'b is broken' });
  });

  test('without any words still says so', async () => {
    const { api } = await against([{ status: 400, json: { errors: [{}] } }]);
    const { message } = await caught(api.query(READ));
    expect(message).toBe('Vendor refused the request: no reason was given');
  });
});

describe('an answer that makes no sense', () => {
  test.each([
    { name: 'no data', answer: { json: {} } },
    { name: 'data that are a list', answer: { json: { data: [] } } },
    { name: 'errors that are none', answer: { json: { errors: ['no'] } } },
    { name: 'a list', answer: { json: [] } },
    { name: 'a web page', answer: { text: '<!doctype html>' } },
  ])('is called so: $name', async ({ answer }) => {
    const { api } = await against([answer]);
    await expect(api.query(READ)).rejects.toMatchObject({ name: 'PaceError', kind: 'unexpected' });
  });

  test('with another status is what the status means', async () => {
    const { api } = await against([{ status: 403, json: { message: 'Forbidden' } }]);
    await expect(api.mutate(WRITE)).rejects.toMatchObject({ kind: 'permission', status: 403 });
  });
});

describe('a vendor with forms of its own', () => {
  test('tells an error beside the list, and in it how long to stay away', async () => {
    const answer = { json: { error_code: 'TOO_MUCH', wait: 3 } };
    const { api, world } = await against([answer], {
      kinds: { too_much: 'rate-limit' },
      errorIn: (body) =>
        body['error_code'] ? { message: 'No.', extensions: { code: body['error_code'], ...body } } : undefined,
      waitIn: ({ wait }) => Number(wait) * 1000,
    });
    expect(await api.mutate(WRITE)).toEqual({ done: true });
    expect(world.waits).toEqual([3000]);
  });
});
