/** Creating, editing and showing issues on a tracker that knows its people and sends only what is asked for. */
import { describe, expect, test } from 'vitest';
import type { IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { createIssue } from '../../../src/tracker/create-issue.ts';
import { editIssues } from '../../../src/tracker/edit-issues.ts';
import type { Change } from '../../../src/tracker/edits.ts';
import type { ShownIssue } from '../../../src/tracker/print/fields.ts';
import { showIssue, withDetails } from '../../../src/tracker/query/details.ts';
import { type MemoryOptions, memoryDriver } from '../../support/memory-driver.ts';
import { testWorld } from '../../support/world.ts';

function bench(options: MemoryOptions = {}) {
  const world = testWorld();
  const driver = memoryDriver({ world, ...options });
  const tracker = completeTracker({ driver, name: 'Memory', world });
  return { driver, tracker, world };
}

const change = (rest: Partial<Change>): Change => ({ values: {}, ...rest });

describe('creating', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['everybody who is known', ['ann', 'ben'], []],
    ['the same person twice', ['ann', 'ann'], []],
    ['somebody who is not', ['ann', 'nobody', 'no one'], ['nobody', 'no one']],
    ['somebody who is not, named twice', ['nobody', 'nobody'], ['nobody']],
    ['nobody', [], []],
  ])('for %s never loses the issue, and says who is left out', async (_, assignees, unassigned) => {
    const { tracker } = bench();
    const created = await createIssue(tracker, change({ title: 'x', assignees }));
    expect([created.issue.key, created.unassigned]).toEqual(['1', unassigned]);
  });

  test('asks for abilities only where a label may be a field', async () => {
    const { tracker, driver } = bench();
    await createIssue(tracker, change({ title: 'x', labels: ['a'] }));
    const before = driver.requests().all;
    await createIssue(tracker, change({ title: 'x', labels: ['a'] }));
    expect(driver.requests().all - before).toBe(1);
    const { issue } = await createIssue(tracker, change({ title: 'x', labels: ['type:task', 'b'] }));
    expect([issue.type, issue.labels]).toEqual(['task', ['b']]);
  });
});

describe('editing', () => {
  test('keeps the order of the keys; one that is not there fails in its turn', async () => {
    const { tracker } = bench();
    for (const title of ['a', 'b', 'c']) await tracker.createIssue({ title, body: '' });
    const { done, failed } = await editIssues(tracker, ['3', '99', '1'], change({ addAssignees: ['ann'] }));
    expect(done.map(({ key, assignees }) => [key, assignees.map(({ id }) => id)])).toEqual([
      ['3', ['ann']],
      ['1', ['ann']],
    ]);
    expect(failed).toMatchObject([{ key: '99', error: { kind: 'not-found' } }]);
  });

  test('takes an issue from whose token it is, by @me', async () => {
    const { tracker } = bench();
    await tracker.createIssue({ title: 'a', body: '', assignees: ['me', 'ann'] });
    const { done } = await editIssues(tracker, ['1'], change({ removeAssignees: ['@me'] }));
    expect(done[0]?.assignees).toEqual([{ id: 'ann', name: 'Ann' }]);
  });

  test('each issue keeps its own metadata and people', async () => {
    const { tracker } = bench();
    await tracker.createIssue({ title: 'a', body: '', metadata: { own: 1 }, assignees: ['ann'] });
    await tracker.createIssue({ title: 'b', body: '', metadata: { own: 2 }, assignees: ['ben'] });
    const given = change({ values: { metadata: { step: 3 } }, addAssignees: ['me'] });
    const { done } = await editIssues(tracker, ['1', '2'], given);
    expect(done.map(({ metadata, assignees }) => [metadata, assignees.map(({ id }) => id)])).toEqual([
      [{ own: 1, step: 3 }, ['ann', 'me']],
      [{ own: 2, step: 3 }, ['ben', 'me']],
    ]);
  });

  test('an issue is read only where the change depends on it', async () => {
    const { tracker, driver } = bench();
    await tracker.createIssue({ title: 'a', body: '' });
    const reads = async (rest: Partial<Change>) => {
      const { all, writes } = driver.requests();
      await editIssues(tracker, ['1'], change(rest));
      return driver.requests().all - all - (driver.requests().writes - writes);
    };
    expect(await reads({ title: 'b' })).toBe(0);
    expect(await reads({ addAssignees: ['ann'] })).toBe(0);
    // what the label means here, what the issue has, and the issue once more, as nothing changes
    expect(await reads({ removeLabels: ['priority:high'] })).toBe(3);
  });
});

describe('showing', () => {
  /** Hears of each call, and sends an issue without its links. */
  function heard(tracker: IssueTracker): { calls: string[]; tracker: IssueTracker } {
    const calls: string[] = [];
    const hearing: IssueTracker = {
      ...tracker,
      getIssue: async (key) => {
        calls.push(`issue ${key}`);
        const { links: _, ...issue } = await tracker.getIssue(key);
        return issue;
      },
      listComments: (key) => {
        calls.push(`comments ${key}`);
        return tracker.listComments(key);
      },
      getIssueLinks: (key) => {
        calls.push(`links ${key}`);
        return tracker.getIssueLinks(key);
      },
      currentClaim: (key) => {
        calls.push(`claim ${key}`);
        return tracker.currentClaim(key);
      },
    };
    return { calls, tracker: hearing };
  }

  test('asks for what is wanted, and for nothing else', async () => {
    const { tracker } = bench();
    await tracker.createIssue({ title: 'a', body: '' });
    const shown = async (...wanted: string[]) => {
      const { calls, tracker: hearing } = heard(tracker);
      const issue = await showIssue(hearing, '1', { with: wanted });
      return [calls, ['comments', 'links', 'claim'].filter((name) => name in issue)];
    };
    expect(await shown()).toEqual([['issue 1'], []]);
    expect(await shown('title')).toEqual([['issue 1'], []]);
    expect(await shown('links')).toEqual([['issue 1', 'links 1'], ['links']]);
    expect(await shown('claim', 'comments')).toEqual([
      ['issue 1', 'comments 1', 'claim 1'],
      ['comments', 'claim'],
    ]);
  });

  test('the details of a list come in its order, four issues at a time', async () => {
    const { tracker } = bench();
    for (let number = 1; number <= 10; number += 1) {
      const { key } = await tracker.createIssue({ title: `${number}`, body: '' });
      await tracker.addComment(key, `On ${key}`);
    }
    let [underWay, most] = [0, 0];
    const slow: IssueTracker = {
      ...tracker,
      async *listComments(key) {
        underWay += 1;
        most = Math.max(most, underWay);
        for (let turn = 0; turn < 20 + (Number(key) % 3); turn += 1) await new Promise((done) => setImmediate(done));
        underWay -= 1;
        yield* tracker.listComments(key);
      },
      // the list has told what is on each already
      getIssue: () => Promise.reject(new Error('asked again')),
    };
    const list = withDetails(slow, tracker.listIssues({ state: 'all' }), { with: ['comments'] });
    const shown: ShownIssue[] = await collect(list);
    expect(shown.map(({ key, comments }) => [key, comments?.map(({ body }) => body)])).toEqual(
      Array.from({ length: 10 }, (_, index) => [String(10 - index), [`On ${10 - index}`]]),
    );
    expect(most).toBe(4);
  });

  test('trouble with one of them comes in its turn, after those before it', async () => {
    const { tracker } = bench();
    for (let number = 1; number <= 6; number += 1) await tracker.createIssue({ title: `${number}`, body: '' });
    const failing: IssueTracker = {
      ...tracker,
      getIssueLinks: (key) => (key === '3' ? Promise.reject(new Error('down')) : tracker.getIssueLinks(key)),
    };
    const seen: string[] = [];
    const read = async () => {
      for await (const { key } of withDetails(failing, tracker.listIssues({ state: 'all' }), { with: ['links'] })) {
        seen.push(key);
      }
    };
    await expect(read()).rejects.toThrow('down');
    expect(seen).toEqual(['6', '5', '4']);
  });
});
