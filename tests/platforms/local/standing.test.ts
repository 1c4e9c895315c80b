/** What can be begun and what waits, as the embedded tracker keeps it with every change. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { ISSUE_STATES, type IssueFilter, type LinkType } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { connect, usedIn } from '../../../platforms/local/connection.ts';
import { planStanding } from '../../../platforms/local/pages.ts';
import { hasWords } from '../../../platforms/local/text-index.ts';
import { type Bench, newBench, removeFolders } from './folders.ts';

const TAKER = fileURLToPath(new URL('taker.ts', import.meta.url));

afterEach(removeFolders);

const keys = async (list: AsyncIterable<{ key: string }>) => (await collect(list)).map(({ key }) => key);

async function withIssues(count: number): Promise<Bench> {
  const bench = newBench();
  for (let number = 1; number <= count; number += 1) {
    await bench.tracker.createIssue({ title: `Issue ${number}`, body: '' });
  }
  return bench;
}

describe('ready', () => {
  test('the most urgent first, of those the oldest, and those without a priority last', async () => {
    const { tracker } = newBench();
    for (const priority of [2, undefined, 0, 2, 4, undefined] as const) {
      await tracker.createIssue({ title: 'x', body: '', ...(priority === undefined ? {} : { priority }) });
    }
    expect(await keys(tracker.listReady())).toEqual(['3', '1', '4', '5', '2', '6']);
    await tracker.updateIssue('6', { priority: 1 });
    await tracker.updateIssue('3', { priority: null });
    expect(await keys(tracker.listReady())).toEqual(['6', '1', '4', '5', '2', '3']);
  });

  test.each<[LinkType, string]>([
    ['blocks', '1'],
    ['is dependency of', '1'],
    ['is blocked by', '2'],
    ['depends on', '2'],
  ])('waits for the other end of “%s”, until that is closed or not linked', async (type, from) => {
    const { tracker } = await withIssues(2);
    const [other] = ['1', '2'].filter((key) => key !== from);
    const link = { type, target: other ?? '' };
    await tracker.createLink(from, link);
    expect(await keys(tracker.listReady())).toEqual(['1']);
    const [waiting] = await collect(tracker.listBlocked());
    expect([waiting?.key, waiting?.blockedBy]).toEqual(['2', [{ key: '1', title: 'Issue 1', state: 'open' }]]);
    for (const closed of ['done', 'canceled'] as const) {
      await tracker.transitionIssue('1', closed);
      expect([await keys(tracker.listReady()), await keys(tracker.listBlocked())]).toEqual([['2'], []]);
      await tracker.transitionIssue('1', 'in_progress');
      expect([await keys(tracker.listReady()), await keys(tracker.listBlocked())]).toEqual([[], ['2']]);
    }
    await tracker.deleteLink(from, link);
    expect([await keys(tracker.listReady()), await keys(tracker.listBlocked())]).toEqual([['2'], []]);
  });

  test('not before all of several are closed', async () => {
    const { tracker } = await withIssues(4);
    for (const target of ['1', '2', '3']) await tracker.createLink('4', { type: 'is blocked by', target });
    await tracker.createLink('4', { type: 'depends on', target: '3' });
    for (const key of ['1', '2']) await tracker.transitionIssue(key, 'done');
    expect([await keys(tracker.listReady()), await keys(tracker.listBlocked())]).toEqual([['3'], ['4']]);
    await tracker.transitionIssue('3', 'canceled');
    expect([await keys(tracker.listReady()), await keys(tracker.listBlocked())]).toEqual([['4'], []]);
  });

  test('other links wait for nothing', async () => {
    const { tracker } = await withIssues(2);
    for (const type of ['relates to', 'duplicates', 'clones', 'discovered from'] as const) {
      await tracker.createLink('1', { type, target: '2' });
    }
    expect(await keys(tracker.listReady())).toEqual(['1', '2']);
  });

  test.each(ISSUE_STATES.filter((state) => state !== 'open'))('an issue that is %s is not', async (state) => {
    const { tracker } = await withIssues(1);
    await tracker.transitionIssue('1', state);
    expect(await keys(tracker.listReady())).toEqual([]);
    expect(await keys(tracker.listBlocked())).toEqual(state === 'blocked' ? ['1'] : []);
  });

  test('an epic only where nothing open stands below it', async () => {
    const { tracker } = newBench();
    await tracker.createIssue({ title: 'Epic', body: '', type: 'epic' });
    expect(await keys(tracker.listReady())).toEqual(['1']);
    await tracker.createIssue({ title: 'Story', body: '', parent: '1' });
    await tracker.createIssue({ title: 'Story', body: '' });
    expect(await keys(tracker.listReady())).toEqual(['2', '3']);
    await tracker.updateIssue('3', { parent: '1' });
    await tracker.transitionIssue('2', 'done');
    expect(await keys(tracker.listReady())).toEqual(['3']);
    await tracker.updateIssue('3', { parent: null });
    expect(await keys(tracker.listReady())).toEqual(['1', '3']);
  });

  test('not while anything above it waits or is deferred', async () => {
    const { tracker, world } = await withIssues(4);
    await tracker.updateIssue('2', { parent: '1' });
    await tracker.updateIssue('3', { parent: '2' });
    expect(await keys(tracker.listReady())).toEqual(['3', '4']);
    await tracker.createLink('4', { type: 'blocks', target: '1' });
    expect(await keys(tracker.listReady())).toEqual(['4']);
    await tracker.deleteLink('4', { type: 'blocks', target: '1' });
    await tracker.updateIssue('1', { deferUntil: world.now() + 1 });
    expect(await keys(tracker.listReady())).toEqual(['4']);
    // what stands below a closed issue is free of it
    await tracker.transitionIssue('2', 'done');
    expect(await keys(tracker.listReady())).toEqual(['3', '4']);
  });

  test('not while it is deferred, to the millisecond, nor while somebody has it', async () => {
    const { tracker, world } = await withIssues(2);
    await tracker.updateIssue('1', { deferUntil: world.now() + 1 });
    expect((await tracker.getIssue('1')).deferUntil).toBe(world.now() + 1);
    expect(await keys(tracker.listReady())).toEqual(['2']);
    await tracker.updateIssue('1', { deferUntil: world.now() });
    expect(await keys(tracker.listReady())).toEqual(['1', '2']);
    await tracker.claim('2', { agent: 'ann', forMs: 1000 });
    expect(await keys(tracker.listReady())).toEqual(['1']);
    await tracker.release('2', 'ann');
    expect(await keys(tracker.listReady())).toEqual(['1', '2']);
    await tracker.updateIssue('1', { deferUntil: null });
    expect((await tracker.getIssue('1')).deferUntil).toBeUndefined();
  });

  test('says of each issue why', async () => {
    const { tracker, world } = await withIssues(5);
    await tracker.createLink('2', { type: 'depends on', target: '1' });
    await tracker.updateIssue('4', { parent: '3' });
    await tracker.updateIssue('5', { deferUntil: world.now() + 60_000 });
    await tracker.claim('5', { agent: 'ann', forMs: 60_000 });
    const why = async (key: string) => {
      const { ready, why: words } = await tracker.explainReadiness(key);
      return [ready, ...words];
    };
    const soon = new Date(world.now() + 60_000).toISOString().slice(0, 16).replace('T', ' ');
    expect(await why('1')).toEqual([true, 'open, unclaimed, not deferred; it waits for nothing']);
    expect(await why('2')).toEqual([false, 'it waits for 1 (open)']);
    expect(await why('3')).toEqual([false, 'open issues stand below it: 4 (open)']);
    expect(await why('5')).toEqual([false, `it is deferred until ${soon} UTC`, `ann has claimed it until ${soon} UTC`]);
    await tracker.transitionIssue('1', 'in_review');
    expect(await why('1')).toEqual([false, 'its state is In review']);
    await tracker.createLink('3', { type: 'is blocked by', target: '1' });
    expect(await why('4')).toEqual([false, '3 above it waits for 1 (in_review)']);
    await tracker.transitionIssue('1', 'done');
    expect(await why('2')).toEqual([true, 'open, unclaimed, not deferred; what it waited for is closed: 1 (done)']);
  });
});

describe('claiming what is ready', () => {
  test('takes the first one, and the next one after it', async () => {
    const { tracker } = await withIssues(3);
    await tracker.createLink('1', { type: 'blocks', target: '2' });
    const request = { agent: 'ann', forMs: 1000 };
    const taken = async (filter: IssueFilter = {}) => (await tracker.claimReady(filter, request))?.issue.key;
    expect(await taken({ text: 'nowhere' })).toBeUndefined();
    expect([await taken(), await taken(), await taken()]).toEqual(['1', '3', undefined]);
    expect(await tracker.currentClaim('3')).toMatchObject({ key: '3', agent: 'ann' });
  });

  test('three processes at once take each issue once, and none before its turn', { timeout: 60_000 }, async () => {
    const { tracker, cwd } = await withIssues(40);
    // pairs, of which the second waits for the first
    for (let number = 1; number < 40; number += 2) {
      await tracker.createLink(String(number), { type: 'blocks', target: String(number + 1) });
    }
    await turn();
    const output = join(cwd, 'taken.txt');
    const file = openSync(output, 'a');
    const children = Array.from({ length: 3 }, () =>
      spawn(process.execPath, [TAKER, cwd], { stdio: ['ignore', file, 'inherit'] }),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0]));
    closeSync(file);
    const taken = readFileSync(output, 'utf8').trim().split('\n').map(Number);
    expect([codes, [...taken].sort((one, other) => one - other)]).toEqual([
      [0, 0, 0],
      Array.from({ length: 40 }, (_, index) => index + 1),
    ]);
    for (let number = 1; number < 40; number += 2) {
      expect(taken.indexOf(number)).toBeLessThan(taken.indexOf(number + 1));
    }
  });

  test('where there is no database yet, nothing is ready and nothing is made', async () => {
    const { tracker } = newBench();
    expect(await tracker.claimReady({}, { agent: 'ann', forMs: 1000 })).toBeUndefined();
    expect([await keys(tracker.listReady()), await keys(tracker.listBlocked())]).toEqual([[], []]);
  });
});

describe('the order is read from an index', () => {
  async function steps(filter: IssueFilter): Promise<string[][]> {
    const { tracker, path, world } = newBench();
    await tracker.createMany(Array.from({ length: 1001 }, () => ({ title: 'x', body: '', labels: ['a'] })));
    await turn();
    const db = connect(new DatabaseSync(path), { has_words: hasWords() });
    const found = (['ready', 'blocked'] as const).map((standing) => {
      const { parts, values, start } = planStanding(db, standing, filter, world.now());
      return parts.flatMap((sql) =>
        db
          .all(`EXPLAIN QUERY PLAN ${sql}`, usedIn(sql, { ...values, ...start, limit: 50 }))
          .map(({ detail }) => String(detail)),
      );
    });
    db.close();
    return found;
  }

  test.each<[string, IssueFilter]>([
    ['of all', {}],
    ['of several conditions', { anyOf: [{ labels: ['a'] }, { type: 'bug' }], noneOf: [{ assignee: 'ann' }] }],
  ])('%s', async (_, filter) => {
    for (const details of await steps(filter)) {
      expect(details.filter((detail) => /USE TEMP B-TREE FOR ORDER BY|SCAN issue\b/.test(detail))).toEqual([]);
      expect(details[0]).toMatch(/^SEARCH issue USING INDEX issue_by_standing/);
    }
  });

  test('but for a set that is sorted sooner', async () => {
    for (const details of await steps({ labels: ['a'] })) {
      expect(details.filter((detail) => /^SCAN issue\b/.test(detail))).toEqual([]);
      expect(details[0]).toMatch(/^SEARCH issue USING INTEGER PRIMARY KEY/);
    }
  });
});

describe('whatever happens to links, states and parents', () => {
  const pair = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
  const deed = fc.oneof(
    fc.record({ does: fc.constantFrom('link', 'unlink'), type: fc.constantFrom('blocks', 'depends on'), pair }),
    fc.record({ does: fc.constant('move'), state: fc.constantFrom(...ISSUE_STATES), pair }),
    fc.record({ does: fc.constant('place'), pair }),
    fc.record({ does: fc.constant('defer'), pair }),
  );

  test('what is kept is what a look at all issues finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 25 }), async (deeds) => {
        const { driver, tracker, world } = await withIssues(5);
        for (const {
          pair: [one, other],
          ...each
        } of deeds) {
          const [key, target] = [String(one), String(other)];
          const done = async () => {
            if ('type' in each && each.does === 'link')
              await tracker.createLink(key, { type: each.type as LinkType, target });
            else if ('type' in each) await tracker.deleteLink(key, { type: each.type as LinkType, target });
            else if ('state' in each) await tracker.transitionIssue(key, each.state);
            else if (each.does === 'defer') await tracker.updateIssue(key, { deferUntil: world.now() + other - 2 });
            else await tracker.updateIssue(key, { parent: other === 5 ? null : target });
          };
          // circles and links to itself are refused, and change nothing
          await done().catch((error: unknown) => expect(error).toMatchObject({ kind: 'validation' }));
        }
        const { listReady: _, listBlocked: __, ...plain } = driver;
        const looking = completeTracker({ driver: plain, name: 'Local', world });
        expect(await keys(tracker.listReady())).toEqual(await keys(looking.listReady()));
        const blocked = async (list: typeof looking.listBlocked) =>
          (await collect(list())).map(({ key, blockedBy }) => [key, blockedBy.map((one) => one.key).sort()]);
        expect(await blocked(tracker.listBlocked)).toEqual(await blocked(looking.listBlocked));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a link that would close a circle', () => {
  test('is refused with the circle, and nothing is written', async () => {
    const { tracker } = await withIssues(3);
    await tracker.createLink('1', { type: 'blocks', target: '2' });
    await tracker.createLink('3', { type: 'depends on', target: '2' });
    const refused = async (key: string, type: LinkType, target: string) => {
      const error = await tracker.createLink(key, { type, target }).catch((thrown: unknown) => thrown);
      return error instanceof PaceError ? [error.kind, error.message, error.remedy] : error;
    };
    const words = (way: string) => [
      'validation',
      `That would close a circle, in which each issue waits for the next: ${way}.`,
      'Please remove one of these links first: `pace issue unlink`.',
    ];
    expect(await refused('2', 'blocks', '1')).toEqual(words('1 → 2 → 1'));
    expect(await refused('1', 'depends on', '3')).toEqual(words('1 → 3 → 2 → 1'));
    expect(await refused('1', 'is blocked by', '3')).toEqual(words('1 → 3 → 2 → 1'));
    expect(await refused('3', 'is dependency of', '1')).toEqual(words('1 → 3 → 2 → 1'));
    expect(await tracker.getIssueLinks('1')).toEqual([{ type: 'blocks', target: '2' }]);
    // the same direction again, and other links, close none
    await tracker.createLink('1', { type: 'blocks', target: '3' });
    await tracker.createLink('3', { type: 'relates to', target: '1' });
    await tracker.createLink('3', { type: 'duplicates', target: '1' });
  });
});
