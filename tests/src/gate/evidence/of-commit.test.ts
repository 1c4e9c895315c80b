import { expect, test } from 'vitest';
import { evidenceSchema } from '../../../../src/config/schema.ts';
import { ofJudgedCommit, withDoubt } from '../../../../src/gate/evidence/of-commit.ts';
import type { EvidenceReading, Finding, FindingResult } from '../../../../src/gate/finding.ts';
import { checkout, commitIn } from '../parts.support.ts';

const DOUBT = 'It is of another commit. Please look.';
const OTHER = 'f'.repeat(40);

const source = (type: string, more: object) => evidenceSchema.parse({ name: type, type, ...more });
const unit = source('junit', { path: 'report.xml' });
const command = source('command', { run: 'true' });
const asked = source('http', { url: 'https://quality.example.org/status', pass: [{ json: 'ok', equals: true }] });
const approved = source('approval', { from: ['ann'], count: 1 });

function finding(result: FindingResult, more: Partial<Finding> = {}): Finding {
  return { source: 'junit', check: 'tests', result, evidence: '3 tests.', ...more };
}

function reading(findings: readonly Finding[], more: Partial<EvidenceReading> = {}): EvidenceReading {
  return { source: 'junit', findings, complete: true, standing: true, ...more };
}

const unknown: Finding = { source: 'junit', check: 'which commit it is of', result: 'UNKNOWN', evidence: DOUBT };
const seen = finding('OBSERVED', { evidence: 'Passed, and does not count. 3 tests.' });

test('without a doubt every reading stays what it is', () => {
  const readings = [reading([finding('PASS')])];
  expect(withDoubt([unit], readings, undefined)).toBe(readings);
});

test('what passes is shown and proves nothing', () => {
  const before = reading([finding('PASS', { url: 'https://x.test' })], { coverage: 81, recovered: ['adds'], failures: ['1'] });
  expect(withDoubt([unit], [before], DOUBT)).toEqual([
    { source: 'junit', findings: [unknown, { ...seen, url: 'https://x.test' }], complete: false, standing: true, failures: ['1'] },
  ]);
}); // biome-ignore format: one line

test.each<FindingResult>(['FAIL', 'UNKNOWN', 'ADVISORY', 'WAIVED', 'OBSERVED', 'PARTIAL'])(
  '%s stays, and is no answer',
  (result) => {
    const [after] = withDoubt([unit], [reading([finding(result)])], DOUBT);
    expect(after?.findings).toEqual([unknown, finding(result)]);
  },
);

test('a source that says nothing gives no answer, and clears no advisory', () => {
  const [after] = withDoubt([unit], [reading([], { saysNothing: true })], DOUBT);
  expect(after).toMatchObject({ findings: [unknown], complete: false });
});

test('services and people are asked about the commit by its name: theirs counts', () => {
  const theirs = [reading([finding('PASS')], { source: 'http' }), reading([finding('PASS')], { source: 'approval' })];
  expect(withDoubt([asked, approved, unit], theirs, DOUBT)).toEqual(theirs);
});

test('a long reason is cut like every proof', () => {
  const [after] = withDoubt([unit], [reading([])], 'x'.repeat(3_000));
  expect(after?.findings[0]?.evidence).toHaveLength(2_000);
});

/** A checkout in CI in which git cannot be asked, and whose files alone do not tell. */
const noGit = { cwd: checkout({ '.git/HEAD': 'ref: refs/heads/.invalid\n' }), env: { CI: 'true', PATH: '/nowhere' } };

test('where nothing is read in the workspace git is not asked', async () => {
  const read = async () => [reading([finding('PASS')], { source: 'http' })];
  const all = { world: noGit, sha: OTHER, word: {} };
  expect(await ofJudgedCommit({ ...all, configs: [asked, approved] }, read)).toEqual({ readings: await read(), notes: [] });
  const [doubted] = (await ofJudgedCommit({ ...all, configs: [asked, unit] }, async () => [reading([])])).readings;
  expect(doubted?.findings).toMatchObject([{ check: 'which commit it is of', evidence: expect.stringContaining('git does not tell') }]);
}); // biome-ignore format: one line

test('it is asked before the first command runs, and once more behind the last', async () => {
  const cwd = checkout({ a: '' });
  const world = { cwd, env: { CI: 'true', PATH: process.env['PATH'] } };
  const sha = commitIn(cwd);
  const read = (moves: boolean) => async () => {
    if (moves) commitIn(cwd);
    return [reading([finding('PASS')])];
  };
  const run = async (configs: (typeof unit)[], moves: boolean) =>
    (await ofJudgedCommit({ world, sha, word: {}, configs }, read(moves))).readings[0]?.findings.map(({ result }) => result);
  expect(await run([unit, command], false)).toEqual(['PASS']);
  // where no command ran, nothing of ours has moved it
  expect(await run([unit], true)).toEqual(['PASS']);
  expect(await run([unit, command], false)).toEqual(['UNKNOWN', 'OBSERVED']);
  const withRun = evidenceSchema.parse({ name: 'junit', type: 'junit', path: 'report.xml', run: 'true' });
  const now = commitIn(cwd);
  const moved = await ofJudgedCommit({ world, sha: now, word: {}, configs: [withRun] }, read(true));
  expect(moved.readings[0]?.findings[0]?.evidence).toContain('While the commands ran');
}); // biome-ignore format: one thought

test('what is taken by somebody’s word is noted', async () => {
  const world = { cwd: checkout(), env: { PATH: process.env['PATH'] } };
  const { notes } = await ofJudgedCommit(
    { world, sha: OTHER, word: { isNamed: true }, configs: [unit] },
    async () => [],
  );
  expect(notes).toEqual([expect.stringContaining('as that commit was named')]);
});
