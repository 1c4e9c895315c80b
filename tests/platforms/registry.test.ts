import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadPlatform, platformNames, refusedNames } from '../../platforms/index.ts';

const folders = readdirSync(new URL('../../platforms', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test('the registry and the folders agree', () => {
  expect([...platformNames, ...refusedNames].sort()).toEqual(folders.sort());
});

describe.each([...platformNames, ...refusedNames])('%s', (name) => {
  test('has the name of its folder', async () => {
    const platform = await loadPlatform(name);
    expect(platform.name).toBe(name);
    expect(platform.title).not.toBe('');
  });

  test('says once what it needs, and why', async () => {
    const { needs } = await loadPlatform(name);
    const keys = needs.map((need) => need.key);
    const variables = needs.flatMap((need) => need.env);
    expect(keys).toEqual([...new Set(keys)]);
    expect(variables).toEqual([...new Set(variables)]);
    expect(keys.filter((key) => !/^[a-z][a-z0-9_]*$/.test(key))).toEqual([]);
    expect(needs.filter((need) => need.why.trim() === '')).toEqual([]);
  });

  test('reads the address of an issue on a server that is known only: a token goes nowhere else', async () => {
    const { readIssueUrl } = await loadPlatform(name);
    const paths = [
      '/a/b/issues/1',
      '/a/b/-/issues/1',
      '/browse/A-1',
      '/a/issue/A-1/x',
      '/0/1/2',
      '/t/abc',
      '/boards/1/pulses/2',
    ];
    const evil = ['evil.example', 'github.com.evil.example', 'linear.app.evil.example', 'x.atlassian.net.evil.example'];
    const addresses = evil.flatMap((host) => paths.map((path) => new URL(`https://${host}${path}`)));
    const disguised = paths.map((path) => new URL(`https://github.com:x@evil.example${path}`));
    expect([...addresses, ...disguised].filter((url) => readIssueUrl?.(url, {}) ?? readIssueUrl?.(url))).toEqual([]);
  });

  test('names an environment variable for every secret, and gives it no default', async () => {
    const secrets = (await loadPlatform(name)).needs.filter((need) => need.secret);
    expect(secrets.filter((need) => need.env.length === 0 || need.default !== undefined)).toEqual([]);
  });
});
