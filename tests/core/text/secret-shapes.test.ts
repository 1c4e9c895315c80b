// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written this way
import { expect, test } from 'vitest';
import { findSecrets, hideSecrets } from '../../../core/text/secret-shapes.ts';

const tail = '0123456789abcdefABCDEF';

test.each([
  [`ghp_${tail}`, 'a GitHub token'],
  [`ghs_${tail}`, 'a GitHub token'],
  [`github_pat_${tail}_${tail}`, 'a GitHub token'],
  [`glpat-${tail}`, 'a GitLab token'],
  [`glrt-${tail}`, 'a GitLab token'],
  [`glcbt-64_${tail}`, 'a GitLab token'],
  [`ATATT3xFfGF0${tail}=ABCD`, 'an Atlassian API token'],
  ['xoxb-1234567890-abcdefghij', 'a Slack token'],
  [`lin_api_${tail}`, 'a Linear API key'],
  ['pk_4711_0123456789ABCDEFGHIJKLMNOPQRSTUV', 'a ClickUp token'],
  ['AKIAIOSFODNN7EXAMPLE', 'an AWS access key'],
  [`sk-proj-${tail}`, 'an API key'],
  [`sk_live_${tail}`, 'an API key'],
  [`npm_${tail}abcdefABCDEFgh`, 'an npm token'],
  [`AIza${tail}abcdefABCDEFg`, 'a Google API key'],
  [`eyJ${tail}.eyJ${tail}.${tail}`, 'a JSON web token'],
  [`Authorization: Basic ${tail}==`, 'an authorization header'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----', 'a private key'],
  ['postgres://user:pass@db.example.org/x', 'a URL with a password'],
  ['https://hooks.slack.com/services/T0/B0/abc', 'a webhook address'],
  [`https://example.org/hook?x=1&token=${tail}`, 'a URL with a credential'],
])('knows %s', (secret, what) => {
  const text = `before ${secret}`;
  expect(findSecrets(text)).toEqual([{ what, start: 7, end: text.length }]);
  expect(hideSecrets(text)).toBe('before ***');
});

test.each([
  'ghp_short',
  'the sk-translation-of-long-words job',
  'https://example.org:8443/path',
  'https://user@example.org/path',
  'https://user:${PASSWORD}@example.org',
  'git@example.org:owner/name.git',
  'task-0123456789abcdef0123456789',
  '0123456789abcdef0123456789abcdef01234567',
])('leaves %s alone', (text) => {
  expect(hideSecrets(text)).toBe(text);
});

test('hides every secret of a text and keeps the rest', () => {
  expect(hideSecrets(`a ghp_${tail} b glpat-${tail}, c`)).toBe('a *** b ***, c');
});
