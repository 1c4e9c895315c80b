import { expect, test } from 'vitest';
import { failedOperation, readEnvelope, refusalOf } from '../../../core/hosted/envelope.ts';

const NOTHING = { retryable: false, userActionRequired: false, hasNoEffect: false };

test.each([
  [
    'the first spelling',
    { code: 'missing_installation', category: 'identity_resolution', message: 'No.' },
    { code: 'missing_installation', message: 'No.' },
  ],
  [
    'the one after it',
    { error_code: 'rate_limited', error_category: 'limits', message: 'No.' },
    { code: 'limits', message: 'No.' },
  ],
  ['a code alone', { error_code: 'rate_limited' }, { code: 'rate_limited' }],
  ['a category alone', { category: 'auth' }, { code: 'auth' }],
  ['null for what is not said', { code: 'x', message: null, retry_after_seconds: null, source: null }, { code: 'x' }],
  ['a time to wait', { code: 'x', retry_after_seconds: 1.5 }, { code: 'x', retryAfterMs: 1500 }],
  ['a time that is none', { code: 'x', retry_after_seconds: '7' }, { code: 'x' }],
  ['a negative time', { code: 'x', retry_after_seconds: -1 }, { code: 'x' }],
  ['a word that is no truth', { code: 'x', retryable: 'true', user_action_required: 'Please call' }, { code: 'x' }],
  [
    'truths',
    { code: 'x', retryable: true, user_action_required: true, effect_certainty: 'no_effect' },
    { code: 'x', retryable: true, userActionRequired: true, hasNoEffect: true },
  ],
  [
    'an operation',
    { code: 'x', operation_id: 'op-1', source: 'provider' },
    { code: 'x', operationId: 'op-1', source: 'provider' },
  ],
  ['what servers for logins say', { error: 'slow_down' }, { oauth: 'slow_down' }],
])('%s', (_, body, read) => {
  expect(readEnvelope(body)).toEqual({ ...NOTHING, ...read });
});

test.each([[null], ['words'], [[]], [{}], [{ detail: 'Not found.' }], [{ code: 12 }], [{ message: '' }]])(
  '%j is none',
  (body) => {
    expect(readEnvelope(body)).toBeUndefined();
  },
);

test('words of others cannot do anything to a terminal, and are bounded', () => {
  const { message = '' } = readEnvelope({ message: `\u001b[31mred\n::error::${'x'.repeat(10_000)}` }) ?? {};
  expect(['\u001b', '\n'].filter((sign) => message.includes(sign))).toEqual([]);
  expect(message.length).toBeLessThanOrEqual(501);
});

function answer(status: number, body: string) {
  return { response: new Response(null, { status }), bytes: new TextEncoder().encode(body).buffer, now: 0 };
}

test('an answer that is no refusal has none', () => {
  expect(refusalOf(answer(200, '{"code":"x"}'))).toBeUndefined();
  expect(refusalOf(answer(302, ''))).toBeUndefined();
});

test.each([
  [400, 'validation'],
  [401, 'authentication'],
  [403, 'permission'],
  [404, 'not-found'],
  [409, 'conflict'],
  [422, 'validation'],
  [429, 'rate-limit'],
  [500, 'transient'],
  [503, 'transient'],
])('%i is of the kind %s', (status, kind) => {
  expect(refusalOf(answer(status, '{"message":"No."}'))).toMatchObject({ kind, status, message: 'No.' });
  expect(refusalOf(answer(status, '<html>'))).toMatchObject({
    kind,
    message: `The hosted tracker answered HTTP ${status}.`,
  });
});

test('the flow that was removed is explained', () => {
  const refused = refusalOf(answer(400, '{"code":"legacy_flow_forbidden","message":"Gone."}'));
  expect(refused).toMatchObject({ message: 'Gone.', remedy: expect.stringContaining('pace tracker sync push') });
});

test.each([
  [{ message: 'Jira is down.', user_action_required: true }, 'Jira is down. (Please see the service’s dashboard.)'],
  ['Jira is down.', 'Jira is down.'],
  [null, 'The operation op-1 of the hosted tracker has failed.'],
  ['', 'The operation op-1 of the hosted tracker has failed.'],
])('an operation that has failed with %j', (error, message) => {
  expect(failedOperation('op-1', error).message).toBe(message);
});
