import { describe, expect, test } from 'vitest';
import { isKept, isLock, isObeyed, splitPath } from '../../../core/kept/kept-names.ts';

describe('what is kept', () => {
  test.each([
    ...['advisory_backlog.yaml', 'pending.yaml', 'pending-advisories_2.yaml', 'variables.json', 'reviews.json'],
    ...['pending.json', 'journal.jsonl', 'pace.db', 'advisory-day3-scan.md', 'day-12/decision.yaml'],
    ...['day-1/attempts.yaml', 'day-1/story-ticket.yaml', 'day-1/deferred_items.yaml', 'day-1/escalation-issue.md'],
    ...['day-1/review-pr.md', 'day-1/story-ticket.md', 'day-1/story-handoff-comment.md', 'day-1/escalated'],
    ...['day-1/costs.jsonl', 'day-1/decision.yaml.unreadable-12', 'journal.jsonl.unreadable-1'],
    ...['sync/github-octo-repo--jira-PROJ.jsonl', 'sync/a--b.journal.jsonl', 'sync/a--b.journal.jsonl.unreadable-1'],
  ])('%s', (path) => expect(isKept(path)).toBe(true));

  test.each([
    ...['pipeline.lock', 'pace.db-wal', 'pace.db-shm', 'day-1/decision.yaml.1234abcd.tmp', 'plan.yaml'],
    ...['day-1/gate.md', 'day-1/story.md', 'day-1/handoff.yaml', 'day-1/sentinel-report.yaml', 'reports/unit.xml'],
    ...['day-x/decision.yaml', 'day-1/sub/decision.yaml', 'sub/journal.jsonl', '../journal.jsonl', 'x/../pace.db'],
    ...['day-1/decision.yaml.unreadable-', 'other.yaml', 'other.json', 'day-1/escalated.md', 'advisory-day3-.txt'],
    ...['sync/a--b.lock', 'sync/a/b.jsonl', 'sync/pairs.json', 'sync/../a.jsonl', 'sync/a.b.jsonl', 'xsync/a.jsonl'],
    ...[
      'hosted.jsonl',
      'gates/shop/hosted.jsonl',
      'xadvisory_backlog.yaml',
      'xday-1/decision.yaml',
      'day-1/decision.yamlx',
      'variables.jsonx',
    ],
  ])('not %s', (path) => expect(isKept(path)).toBe(false));
});

describe('below a gate, a branch and a sprint that is over', () => {
  test.each([
    ...['pause.yaml', 'gates/shop/pause.yaml', 'gates/apps/shop/day-1/decision.yaml', 'branches/next/journal.jsonl'],
    ...['branches/release/1.2/day-3/attempts.yaml', 'sprints/Sprint 12/day-1/decision.yaml', 'sprints/x/journal.jsonl'],
    ...['gates/shop/branches/next/sprints/x/day-1/escalated', 'branches/next/advisory_backlog.yaml'],
    ...[
      'branches/next/day-1/decision.yaml.unreadable-2',
      'day-12/escalated',
      'day-12/costs.jsonl',
      'day-12/review-pr.md',
    ],
    ...['pending-advisories_2.json'],
  ])('the same is kept: %s', (path) => expect(isKept(path)).toBe(true));

  test.each([
    ...['branches/journal.jsonl', 'gates/pause.yaml', 'sprints/day-1', 'branches/next/day-1/gate.md'],
    ...['change-12/decision.yaml', 'branches/next/change-12/decision.yaml', 'branches/next/plan.yaml'],
    ...[
      'other/next/journal.jsonl',
      'branches/../journal.jsonl',
      'branches/./x/journal.jsonl',
      'branches//journal.jsonl',
    ],
    ...['branches/a\\b/journal.jsonl', 'branches/next/../../../journal.jsonl', 'branches/next/'],
    ...[
      'xvariables.json',
      'xadvisory-day3-scan.md',
      'advisory-day3-scan.mdx',
      'xday-1/review-pr.md',
      'xday-1/escalated',
    ],
    ...['day-1/review-pr.mdx', 'pause.yamlx', 'day-1/decision.yaml.unreadable-2x', 'branches/next/xday-1/escalated'],
  ])('and nothing else, and no way out: not %s', (path) => expect(isKept(path)).toBe(false));

  test.each([
    ['journal.jsonl', '', 'journal.jsonl'],
    ['day-1/decision.yaml', '', 'day-1/decision.yaml'],
    ['branches/release/1.2/journal.jsonl', 'branches/release/1.2/', 'journal.jsonl'],
    ['branches/release/1.2/day-3/decision.yaml', 'branches/release/1.2/', 'day-3/decision.yaml'],
    ['gates/shop/sprints/x/day-10/escalated', 'gates/shop/sprints/x/', 'day-10/escalated'],
    ['branches/day/decision.yaml', 'branches/day/', 'decision.yaml'],
  ])('%s lies in %j as %s', (path, folder, name) => expect(splitPath(path)).toEqual({ folder, name }));
});

test('PACE obeys all that lies in the folder of sync, whoever put it there; a lock there is a lock', () => {
  const paths = ['sync', 'sync/a--b.jsonl', 'sync/a--b.journal.jsonl', 'sync/a--b.lock', 'sync/other.json'];
  expect(paths.map((path) => [isObeyed(path), isLock(path)])).toEqual([
    ...[[true, false], [true, false], [true, false], [true, true], [true, false]], // biome-ignore format: one row each
  ]);
  expect(isLock('sync/a--b.lock.removing')).toBe(true);
  expect(['syncx', 'sync.lock', 'x/sync/a--b.lock'].filter((path) => isObeyed(path) || isLock(path))).toEqual([]);
});
