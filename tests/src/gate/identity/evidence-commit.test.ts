import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  afterCommands,
  type EvidenceWord,
  evidenceCommit,
  evidenceWord,
  testedAs,
} from '../../../../src/gate/identity/evidence-commit.ts';

const TEMPORARY = realpathSync(mkdtempSync(join(tmpdir(), 'pace-evidence-commit-')));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

const OTHER = 'f'.repeat(40);
const SHELL = {
  PATH: process.env['PATH'],
  HOME: TEMPORARY,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CEILING_DIRECTORIES: TEMPORARY,
};
const JOB = { ...SHELL, CI: 'true' };
const PERSON = ['-c', 'user.name=A Person', '-c', 'user.email=person@example.org'];

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', [...PERSON, ...args], {
    cwd,
    env: SHELL,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  }).trim();
}

function folder(): string {
  return mkdtempSync(join(TEMPORARY, 'one-'));
}

/** A merge of `head` into `base`, checked out on `main`. */
function merged() {
  const cwd = folder();
  git(cwd, 'init', '--quiet', '--initial-branch=main');
  const tree = git(cwd, 'write-tree');
  const made = (...parents: string[]) =>
    git(cwd, 'commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', `after ${parents.join()}`);
  const base = made();
  const head = made(base);
  const merge = made(base, head);
  git(cwd, 'update-ref', 'HEAD', merge);
  return { cwd, base, head, merge, made };
}

interface Given {
  readonly env?: Record<string, string | undefined>;
  readonly word?: EvidenceWord;
  readonly runsCommands?: boolean;
}

function about(cwd: string, sha: string, { env = JOB, word = {}, runsCommands = false }: Given = {}) {
  return evidenceCommit({ world: { cwd, env }, sha, word, runsCommands });
}

const short = (sha: string) => sha.slice(0, 8);
const recipe =
  'let a run of that commit make the evidence, and hand its files to this one with `evidence-sha` (as docs/forks.md shows)';
const another = (judged: string, head: string) =>
  `It is not known to be of the judged commit ${short(judged)}: checked out is ${short(head)}. Please check that commit out before the gate, but never a stranger's where the job has rights or secrets: ${recipe}.`;

describe('evidence is of the judged commit', () => {
  test('where that is checked out, or a merge that has it as a parent', async () => {
    const { cwd, base, head, merge } = merged();
    for (const env of [JOB, SHELL]) {
      for (const sha of [merge, head, base]) expect(await about(cwd, sha, { env })).toEqual({ notes: [], head: merge });
    }
  });

  test('where the image of the job has no git: by its commit, its parents where they can be read, and the host', async () => {
    const { cwd, head, merge } = merged();
    const env = { ...JOB, PATH: folder() };
    for (const sha of [merge, head]) expect(await about(cwd, sha, { env })).toEqual({ notes: [], head: merge });
    git(cwd, 'gc', '--quiet');
    expect(await about(cwd, merge, { env })).toEqual({ notes: [], head: merge });
    expect(await about(cwd, head, { env, word: { testedAs: merge } })).toEqual({ notes: [], head: merge });
    expect((await about(cwd, head, { env })).doubt).toBe(another(head, merge));
  });

  test('where nothing is known to be judged', async () => {
    expect(await about(folder(), '')).toEqual({ notes: [] });
  });

  test('where the host says that it tests it so, as in a train of merges that is squashed', async () => {
    const { cwd, merge } = merged();
    expect(await about(cwd, OTHER, { word: { testedAs: merge } })).toEqual({ notes: [], head: merge });
    expect((await about(cwd, OTHER, { word: { testedAs: 'e'.repeat(40) } })).doubt).toBe(another(OTHER, merge));
  });

  test('where `evidence-sha` says so, whatever is checked out, and where nothing is', async () => {
    const { cwd } = merged();
    for (const place of [cwd, folder()])
      expect(await about(place, OTHER, { word: { sha: OTHER } })).toEqual({ notes: [] });
  });

  test('where `evidence-sha` says so, and of commands that ran elsewhere that is noted', async () => {
    const { cwd, head, merge } = merged();
    expect(await about(cwd, OTHER, { word: { sha: OTHER }, runsCommands: true })).toEqual({
      notes: [
        `Commands ran where the judged commit is not: checked out is ${short(merge)}. That what they say is of ffffffff, only \`evidence-sha\` tells.`,
      ],
    });
    expect(await about(folder(), OTHER, { word: { sha: OTHER }, runsCommands: true })).toEqual({
      notes: [
        'Commands ran where the judged commit is not: there is no checkout here that tells. That what they say is of ffffffff, only `evidence-sha` tells.',
      ],
    });
    expect(await about(cwd, head, { word: { sha: head }, runsCommands: true })).toEqual({ notes: [] });
    expect(await about(cwd, OTHER, { word: { sha: OTHER, testedAs: merge }, runsCommands: true })).toEqual({
      notes: [],
    });
  });

  test('outside of CI where a person names the commit, which is noted where it is not checked out', async () => {
    const { cwd, head, merge } = merged();
    const word = { isNamed: true };
    expect(await about(cwd, OTHER, { env: SHELL, word })).toEqual({
      notes: [`The evidence is taken to be of ffffffff, as that commit was named; checked out is ${short(merge)}.`],
    });
    expect(await about(folder(), OTHER, { env: SHELL, word })).toEqual({
      notes: [
        'The evidence is taken to be of ffffffff, as that commit was named; there is no checkout here that tells.',
      ],
    });
    expect(await about(cwd, head, { env: SHELL, word })).toEqual({ notes: [], head: merge });
  });

  test('outside of CI where there is no checkout', async () => {
    expect(await about(folder(), OTHER, { env: SHELL })).toEqual({
      notes: ['There is no checkout here: the evidence is taken to be of ffffffff.'],
    });
  });
});

describe('evidence is not known to be of the judged commit', () => {
  test('where another one is checked out, in CI and out of it, and in CI also where it was named', async () => {
    const { cwd, merge } = merged();
    const doubt = another(OTHER, merge);
    for (const given of [{ env: JOB }, { env: SHELL }, { env: JOB, word: { isNamed: true } }]) {
      expect(await about(cwd, OTHER, given)).toEqual({ doubt, notes: [] });
    }
  });

  test('where what is checked out came after it, and merged nothing', async () => {
    const { cwd, merge, made } = merged();
    const after = made(merge);
    git(cwd, 'update-ref', 'HEAD', after);
    expect(await about(cwd, merge)).toEqual({ doubt: another(merge, after), notes: [] });
  });

  test('where a merge of a merge of it is checked out', async () => {
    const { cwd, head, merge, made } = merged();
    const later = made(merge, made());
    git(cwd, 'update-ref', 'HEAD', later);
    expect(await about(cwd, head)).toEqual({ doubt: another(head, later), notes: [] });
  });

  test('in CI where there is no checkout', async () => {
    for (const word of [{}, { isNamed: true }]) {
      expect(await about(folder(), OTHER, { word })).toEqual({
        doubt: `It is not known to be of the judged commit ffffffff: there is no checkout here that tells. Please run the gate in a checkout of that commit, or ${recipe}.`,
        notes: [],
      });
    }
  });

  test('where git does not say it, and what helps is said', async () => {
    const { cwd, head, merge } = merged();
    expect(await about(cwd, head, { env: { ...JOB, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } })).toEqual({
      doubt: `It is not known to be of the judged commit ${short(head)}: git does not tell what is checked out (detected dubious ownership in repository at '${cwd}'). Please tell git before the gate that it may read the checkout: \`git config --global --add safe.directory "$PWD"\`.`,
      notes: [],
    });
    writeFileSync(join(cwd, '.git/HEAD'), 'ref: refs/heads/.invalid\n');
    expect(await about(cwd, head, { env: { ...JOB, PATH: '/nowhere' } })).toEqual({
      doubt: `It is not known to be of the judged commit ${short(head)}: git does not tell what is checked out (The program \`git\` was not found, and only git can read where HEAD leads.). Please see to it that \`git cat-file commit HEAD\` works there, or ${recipe}.`,
      notes: [],
    });
    expect((await about(cwd, merge, { env: { ...SHELL, PATH: '/nowhere' } })).doubt).toContain('was not found');
  });

  test('where `evidence-sha` names another one, also where the judged one is checked out', async () => {
    const { cwd, merge } = merged();
    for (const env of [JOB, SHELL]) {
      expect(await about(cwd, merge, { env, word: { sha: OTHER, isNamed: true }, runsCommands: true })).toEqual({
        doubt: `It is of ffffffff, as \`evidence-sha\` says, and ${short(merge)} is judged. Please judge the commit that the evidence is of.`,
        notes: [],
      });
    }
  });
});

describe('while commands run', () => {
  test('the checkout must not move, not even to the judged commit', async () => {
    const { cwd, base, head, merge } = merged();
    const world = { cwd, env: JOB };
    const before = await about(cwd, head);
    expect(await afterCommands(world, before)).toBe(before);
    git(cwd, 'update-ref', 'HEAD', base);
    expect(await afterCommands(world, before)).toEqual({
      doubt: `While the commands ran, the checkout was moved away from ${short(merge)}: checked out is ${short(base)}. Please let no command change what is checked out.`,
      notes: [],
    });
    git(cwd, 'update-ref', 'HEAD', head);
    expect((await afterCommands(world, before)).doubt).toContain(`checked out is ${short(head)}`);
    rmSync(join(cwd, '.git'), { recursive: true });
    expect((await afterCommands(world, before)).doubt).toContain('there is no checkout here that tells');
  });

  test('it is not looked at again where it told nothing before', async () => {
    const { cwd, merge } = merged();
    const world = { cwd, env: { ...JOB, PATH: '/nowhere' } };
    for (const before of [{ notes: ['as it was named'] }, { doubt: another(OTHER, merge), notes: [] }]) {
      expect(await afterCommands(world, before)).toBe(before);
    }
  });

  test('what was noted before stays', async () => {
    const { cwd, merge, base } = merged();
    git(cwd, 'update-ref', 'HEAD', base);
    const moved = await afterCommands({ cwd, env: JOB }, { notes: ['something'], head: merge });
    expect(moved.notes).toEqual(['something']);
  });
});

describe('the commit that the evidence is said to be of', () => {
  const none = { given: undefined, configured: undefined, env: {} };

  test('is that of the option, else of the variable, else of the configuration', () => {
    const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string];
    const all = { given: one, env: { PACE_EVIDENCE_SHA: two, UPSTREAM: three }, configured: 'env:UPSTREAM' };
    expect(evidenceWord(all)).toEqual({ sha: one });
    expect(evidenceWord({ ...all, given: '' })).toEqual({ sha: two });
    expect(evidenceWord({ ...all, given: ' ', env: { ...all.env, PACE_EVIDENCE_SHA: '' } })).toEqual({ sha: three });
    expect(evidenceWord({ ...none, configured: three })).toEqual({ sha: three });
    expect(evidenceWord({ ...none, configured: `\${UPSTREAM}`, env: { UPSTREAM: one } })).toEqual({ sha: one });
  });

  test('is none where nothing is said, as where an expression has no value in this event', () => {
    expect(evidenceWord(none)).toEqual({});
    expect(evidenceWord({ given: '', configured: 'env:UPSTREAM', env: { PACE_EVIDENCE_SHA: '' } })).toEqual({});
  });

  test('is a full hash in any case, with blanks around it', () => {
    expect(evidenceWord({ ...none, given: ` ${'AbCdEf0123'.repeat(4)}\n` })).toEqual({ sha: 'abcdef0123'.repeat(4) });
    expect(evidenceWord({ ...none, given: 'A'.repeat(64) })).toEqual({ sha: 'a'.repeat(64) });
  });

  test.each(['abc1234', 'a'.repeat(39), 'a'.repeat(41), 'a'.repeat(63), 'a'.repeat(65), 'main', 'g'.repeat(40), `${'a'.repeat(40)} b`])(
    '%j is refused, wherever it comes from', (text) => {
      const remedy = 'Please pass all of its 40 (or 64) hexadecimal digits, or leave it out.';
      const refused = (source: string) => ({ kind: 'validation', message: `\`${source}\` is "${text}", which is not the full hash of a commit.`, remedy });
      const thrown = (given: Partial<Parameters<typeof evidenceWord>[0]>) => {
        try { return evidenceWord({ ...none, ...given }); } catch (error) { return error; }
      };
      expect(thrown({ given: text })).toMatchObject(refused('evidence-sha'));
      expect(thrown({ env: { PACE_EVIDENCE_SHA: text } })).toMatchObject(refused('PACE_EVIDENCE_SHA'));
      expect(thrown({ configured: 'env:X', env: { X: text } })).toMatchObject(refused('gate.evidence_sha'));
    },
  ); // biome-ignore format: one thought

  test('is not repeated at length', () => {
    expect(() => evidenceWord({ ...none, given: 'x'.repeat(500) })).toThrow(/"x{79}…"/);
  });
});

test('what the host tests belongs to the commit that it tells', () => {
  const judged = { sha: OTHER, testedAs: 'e'.repeat(40) };
  expect(testedAs(judged, OTHER)).toEqual({ testedAs: judged.testedAs });
  expect(testedAs(judged, 'd'.repeat(40))).toEqual({});
  expect(testedAs({ sha: OTHER }, OTHER)).toEqual({});
  expect(testedAs(undefined, OTHER)).toEqual({});
});

test('a checkout whose files have changed is the commit’s all the same', async () => {
  const { cwd, merge } = merged();
  writeFileSync(join(cwd, 'new.txt'), 'changed');
  expect(await about(cwd, merge)).toEqual({ notes: [], head: merge });
});
