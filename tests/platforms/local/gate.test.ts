/** The adapters of the gate over the embedded platform: what a team without a server sees. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Issue } from '../../../core/ports/index.ts';
import { getCiAdapter, getTrackerAdapter, openTracker } from '../../../platforms/index.ts';
import local from '../../../platforms/local/index.ts';
import { testWorld } from '../../support/world.ts';

const folders: string[] = [];

const OWNER = { repository: { name: 'product' }, gate: 'gate', sprint: '', branch: '', isAtHome: true };

function bench() {
  const cwd = mkdtempSync(join(tmpdir(), 'pace-local-'));
  folders.push(cwd);
  const dayDir = join(cwd, '.pace', 'day-3');
  mkdirSync(dayDir, { recursive: true });
  const world = testWorld({ cwd, env: { PACE_AGENT: 'tester' } });
  const adapter = () => getTrackerAdapter(local, { world, owner: OWNER });
  return { cwd, dayDir, world, adapter };
}

async function issuesIn(world: ReturnType<typeof testWorld>): Promise<Issue[]> {
  const issues: Issue[] = [];
  for await (const issue of (await openTracker(world, { platform: local })).listIssues()) issues.push(issue);
  return issues;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('a held day has one escalation, which is a file and closes when the day ships', async () => {
  const { cwd, dayDir, world, adapter } = bench();
  const hold = { day: 3, dayDir, holdReason: 'Unit tests fail', sha: 'a'.repeat(40) };
  const first = await adapter();
  expect(await first.openEscalationIssue(hold)).toBe('.pace/day-3/escalation-issue.md');
  expect(await (await adapter()).openEscalationIssue(hold)).toBe('.pace/day-3/escalation-issue.md');
  expect((await issuesIn(world)).map((issue) => [issue.key, issue.state])).toEqual([['1', 'open']]);
  expect(readFileSync(join(cwd, '.pace/day-3/escalation-issue.md'), 'utf8')).toContain('Unit tests fail');
  expect(await (await adapter()).openEscalation({ before: 4 })).toMatchObject({ isKnown: true, holds: [{ key: '1' }] });
  world.advance(60_000);
  const last = await adapter();
  expect(await last.resolveEscalation({ day: 3, sha: 'b'.repeat(40) })).toBe(true);
  expect([first.faults, last.faults]).toEqual([[], []]);
  expect((await issuesIn(world)).map((issue) => [issue.key, issue.state])).toEqual([['1', 'done']]);
  expect(readFileSync(join(cwd, '.pace/day-3/escalation-issue.md'), 'utf8')).toContain('Status: Done');
  expect(await (await adapter()).openEscalation({ before: 4 })).toEqual({ isKnown: true, holds: [], closed: [] });
});

test('runs that hold at the same time leave one open escalation', async () => {
  const { cwd, dayDir, world } = bench();
  const source = `
    import { getTrackerAdapter } from ${JSON.stringify(new URL('../../../platforms/index.ts', import.meta.url).href)};
    import local from ${JSON.stringify(new URL('../../../platforms/local/index.ts', import.meta.url).href)};
    import { testWorld } from ${JSON.stringify(new URL('../../support/world.ts', import.meta.url).href)};
    const world = testWorld({ cwd: ${JSON.stringify(cwd)}, now: Date.now });
    const adapter = await getTrackerAdapter(local, { world, owner: ${JSON.stringify(OWNER)} });
    const hold = { day: 3, dayDir: ${JSON.stringify(dayDir)}, holdReason: 'Unit tests fail', sha: 'a'.repeat(40) };
    const url = await adapter.openEscalationIssue(hold);
    if (url === '' || adapter.faults.length > 0) throw new Error(JSON.stringify(adapter.faults));`;
  const args = ['--input-type=module-typescript', '--eval', source];
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] }),
  );
  expect(await Promise.all(children.map(async (child) => (await once(child, 'close'))[0]))).toEqual([0, 0, 0, 0]);
  const open = (await issuesIn(world)).filter((issue) => issue.state === 'open');
  expect(open.length).toBe(1);
  const file = readFileSync(join(cwd, '.pace/day-3/escalation-issue.md'), 'utf8');
  expect(file).toContain(`Status: Open`);
  expect(file).toContain(`_Issue ${open[0]?.key} of`);
});

test('advisories and the story are files too', async () => {
  const { cwd, dayDir, adapter } = bench();
  const tracker = await adapter();
  writeFileSync(join(dayDir, 'story.md'), 'target: Log in\nacceptance:\n  - It works\n');
  writeFileSync(join(dayDir, 'handoff.md'), 'day: 3\nagent: FORGE\nbuilt: all of it\n');
  const items = [{ id: 'sentinel-day3-1', finding: 'A weak hash' }];
  expect(await tracker.pushAdvisoryItems({ day: 3, items, agent: 'SENTINEL' })).toBe('.pace/advisory-day3-sentinel.md');
  expect(await tracker.pushStory({ day: 3, dayDir })).toBe('.pace/day-3/story-ticket.md');
  expect(await tracker.postHandoffComment({ day: 3, dayDir })).toBe(true);
  expect(await tracker.updateStoryStatus({ day: 3, dayDir, status: 'done' })).toBe(true);
  expect(await tracker.clearAdvisoryItems({ ids: ['sentinel-day3-1'] })).toBe(true);
  expect(tracker.faults).toEqual([]);
  const text = (path: string) => readFileSync(join(cwd, '.pace', path), 'utf8');
  expect(text('day-3/story-ticket.md')).toContain('Status: Done');
  expect(text('day-3/story-handoff-comment.md')).toContain('all of it');
  expect(text('advisory-day3-sentinel.md')).toContain('Status: Done');
});

test('a human-gate day is a document that a person answers in', async () => {
  const { cwd, world } = bench();
  const adapter = await getCiAdapter(local, { world });
  const pace = join(cwd, '.pace');
  const request = { day: 14, stateDir: pace, agentsDir: pace, folder: '.pace', sha: 'a'.repeat(40) };
  expect(await adapter.openReviewPr(request)).toBe('.pace/day-14/review-pr.md');
  expect((await adapter.reviewState(14))?.state).toBe('open');
  const path = join(cwd, '.pace/day-14/review-pr.md');
  writeFileSync(path, readFileSync(path, 'utf8').replace('Status: open', 'Status: closed'));
  expect(await adapter.openReviewPr(request)).toBe('.pace/day-14/review-pr.md');
  expect((await adapter.reviewState(14))?.state).toBe('closed');
  expect(await adapter.reviewState(28)).toBeUndefined();
  expect((await adapter.waitForCommitCi({ sha: 'a'.repeat(40) })).conclusion).toBe('no_runs');
  expect(await adapter.writeJobSummary('# Day 14\n')).toBe(join(cwd, 'pace-summary.md'));
  expect(
    await adapter.setCommitStatus('a'.repeat(40), { context: 'pace/gate', state: 'success', description: '' }),
  ).toBe(false);
  expect(existsSync(join(cwd, '.pace/pace.db'))).toBe(false);
  expect(adapter.faults).toEqual([]);
});
