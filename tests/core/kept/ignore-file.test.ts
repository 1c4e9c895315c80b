/** What `.pace/.gitignore` names: all that PACE keeps, and nothing else. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ignoreText, keepIgnored } from '../../../core/kept/ignore-file.ts';
import { openKept } from '../../../core/kept/open-kept.ts';
import { testWorld } from '../../support/world.ts';

let base: string;
const file = () => join(base, '.pace', '.gitignore');
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'pace-ignore-'));
  execFileSync('git', ['init', '--quiet'], { cwd: base });
});
afterEach(() => rmSync(base, { recursive: true }));

/** Those of the paths below `.pace` that git leaves alone. */
function ignored(paths: readonly string[]): string[] {
  keepIgnored(base, () => false);
  const input = paths.map((path) => `.pace/${path}\n`).join('');
  try {
    const output = execFileSync('git', ['check-ignore', '--stdin'], { cwd: base, input, encoding: 'utf8' });
    return output.split('\n').filter(Boolean).map((path) => path.slice('.pace/'.length)); // biome-ignore format: one thought
  } catch {
    // git's answer where it ignores none of them
    return [];
  }
}

const OWN = [
  ...[
    '.gitignore',
    'advisory_backlog.yaml',
    'pause.yaml',
    'pending-advisories_2.yaml',
    'variables.json',
    'reviews.json',
  ],
  ...['pending.json', 'journal.jsonl', 'pace.db', 'pace.db-wal', 'pace.db-shm', 'pace.db-journal', 'pipeline.lock'],
  ...['pipeline.lock.removing', 'advisory-day3-scan.md', 'day-12/decision.yaml', 'day-1/attempts.yaml'],
  ...['day-1/failures.yaml', 'day-1/story-ticket.yaml', 'day-1/deferred_items.yaml', 'day-1/escalation-issue.md'],
  ...['day-1/review-pr.md', 'day-1/story-ticket.md', 'day-1/story-handoff-comment.md', 'day-1/escalated'],
  ...['day-1/costs.jsonl', 'day-1/decision.yaml.unreadable-12', 'change-7/decision.yaml', 'sync/a/b.json'],
  ...['sync/a--b.jsonl', 'sync/a--b.journal.jsonl', 'sync/a--b.lock', 'hosted.jsonl'],
  ...['day-1/decision.yaml.1234abcd.tmp', 'gates/apps/shop/day-1/decision.yaml', 'gates/shop/pause.yaml'],
  ...['branches/release/1.2/day-3/attempts.yaml', 'sprints/Sprint 12/journal.jsonl', 'gates/a/branches/b/pending.yaml'],
];
const OTHERS = [
  ...['plan.yaml', 'pace.config.yaml', 'day-1/gate.md', 'day-1/story.md', 'day-1/handoff.yaml', 'README.md'],
  ...['day-1/sentinel-report.yaml', 'reports/unit.xml', 'reports/all.jsonl', 'other.yaml', 'other.json'],
  ...['gates/shop/plan.yaml', 'agents/decision.yaml', 'branches/next/day-1/report.json'],
];

test('git leaves what PACE keeps, and not what people and agents write', () => {
  expect(ignored(OWN)).toEqual(OWN);
  expect(ignored(OTHERS)).toEqual([]);
});

test('it comes with the first file that is kept, and an older one of ours is brought up to date', () => {
  const kept = openKept(testWorld({ cwd: base, env: { PATH: process.env['PATH'] } }));
  expect(existsSync(file())).toBe(false);
  kept.write('pause.yaml', 'x');
  expect(readFileSync(file(), 'utf8')).toBe(ignoreText());
  writeFileSync(file(), `${ignoreText().split('\n')[0]}\n/pace.db\n`);
  keepIgnored(base, () => false);
  expect(readFileSync(file(), 'utf8')).toBe(ignoreText());
});

test('one that git tracks, that is somebody else’s, or that is a link stays as it is', () => {
  const older = `${ignoreText().split('\n')[0]}\n`;
  mkdirSync(join(base, '.pace'));
  writeFileSync(file(), older);
  keepIgnored(base, () => true);
  expect(readFileSync(file(), 'utf8')).toBe(older);
  writeFileSync(file(), '*\n');
  keepIgnored(base, () => false);
  expect(readFileSync(file(), 'utf8')).toBe('*\n');
  rmSync(file());
  writeFileSync(join(base, 'elsewhere'), older);
  symlinkSync('../elsewhere', file());
  keepIgnored(base, () => false);
  expect(readFileSync(join(base, 'elsewhere'), 'utf8')).toBe(older);
});

test('without git there is none', () => {
  rmSync(join(base, '.git'), { recursive: true });
  keepIgnored(base, () => false);
  expect(existsSync(file())).toBe(false);
});
