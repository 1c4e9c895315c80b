// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written this way
import { expect, test } from 'vitest';
import { isHeaderText } from '../../../src/config/http-schema.ts';
import { check, problemsIn } from './check.ts';

function config(settings: string): string {
  return `evidence:\n  - type: http\n    name: deploy\n    ${settings.replaceAll('\n', '\n    ')}\n`;
}

test('needs an address, and has a default for all else', async () => {
  const loaded = await check(config('url: "https://deploy.example/{day}/{sha}?a={sha}"'));
  expect(loaded.config.evidence).toEqual([
    {
      ...{ type: 'http', name: 'deploy', on_fail: 'hold', url: 'https://deploy.example/{day}/{sha}?a={sha}' },
      ...{ headers: {}, fail: [], interval_seconds: 10, deadline_seconds: 300, timeout_seconds: 10 },
    },
  ]);
});

test.each([
  'url: http://127.0.0.1:8080/x',
  'url: "https://{sha}.preview.example/"',
  'url: http://x/\nmethod: DELETE\nbody: text',
  'url: http://x/\nbody: {a: [1, {b: null}]}',
  'url: http://x/\nheaders: {Authorization: Bearer env:DEPLOY_TOKEN, Cookie: "a=${B}", X-Api-Key: env:KEY, X-Auth-Token: Token env:T}',
  'url: http://x/\npass:\n  - status: 200\n  - {status: [2xx, 404], json: "a[0]", equals: null}\n  - {json: $, exists: true}',
  'url: http://x/\nfail:\n  - {json: $.a, in: [1, a, true, null], matches: "^a+$", at_least: 1.5, at_most: -2, not_equals: x}',
  'url: http://x/\nheaders: {X-Host: a, X-Te: b, Te-X: c, Hosts: d}',
  'url: http://x/\npass:\n  - {json: $.a, matches: "^\\\\p{L}+$"}',
  'url: http://x/\ninterval_seconds: 1\ndeadline_seconds: 21600\ntimeout_seconds: 300',
])('%j is right', async (settings) => {
  expect(await problemsIn(config(settings))).toEqual([]);
});

const NEEDS = 'needs one of `equals`, `not_equals`, `in`, `matches`, `at_least`, `at_most`, `exists` beside it';

test.each([
  ['method: GET', '2:5: `url` is missing in `evidence[0]`. Whom to ask.'],
  [
    'url: ftp://x/',
    '4:10: `evidence[0].url` is not an address that begins with http:// or https://. It is "ftp://x/".',
  ],
  ['url: deploy', '4:10: `evidence[0].url` is not an address that begins with http:// or https://. It is "deploy".'],
  ['url: "http://:pw@x/"', '4:10: `evidence[0].url` holds a name or a password; please send them as a header'],
  ['url: "xhttp://x/"', '4:10: `evidence[0].url` is not an address that begins with http:// or https://.'],
  [
    'url: http://me@x/',
    '4:10: `evidence[0].url` holds a name or a password; please send them as a header with `env:NAME`. It is',
  ],
  [
    'url: http://x/\nmethod: get',
    '5:13: `evidence[0].method` is "get", which is not one of `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`. Did you mean "GET"?',
  ],
  [
    'url: http://x/\nmethod: GET\nbody: x',
    '6:11: `evidence[0].body` cannot be sent with GET; please leave `method` out, or set another. It is "x".',
  ],
  [
    'url: http://x/\nmethod: HEAD\nbody: {}',
    '6:11: `evidence[0].body` cannot be sent with HEAD; please leave `method` out, or set another. It is',
  ],
  ['url: http://x/\nbody: [1]', '5:11: `evidence[0].body` must be text, or a mapping (`key: value` lines), not'],
  [
    'url: http://x/\nheaders: {Host: y}',
    '5:21: `evidence[0].headers.Host` is a header that the connection sets by itself. It is "y".',
  ],
  [
    'url: http://x/\nheaders: {Proxy-Authorization: env:Y}',
    '5:36: `evidence[0].headers.Proxy-Authorization` is a header that the connection sets by itself.',
  ],
  ['url: http://x/\nheaders: {"a b": y}', '5:22: `evidence[0].headers.a b` cannot be the name of a header. It is "y".'],
  [
    'url: http://x/\nheaders: {Authorization: Bearer xyz}',
    '5:30: `evidence[0].headers.Authorization` holds a secret, which must not be in this file; please write `env:NAME`, or `Bearer env:NAME`. It is',
  ],
  [
    'url: http://x/\nheaders: {A: "ключ"}',
    '5:18: `evidence[0].headers.A` cannot be sent: a header is one line of Latin characters. It is',
  ],
  [
    'url: http://x/\nheaders: {X-Api-Key: hunter2}',
    '5:26: `X-Api-Key` holds a secret, and a secret must not be in this file.',
  ],
  ['url: http://x/\npass: []', '5:11: `evidence[0].pass` must have at least 1 item.'],
  [
    'url: http://x/\npass:\n  - {status: 2x}',
    '6:18: `evidence[0].pass[0].status` is neither a status such as 200 nor a class of them such as 2xx. It is "2x".',
  ],
  [
    'url: http://x/\npass:\n  - {status: 600}',
    '6:18: `evidence[0].pass[0].status` is neither a status such as 200 nor a class of them such as 2xx. It is 600.',
  ],
  [
    'url: http://x/\npass:\n  - {status: []}',
    '6:18: `evidence[0].pass[0].status` is neither a status such as 200 nor a class of them such as 2xx. It is a list',
  ],
  [
    'url: http://x/\npass:\n  - {status: [200, 20]}',
    '6:18: `evidence[0].pass[0].status` is neither a status such as 200 nor a class of them such as 2xx. It is',
  ],
  [
    'url: http://x/\npass:\n  - {json: "a..b", exists: true}',
    '6:16: `evidence[0].pass[0].json` is not a path such as $.state or phases[0].state. It is "a..b".',
  ],
  ['url: http://x/\npass:\n  - {json: $.a}', `6:16: \`evidence[0].pass[0].json\` ${NEEDS}. It is "$.a".`],
  [
    'url: http://x/\nfail:\n  - {equals: 1}',
    '6:18: `evidence[0].fail[0].equals` belongs to a `json` beside it, which is missing. It is 1.',
  ],
  ['url: http://x/\nfail:\n  - {}', '6:9: `evidence[0].fail[0]` needs `status`, or `json` with a path. It is'],
  [
    'url: http://x/\nfail:\n  - {json: $.a, matches: "("}',
    '6:30: `evidence[0].fail[0].matches` is not a regular expression. It is "(".',
  ],
  [
    'url: http://x/\nfail:\n  - {json: $.a, equal: 1}',
    '6:21: Unknown key `equal` in `evidence[0].fail[0]`. Did you mean "equals"?',
  ],
  ['url: http://x/\nfail:\n  - {json: $.a, in: []}', '6:25: `evidence[0].fail[0].in` must have at least 1 item.'],
  ['url: http://x/\ninterval_seconds: 0.9', '5:23: `evidence[0].interval_seconds` must be at least 1, not 0.9.'],
  ['url: http://x/\ndeadline_seconds: 0', '5:23: `evidence[0].deadline_seconds` must be more than 0, not 0.'],
  ['url: http://x/\ntimeout_seconds: 301', '5:22: `evidence[0].timeout_seconds` must be at most 300, not 301.'],
])('%j is wrong', async (settings, expected) => {
  const problems = await problemsIn(config(settings));
  expect(problems.map((problem) => problem.slice(0, expected.length))).toContain(expected);
});

test('a mapping that holds itself cannot be sent', async () => {
  expect(await problemsIn(config('url: http://x/\nbody: &it {a: *it}'))).not.toEqual([]);
});

test.each([
  ['', true],
  ['a\tb ~', true],
  ['é', true],
  ['a\nb', false],
  ['a\rb', false],
  ['\u007f', false],
  ['ключ', false],
])('%j in a header: %s', (text, expected) => {
  expect(isHeaderText(text)).toBe(expected);
});
