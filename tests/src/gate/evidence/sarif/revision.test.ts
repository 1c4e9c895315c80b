import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { createOtherRevision } from '../../../../../src/gate/evidence/sarif/revision.ts';
import { testWorld } from '../../../../support/world.ts';
import { heads, lines, workspace } from '../workspace.support.ts';
import { log, read, result, run } from './logs.support.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const about = (...revisions: unknown[]) => ({
  versionControlProvenance: revisions.map((revisionId) => ({ repositoryUri: 'https://a.example/r', revisionId })),
});

describe('a run', () => {
  test.each<[string, object, string, string | undefined]>([
    ['of the judged commit', about(SHA), SHA, undefined],
    ['of its short hash', about('0123456'), SHA, undefined],
    ['of its hash in capitals', about(SHA.toUpperCase()), SHA, undefined],
    ['of the whole hash where a short one is judged', about(SHA), '0123456', undefined],
    ['of its hash among spaces', about(` ${SHA}\n`), SHA, undefined],
    ['of another commit', about('fedcba9876543210'), SHA, 'fedcba9876543210'],
    ['of a hash that is too short to name one', about('012345'), SHA, '012345'],
    ['of a hash that goes on otherwise', about(`${SHA}0`.replace('abc', 'aaa')), SHA, `${SHA}0`.replace('abc', 'aaa')],
    ['of several commits, one of them the judged one', about('fedcba9', SHA), SHA, undefined],
    ['of several others', about('fedcba9', 'aaaaaaa'), SHA, 'fedcba9'],
    ['of a branch', about('main'), SHA, 'main'],
    ['of a word that only begins alike', about('release'), 'release-1', 'release'],
    ['of a revision that is empty', about(''), SHA, undefined],
    ['of a revision that is no text', about(7, null), SHA, undefined],
    ['of a repository without a revision', { versionControlProvenance: [{ repositoryUri: 'x' }] }, SHA, undefined],
    ['that says nothing of it', {}, SHA, undefined],
    ['of a strange list', { versionControlProvenance: SHA }, SHA, undefined],
    ['where no commit is judged', about('fedcba9876543210'), '', undefined],
  ])('%s', async (_, more, sha, expected) => {
    expect(await createOtherRevision(sha, testWorld())({ ...run([], more) })).toBe(expected);
  });
});

test('a merge of the judged commit, made to test it, is as good; a commit on top of it is not', async () => {
  const cwd = workspace();
  const git = (...args: string[]) => {
    const name = ['-c', 'user.name=ann', '-c', 'user.email=ann@a.example', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...name, ...args], { cwd, encoding: 'utf8' }).trim();
  };
  const commit = (words: string, ...parents: string[]) => {
    const tree = git('write-tree');
    return git('commit-tree', tree, '-m', words, ...parents.flatMap((parent) => ['-p', parent]));
  };
  git('init', '-q');
  const base = commit('base');
  const judged = commit('change', base);
  const merge = commit(`merge\n\nparent ${base}`, base, judged);
  const next = commit('next', judged);
  const world = testWorld({ cwd, env: { ...process.env } });
  const other = (revision: string, sha = judged) => createOtherRevision(sha, world)({ ...run([], about(revision)) });
  expect(await other(merge)).toBeUndefined();
  expect(await other(merge.slice(0, 12))).toBeUndefined();
  expect(await other(next)).toBe(next);
  expect(await other(base)).toBe(base);
  expect(await other('HEAD')).toBe('HEAD');
  expect(await other(merge, SHA)).toBe(merge);

  // git is asked about ten of a source, each once
  const otherOfMany = createOtherRevision(judged, world);
  const many = Array.from({ length: 9 }, (_, index) => `aaaaaaaaa${index}`);
  for (const revision of [...many, ...many, merge])
    expect(await otherOfMany({ ...run([], about(revision)) })).toBe(revision === merge ? undefined : revision);
  expect(await otherOfMany({ ...run([], about(merge)) })).toBeUndefined();
  expect(await otherOfMany({ ...run([], about('bbbbbbb', merge)) })).toBeUndefined();
  expect(await otherOfMany({ ...run([], about(merge.slice(0, 12))) })).toBe(merge.slice(0, 12));
});

describe('a report about another revision', () => {
  const old = run([result()], { ...about('fedcba9876543210'), invocations: [{ executionSuccessful: false }] });
  const why = 'Tool in s.sarif is about revision fedcba9876543210, not about c0ffee. Scan the judged commit.';

  test.each([
    ['hold', `FAIL was run on this commit | ${why}`],
    ['advisory', `ADVISORY was run on this commit | ${why}`],
    ['ship', `PASS was run on this commit | missing, and allowed to be: ${why}`],
  ])('counts as missing, with on_missing %s, and nothing in it counts', async (on_missing, expected) => {
    const reading = await read({ 's.sarif': log(old) }, { on_missing });
    expect(lines(reading)).toEqual([expected]);
    expect(reading).toMatchObject({ complete: false, saysNothing: on_missing !== 'ship' });
  });

  test('does not take away from a run about this one beside it', async () => {
    const reading = await read({ 's.sarif': log(old, run([result({ level: 'error' })], about('c0ffee'))) });
    expect(heads(reading)).toEqual(['FAIL was run on this commit', 'FAIL R1']);
    expect(reading.saysNothing).toBe(false);
  });

  test('is no such thing where no commit is judged', async () => {
    expect(heads(await read({ 's.sarif': log(run([], about('fedcba9'))) }, {}, { sha: '' }))).toEqual(['PASS scan']);
  });
});
