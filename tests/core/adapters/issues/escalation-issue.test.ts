import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createEscalations } from '../../../../core/adapters/issues/escalation-issue.ts';
import type { EscalationOptions } from '../../../../core/adapters/issues/hold.ts';
import { createOpenIssues } from '../../../../core/adapters/issues/open-issues.ts';
import type { Owner } from '../../../../core/adapters/owner.ts';
import { PaceError } from '../../../../core/errors.ts';
import { createFaults, type Faults } from '../../../../core/faults.ts';
import type { Issue } from '../../../../core/ports/index.ts';
import { draftsOf, type MemoryTracker, memoryTracker } from '../../../support/memory-tracker.ts';
import { type TestWorld, testWorld } from '../../../support/world.ts';

const DAY = 86_400_000;
const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];

let tracker: MemoryTracker;
let world: TestWorld;
let dayDir: string;
let faults: Faults;

const SHOP: Owner = { repository: { name: 'acme/shop', id: '7' }, gate: 'gate', sprint: 's1', branch: '' };

beforeEach(async () => {
  world = testWorld();
  faults = createFaults(world);
  tracker = memoryTracker({ now: () => world.now() });
  dayDir = await mkdtemp(join(tmpdir(), 'pace-day-'));
});

type Options = Partial<Omit<EscalationOptions, 'owner'>> & { readonly owner?: Partial<Owner> };

function begun({ owner, ...more }: Options = {}) {
  const usual = { tracker, world, faults, quota: { left: 9 }, open: createOpenIssues(tracker) };
  const choices = { resumeBy: 'anyone', readOnly: false, owner: { ...SHOP, ...owner } } as const;
  return createEscalations({ ...usual, ...choices, ...more });
}

/** Every run of the gate begins a second after the last. */
function run(options: Options = {}) {
  world.advance(1000);
  return begun(options);
}

type Hold = Parameters<ReturnType<typeof run>['open']>[0];

function hold(more: Partial<Hold> = {}, options: Options = {}) {
  return run(options).open({ day: 3, dayDir, holdReason: 'unit: adds', sha: A, ...more });
}

function markOf(key: string): Record<string, unknown> {
  return tracker.issues.get(key)?.metadata['pace'] as Record<string, unknown>;
}

function issueOf(key: string): Issue {
  const issue = tracker.issues.get(key);
  if (!issue) throw new Error(`There is no issue ${key}.`);
  return issue;
}

/** So many issues of other people, the newest of all. */
async function crowd(count: number): Promise<void> {
  for (let place = 0; place < count; place += 1) await tracker.createIssue({ title: 'Something else', body: '' });
  tracker.writes.length = 0;
}

const states = () => [...tracker.issues.values()].map(({ key, state }) => [key, state]);
const trouble = (kind: PaceError['kind']) => new PaceError({ kind, message: `it is ${kind}`, remedy: 'wait' });

const said = (key: string) => (tracker.comments.get(key) ?? []).map(({ body }) => body);

test('a HOLD of which little is known says just that', async () => {
  const drafts = draftsOf(tracker);
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
    const first = issueOf('1');
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
    const older = begun();
    await older.standing({});
    world.advance(1000);
    const [one, other] = [begun(), begun()];
    await one.open({ day: 3, dayDir, holdReason: 'x' });
    await expect(older.resolve({ day: 3, rememberedKey: '1' })).rejects.toMatchObject({
      kind: 'conflict',
      remedy: expect.stringContaining('concurrency'),
    });
    expect(await other.resolve({ day: 3 })).toBe(true);
  });
});

test('the open ones of earlier days hold, the earliest first, in whatever order they were opened', async () => {
  for (const day of [4, 2, 5]) await hold({ day });
  const two = { key: '2', url: 'https://tracker.test/2', day: 2, open: true };
  const { holds, closed } = await run().standing({});
  expect([holds[0], closed]).toEqual([two, []]);
  expect(holds.map(({ key, day }) => [key, day])).toEqual([
    ['2', 2],
    ['1', 4],
    ['3', 5],
  ]);
  expect(await run().standing({ before: 4 })).toEqual({ holds: [two], closed: [] });
  expect(await run().standing({ before: 2 })).toEqual({ holds: [], closed: [] });
  expect((await run().standing({ before: 3 })).holds[0]?.day).toBe(2);
  tracker.person.close('2');
  expect((await run().standing({})).holds[0]?.day).toBe(4);
  expect(await run().of(4)).toEqual({ key: '1', url: 'https://tracker.test/1', day: 4, open: true });
  expect(await run().of(2)).toBeUndefined();
});

describe('the escalation of a day, as the run has left it', () => {
  const url = 'https://tracker.test/1';

  test('is known when it was opened, and when a person has closed it for good', async () => {
    const first = run();
    await first.open({ day: 3, dayDir, holdReason: 'x', sha: A });
    expect(await first.of(3)).toEqual({ key: '1', url, day: 3, open: true });
    tracker.person.close('1');
    const second = run();
    await second.open({ day: 3, dayDir, holdReason: 'x', sha: A });
    expect(await second.of(3)).toEqual({ key: '1', url, day: 3, open: false });
    expect(await second.of(4)).toBeUndefined();
  });

  test('is none once it is resolved', async () => {
    const both = run();
    await both.open({ day: 3, dayDir, holdReason: 'x', sha: A });
    await both.resolve({ day: 3, sha: B });
    expect(await both.of(3)).toBeUndefined();
  });
});

describe('two who share a tracker never touch each other’s issues', () => {
  test.each<[string, Partial<Owner>]>([
    ['gates', { gate: 'web' }],
    ['branches', { branch: 'release/1.2' }],
    ['sprints', { sprint: 's2' }],
    ['repositories', { repository: { name: 'acme/other', id: '8' } }],
    ['repositories that do not know their ids', { repository: { name: 'acme/other' } }],
    ['repositories of one name, one after the other', { repository: { name: 'acme/shop', id: '8' } }],
  ])('%s', async (_, owner) => {
    await hold();
    const ours = structuredClone(issueOf('1'));
    expect(await run({ owner }).standing({})).toEqual({ holds: [], closed: [] });
    // one who remembers that number has lost the issue that it was
    const remembered = [{ day: 3, key: '1' }];
    await expect(run({ owner }).standing({ remembered })).rejects.toThrow('that number belongs to an escalation');
    world.advance(30 * DAY);
    expect(await run({ owner }).remind(3)).toBe(false);
    expect(await run({ owner }).resolve({ day: 3, sha: B, rememberedKey: '1' })).toBe(true);
    expect((await hold({ rememberedKey: '1' }, { owner })).key).toBe('2');
    expect((await hold({ sha: B }, { owner })).key).toBe('2');
    expect(await run({ owner }).resolve({ day: 3, sha: B })).toBe(true);
    expect(issueOf('1')).toEqual(ours);
    expect(said('1')).toEqual([]);
    expect(issueOf('2').state).toBe('done');
    expect((await run().standing({})).holds[0]?.key).toBe('1');
  });

  test('nor do two days of one gate whose runs were given the same number', async () => {
    await hold();
    const remembered = [
      { day: 2, key: '1' },
      { day: 3, key: '1' },
    ];
    await expect(run().standing({ before: 3, remembered })).rejects.toThrow('that number belongs to an escalation');
    // what is held for sure pauses all the same
    expect((await run().standing({ before: 4, remembered })).holds.map(({ day }) => day)).toEqual([3]);
    await run().resolve({ day: 3, sha: B });
    await expect(run().standing({ before: 4, remembered })).rejects.toThrow('Day 2 was held by issue 1');
  });

  test('not even where a mark is lost', async () => {
    await hold();
    tracker.person.edit('1', { body: 'All new.', metadata: {} });
    const owner = { repository: { name: 'acme/other', id: '8' } };
    expect((await run({ owner }).standing({})).holds[0]).toBeUndefined();
    expect((await hold({}, { owner })).key).toBe('2');
    expect(issueOf('1')).toMatchObject({ body: 'All new.', metadata: {} });
  });

  test.each<[string, Partial<Owner>]>([
    ['another gate', { gate: 'web' }],
    ['another branch', { branch: 'release/1.2' }],
  ])('at home the title of a lost mark tells %s', async (_, owner) => {
    await hold({}, { owner });
    tracker.person.edit('1', { metadata: {} });
    expect((await run({ owner: { isAtHome: true } }).standing({})).holds[0]).toBeUndefined();
    expect((await run({ owner: { ...owner, isAtHome: true } }).standing({})).holds[0]?.key).toBe('1');
  });

  test('one repository in other letters, under a new name, or before its id was known, is one', async () => {
    await hold({}, { owner: { repository: { name: 'Acme/Demo' } } });
    const seen = async (owner: Partial<Owner>) => (await run({ owner }).standing({})).holds[0]?.key;
    expect(await seen({ repository: { name: 'acme/demo' } })).toBe('1');
    expect(await seen({ repository: { name: 'ACME/DEMO', id: '7' } })).toBe('1');
    await hold({ sha: B }, { owner: { repository: { name: 'acme/demo', id: '7' } } });
    expect(await seen({ repository: { name: 'moved/away', id: '7' } })).toBe('1');
    expect(await seen({ repository: { name: 'acme/demo', id: '8' } })).toBeUndefined();
  });

  test('where an id is needed and could not be asked for, nothing is done', async () => {
    await hold();
    const owner = { repository: { name: 'acme/new' }, isUncertain: true };
    const untold = /^It cannot be told whether an issue of acme\/shop is one of acme\/new/;
    await expect(run({ owner }).standing({})).rejects.toThrow(untold);
    await expect(hold({}, { owner })).rejects.toThrow(untold);
    await expect(run({ owner }).resolve({ day: 3 })).rejects.toThrow(untold);
    expect(tracker.writes).toEqual(['create 1']);
  });
});

describe('what people and programs drop', () => {
  test('a new issue of a tracker that takes no labels is left as it is', async () => {
    tracker.dropLabels = true;
    await hold();
    expect(tracker.writes).toEqual(['create 1']);
  });

  test('the labels come back with the next HOLD, changed or not', async () => {
    await hold();
    tracker.person.edit('1', { labels: ['theirs'] });
    await hold();
    expect(issueOf('1').labels).toEqual(['theirs', 'pace-hold', 'pace-day-3']);
    tracker.person.edit('1', { labels: ['pace-hold'] });
    await hold({ sha: B });
    expect(issueOf('1').labels).toEqual(['pace-hold', 'pace-day-3']);
    expect(tracker.writes).toEqual(['create 1', 'update 1', 'update 1']);
  });

  test('the labels come back while later days wait', async () => {
    await hold();
    tracker.person.edit('1', { labels: [] });
    expect((await run().standing({ before: 9 })).holds[0]?.key).toBe('1');
    expect(await run().remind(3)).toBe(false);
    expect(issueOf('1').labels).toEqual(['pace-hold', 'pace-day-3']);
    expect(await run().remind(3)).toBe(false);
    expect(tracker.writes).toEqual(['create 1', 'update 1']);
  });

  test('behind a hundred newer open issues it is found by its label, and without one under its key', async () => {
    await hold();
    await crowd(100);
    expect((await run().standing({})).holds[0]?.key).toBe('1');
    tracker.person.edit('1', { labels: [] });
    expect((await run().standing({})).holds[0]).toBeUndefined();
    const remembered = [{ day: 3, key: '1' }];
    expect(await run().standing({ before: 4, remembered })).toMatchObject({ holds: [{ key: '1' }], closed: [] });
    expect((await hold({ rememberedKey: '1' })).key).toBe('1');
    expect(issueOf('1').labels).toEqual(['pace-hold', 'pace-day-3']);
  });

  describe('a body that somebody has rewritten, mark and all,', () => {
    const owner = { isAtHome: true };
    const rewritten = () => tracker.person.edit('1', { body: 'All new.', metadata: {} });

    test('pauses on, gets its mark back, and stays as it was rewritten', async () => {
      await hold({}, { owner });
      rewritten();
      expect((await run({ owner }).standing({})).holds[0]?.day).toBe(3);
      await run({ owner }).remind(3);
      expect(markOf('1')).toMatchObject({ day: 3, state: 'open', isTheirs: true, heldAt: issueOf('1').createdAt });
      await hold({ sha: B, holdReason: 'scan: key' }, { owner });
      expect(issueOf('1')).toMatchObject({ title: '[PACE HOLD] Day 3 — unit: adds', body: 'All new.' });
      expect(markOf('1')).toMatchObject({ sha: B, isTheirs: true });
      expect(said('1')).toEqual(['Day 3 holds at commit `bbbbbbbbbbbb`: scan: key']);
      expect(tracker.issues.size).toBe(1);
      await hold({ sha: B, holdReason: 'scan: key' }, { owner });
      expect(said('1')).toHaveLength(1);
      expect(await run({ owner }).resolve({ day: 3, sha: B })).toBe(true);
      expect(issueOf('1')).toMatchObject({ body: 'All new.', state: 'done' });
    });

    test('takes a HOLD of the same day without a second issue', async () => {
      await hold({}, { owner });
      rewritten();
      expect((await hold({}, { owner })).key).toBe('1');
      expect(tracker.issues.size).toBe(1);
    });

    test.each<[string, Partial<Issue>]>([
      ['was written by somebody else', { author: { id: 'mallory', name: 'Me' } }],
      ['is closed', { state: 'done' }],
      ['names no day', { title: '[PACE HOLD] Day x — unit: adds' }],
      ['was renamed', { title: 'Day 3' }],
      ['is older than the sprint', { createdAt: Date.parse('2026-03-01T00:00:00Z') }],
    ])('is none of ours where it %s', async (_, changes) => {
      const sprintStart = Date.parse('2026-03-02T00:00:00Z');
      await hold({}, { owner });
      rewritten();
      tracker.person.edit('1', changes);
      expect((await run({ owner, sprintStart }).standing({})).holds[0]).toBeUndefined();
      expect((await hold({}, { owner, sprintStart })).key).toBe('2');
      expect(issueOf('1').metadata).toEqual({});
    });

    test('is ours from the first moment of the sprint on', async () => {
      await hold({}, { owner });
      rewritten();
      const sprintStart = issueOf('1').createdAt;
      expect((await run({ owner, sprintStart }).standing({})).holds[0]?.key).toBe('1');
      expect((await run({ owner, sprintStart: sprintStart + 1 }).standing({})).holds[0]).toBeUndefined();
    });

    test('is opened again under its key where it was closed as well', async () => {
      await hold();
      rewritten();
      tracker.person.close('1');
      expect(await hold({ rememberedKey: '1' })).toMatchObject({ key: '1', open: true });
      expect(issueOf('1').body).toBe('All new.');
      expect(markOf('1')).toMatchObject({ day: 3, isTheirs: true });
    });
  });
});

describe('one that people have moved', () => {
  test('is followed: it pauses, takes news and closes under its new key', async () => {
    await hold();
    tracker.person.move('1', 'OPS-9');
    // another project: no list of ours shows it
    tracker.unlisted.add('OPS-9');
    const remembered = [{ day: 3, key: '1' }];
    expect((await run().standing({ remembered })).holds[0]).toEqual({
      ...{ key: 'OPS-9', url: 'https://tracker.test/OPS-9', day: 3, open: true },
    });
    expect((await hold({ holdReason: 'scan: key', rememberedKey: '1' })).key).toBe('OPS-9');
    expect(await run().resolve({ day: 3, sha: B, rememberedKey: '1' })).toBe(true);
    expect(tracker.writes.slice(1)).toEqual(['comment OPS-9', 'update OPS-9', 'update OPS-9', 'comment OPS-9']);
    expect(issueOf('OPS-9').state).toBe('done');
  });
});

describe('a remembered key', () => {
  const remembered = [
    { day: 2, key: '1' },
    { day: 3, key: '7' },
  ];

  test.each(['not-found', 'validation'] as const)(
    'that is refused as %s holds nothing, and is asked for again',
    async (kind) => {
      await hold({ day: 2 });
      tracker.unlisted.add('1');
      tracker.failNext('getIssue', trouble(kind));
      expect(await run().standing({ before: 9, remembered: [{ day: 2, key: '1' }] })).toEqual({
        holds: [],
        closed: [],
      });
      tracker.failNext('getIssue', trouble(kind));
      tracker.unlisted.clear();
      expect((await hold({ day: 2, rememberedKey: '1' })).key).toBe('1');
    },
  );

  describe('of an issue that has lost all that marks it', () => {
    const lost = [{ day: 2, key: '1' }];
    async function disguised(): Promise<void> {
      await hold({ day: 2 });
      tracker.issues.set('1', { ...issueOf('1'), title: 'Renamed', labels: [], metadata: {} });
    }

    test('leaves nothing known while it is open, and after somebody has closed it who may not resume', async () => {
      await disguised();
      await expect(run().standing({ before: 9, remembered: lost })).rejects.toThrow('Issue 1 held day 2, and has lost');
      tracker.person.close('1', 'mallory');
      await expect(run({ resumeBy: ['ann'] }).standing({ before: 9, remembered: lost })).rejects.toThrow('held day 2');
      expect(tracker.writes.slice(1)).toEqual([]);
    });

    test('holds nothing once it is closed by somebody who may', async () => {
      await disguised();
      tracker.person.close('1', 'ann');
      for (const resumeBy of ['anyone', ['ann']] as const)
        expect((await run({ resumeBy }).standing({ before: 9, remembered: lost })).holds).toEqual([]);
    });

    test('leaves the holds that are known', async () => {
      await disguised();
      await hold({ day: 3 });
      expect((await run().standing({ before: 9, remembered: lost })).holds[0]?.day).toBe(3);
    });
  });

  test('that cannot be asked for leaves nothing known', async () => {
    await hold({ day: 2 });
    tracker.unlisted.add('1');
    tracker.failNext('getIssue', trouble('transient'));
    await expect(run().standing({ before: 9, remembered })).rejects.toThrow('it is transient');
  });

  test('of a day whose escalation is listed is not asked for', async () => {
    await hold({ day: 2 });
    tracker.failNext('getIssue', trouble('transient'));
    expect((await run().standing({ remembered: [{ day: 2, key: '1' }] })).holds[0]?.key).toBe('1');
  });

  test('of a closed escalation says that the day is held no more; that of another day says nothing of it', async () => {
    await hold({ day: 2 });
    await hold({ day: 5 });
    tracker.person.close('1');
    expect(await run().standing({ before: 5, remembered: [{ day: 2, key: '1' }] })).toEqual({ holds: [], closed: [2] });
    const remembered = [{ day: 4, key: '2' }];
    await expect(run().standing({ before: 5, remembered })).rejects.toThrow('Day 4 was held by issue 2');
  });

  test('counts where the list has lost the earlier day', async () => {
    await hold({ day: 2 });
    await hold({ day: 3 });
    tracker.unlisted.add('1');
    expect((await run().standing({ remembered: [{ day: 2, key: '1' }] })).holds[0]?.day).toBe(2);
  });
});

describe('a closed escalation', () => {
  test('is opened again by a HOLD of the same reason at the very commit that has shipped', async () => {
    await hold();
    await run().resolve({ day: 3, sha: A });
    expect(await hold()).toMatchObject({ key: '1', open: true });
    expect(said('1').at(-1)).toBe('Day 3 holds at commit `aaaaaaaaaaaa`: unit: adds');
  });

  test('of an old sprint is found by its labels, and opened again', async () => {
    await hold();
    tracker.person.close('1');
    world.advance(40 * DAY);
    expect((await hold({ sha: B })).key).toBe('1');
    expect(issueOf('1').state).toBe('open');
  });

  test.each([
    ['29 days', 29 * DAY, false],
    ['30 days', 30 * DAY, true],
  ])('in a sprint of %s: its labels are asked for: %j', async (_, age, isAsked) => {
    const { listIssues } = tracker;
    const asked: unknown[] = [];
    tracker.listIssues = (filter) => {
      asked.push(filter?.state);
      return listIssues(filter);
    };
    world.advance(1000);
    await begun({ sprintStart: world.now() - age }).open({ day: 3, dayDir, holdReason: 'x' });
    expect(asked.includes('closed')).toBe(isAsked);
  });

  test('whose twin was closed as well is the first one: a person’s close stays', async () => {
    await hold();
    tracker.person.close('1');
    const mark = { ...markOf('1'), state: 'resolved' };
    tracker.issues.set('2', { ...issueOf('1'), key: '2', state: 'canceled', metadata: { pace: mark } });
    expect(await hold()).toMatchObject({ key: '1', open: false });
    expect(tracker.writes).toEqual(['create 1']);
  });

  test('is looked for in a bounded number of issues, however many there are', async () => {
    await hold();
    const closed = { ...issueOf('1'), state: 'done' } as const;
    for (let key = 2; key <= 10_000; key += 1) {
      tracker.issues.set(String(key), { ...closed, key: String(key), createdAt: 0 });
    }
    const { listIssues } = tracker;
    let read = 0;
    tracker.listIssues = async function* (filter) {
      for await (const issue of listIssues(filter)) {
        read += 1;
        yield issue;
      }
    };
    const resumeBy = ['ada'];
    tracker.closedBy = async () => ({ id: 'ada', name: 'Ada' });
    await run({ resumeBy }).standing({});
    await run().open({ day: 4, dayDir, holdReason: 'x' });
    await run().resolve({ day: 3 });
    expect(read).toBeLessThanOrEqual(400);
  });
});

describe('a tracker that refuses', () => {
  test('comments, as on a locked issue: the state changes all the same, the fault is kept, and a later run is to say it', async () => {
    await hold();
    tracker.locked.add('1');
    expect(await run().resolve({ day: 3, sha: B })).toBe(false);
    expect([issueOf('1').state, markOf('1')['state']]).toEqual(['done', 'resolved']);
    expect((await hold()).open).toBe(true);
    expect(issueOf('1').state).toBe('open');
    world.advance(9 * DAY);
    expect(await run().remind(3)).toBe(false);
    expect(faults.list.map(({ operation }) => operation)).toEqual(['addComment', 'addComment', 'addComment']);
    expect(said('1')).toEqual([]);
  });

  test('to close says nothing of a close', async () => {
    await hold();
    tracker.failNext('updateIssue', trouble('transition'));
    await expect(run().resolve({ day: 3, sha: B })).rejects.toThrow('it is transition');
    expect(said('1')).toEqual([]);
    expect(issueOf('1').state).toBe('open');
  });
});

describe('a SHIP that was cut off between close and comment', () => {
  async function cutOff() {
    await hold();
    tracker.failNext('listComments', new Error('killed'));
    await run().resolve({ day: 3, sha: B });
    expect([issueOf('1').state, said('1')]).toEqual(['done', []]);
  }
  const ships = 'Day 3 ships at commit `bbbbbbbbbbbb`. Closed by PACE; the loop goes on.';

  test('says it in the next run at the same commit, once', async () => {
    await cutOff();
    for (let again = 0; again < 2; again += 1) {
      expect(await run().resolve({ day: 3, sha: B, rememberedKey: '1' })).toBe(true);
      expect(said('1')).toEqual([ships]);
    }
  });

  test.each<[string, () => void, string]>([
    ['at another commit', () => undefined, A],
    [
      'of one that a person has closed',
      () => tracker.person.edit('1', { metadata: { pace: { ...markOf('1'), state: 'open' } } }),
      B,
    ],
  ])('says nothing %s', async (_, meanwhile, sha) => {
    await cutOff();
    meanwhile();
    expect(await run().resolve({ day: 3, sha, rememberedKey: '1' })).toBe(true);
    expect(said('1')).toEqual([]);
  });
});

describe('twins', () => {
  /** A run that did not see what another has opened at the same moment, and was killed before it could look again. */
  async function leaveTwin(): Promise<void> {
    await hold();
    tracker.issues.set('2', { ...issueOf('1'), key: '2', createdAt: issueOf('1').createdAt + 1 });
    tracker.writes.length = 0;
  }
  const word = 'The same day was escalated at the same time as 1. That one stays; this one is closed.';

  test.each<[string, () => Promise<unknown>]>([
    ['that holds', () => hold()],
    ['that remembers the first', () => hold({ rememberedKey: '1' })],
    ['that remembers the second', () => hold({ rememberedKey: '2' })],
    ['that waits', () => run().remind(3)],
  ])('are closed by the next run %s: the oldest stays', async (_, next) => {
    await leaveTwin();
    await next();
    expect(states()).toEqual([
      ['1', 'open'],
      ['2', 'canceled'],
    ]);
    expect([said('1'), said('2')]).toEqual([[], [word]]);
    expect(tracker.writes).toEqual(['update 2', 'comment 2']);
  });

  test('that were closed are not opened again by a run that remembers them', async () => {
    await leaveTwin();
    await hold();
    expect((await hold({ sha: B, rememberedKey: '2' })).key).toBe('1');
    expect(said('2')).toEqual([word]);
    expect(tracker.writes).toEqual(['update 2', 'comment 2', 'update 1']);
    expect(states()).toEqual([
      ['1', 'open'],
      ['2', 'canceled'],
    ]);
  });

  test('that were closed are not opened again by a run that saw nothing open before both were there', async () => {
    const late = run();
    await late.standing({ before: 3 });
    await leaveTwin();
    await hold();
    expect((await late.open({ day: 3, dayDir, holdReason: 'unit: adds', sha: A })).key).toBe('1');
    expect(states()).toEqual([
      ['1', 'open'],
      ['2', 'canceled'],
    ]);
  });

  test('of other days are none', async () => {
    await hold({ day: 4 });
    await hold();
    await hold();
    world.advance(2 * DAY);
    expect(await run().remind(3)).toBe(true);
    expect(await run().remind(5)).toBe(false);
    expect([said('1'), said('2')]).toEqual([[], ['Day 3 still holds, for 2 days now, and the loop waits.']]);
    expect(states()).toEqual([
      ['1', 'open'],
      ['2', 'open'],
    ]);
  });
});

describe('who may resume', () => {
  const resumeBy = ['ada', '@acme/leads'];
  const look = (options: Options = {}) => run({ resumeBy, ...options }).standing({ before: 9 });

  beforeEach(async () => {
    tracker.isTeamMember = async (team, { id }) => team === 'acme/leads' && id === 'grace';
    await hold();
    tracker.writes.length = 0;
  });

  test('where anyone may, nobody is asked for who closed it', async () => {
    tracker.person.close('1', 'mallory');
    tracker.failNext('closedBy', trouble('transient'));
    expect(await look({ resumeBy: 'anyone' })).toEqual({ holds: [], closed: [] });
    expect(tracker.writes).toEqual([]);
  });

  test.each(['ada', 'grace'])('%s may: it is written down, and not asked for again', async (who) => {
    tracker.person.close('1', who);
    expect(await look()).toEqual({ holds: [], closed: [] });
    expect(markOf('1')).toMatchObject({ state: 'open', resumedBy: who });
    tracker.failNext('closedBy', trouble('transient'));
    expect(await look()).toEqual({ holds: [], closed: [] });
    expect(await hold({}, { resumeBy })).toMatchObject({ open: false });
    expect(tracker.writes).toEqual(['update 1']);
  });

  test('somebody else may not: it is opened again, with a word and a warning', async () => {
    tracker.person.close('1', 'mallory');
    expect((await look()).holds[0]).toEqual({ key: '1', url: 'https://tracker.test/1', day: 3, open: true });
    expect(issueOf('1').state).toBe('open');
    expect(said('1')).toEqual([
      'mallory closed this, and is not among those who may resume (`escalation.resume_by`): it is open again.',
    ]);
    expect(world.lines).toContain('warn: Issue 1 was closed by mallory, who may not resume: it is opened again.');
    await look();
    expect(tracker.writes).toEqual(['open 1', 'comment 1']);
  });

  test('closed ones are looked for by the label of holds', async () => {
    const { listIssues } = tracker;
    const asked: unknown[] = [];
    tracker.listIssues = (filter) => {
      asked.push(filter);
      return listIssues(filter);
    };
    await look();
    await look({ resumeBy: 'anyone' });
    const open = { state: 'open' };
    expect(asked).toEqual([open, { state: 'closed', labels: ['pace-hold'] }, open]);
  });

  test('under its key, too, where no list shows it and its mark is gone', async () => {
    tracker.person.close('1', 'mallory');
    tracker.person.edit('1', { labels: [], metadata: {} });
    const remembered = [{ day: 3, key: '1' }];
    expect(await run({ resumeBy }).standing({ before: 9, remembered })).toMatchObject({
      holds: [{ key: '1' }],
      closed: [],
    });
    expect(issueOf('1').state).toBe('open');
  });

  test('a HOLD of the same reason and commit is opened again as well', async () => {
    tracker.person.close('1', 'mallory');
    expect(await hold({}, { resumeBy })).toMatchObject({ open: true });
  });

  test('a HOLD of the same reason and commit stays closed by somebody who may', async () => {
    tracker.person.close('1', 'ada');
    expect(await hold({}, { resumeBy })).toMatchObject({ open: false });
  });

  test.each<[string, () => void]>([
    ['does not know who closed it', () => tracker.issues.set('1', { ...issueOf('1'), state: 'done' })],
    [
      'cannot tell who closes anything',
      () => {
        tracker.person.close('1', 'ada');
        delete tracker.closedBy;
      },
    ],
    [
      'does not answer',
      () => {
        tracker.person.close('1', 'ada');
        tracker.failNext('closedBy', trouble('transient'));
      },
    ],
  ])('where the tracker %s, nothing is known and nothing written', async (_, closed) => {
    closed();
    await expect(look()).rejects.toBeInstanceOf(PaceError);
    expect(issueOf('1').state).toBe('done');
    expect(tracker.writes).toEqual([]);
  });

  test.each([
    ['mallory', { holds: [{ key: '1', url: 'https://tracker.test/1', day: 3, open: true }], closed: [] }],
    ['ada', { holds: [], closed: [] }],
  ])('a run that only looks sees what %s has closed as it is to be, and writes nothing', async (who, standing) => {
    tracker.person.close('1', who);
    expect(await look({ readOnly: true })).toEqual(standing);
    expect(issueOf('1').state).toBe('done');
    expect(tracker.writes).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>, Options]>([
    ['what PACE has closed', () => run().resolve({ day: 3, sha: B }), {}],
    ['that of another sprint', async () => undefined, { owner: { sprint: 's2' } }],
    ['that of another gate', async () => undefined, { owner: { gate: 'web' } }],
  ])('%s is no person’s business', async (_, before, options) => {
    await before();
    tracker.person.close('1', 'mallory');
    tracker.writes.length = 0;
    expect(await look(options)).toEqual({ holds: [], closed: [] });
    expect(tracker.writes).toEqual([]);
  });

  test('that of a day which does not pause this run is left alone', async () => {
    tracker.person.close('1', 'mallory');
    expect(await run({ resumeBy }).standing({ before: 3 })).toEqual({ holds: [], closed: [] });
    expect(issueOf('1').state).toBe('done');
    expect((await run({ resumeBy }).standing({ before: 4 })).holds[0]?.key).toBe('1');
  });

  test('whoever was allowed once does not vouch for the next who closes it', async () => {
    tracker.person.close('1', 'ada');
    await look();
    tracker.person.reopen('1');
    expect((await look()).holds[0]?.key).toBe('1');
    await run({ resumeBy }).remind(3);
    expect(markOf('1')).not.toHaveProperty('resumedBy');
    tracker.person.close('1', 'mallory');
    expect((await look()).holds[0]?.key).toBe('1');
  });
});
