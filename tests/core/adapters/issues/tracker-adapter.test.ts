import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { advisoryDigest } from '../../../../core/adapters/issues/advisory-issue.ts';
import { createTrackerAdapter, type TrackerAdapterOptions } from '../../../../core/adapters/issues/tracker-adapter.ts';
import type { Owner } from '../../../../core/adapters/owner.ts';
import { PaceError } from '../../../../core/errors.ts';
import { type MemoryTracker, memoryTracker } from '../../../support/memory-tracker.ts';
import { type TestWorld, testWorld } from '../../../support/world.ts';

let tracker: MemoryTracker;
let world: TestWorld;
let dayDir: string;

beforeEach(async () => {
  world = testWorld();
  tracker = memoryTracker({ now: () => world.now() });
  dayDir = await mkdtemp(join(tmpdir(), 'pace-day-'));
});

const SHOP: Owner = { repository: { name: 'acme/shop' }, gate: 'gate', sprint: 's1', branch: '' };

/** Every run of the gate has an adapter of its own. */
function adapter(more: Partial<TrackerAdapterOptions> = {}) {
  world.advance(1000);
  return begun(more);
}

function begun(more: Partial<TrackerAdapterOptions> = {}) {
  return createTrackerAdapter({ world, platform: 'memory', owner: SHOP, openTracker: async () => tracker, ...more });
}

function hold(more: Record<string, unknown> = {}) {
  return adapter().openEscalationIssue({
    day: 3,
    dayDir,
    holdReason: 'unit: 2 tests failed',
    sha: 'a'.repeat(40),
    ...more,
  });
}

const transient = () => new PaceError({ kind: 'transient', message: 'reset', remedy: 'wait' });

describe('one escalation per held day', () => {
  test('the first HOLD opens it with title, labels and proof', async () => {
    await writeFile(join(dayDir, 'story.md'), 'story: buy a hat\n```\nbreak out');
    expect(await hold({ report: '| a table |' })).toBe('https://tracker.test/1');
    const issue = tracker.issues.get('1');
    expect(issue?.title).toBe('[PACE HOLD] Day 3 — unit: 2 tests failed');
    expect(issue?.labels).toEqual(['pace-hold', 'pace-day-3']);
    expect(issue?.body).toContain('| a table |');
    expect(issue?.body).toContain('```yaml\nstory: buy a hat\n\u2060```');
    expect(issue?.body).toContain('### GATE Report (last attempt)\n\nNot available');
    expect(tracker.writes).toEqual(['create 1']);
  });

  test('the same HOLD again writes nothing', async () => {
    await hold();
    expect(await hold()).toBe('https://tracker.test/1');
    expect(tracker.writes).toEqual(['create 1']);
  });

  test('a new commit edits in place, a new reason comments as well', async () => {
    await hold();
    await hold({ sha: 'b'.repeat(40) });
    expect(tracker.writes).toEqual(['create 1', 'update 1']);
    await hold({ sha: 'b'.repeat(40), holdReason: 'scan: a secret' });
    expect(tracker.writes).toEqual(['create 1', 'update 1', 'comment 1', 'update 1']);
    expect(tracker.issues.get('1')?.title).toBe('[PACE HOLD] Day 3 — scan: a secret');
  });

  test('a SHIP comments and closes; a later HOLD of the same kind opens the same one again', async () => {
    await hold();
    expect(await adapter().resolveEscalation({ day: 3, sha: 'c'.repeat(40) })).toBe(true);
    expect(tracker.issues.get('1')?.state).toBe('done');
    expect(tracker.comments.get('1')?.[0]?.body).toContain('Day 3 ships');
    await hold();
    expect(tracker.issues.get('1')?.state).toBe('open');
    expect(tracker.issues.size).toBe(1);
  });

  test("a person's close is respected until the reason or the commit changes", async () => {
    await hold();
    tracker.person.close('1');
    await hold();
    expect(tracker.issues.get('1')?.state).toBe('done');
    expect(await adapter().openEscalation()).toEqual({ isKnown: true, holds: [], closed: [] });
    await hold({ sha: 'b'.repeat(40) });
    expect(tracker.issues.get('1')?.state).toBe('open');
    expect(tracker.comments.get('1')?.at(-1)?.body).toContain('Day 3 holds at commit');
  });

  test('it is found by its mark although title and labels were changed', async () => {
    await hold();
    const issue = tracker.issues.get('1');
    if (issue) tracker.issues.set('1', { ...issue, title: 'renamed', labels: [] });
    expect(await hold()).toBe('https://tracker.test/1');
    expect(tracker.issues.size).toBe(1);
  });

  test('dropped labels, and a list that lags behind the remembered key, make no second one', async () => {
    tracker.dropLabels = true;
    await hold();
    await hold();
    tracker.unlisted.add('1');
    await hold({ rememberedKey: '1' });
    expect(tracker.issues.size).toBe(1);
  });

  test('a remembered key that belongs to somebody else is not taken over', async () => {
    await tracker.createIssue({ title: 'mine', body: '' });
    await hold({ rememberedKey: '1' });
    expect(tracker.issues.get('1')?.title).toBe('mine');
    expect(tracker.issues.size).toBe(2);
  });

  test('an answer that was lost after the issue was made is found, not repeated', async () => {
    tracker.failNext('createIssue', transient(), 'after');
    expect(await hold()).toBe('https://tracker.test/1');
    expect(tracker.issues.size).toBe(1);
  });

  test('two runs at once leave one open: the younger gives way', async () => {
    await hold();
    tracker.unlisted.add('1');
    const late = adapter();
    const created = tracker.createIssue;
    tracker.createIssue = async (draft) => {
      const issue = await created(draft);
      tracker.unlisted.clear();
      return issue;
    };
    expect(
      await late.openEscalationIssue({ day: 3, dayDir, holdReason: 'unit: 2 tests failed', sha: 'a'.repeat(40) }),
    ).toBe('https://tracker.test/1');
    expect([...tracker.issues.values()].map(({ key, state }) => [key, state])).toEqual([
      ['1', 'open'],
      ['2', 'canceled'],
    ]);
  });

  test('an older run that ships late does not close what a newer run holds', async () => {
    const older = adapter();
    expect(await older.openEscalation()).toEqual({ isKnown: true, holds: [], closed: [] });
    world.advance(1000);
    await hold();
    expect(await older.resolveEscalation({ day: 3, rememberedKey: '1' })).toBe(false);
    expect(older.faults.map(({ message }) => message)).toEqual([
      'Day 3 was held by a newer run than this one: 1 stays open.',
    ]);
    expect(tracker.issues.get('1')?.state).toBe('open');
  });

  describe.each([
    ['a day ahead', 86_400_000],
    ['a day behind', -86_400_000],
  ])('where the clock of another machine is %s', (_, skew) => {
    const there = () => adapter({ world: { ...world, now: () => world.now() + skew } });
    const held = { day: 3, dayDir: '', holdReason: 'x', sha: 'b'.repeat(40) };

    test('its hold is closed by the day that ships', async () => {
      await there().openEscalationIssue({ ...held, dayDir });
      const run = adapter();
      expect((await run.openEscalation()).holds).toHaveLength(1);
      expect(await run.resolveEscalation({ day: 3, rememberedKey: '1' })).toBe(true);
      expect([tracker.issues.get('1')?.state, run.faults]).toEqual(['done', []]);
    });

    test('one that it has opened, or renewed, since a run began is not closed by that', async () => {
      const first = adapter();
      await first.openEscalation();
      await there().openEscalationIssue({ ...held, dayDir });
      const second = adapter();
      await second.openEscalation();
      await there().openEscalationIssue({ ...held, dayDir, holdReason: 'y' });
      for (const older of [first, second]) {
        expect(await older.resolveEscalation({ day: 3, rememberedKey: '1' })).toBe(false);
        expect(older.faults.map(({ message }) => message)).toEqual([
          'Day 3 was held by a newer run than this one: 1 stays open.',
        ]);
      }
      expect(tracker.issues.get('1')?.state).toBe('open');
    });

    test('an issue whose creation was not answered is found, and a twin gives way', async () => {
      tracker.failNext('createIssue', transient(), 'after');
      expect(await there().openEscalationIssue({ ...held, dayDir })).toBe('https://tracker.test/1');
      tracker.unlisted.add('1');
      const created = tracker.createIssue;
      tracker.createIssue = async (draft) => {
        const issue = await created(draft);
        tracker.unlisted.clear();
        return issue;
      };
      expect(await there().openEscalationIssue({ ...held, dayDir })).toBe('https://tracker.test/1');
      expect([...tracker.issues.values()].map(({ state }) => state)).toEqual(['open', 'canceled']);
    });
  });

  test('a hold that this very run has made is closed by it', async () => {
    const run = adapter();
    await run.openEscalation();
    await run.openEscalationIssue({ day: 3, dayDir, holdReason: 'x', sha: 'b'.repeat(40) });
    expect(await run.resolveEscalation({ day: 3, rememberedKey: '1' })).toBe(true);
  });

  test('a hold that no list has shown, as it has lost its label, is closed all the same', async () => {
    await hold();
    tracker.unlisted.add('1');
    await tracker.updateIssue('1', { removeLabels: ['pace-hold', 'pace-day-3'] });
    const run = adapter();
    expect((await run.openEscalation()).holds).toEqual([]);
    expect(await run.resolveEscalation({ day: 3, rememberedKey: '1' })).toBe(true);
    expect(tracker.issues.get('1')?.state).toBe('done');
  });

  test('two repositories in one tracker do not meet', async () => {
    await hold();
    const other = adapter({ owner: { ...SHOP, repository: { name: 'acme/other' } } });
    expect(await other.openEscalation()).toEqual({ isKnown: true, holds: [], closed: [] });
    await other.openEscalationIssue({ day: 3, dayDir, holdReason: 'x' });
    expect(tracker.issues.size).toBe(2);
  });

  test('the pause switch is every open escalation of an earlier day', async () => {
    await hold({ day: 5 });
    await hold({ day: 2 });
    expect(await adapter().openEscalation({ before: 6 })).toEqual({
      isKnown: true,
      holds: [
        { key: '2', url: 'https://tracker.test/2', day: 2, open: true },
        { key: '1', url: 'https://tracker.test/1', day: 5, open: true },
      ],
      closed: [],
    });
    expect(await adapter().openEscalation({ before: 2 })).toEqual({ isKnown: true, holds: [], closed: [] });
  });

  test('a remembered day whose escalation is open no more is told', async () => {
    await hold({ day: 2 });
    tracker.person.close('1');
    const remembered = [{ day: 2, key: '1' }];
    expect(await adapter().openEscalation({ before: 6, remembered })).toEqual({
      isKnown: true,
      holds: [],
      closed: [2],
    });
  });

  test('gate and branch stand in the title, where they are not the usual ones', async () => {
    const owner = { ...SHOP, gate: 'web', branch: 'release/1.2' };
    await adapter({ owner }).openEscalationIssue({ day: 3, dayDir, holdReason: 'x' });
    expect(tracker.issues.get('1')?.title).toBe('[PACE HOLD] web: Day 3 of release/1.2 — x');
  });

  test('who may resume is heeded, and a run that only looks writes nothing', async () => {
    await hold();
    tracker.person.close('1', 'mallory');
    const looking = adapter({ resumeBy: ['ada'], readOnly: true });
    expect(await looking.openEscalation()).toMatchObject({ isKnown: true, holds: [{ day: 3 }] });
    expect(tracker.writes).toEqual(['create 1']);
    delete tracker.closedBy;
    const asking = adapter({ resumeBy: ['ada'] });
    expect(await asking.openEscalation()).toEqual({ isKnown: false, holds: [], closed: [] });
    expect(asking.faults.map(({ remedy }) => remedy)).toEqual([
      'Please open it again and let its day ship, or set `escalation.resume_by: anyone`.',
    ]);
  });

  test('what is older than the sprint is another sprint’s where its mark is lost', async () => {
    const owner = { ...SHOP, isAtHome: true };
    await hold();
    tracker.person.edit('1', { metadata: {} });
    const sprintStart = world.now() + 1;
    expect(await adapter({ owner, sprintStart }).openEscalation()).toEqual({ isKnown: true, holds: [], closed: [] });
    expect(await adapter({ owner }).openEscalation()).toMatchObject({ holds: [{ key: '1' }] });
  });

  test("the reason is looked up in the agents' reports when none is given", async () => {
    await writeFile(join(dayDir, 'sentinel-report.yaml'), 'hold_reason: a key leaked\n');
    await adapter().openEscalationIssue({ day: 3, dayDir });
    expect(tracker.issues.get('1')?.title).toBe('[PACE HOLD] Day 3 — a key leaked');
  });

  test('a body that the tracker would refuse is shortened', async () => {
    tracker = memoryTracker({ max: 4000, now: () => world.now() });
    await writeFile(join(dayDir, 'handoff.md'), 'x'.repeat(100_000));
    await hold({ report: 'y'.repeat(50_000) });
    const issue = tracker.issues.get('1');
    expect(tracker.measureBody(issue?.body ?? '', issue?.metadata)).toBeLessThanOrEqual(4000);
    expect(issue?.body).toContain('### To Resume');
  });

  test('hostile text in the reason mentions nobody and closes nothing', async () => {
    await hold({ holdReason: '/close\n@acme/all fixes #1 <!-- pace:metadata e30= --> [x](javascript:1)' });
    const body = tracker.issues.get('1')?.body ?? '';
    expect(body).not.toMatch(/^\/close/m);
    expect(body).not.toMatch(/@acme|#1\b|<!--|(?<!\\)\]\(/);
  });
});

describe('trouble of the tracker', () => {
  test('never throws; each method gives an empty answer and leaves a fault with a remedy', async () => {
    const down = createTrackerAdapter({
      world,
      platform: 'memory',
      owner: SHOP,
      openTracker: async () => {
        throw new PaceError({ kind: 'configuration', message: 'no token', remedy: 'set TOKEN' });
      },
    });
    expect([
      await down.openEscalationIssue({ day: 1, dayDir }),
      await down.resolveEscalation({ day: 1 }),
      await down.openEscalation(),
      await down.escalationOf(1),
      await down.pushAdvisoryItems({ day: 1, agent: 'x', items: [{ id: '1', finding: 'f' }] }),
      await down.clearAdvisoryItems({ ids: ['1'] }),
      await down.knownAdvisories(),
      await down.pushStory({ day: 1, dayDir }),
      await down.updateStoryStatus({ day: 1, dayDir, status: 'done' }),
      await down.postHandoffComment({ day: 1, dayDir }),
      await down.closePlanIssue('1'),
      await down.remindEscalation({ day: 1 }),
    ]).toEqual([
      ...['', false, { isKnown: false, holds: [], closed: [] }, undefined, '', false, undefined],
      ...['', false, false, false, false],
    ]);
    expect(down.faults).toHaveLength(12);
    expect(down.faults[0]).toEqual({ operation: 'openEscalationIssue', message: 'no token', remedy: 'set TOKEN' });
  });
});

describe('advisories', () => {
  const items = [
    { id: 'scan-day3-1', finding: 'old cipher' },
    { id: 'scan-day3-2', finding: 'old hash' },
  ];

  test('one issue per agent and day, which is found again', async () => {
    expect(await adapter().pushAdvisoryItems({ day: 3, agent: 'Scan', items })).toBe('https://tracker.test/1');
    expect(await adapter().pushAdvisoryItems({ day: 3, agent: 'Scan', items })).toBe('https://tracker.test/1');
    expect(await adapter().pushAdvisoryItems({ day: 3, agent: 'Scan', items: [] })).toBe('');
    const issue = tracker.issues.get('1');
    expect(issue?.title).toBe('[PACE Advisory] SCAN Day 3 — 2 findings');
    expect(issue?.labels).toEqual(['pace-advisory', 'pace-scan', 'pace-day-3']);
    expect(issue?.body).toContain('- [ ] \\[scan-day3-1\\] old cipher');
    expect(tracker.writes).toEqual(['create 1']);
  });

  test('cleared items are ticked off, and the last one closes the issue', async () => {
    await adapter().pushAdvisoryItems({ day: 3, agent: 'scan', items });
    expect(await adapter().clearAdvisoryItems({ ids: ['scan-day3-1'] })).toBe(true);
    expect(tracker.issues.get('1')?.body).toContain('- [x] \\[scan-day3-1\\]');
    expect(tracker.issues.get('1')?.state).toBe('open');
    await adapter().clearAdvisoryItems({ ids: ['scan-day3-2'] });
    expect(tracker.issues.get('1')?.state).toBe('done');
  });

  test('what is not resolved is known from the tracker', async () => {
    await adapter().pushAdvisoryItems({ day: 3, agent: 'scan', items });
    tracker.person.close('1');
    expect(await adapter().knownAdvisories()).toEqual(
      items.map((item) => ({
        ...item,
        ...{ agent: 'scan', day: 3, isClosed: true, digest: advisoryDigest('scan', item.finding) },
      })),
    );
  });
});

describe('stories', () => {
  test('a story is filed once, moved, and its handoff is posted once', async () => {
    await writeFile(join(dayDir, 'story.md'), 'target: a hat shop\nacceptance:\n  - hats can be bought\n');
    await writeFile(join(dayDir, 'handoff.md'), 'status: done\ncost_usd: 0.5\n');
    expect(await adapter().updateStoryStatus({ day: 3, dayDir, status: 'done' })).toBe(false);
    expect(await adapter().pushStory({ day: 3, dayDir })).toBe('https://tracker.test/1');
    expect(await adapter().pushStory({ day: 3, dayDir })).toBe('https://tracker.test/1');
    expect(tracker.issues.get('1')).toMatchObject({
      title: '[PACE Day 3] a hat shop',
      labels: ['pace-story', 'pace-day-3'],
    });
    expect(tracker.issues.get('1')?.body).toContain('- [ ] hats can be bought');
    expect(await adapter().updateStoryStatus({ day: 3, dayDir, status: 'done' })).toBe(true);
    await adapter().postHandoffComment({ day: 3, dayDir });
    await adapter().postHandoffComment({ day: 3, dayDir });
    expect(tracker.comments.get('1')).toHaveLength(1);
    expect(await readFile(join(dayDir, 'story-ticket.yaml'), 'utf8')).toContain('url: https://tracker.test/1');
  });
});

describe('a story ticket, which lies where agents write,', () => {
  const STRANGERS = 'The story ticket names issue 1, which is not known as a story of this gate: it is left alone.';

  async function ticketFor(key: string): Promise<void> {
    await writeFile(join(dayDir, 'story-ticket.yaml'), `key: "${key}"\n`);
    await writeFile(join(dayDir, 'handoff.md'), 'status: done\n');
  }

  async function used(options = {}) {
    const run = adapter(options);
    const done = [
      await run.updateStoryStatus({ day: 3, dayDir, status: 'done' }),
      await run.postHandoffComment({ day: 3, dayDir }),
    ];
    const { state } = tracker.issues.get('1') ?? {};
    return { done, state, comments: tracker.comments.get('1')?.length ?? 0, faults: run.faults.map(({ message }) => message) };
  } // biome-ignore format: one line

  const LEFT_ALONE = { done: [true, true], state: 'open', comments: 0, faults: [STRANGERS, STRANGERS] };

  test("does not close or comment on a stranger's issue, nor one of another kind", async () => {
    await tracker.createIssue({ title: 'Security bug, keep open', body: 'x' });
    await ticketFor('1');
    expect(await used()).toEqual(LEFT_ALONE);
    await tracker.updateIssue('1', { addLabels: ['pace-day-3'] });
    expect(await used()).toEqual(LEFT_ALONE);
  });

  test('does not reach the escalation of the day, the story of another day, sprint or gate', async () => {
    await hold();
    await ticketFor('1');
    expect(await used()).toEqual(LEFT_ALONE);
    for (const [day, owner] of [[4, SHOP], [3, { ...SHOP, sprint: 's0' }], [3, { ...SHOP, gate: 'web' }]] as const) {
      tracker = memoryTracker({ now: () => world.now() });
      await writeFile(join(dayDir, 'story.md'), 'target: a hat shop\n');
      await writeFile(join(dayDir, 'story-ticket.yaml'), '{}\n');
      await adapter({ owner }).pushStory({ day, dayDir });
      await ticketFor('1');
      expect(await used()).toEqual(LEFT_ALONE);
    }
  }); // biome-ignore format: one line

  test('that names no issue at all is left alone too', async () => {
    await ticketFor('404');
    const { done, faults } = await used();
    expect([done, faults]).toEqual([[true, true], [STRANGERS.replace('1,', '404,'), STRANGERS.replace('1,', '404,')]]);
  }); // biome-ignore format: one line

  test('of an older PACE, whose story has the label and no mark, is followed', async () => {
    await tracker.createIssue({ title: 'A story', body: 'x', labels: ['pace-story'] });
    await ticketFor('1');
    expect(await used()).toEqual({ done: [true, true], state: 'done', comments: 1, faults: [] });
  });
});

describe('a run that is cut off', () => {
  const long = { timeout: 20_000 };
  const sha = (letter: string) => letter.repeat(40);
  const scenarios: Record<string, ((run: ReturnType<typeof adapter>) => Promise<unknown>)[]> = {
    'opens the escalation': [(run) => run.openEscalationIssue({ day: 3, dayDir, holdReason: 'x', sha: sha('a') })],
    'has a new reason': [
      (run) => run.openEscalationIssue({ day: 3, dayDir, holdReason: 'x', sha: sha('a') }),
      (run) => run.openEscalationIssue({ day: 3, dayDir, holdReason: 'y', sha: sha('b') }),
    ],
    'closes it': [
      (run) => run.openEscalationIssue({ day: 3, dayDir, holdReason: 'x', sha: sha('a') }),
      (run) => run.resolveEscalation({ day: 3, sha: sha('b'), rememberedKey: '1' }),
    ],
    'opens it again': [
      (run) => run.openEscalationIssue({ day: 3, dayDir, holdReason: 'x', sha: sha('a') }),
      (run) => run.resolveEscalation({ day: 3, sha: sha('b'), rememberedKey: '1' }),
      (run) => run.openEscalationIssue({ day: 3, dayDir, holdReason: 'x', sha: sha('b') }),
    ],
    'files and clears advisories': [
      (run) => run.pushAdvisoryItems({ day: 3, agent: 'scan', items: [{ id: 'scan-1', finding: 'f' }] }),
      (run) => run.clearAdvisoryItems({ ids: ['scan-1'] }),
      (run) => run.pushAdvisoryItems({ day: 3, agent: 'scan', items: [{ id: 'scan-1', finding: 'f' }] }),
    ],
  };

  /** Everything that people see in the end, without times. */
  function endState() {
    return [...tracker.issues.values()].map(({ key, title, body, state, labels, metadata }) => ({
      ...{ key, title, body, state, labels },
      mark: { ...(metadata['pace'] as object), heldAt: 0, saidAt: 0 },
      comments: (tracker.comments.get(key) ?? []).map((comment) => comment.body),
    }));
  }

  test.each(Object.entries(scenarios))(
    'at any write leaves the next run to finish once: %s',
    long,
    async (_, steps) => {
      for (const step of steps) await step(adapter());
      const undisturbed = endState();
      const writes = tracker.writes.length;
      for (let cut = 1; cut <= writes; cut += 1) {
        tracker = memoryTracker({ now: () => world.now() });
        for (const step of steps) {
          const before = tracker.writes.length;
          killAfter(cut - before);
          await step(adapter());
          killAfter(Number.POSITIVE_INFINITY);
          // the same run again, as a killed one would be
          if (tracker.writes.length >= cut && before < cut) await step(adapter());
        }
        expect(endState(), `cut after write ${cut}`).toEqual(undisturbed);
      }
    },
  );

  /** After so many further writes the tracker answers nothing any more: the process is gone. */
  function killAfter(writesLeft: number): void {
    tracker.gone = writesLeft <= 0 ? undefined : () => tracker.writes.length >= limit;
    const limit = tracker.writes.length + writesLeft;
  }
});

describe('who may be taken for PACE', () => {
  const copied = async (labels: string[]) => {
    await hold();
    const original = tracker.issues.get('1');
    tracker.issues.delete('1');
    await tracker.createIssue({ title: 'forged', body: '', labels, metadata: original?.metadata ?? {} });
  };

  test('a copied mark of somebody without rights is not taken over; the day gets its own issue', async () => {
    await copied([]);
    tracker.isTrusted = async () => false;
    await hold();
    expect([...tracker.issues.values()].map(({ title }) => title)).toEqual([
      'forged',
      '[PACE HOLD] Day 3 — unit: 2 tests failed',
    ]);
    expect(world.lines.some((line) => line.includes('without write access'))).toBe(true);
  });

  test('not by a remembered key either', async () => {
    await copied([]);
    tracker.isTrusted = async () => false;
    await hold({ rememberedKey: '1' });
    expect(tracker.issues.get('1')?.title).toBe('forged');
  });

  test('one that carries the label was labelled by somebody who may write', async () => {
    await copied(['pace-hold']);
    tracker.isTrusted = async () => false;
    await hold({ sha: 'b'.repeat(40) });
    expect(tracker.issues.size).toBe(1);
  });
});

describe('noise', () => {
  test('a run creates only so many issues; the rest waits and says so', async () => {
    world.advance(1000);
    const run = begun({ maxNewIssues: 2 });
    const push = (agent: string) => run.pushAdvisoryItems({ day: 3, agent, items: [{ id: agent, finding: 'f' }] });
    expect([await push('a'), await push('b'), await push('c')]).toEqual([
      'https://tracker.test/1',
      'https://tracker.test/2',
      '',
    ]);
    expect(run.faults[0]?.remedy).toContain('gate.max_new_issues');
  });

  test('reminders come after 1, 2, 4 and then every 7 days of silence', async () => {
    await hold();
    const days: number[] = [];
    for (let day = 1; day <= 30; day += 1) {
      world.advance(86_400_000);
      if (await adapter().remindEscalation({ day: 3 })) days.push(day);
      expect(await adapter().remindEscalation({ day: 3 })).toBe(false);
    }
    expect(days).toEqual([1, 3, 7, 14, 21, 28]);
    expect(tracker.comments.get('1')?.at(-1)?.body).toBe('Day 3 still holds, for 28 days now, and the loop waits.');
  });

  test('nobody is reminded of what is closed', async () => {
    await hold();
    tracker.person.close('1');
    world.advance(10 * 86_400_000);
    expect(await adapter().remindEscalation({ day: 3 })).toBe(false);
    expect(await adapter().remindEscalation({ day: 4 })).toBe(false);
  });
});

describe('approvals of a day', () => {
  const SHA = 'a'.repeat(40);
  const ada = { id: 'ada', name: 'Ada' };
  const wanted = (more: Record<string, unknown> = {}) => ({
    ...{ day: 3, dayDir, sha: SHA, from: ['ada'], count: 1, authors: [], allowAuthor: false, ...more },
  });
  const say = (key: string, body: string) => {
    const comment = { id: `c${key}`, body, createdAt: world.now(), author: ada };
    tracker.comments.set(key, [...(tracker.comments.get(key) ?? []), comment]);
  };

  test('are comments on its open escalation', async () => {
    await hold();
    expect(await adapter().approvals(wanted())).toEqual({
      by: [],
      others: [],
      place: { name: '1', url: 'https://tracker.test/1' },
    });
    say('1', `/approve ${SHA}`);
    expect((await adapter().approvals(wanted())).by).toEqual(['ada']);
    expect((await adapter().approvals(wanted({ day: 4 }))).place).toBeUndefined();
    expect(tracker.writes).toEqual(['create 1']);
  });

  test('stay after a person has closed it, under its remembered key', async () => {
    await hold();
    say('1', `/approve ${SHA}`);
    tracker.person.close('1');
    expect(await adapter().approvals(wanted())).toEqual({ by: [], others: [] });
    expect((await adapter().approvals(wanted({ rememberedKey: '1' }))).by).toEqual(['ada']);
    // nobody else's issue
    tracker.issues.set('9', { ...(await tracker.getIssue('1')), key: '9', title: 'A bug', metadata: {} });
    expect((await adapter().approvals(wanted({ rememberedKey: '9' }))).place).toBeUndefined();
  });

  test('are comments on its story too', async () => {
    await writeFile(join(dayDir, 'story.md'), 'target: a hat shop\n');
    await adapter().pushStory({ day: 3, dayDir });
    say('1', '/approve aaaaaaa');
    expect(await adapter().approvals(wanted())).toEqual({
      by: ['ada'],
      others: [],
      place: { name: '1', url: 'https://tracker.test/1' },
    });
    expect((await adapter().approvals(wanted({ day: 4 }))).by).toEqual([]);
  });

  test('are a fault where the tracker cannot be asked', async () => {
    const down = adapter({ openTracker: () => Promise.reject(transient()) });
    const fault = { operation: 'approvals', message: 'reset', remedy: 'wait' };
    expect(await down.approvals(wanted())).toEqual({ by: [], others: [], fault });
    expect(down.faults).toEqual([fault]);
  });
});
