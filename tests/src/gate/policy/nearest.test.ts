/** Which configuration of the base counts, where what is checked out could lead elsewhere. */
import { expect, test } from 'vitest';
import type { CodeHost } from '../../../../core/ports/index.ts';
import type { Sources } from '../../../../src/gate/policy/look-up.ts';
import { candidatesIn, foldersUp, lookUpNearest } from '../../../../src/gate/policy/nearest.ts';

/** A base branch with these files, known to the host alone. */
function sources(...files: string[]): Sources {
  const readFile: CodeHost['readFile'] = async (path) => ({
    sha: 'a'.repeat(40),
    ...(files.includes(path) ? { text: '{}' } : {}),
  });
  const host = { readFile } as CodeHost;
  return { clone: undefined, host: async () => host, subject: undefined, isByHand: false };
}

/** The operator stands in `here`, and the commit has led to `cwd`. */
function look(base: Sources, here: string, cwd: string) {
  const root = '/repo';
  const candidates = candidatesIn(root, cwd, undefined);
  return lookUpNearest({ cwd, sources: base, candidates, nearest: foldersUp(here, root), root }, 'main');
}

test('that of the workspace is found', async () => {
  const found = await look(sources('pace.config.yaml'), '/repo', '/repo');
  expect(found).toMatchObject({ how: 'found', file: { path: 'pace.config.yaml' } });
  const below = await look(sources('pace.config.yaml'), '/repo/services/api', '/repo');
  expect(below).toMatchObject({ how: 'found', file: { path: 'pace.config.yaml' } });
  const both = sources('pace.config.yaml', 'services/api/pace.config.yaml');
  const nested = await look(both, '/repo/services/api/src', '/repo/services/api');
  expect(nested).toMatchObject({ how: 'found', file: { path: 'services/api/pace.config.yaml' } });
});

test('a commit that brings a nearer one does not judge itself by it', async () => {
  expect(await look(sources('pace.config.yaml'), '/repo/services/api', '/repo/services/api')).toEqual({
    how: 'elsewhere',
    why: 'main has the configuration pace.config.yaml, and this commit leads to a nearer folder',
  });
});

test('a commit that takes the nearest one away is not judged by another one', async () => {
  const both = sources('pace.config.yaml', 'services/api/pace.config.yaml');
  expect(await look(both, '/repo/services/api', '/repo')).toEqual({
    how: 'elsewhere',
    why: 'main has the configuration services/api/pace.config.yaml, which this commit lacks',
  });
});

test('the folder `pace` holds the configuration of the folder above', async () => {
  const found = await look(sources('pace/pace.config.yaml'), '/repo/pace', '/repo');
  expect(found).toMatchObject({ how: 'found', file: { path: 'pace/pace.config.yaml' } });
});

test('where the base has none at all, there is none', async () => {
  expect(await look(sources(), '/repo/a/b', '/repo/a')).toEqual({ how: 'none' });
});

test('what cannot be known of a nearer folder is not known', async () => {
  const lost: Sources = { ...sources(), host: async () => undefined };
  expect(await look(lost, '/repo/a', '/repo')).toMatchObject({ how: 'unknown' });
});

test('folders are counted up to the root, and outside of it there are none', () => {
  expect(foldersUp('/repo/a/b', '/repo')).toEqual(['/repo/a/b', '/repo/a', '/repo']);
  expect(foldersUp('/repo', '/repo')).toEqual(['/repo']);
  expect(foldersUp('/elsewhere', '/repo')).toEqual([]);
});
