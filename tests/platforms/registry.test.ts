import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadPlatform, platformNames } from '../../platforms/index.ts';

const folders = readdirSync(new URL('../../platforms', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test('the registry and the folders agree', () => {
  expect([...platformNames].sort()).toEqual(folders.sort());
});

describe.each(platformNames)('%s', (name) => {
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

  test('names an environment variable for every secret, and gives it no default', async () => {
    const secrets = (await loadPlatform(name)).needs.filter((need) => need.secret);
    expect(secrets.filter((need) => need.env.length === 0 || need.default !== undefined)).toEqual([]);
  });
});
