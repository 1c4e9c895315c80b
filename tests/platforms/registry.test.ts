import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadPlatform, platformNames, refusedNames } from '../../platforms/index.ts';
import { OWN, SHARED } from './file-names.ts';

const root = new URL('../../platforms/', import.meta.url);
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const files = folders.flatMap((folder) => readdirSync(new URL(folder, root)).map((name) => ({ folder, name })));

test('the registry and the folders agree', () => {
  expect([...platformNames, ...refusedNames].sort()).toEqual(folders.sort());
});

describe('the files of the platforms’ folders', () => {
  test('have names that all folders share, or that are listed as the folder’s own', () => {
    const unknown = files.filter(({ folder, name }) => !Object.hasOwn(SHARED, name) && !OWN[folder]?.includes(name));
    expect(unknown.map(({ folder, name }) => `${folder}/${name}`)).toEqual([]);
  });

  test('have a name of their own in one folder only: what two have is shared', () => {
    const own = Object.values(OWN).flat();
    expect(own.filter((name, place) => own.indexOf(name) !== place || Object.hasOwn(SHARED, name))).toEqual([]);
  });

  test('are there for every name in the lists, and for a shared one in two folders at least', () => {
    const uses = (shared: string) => files.filter(({ name }) => name === shared).length;
    expect(Object.keys(SHARED).filter((name) => uses(name) < 2)).toEqual([]);
    const listed = Object.entries(OWN).flatMap(([folder, names]) => names.map((name) => ({ folder, name })));
    const isThere = ({ folder, name }: (typeof files)[number]) =>
      files.some((file) => file.folder === folder && file.name === name);
    expect(listed.filter((file) => !isThere(file))).toEqual([]);
  });
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
