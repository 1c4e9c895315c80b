import { expect, test } from 'vitest';
import { tokenOf } from '../../../platforms/github/token.ts';

test.each([
  ['ghs_x', { 'x-ratelimit-limit': '1000' }, 'workflow'],
  ['ghs_x', { 'x-ratelimit-limit': '5000' }, 'app'],
  ['ghs_x', { 'x-ratelimit-limit': '12500' }, 'app'],
  ['ghs_x', { 'x-ratelimit-limit': '15000' }, 'installation'],
  ['ghs_x', {}, 'installation'],
  ['ghp_x', {}, 'classic'],
  ['0123456789abcdef0123456789abcdef01234567', {}, 'classic'],
  ['github_pat_x', {}, 'fine-grained'],
  ['gho_x', {}, 'oauth'],
  ['ghu_x', {}, 'app-user'],
  ['', {}, 'unknown'],
] as const)('%s with %o is told', (text, headers, kind) => {
  expect(tokenOf(text, headers).kind).toBe(kind);
});

test('scopes and expiry are read as GitHub writes them', () => {
  const told = (headers: Record<string, string>) => {
    const { scopes, expiresAt } = tokenOf('ghp_x', headers);
    return { scopes, expires: expiresAt === undefined ? undefined : new Date(expiresAt).toISOString() };
  };
  expect(told({})).toEqual({ scopes: undefined, expires: undefined });
  expect(told({ 'x-oauth-scopes': '' })).toEqual({ scopes: [], expires: undefined });
  const utc = {
    'x-oauth-scopes': 'repo, read:org',
    'github-authentication-token-expiration': '2026-06-01 08:00:00 UTC',
  };
  expect(told(utc)).toEqual({ scopes: ['repo', 'read:org'], expires: '2026-06-01T08:00:00.000Z' });
  const offset = { 'github-authentication-token-expiration': '2026-06-01 08:00:00 +0200' };
  expect(told(offset).expires).toBe('2026-06-01T06:00:00.000Z');
});
