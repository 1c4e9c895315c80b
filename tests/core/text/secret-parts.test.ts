/** Which parts of a secret are one by themselves. The samples are made here, and open nothing. */
import { expect, test } from 'vitest';
import { createRedactor } from '../../../core/text/redact.ts';
import { innerSecrets, secretParts } from '../../../core/text/secret-parts.ts';

const line = (letter: string) => `${letter}1${letter.repeat(30)}`;

test.each([
  ['a word', 'hunter2', ['hunter2']],
  ['blanks around it', '  hunter2\r\n', ['hunter2']],
  ['too short a word', 'hunte', []],
  ['blanks alone', '        ', []],
  [
    'lines of a key',
    `-----BEGIN KEY-----\n${line('A')}\nQUJDRA==\n-----END KEY-----`,
    [`-----BEGIN KEY-----\n${line('A')}\nQUJDRA==\n-----END KEY-----`, line('A'), 'QUJDRA=='],
  ],
  [
    'a service account',
    JSON.stringify({
      type: 'service_account',
      project_id: 'acme-production-1',
      private_key: `${line('k')}\n`,
      client_email: 'x1@acme-production-1.example',
    }),
    [expect.any(String), line('k')],
  ],
  ['logins of registries', '{"auths":{"registry.example":{"auth":"dXNlcjpwdw"}}}', [expect.any(String), 'dXNlcjpwdw']],
  ['a list in JSON', '["a","b"]', ['["a","b"]']],
  ['what only begins like JSON', '{broken', ['{broken']],
  [
    'a cluster',
    `apiVersion: v1\nclusters:\n- cluster:\n    server: https://10.0.0.1:6443\nusers:\n- name: admin\n  user:\n    token: q1w2e3r4\n    client-key-data: LS0tLS1C`,
    [expect.any(String), 'q1w2e3r4', 'LS0tLS1C'],
  ],
  [
    'settings of npm',
    '//npm.example/:_authToken=abc123def\nregistry=https://npm.example/\n[section]',
    [expect.any(String), 'abc123def'],
  ],
  ['settings of a shell', 'export API_TOKEN="abc123def"\nexport NAME=value', [expect.any(String), 'abc123def']],
  ['a random value', `first: 1\nother: ${line('x')}`, [expect.any(String), line('x')]],
  ['a file of logins', 'machine h login u password abc123def', ['machine h login u password abc123def', 'abc123def']],
  [
    'an address',
    'postgres://u:p%40ssword@db.example/x',
    ['postgres://u:p%40ssword@db.example/x', 'p%40ssword', 'p@ssword'],
  ],
  ['an address with half an escape', 'postgres://u:passw%zz@db/x', ['postgres://u:passw%zz@db/x', 'passw%zz']],
  [
    'a connection',
    'Server=db;User Id=sa;Password=abc123;Encrypt=true',
    ['Server=db;User Id=sa;Password=abc123;Encrypt=true', 'abc123'],
  ],
])('%s', (_, secret, parts) => {
  expect(secretParts(secret)).toEqual(parts);
  const inner = innerSecrets(secret.trim()).filter(({ length }) => length > 5);
  expect([...new Set(inner)]).toEqual(parts.slice(1));
});

test('of an address that is no secret by its name only the password is hidden', () => {
  const { redact } = createRedactor({ DATABASE_URL: 'postgres://user-1:hunter22@db.example/shop' });
  expect(redact('login hunter22 at db.example/shop as user-1')).toBe('login *** at db.example/shop as user-1');
});
