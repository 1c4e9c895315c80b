// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written this way
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  holdsReference,
  isReference,
  isSecretKey,
  namesIn,
  resolveReferences,
  withReferences,
} from '../../../src/config/secrets.ts';
import { problemsIn } from './check.ts';

const REMEDY =
  'Please keep it in an environment variable and write `env:NAME` here. If it was ever committed or shared, revoke it.';

describe('a literal secret', () => {
  test.each([
    ['llm: {api_key: hunter2x}', '1:16: `api_key` holds a secret'],
    ['llm:\n  apiKey: "hunter2x"', '2:11: `apiKey` holds a secret'],
    ['notifications: {email: {password: 12345678}}', '1:35: `password` holds a secret'],
    ['llm: {a: &p hunter2x, token: *p}', '1:30: `token` holds a secret'],
    ['gate: {mode: ghp_0123456789abcdefABCD}', '1:14: This looks like a GitHub token'],
    ['llm: {api_key: Bearer hunter2x}', '1:16: `api_key` holds a secret'],
    ['llm: {api_key: hunter2x hunter2x env:KEY}', '1:16: `api_key` holds a secret'],
    ['llm: {api_key: hunter2x! env:KEY}', '1:16: `api_key` holds a secret'],
    ['# glpat-0123456789abcdefABCD', '1:3: This looks like a GitLab token'],
    ['llm: {base_url: "https://u:hunter2x@example.org/x"}', '1:18: This looks like a URL with a password'],
    [
      'notifications: {slack: {webhook_url: https://hooks.slack.com/services/T0/B0/xyz}}',
      '1:38: This looks like a webhook address',
    ],
    ['llm:\n  k: |\n    -----BEGIN RSA PRIVATE KEY-----\n    MIIEhunter2x\n', '3:5: This looks like a private key'],
  ])('%j is refused where it stands, without being shown', async (text, expected) => {
    const problems = await problemsIn(text);
    expect(problems).toContain(`${expected}, and a secret must not be in this file. ${REMEDY}`);
    expect(problems.join('\n')).not.toMatch(/hunter2x|12345678|0123456789abcdef|xyz/);
  });

  test.each([
    'llm: {api_key: env:LLM_KEY}',
    'llm: {api_key: "${LLM_KEY}"}',
    'llm: {api_key: Bearer env:LLM_KEY, x-auth-token: "Token ${LLM_KEY}"}',
    'llm: {api_key: null, token: "", secret: false, max_token: 4096, max_tokens: 8192}',
    'notifications: {slack: {webhook_url: "${SLACK_WEBHOOK}"}, base: "https://user:${PASS}@example.org"}',
    'updates: {url: "https://example.org/a?page=2", remote: "git@example.org:a/b.git"}',
  ])('%j holds none', async (text) => {
    expect(await problemsIn(text)).toEqual([]);
  });
});

// the shapes of real tokens, with a canary inside
const canary = fc.stringMatching(/^[A-Za-z0-9]{24}$/).map((core) => `Zq9${core}`);
const token = fc
  .tuple(fc.constantFrom('ghp_', 'gho_', 'github_pat_', 'glpat-', 'lin_api_', 'xoxb-', 'sk-1', 'ATATT3'), canary)
  .map(([prefix, core]) => ({ text: prefix + core, core }));

const holders = [
  (text: string) => `gate: {mode: ${text}}`,
  (text: string) => `gate: {${text}: 1}`,
  (text: string) => `${text}: {}`,
  (text: string) => `product: {name: "${text}`,
  (text: string) => `product:\n\t- ${text}: [`,
  (text: string) => `llm: *${text}`,
  (text: string) => `llm: !${text} 1`,
  (text: string) => `sprint: {timezone: ${text}, start_date: ${text}, working_days: [${text}]}`,
  (text: string) => `evidence: [{type: ${text}, name: ${text}}, {type: junit, ${text}: ${text}}]`,
  (text: string) => `platform: {ci: ${text}, type: ${text}}`,
  (text: string) => `local: {${text}: ${text}, token: ${text}}`,
  (text: string) => `waivers: [{sha: ${text}, expires: ${text}}]`,
  (text: string) => `? [${text}]\n: ${text}\n? ${text} ${text}`,
];

test('a secret never shows in any message, wherever it stands', async () => {
  await fc.assert(
    fc.asyncProperty(token, fc.constantFrom(...holders), async ({ text, core }, hold) => {
      const problems = await problemsIn(hold(text));
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join('\n')).not.toContain(core);
    }),
    { numRuns: 120 },
  );
});

test('a secret known only by its key never shows in any message of the same file', async () => {
  await fc.assert(
    fc.asyncProperty(
      canary,
      fc.constantFrom('password', 'github_token', 'apiKey', 'client-secret'),
      fc.constantFrom(...holders),
      async (core, key, hold) => {
        const problems = await problemsIn(`llm: {${key}: ${core}}\n${hold(core)}`);
        expect(problems.join('\n')).not.toContain(core);
      },
    ),
    { numRuns: 80 },
  );
});

test('keys that can only hold a secret', () => {
  const secret = ['token', 'password', 'api_key', 'apiKey', 'client-secret', 'GITHUB_TOKEN', 'private_key'];
  const other = ['tokens', 'max_tokens', 'key', 'project_key', 'author', 'secretary', 'webhook_url'];
  expect([...secret, ...other].filter(isSecretKey)).toEqual(secret);
});

describe('references', () => {
  const env = { A: '1', B: '', C_2: 'x y' };

  test.each([
    ['env:A', { text: '1', missing: [], malformed: false }],
    ['${A}', { text: '1', missing: [], malformed: false }],
    ['https://${A}/${C_2}', { text: 'https://1/x y', missing: [], malformed: false }],
    ['env:B', { text: '', missing: ['B'], malformed: false }],
    ['${NOPE}-${B}', { text: '-', missing: ['NOPE', 'B'], malformed: false }],
    ['env:A-B', { text: 'env:A-B', missing: [], malformed: true }],
    ['${{ secrets.A }}', { text: '${{ secrets.A }}', missing: [], malformed: true }],
    ['plain $A', { text: 'plain $A', missing: [], malformed: false }],
    ['${__proto__}', { text: '', missing: ['__proto__'], malformed: false }],
  ])('%s', (text, expected) => {
    expect(resolveReferences(text, env)).toEqual(expected);
  });

  test('only a whole reference counts as one', () => {
    expect(['env:A', '${A}', 'x${A}', 'env:', 'env:A '].map(isReference)).toEqual([true, true, false, false, false]);
  });
});

describe('references within a text', () => {
  test.each([
    ['env:NAME', ['NAME']],
    ['Bearer env:NAME', ['NAME']],
    ['${A}-env:B_2, env:a', ['A', 'B_2', 'a']],
    ['myenv:NAME', []],
    ['_env:NAME', []],
    ['env:', []],
    ['env:2', []],
    ['$NAME ${2}', []],
    ['', []],
  ])('%j has %j', (text, names) => {
    expect([namesIn(text), holdsReference(text)]).toEqual([names, names.length > 0]);
  });

  test('are replaced where they stand', () => {
    expect(withReferences('a env:A ${B}$& myenv:C', (name) => `<${name}$&>`)).toBe('a <A$&> <B$&>$& myenv:C');
  });
});
