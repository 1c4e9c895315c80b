import { beforeEach, describe, expect, test } from 'vitest';
import { advisoryDigest, createAdvisories } from '../../../../core/adapters/issues/advisory-issue.ts';
import type { LifeOptions } from '../../../../core/adapters/issues/life-options.ts';
import { createOpenIssues } from '../../../../core/adapters/issues/open-issues.ts';
import type { Owner } from '../../../../core/adapters/owner.ts';
import { createFaults, type Faults } from '../../../../core/faults.ts';
import { draftsOf, type MemoryTracker, memoryTracker } from '../../../support/memory-tracker.ts';
import { type TestWorld, testWorld } from '../../../support/world.ts';

const DAY = 86_400_000;
const SHOP: Owner = { repository: { name: 'acme/shop', id: '7' }, gate: 'gate', sprint: 's1', branch: '' };
const OLD = { id: 'scan-day3-1', finding: 'old cipher' };
const WEAK = { id: 'scan-day3-2', finding: 'weak hash' };
const DONE = 'None of this is found any more. Closed by PACE.';

let tracker: MemoryTracker;
let world: TestWorld;
let faults: Faults;

beforeEach(() => {
  world = testWorld();
  tracker = memoryTracker({ now: () => world.now() });
  faults = createFaults(world);
});

type Options = Partial<Omit<LifeOptions, 'owner'>> & { readonly owner?: Partial<Owner> };

function run({ owner, ...more }: Options = {}) {
  world.advance(1000);
  const usual = { tracker, world, faults, quota: { left: 9 }, open: createOpenIssues(tracker) };
  return createAdvisories({ ...usual, owner: { ...SHOP, ...owner }, ...more });
}

const push = (items = [OLD, WEAK], options: Options = {}) => run(options).push({ day: 3, agent: 'Scan', items });
const said = (key: string) => (tracker.comments.get(key) ?? []).map(({ body }) => body);
const markOf = (key: string) => tracker.issues.get(key)?.metadata['pace'] as Record<string, unknown>;
const bodyOf = (key: string) => tracker.issues.get(key)?.body ?? '';
const knownIds = async (options: Options = {}) =>
  (await run(options).known()).map(({ id, isClosed }) => [id, isClosed]);

describe('raising', () => {
  test('is one issue per agent and day, with its findings as a list', async () => {
    const drafts = draftsOf(tracker);
    expect(await push()).toBe('https://tracker.test/1');
    expect(markOf('1')).toMatchObject({ kind: 'advisory', state: 'open', agent: 'Scan', cleared: [] });
    expect(drafts).toEqual([
      expect.objectContaining({
        title: '[PACE Advisory] SCAN Day 3 — 2 findings',
        labels: ['pace-advisory', 'pace-scan', 'pace-day-3'],
        purpose: 'advisory',
      }),
    ]);
    expect(bodyOf('1')).toContain('- [ ] \\[scan-day3-1\\] old cipher\n- [ ] \\[scan-day3-2\\] weak hash');
    expect(bodyOf('1')).toContain('2 of 2 open.');
  });

  test('the same again writes nothing, more adds to the list, and an id stands there once', async () => {
    await push([OLD]);
    await push([OLD]);
    expect(tracker.writes).toEqual(['create 1']);
    await push([{ ...OLD, finding: 'other words' }, WEAK]);
    expect(tracker.issues.get('1')?.title).toBe('[PACE Advisory] SCAN Day 3 — 2 findings');
    expect(bodyOf('1')).toContain('old cipher');
    expect(bodyOf('1')).not.toContain('other words');
    expect(tracker.writes).toEqual(['create 1', 'update 1']);
  });

  test('agents are told apart by their names, however they write them', async () => {
    await push();
    await run().push({ day: 3, agent: 'SCAN', items: [OLD] });
    expect(tracker.issues.size).toBe(1);
    await run().push({ day: 3, agent: 'lint', items: [OLD] });
    await run().push({ day: 4, agent: 'scan', items: [OLD] });
    expect(tracker.issues.size).toBe(3);
  });

  test.each<[string, Partial<Owner>, string]>([
    ['gates', { gate: 'web' }, '[PACE Advisory] SCAN web: Day 3 — 1 finding'],
    ['branches', { branch: 'release/1' }, '[PACE Advisory] SCAN Day 3 of release/1 — 1 finding'],
    ['sprints', { sprint: 's2' }, '[PACE Advisory] SCAN Day 3 — 1 finding'],
    ['repositories', { repository: { name: 'acme/other' } }, '[PACE Advisory] SCAN Day 3 — 1 finding'],
  ])('two %s in one tracker have issues of their own', async (_, owner, title) => {
    await push();
    expect(await push([OLD], { owner })).toBe('https://tracker.test/2');
    expect(tracker.issues.get('2')?.title).toBe(title);
    expect(bodyOf('1')).toContain('2 of 2 open.');
  });

  test('a finding that comes back is open again, in its issue and in the list', async () => {
    await push();
    await run().clear([OLD.id, WEAK.id]);
    expect(tracker.issues.get('1')?.state).toBe('done');
    const both = [OLD, { id: 'scan-day3-3', finding: 'new' }];
    await push(both);
    expect(tracker.issues.get('1')?.state).toBe('open');
    expect(markOf('1')).toMatchObject({ state: 'open', cleared: [WEAK.id] });
    expect(bodyOf('1')).toContain('2 of 3 open.');
  });

  test('no more than fifty are kept', async () => {
    await push(Array.from({ length: 60 }, (_, index) => ({ id: `scan-day3-${index}`, finding: `f ${index}` })));
    expect(markOf('1')['items']).toHaveLength(50);
    await push([OLD, { id: 'scan-day3-99', finding: 'late' }]);
    expect(markOf('1')['items']).toHaveLength(50);
    expect(tracker.issues.size).toBe(1);
  });

  test('an issue that has lost its mark is nobody’s: nothing tells what it lists', async () => {
    await push([OLD], { owner: { isAtHome: true } });
    tracker.person.edit('1', { metadata: {} });
    expect(await run({ owner: { isAtHome: true } }).known()).toEqual([]);
    expect(await push([OLD], { owner: { isAtHome: true } })).toBe('https://tracker.test/2');
  });

  test('two runs at once leave one: the younger is closed with a word', async () => {
    await push();
    tracker.unlisted.add('1');
    const { createIssue } = tracker;
    tracker.createIssue = async (draft) => {
      const issue = await createIssue(draft);
      tracker.unlisted.clear();
      return issue;
    };
    expect(await push()).toBe('https://tracker.test/1');
    expect(tracker.issues.get('2')?.state).toBe('canceled');
    expect(said('2')).toEqual([
      'The same findings were filed at the same time as 1. That one stays; this one is closed.',
    ]);
    // what a twin lists is listed in the other
    expect(await knownIds()).toEqual([
      [OLD.id, false],
      [WEAK.id, false],
    ]);
  });
});

describe('clearing', () => {
  test('ticks off, and closes with the last one', async () => {
    await push();
    await run().clear([OLD.id, 'of-another']);
    expect(bodyOf('1')).toContain('- [x] \\[scan-day3-1\\]');
    expect(tracker.issues.get('1')?.state).toBe('open');
    expect(said('1')).toEqual([]);
    await run().clear([WEAK.id]);
    expect(tracker.issues.get('1')?.state).toBe('done');
    expect(markOf('1')).toMatchObject({ state: 'resolved', cleared: [OLD.id, WEAK.id] });
    expect(said('1')).toEqual([DONE]);
  });

  test('what no issue lists changes nothing', async () => {
    await push();
    await run().clear(['of-another']);
    expect(tracker.writes).toEqual(['create 1']);
  });

  test('reaches into earlier sprints, and into nobody else’s', async () => {
    await push([OLD], { owner: { sprint: 's0' } });
    await push([OLD], { owner: { gate: 'web' } });
    await run().clear([OLD.id]);
    expect([...tracker.issues.values()].map(({ state }) => state)).toEqual(['done', 'open']);
  });

  test('in one that a person has closed ticks off in silence', async () => {
    await push();
    tracker.person.close('1');
    await run().clear([OLD.id]);
    expect(markOf('1')).toMatchObject({ state: 'open', cleared: [OLD.id] });
    await run().clear([WEAK.id]);
    expect(markOf('1')).toMatchObject({ state: 'resolved', cleared: [OLD.id, WEAK.id] });
    expect(tracker.issues.get('1')?.state).toBe('done');
    expect(said('1')).toEqual([]);
    expect(tracker.writes).toEqual(['create 1', 'update 1', 'update 1']);
  });

  test('twice in one run adds up', async () => {
    await push();
    tracker.person.close('1');
    const both = run();
    await both.clear([OLD.id]);
    await both.clear([WEAK.id]);
    expect(markOf('1')).toMatchObject({ state: 'resolved', cleared: [OLD.id, WEAK.id] });
  });

  test('what was cleared and raised again in one run is known once, and open', async () => {
    await push([OLD]);
    tracker.person.close('1');
    const both = run();
    await both.clear([WEAK.id]);
    await both.push({ day: 3, agent: 'scan', items: [OLD] });
    expect((await both.known()).map(({ id, isClosed }) => [id, isClosed])).toEqual([[OLD.id, false]]);
  });

  test('that was cut off before it could say so says it in the next run, once', async () => {
    await push([OLD]);
    tracker.failNext('listComments', new Error('killed'));
    await run().clear([OLD.id]);
    expect([tracker.issues.get('1')?.state, said('1')]).toEqual(['done', []]);
    await run().push({ day: 4, agent: 'scan', items: [WEAK] });
    await run().clear([OLD.id]);
    await run().clear([OLD.id]);
    expect(said('1')).toEqual([DONE]);
    expect(said('2')).toEqual([]);
  });

  test('says nothing in an issue that is over without having been cleared, nor in that of other findings', async () => {
    await push();
    tracker.person.edit('1', { state: 'canceled', metadata: { pace: { ...markOf('1'), state: 'resolved' } } });
    await run().push({ day: 4, agent: 'scan', items: [{ id: 'scan-day4-1', finding: 'f' }] });
    await run().clear(['scan-day4-1']);
    tracker.writes.length = 0;
    await run().clear([OLD.id]);
    await run().clear(['of-another']);
    expect(tracker.writes).toEqual([]);
  });

  test('says nothing anew in an issue that was over long ago, while another one lists the finding', async () => {
    await push([OLD]);
    await run().clear([OLD.id]);
    await tracker.addComment('1', 'Thank you.');
    await run().push({ day: 5, agent: 'scan', items: [OLD] });
    await run().clear([OLD.id]);
    expect(said('1')).toEqual([DONE, 'Thank you.']);
    expect(said('2')).toEqual([DONE]);
  });

  test('on a locked issue closes it all the same, and keeps the fault', async () => {
    await push([OLD]);
    tracker.locked.add('1');
    await run().clear([OLD.id]);
    expect(tracker.issues.get('1')?.state).toBe('done');
    expect(faults.list.map(({ operation }) => operation)).toEqual(['addComment']);
  });
});

describe('what the tracker remembers', () => {
  test('is what is not resolved, of every sprint: with id, agent, day and digest', async () => {
    await push([OLD], { owner: { sprint: 's0' } });
    await run().push({ day: 5, agent: 'lint', items: [WEAK] });
    expect(await run().known()).toEqual([
      { ...OLD, agent: 'Scan', day: 3, isClosed: false, digest: advisoryDigest('scan', 'old cipher') },
      { ...WEAK, agent: 'lint', day: 5, isClosed: false, digest: advisoryDigest('lint', 'weak hash') },
    ]);
  });

  test('tells what a person has closed from what is open, and forgets what is cleared', async () => {
    await push();
    await run().clear([OLD.id]);
    expect(await knownIds()).toEqual([[WEAK.id, false]]);
    tracker.person.close('1');
    expect(await knownIds()).toEqual([[WEAK.id, true]]);
    await run().clear([WEAK.id]);
    expect(await knownIds()).toEqual([]);
  });

  test('is nobody else’s', async () => {
    await push();
    for (const owner of [{ gate: 'web' }, { branch: 'release/1' }, { repository: { name: 'acme/other', id: '8' } }]) {
      expect(await knownIds({ owner })).toEqual([]);
    }
  });

  test('knows a long finding by the digest of the whole, whatever is kept of it', async () => {
    const finding = `weak hash ${'x'.repeat(5000)}`;
    await push([{ id: 'scan-day3-1', finding }]);
    const [known] = await run().known();
    expect(known?.finding).toHaveLength(200);
    expect(known?.digest).toBe(advisoryDigest('scan', finding));
    expect(known?.digest).not.toBe(advisoryDigest('scan', `${finding}y`));
    expect(known?.digest).not.toBe(advisoryDigest('lint', finding));
    expect(advisoryDigest('SCAN!', finding)).toBe(known?.digest);
  });

  test('costs a bounded number of issues, however many were closed', async () => {
    await push([OLD]);
    await run().clear([OLD.id]);
    const closed = tracker.issues.get('1');
    for (let key = 2; closed && key <= 10_000; key += 1) {
      tracker.issues.set(String(key), { ...closed, key: String(key) });
    }
    await push([WEAK], { owner: { sprint: 's2' } });
    const { listIssues } = tracker;
    let read = 0;
    tracker.listIssues = async function* (filter) {
      for await (const issue of listIssues(filter)) {
        read += 1;
        yield issue;
      }
    };
    const both = run();
    expect((await both.known()).map(({ id }) => id)).toEqual([WEAK.id]);
    await both.clear([WEAK.id]);
    expect(read).toBe(101);
  });

  test('lasts for months', async () => {
    await push([OLD]);
    world.advance(200 * DAY);
    expect(await knownIds()).toEqual([[OLD.id, false]]);
  });
});
