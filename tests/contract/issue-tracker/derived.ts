import { describe, expect } from 'vitest';
import { isClosed } from '../../../core/ports/issue.ts';
import { has, offers, onlyReadsLinks, people } from './abilities.ts';
import { expectBody, newIssue, type Suite } from './suite.ts';
import { NESTED, unique } from './texts.ts';

export function derivedCases(suite: Suite): void {
  describe('what follows from the plain calls', () => {
    suite.it('getCurrentUser says whose token it is, and that it works', async () => {
      const tracker = await suite.another();
      expect(tracker.isConnected).toBe(false);
      const me = await tracker.getCurrentUser();
      expect([me.id === '', me.name === '']).toEqual([false, false]);
      expect(tracker.isConnected).toBe(true);
    });

    suite.it('testConnection is true when it works', async () => {
      const tracker = await suite.another();
      expect([await tracker.testConnection(), tracker.isConnected]).toEqual([true, true]);
    });

    suite.it('getIssueStatus is the tracker’s own word', async () => {
      const { key, stateName } = await newIssue(suite);
      expect(await suite.tracker.getIssueStatus(key)).toBe(stateName);
      const done = await suite.tracker.transitionIssue(key, 'done');
      expect(await suite.tracker.getIssueStatus(key)).toBe(done.stateName);
    });

    suite.it('updateIssueDescription changes the text, and keeps the metadata', async () => {
      const { key } = await newIssue(suite, { body: 'Before.', metadata: NESTED });
      expect(await suite.tracker.updateIssueDescription(key, '# After\n\nText.')).toBe(true);
      const found = await suite.tracker.getIssue(key);
      expectBody(suite, found.body, '# After\n\nText.');
      expect(found.metadata).toEqual(NESTED);
    });

    suite.it('updateIssueStoryPoints sets them, or is refused', async () => {
      const { key } = await newIssue(suite);
      const call = () => suite.tracker.updateIssueStoryPoints(key, 8);
      if (!(await offers(suite, 'storyPoints', call))) return;
      expect(await call()).toBe(true);
      expect((await suite.tracker.getIssue(key)).storyPoints).toBe(8);
    });

    suite.it('createSubtask and updateSubtask, or they are refused', async () => {
      const { tracker, can } = suite;
      const parent = await newIssue(suite, suite.facts.parent);
      const priority = can.priorities[1];
      const fields = {
        ...(has(suite, 'storyPoints') ? { storyPoints: 2 } : {}),
        ...(has(suite, 'assignees') ? { assignee: people(suite)[0] ?? '' } : {}),
        ...(priority === undefined ? {} : { priority }),
      };
      const create = () => tracker.createSubtask(parent.key, 'A part', 'Of the whole.', fields);
      if (!(await offers(suite, 'parent', create))) return;
      const key = (await create()) ?? '';
      const child = await tracker.getIssue(key);
      expect([child.title, child.body, child.parent]).toEqual(['A part', 'Of the whole.', parent.key]);
      expect(child.storyPoints).toBe(has(suite, 'storyPoints') ? 2 : undefined);
      if (has(suite, 'assignees')) expect(child.assignees.map(({ id }) => id)).toEqual(people(suite));
      if (priority !== undefined) expect(child.priority).toBe(priority);
      const changes = { description: 'Other.', ...(has(suite, 'storyPoints') ? { storyPoints: 3 } : {}) };
      expect(await tracker.updateSubtask(key, changes)).toBe(true);
      const changed = await tracker.getIssue(key);
      expect([changed.title, changed.body, changed.parent]).toEqual(['A part', 'Other.', parent.key]);
      if (has(suite, 'storyPoints')) expect(changed.storyPoints).toBe(3);
      expect((await tracker.getEpicChildren(parent.key)).map((one) => one.key)).toEqual([key]);
    });

    suite.it('searchIssues finds words in title and body, newest first, as many as asked for', async () => {
      const word = unique().replace('contract-', 'word');
      const created: string[] = [];
      for (const [title, body] of [
        [`One ${word}`, ''],
        ['Two', `with ${word.toUpperCase()} inside`],
        [`Three ${word}`, ''],
      ]) {
        created.push((await newIssue(suite, { title: title ?? '', body: body ?? '' })).key);
        await suite.bench.tick?.();
      }
      await suite.tracker.transitionIssue(created[0] ?? '', 'done');
      const found = (await suite.tracker.searchIssues(word)).map(({ key }) => key);
      if (suite.bench.tick) expect(found).toEqual(created.toReversed());
      else expect(found.toSorted()).toEqual(created.toSorted());
      expect(await suite.tracker.searchIssues(word, 2)).toHaveLength(2);
      expect(await suite.tracker.searchIssues(word, 0)).toEqual([]);
      expect(await suite.tracker.searchIssues(unique())).toEqual([]);
    });

    suite.it('the capabilities name what is lacking, with reasons, and fit together', () => {
      const { unsupported, states, priorities, linkTypes } = suite.can;
      for (const reason of Object.values(unsupported)) expect(reason.trim()).not.toBe('');
      expect(states).toEqual(expect.arrayContaining(['open']));
      expect(states.some(isClosed)).toBe(true);
      expect(priorities.length > 0).toBe(has(suite, 'priority'));
      expect(linkTypes.length > 0).toBe(has(suite, 'links') && !onlyReadsLinks(suite));
      expect(priorities).toEqual(priorities.toSorted());
    });

    suite.it('the capabilities are looked up by reading, and once', async () => {
      const tracker = await suite.another();
      const before = suite.bench.requests?.() ?? { all: 0, writes: 0 };
      const can = await tracker.capabilities();
      const after = suite.bench.requests?.() ?? before;
      expect(after.writes).toBe(before.writes);
      expect(await tracker.capabilities()).toBe(can);
      expect(suite.bench.requests?.().all ?? 0).toBe(after.all);
      expect(can).toEqual(suite.can);
    });

    suite.it('a plain write asks for no capabilities', async ({ skip }) => {
      const { requests, another } = suite.bench;
      if (!requests || !another) return skip(`${suite.name} has no server to be asked`);
      const label = unique();
      await newIssue(suite, { labels: [label] });
      const tracker = await suite.another();
      const before = requests().all;
      const { key } = await tracker.createIssue({ title: 'Plain', body: 'Text.', labels: [label] });
      const created = requests().all - before;
      await tracker.updateIssue(key, { title: 'Plainer', body: 'Text.', metadata: {} });
      const changed = requests().all - before - created;
      // write, and at most read back or look up a label's id and a field's
      expect(created).toBeLessThanOrEqual(3);
      expect(changed).toBeLessThanOrEqual(4);
    });
  });
}
