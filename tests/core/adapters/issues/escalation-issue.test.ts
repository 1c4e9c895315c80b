import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createEscalations } from '../../../../core/adapters/issues/escalation-issue.ts';
import type { IssueDraft } from '../../../../core/ports/index.ts';
import { type MemoryTracker, memoryTracker } from '../../../support/memory-tracker.ts';
import { type TestWorld, testWorld } from '../../../support/world.ts';

const DAY = 86_400_000;
const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];

let tracker: MemoryTracker;
let world: TestWorld;
let dayDir: string;

beforeEach(async () => {
  world = testWorld();
  tracker = memoryTracker({ now: () => world.now() });
  dayDir = await mkdtemp(join(tmpdir(), 'pace-day-'));
});

/** Every run of the gate begins a second after the last. */
function run() {
  world.advance(1000);
  return createEscalations({ tracker, world, repository: 'acme/shop', quota: { left: 9 } });
}

function hold(more: Partial<Parameters<ReturnType<typeof run>['open']>[0]> = {}) {
  return run().open({ day: 3, dayDir, holdReason: 'unit: adds', sha: A, ...more });
}

function markOf(key: string): Record<string, unknown> {
  return tracker.issues.get(key)?.metadata['pace'] as Record<string, unknown>;
}

const said = (key: string) => (tracker.comments.get(key) ?? []).map(({ body }) => body);

test('a HOLD of which little is known says just that', async () => {
  const { createIssue } = tracker;
  const drafts: IssueDraft[] = [];
  tracker.createIssue = (draft) => {
    drafts.push(draft);
    return createIssue(draft);
  };
  expect(await run().open({ day: 3, dayDir, holdReason: 'unit: adds' })).toEqual({
    key: '1',
    url: 'https://tracker.test/1',
    day: 3,
    open: true,
  });
  const [draft, ...others] = drafts;
  expect(others).toEqual([]);
  expect(draft).toMatchObject({ purpose: 'hold', labels: ['pace-hold', 'pace-day-3'] });
  expect(draft?.body.split('\n\n')).toEqual([
    '## Escalated HOLD — Day 3',
    'Day 3 could not ship, and its retries are used up.',
    '### Blocker',
    'unit: adds',
    '### Story Card',
    'Not available',
    '### FORGE Handoff (last attempt)',
    'Not available',
    '### GATE Report (last attempt)',
    'Not available',
    '### To Resume',
    expect.stringContaining('Run day 3 again'),
    '---',
    'Opened by PACE. While this issue is open, later days are paused.',
  ]);
});

describe('the same day again', () => {
  test.each([
    ['the findings have changed, the commit has not', { report: '| another table |' }, ['update 1']],
    ['the commit has changed', { sha: B }, ['update 1']],
    ['the reason has changed', { holdReason: 'scan: key' }, ['comment 1', 'update 1']],
    ['only the job is another one', { jobUrl: 'https://ci.test/7' }, []],
  ])('%s', async (_, more, writes) => {
    await hold({ report: '| a table |' });
    await hold({ report: '| a table |', ...more });
    expect(tracker.writes.slice(1)).toEqual(writes);
  });

  test("a person's close ends with a new reason at the same commit", async () => {
    await hold();
    tracker.person.close('1');
    expect((await hold()).open).toBe(false);
    expect((await hold({ holdReason: 'scan: key' })).open).toBe(true);
    expect(said('1')).toEqual(['Day 3 holds at commit `aaaaaaaaaaaa`: scan: key']);
  });

  test('an edit forgets no reminder', async () => {
    await hold();
    world.advance(DAY);
    await run().remind(3);
    const { reminded, saidAt } = markOf('1');
    expect(reminded).toBe(1);
    await hold({ sha: B });
    expect(markOf('1')).toMatchObject({ reminded, saidAt });
    world.advance(2 * DAY - 5000);
    expect(await run().remind(3)).toBe(false);
    world.advance(5000);
    expect(await run().remind(3)).toBe(true);
  });

  test('a HOLD that was edited before any reminder is reminded of a day after the edit', async () => {
    await hold();
    world.advance(DAY / 2);
    await hold({ holdReason: 'scan: key' });
    expect(markOf('1')).toMatchObject({ reminded: 0, saidAt: world.now() });
    world.advance(DAY - 1001);
    expect(await run().remind(3)).toBe(false);
    world.advance(-999);
    expect(await run().remind(3)).toBe(true);
  });
});

describe('a SHIP', () => {
  test('closes the issue and the open twins that a race has left, and says so once in each', async () => {
    await hold();
    const first = tracker.issues.get('1');
    if (!first) throw new Error('nothing was opened');
    tracker.issues.set('2', { ...first, key: '2' });
    tracker.issues.set('3', { ...first, key: '3', state: 'canceled' });
    expect(await run().resolve({ day: 3, rememberedKey: '1' })).toBe(true);
    expect(['1', '2', '3'].map((key) => tracker.issues.get(key)?.state)).toEqual(['done', 'done', 'canceled']);
    expect(['1', '2', '3'].map((key) => markOf(key)['state'])).toEqual(['resolved', 'resolved', 'open']);
    expect(['1', '2', '3'].map(said)).toEqual([
      ['Day 3 ships. Closed by PACE; the loop goes on.'],
      ['Day 3 ships. Closed by PACE; the loop goes on.'],
      [],
    ]);
  });

  test('of another day, or of one that was never held, writes nothing', async () => {
    await hold();
    expect(await run().resolve({ day: 4, sha: A })).toBe(true);
    expect(tracker.writes).toEqual(['create 1']);
  });

  test('of the run that began in the same moment as the HOLD closes it, an older one does not', async () => {
    const older = run();
    world.advance(1000);
    const [one, other] = [0, 0].map(() =>
      createEscalations({ tracker, world, repository: 'acme/shop', quota: { left: 9 } }),
    );
    await one?.open({ day: 3, dayDir, holdReason: 'x' });
    await expect(older.resolve({ day: 3 })).rejects.toMatchObject({
      kind: 'conflict',
      remedy: expect.stringContaining('concurrency'),
    });
    expect(await other?.resolve({ day: 3 })).toBe(true);
  });
});

test('the earliest open day pauses, in whatever order the days were held', async () => {
  for (const day of [4, 2, 5]) await hold({ day });
  expect((await run().earliestOpen())?.day).toBe(2);
  expect((await run().earliestOpen(2))?.day).toBeUndefined();
  tracker.person.close('2');
  expect((await run().earliestOpen())?.day).toBe(4);
  expect(await run().of(2)).toEqual({ key: '2', url: 'https://tracker.test/2', day: 2, open: false });
  expect(await run().of(9)).toBeUndefined();
});
