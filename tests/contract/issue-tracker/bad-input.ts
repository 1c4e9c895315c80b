import { describe, expect } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { Issue, IssueDraft, IssuePatch } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { acceptedOrRefused, refusal } from '../refusal.ts';
import { givesToNobody, has, newMilestone, offers } from './abilities.ts';
import { keys, list, NO_SUCH_ISSUE, newIssue, REFUSED, refusedUnsent, type Suite } from './suite.ts';
import { HOSTILE, largest, unique, words } from './texts.ts';

/** What no tracker takes, in a new issue and in a change. */
const NEVER: readonly (readonly [string, Partial<IssueDraft>])[] = [
  ['an empty title', { title: '' }],
  ['a title of blanks', { title: ' \t\u00a0\n' }],
  ['a title of what nobody sees', { title: '\u200b\u2060' }],
  ['an empty label', { labels: [''] }],
  ['a label of blanks', { labels: ['good', '  '] }],
  ['a label with a control character', { labels: ['a\u0007b'] }],
  ['a label of two lines', { labels: ['a\nb'] }],
  ['a label of ten thousand characters', { labels: ['x'.repeat(10_000)] }],
  ['a day that there is not', { dueDate: '2026-02-30' }],
  ['a day in another form', { dueDate: '31.12.2026' }],
  ['negative story points', { storyPoints: -1 }],
  ['story points that are no number', { storyPoints: Number.NaN }],
  ['endless story points', { storyPoints: Number.POSITIVE_INFINITY }],
  ['a priority that there is not', { priority: 7 as 4 }],
  ['a state that there is not', { state: 'finished' as 'done' }],
  ['an empty type', { type: '' }],
  ['an assignee without a name', { assignees: [' '] }],
  ['an empty milestone', { milestone: '' }],
  ['an empty parent', { parent: '' }],
];

export function badInputCases(suite: Suite): void {
  /** The change is refused, and the issue as it was. */
  async function refusedPatch(before: Issue, patch: IssuePatch, kinds = [...REFUSED, 'not-found' as const]) {
    const error = await refusal(() => suite.tracker.updateIssue(before.key, patch), { kinds });
    expect(await suite.tracker.getIssue(before.key)).toEqual(before);
    return error;
  }

  /** The draft is refused, and there is no such issue. */
  async function refusedDraft(draft: Partial<IssueDraft>, kinds = [...REFUSED, 'not-found' as const]) {
    const label = unique();
    const labelled = { title: 'Never', body: '', ...draft, labels: [label, ...(draft.labels ?? [])] };
    const error = await refusal(() => suite.tracker.createIssue(labelled), { kinds });
    expect(await keys(suite, { labels: [label] })).toEqual([]);
    return error;
  }

  describe('bad input', () => {
    for (const [what, fields] of NEVER) {
      suite.it(`${what}: refused in a new issue and in a change, and nothing is sent`, async () => {
        const draft = { title: 'Never', body: '', ...fields };
        await refusedUnsent(suite, () => suite.tracker.createIssue(draft), REFUSED);
        const before = await newIssue(suite);
        await refusedUnsent(suite, () => suite.tracker.updateIssue(before.key, fields), REFUSED);
        expect(await suite.tracker.getIssue(before.key)).toEqual(before);
      });
    }

    for (const [what, title] of [
      ['a line break', 'first\nsecond'],
      ['a carriage return', 'first\r\nsecond'],
      ['a control character', 'first\u0000second'],
      ['a terminal sequence', 'first\u001b[31msecond'],
    ] as const) {
      suite.it(`a title with ${what} is cleaned or refused`, async () => {
        const created = await acceptedOrRefused(() => suite.tracker.createIssue({ title, body: '' }), REFUSED);
        if (!(created instanceof PaceError)) expect(created.title).toMatch(/^first\P{Cc}*second$/u);
      });
    }

    suite.it('half a character in title, label or comment does no harm', async () => {
      const half = 'before \ud83d after';
      for (const draft of [
        { title: half, body: '' },
        { title: 'Half', body: '', labels: [`${unique()}-\udc00`] },
      ]) {
        const created = await acceptedOrRefused(() => suite.tracker.createIssue(draft), REFUSED);
        if (created instanceof PaceError) continue;
        expect((await suite.tracker.getIssue(created.key)).title.isWellFormed()).toBe(true);
      }
      const { key } = await newIssue(suite);
      // a tracker that keeps no comments refuses them whatever they say
      const comment = await acceptedOrRefused(() => suite.tracker.addComment(key, half), REFUSED);
      if (!(comment instanceof PaceError)) expect(comment.body.isWellFormed()).toBe(true);
    });

    suite.it('a body above the limit is refused, and nothing is sent', async () => {
      const { tracker } = suite;
      const fits = (n: number) => tracker.measureBody('x'.repeat(n)) <= tracker.bodyLimit.max;
      const body = 'x'.repeat(largest(fits) + 1);
      await refusedUnsent(suite, () => tracker.createIssue({ title: 'Never', body }), REFUSED);
      const before = await newIssue(suite, { body: 'Text.' });
      await refusedUnsent(suite, () => tracker.updateIssue(before.key, { body }), REFUSED);
      expect(await tracker.getIssue(before.key)).toEqual(before);
    });

    suite.it('labels to replace and to add at once are refused', async () => {
      const before = await newIssue(suite, { labels: [unique()] });
      const patch = { labels: [unique()], addLabels: [unique()] };
      await refusedUnsent(suite, () => suite.tracker.updateIssue(before.key, patch), ['validation']);
      const both = { addLabels: ['one'], removeLabels: ['ONE'] };
      await refusedUnsent(suite, () => suite.tracker.updateIssue(before.key, both), ['validation']);
      expect(await suite.tracker.getIssue(before.key)).toEqual(before);
    });

    suite.it('a milestone that is not there is refused, with those that are', async () => {
      if (!(await offers(suite, 'milestone', () => newIssue(suite, { milestone: 'None' })))) return;
      const known = await newMilestone(suite);
      const { message, remedy } = await refusedDraft({ milestone: `${unique()} is none` });
      // of many a few are named
      const listed = has(suite, 'list milestones') ? await collect(suite.tracker.listMilestones()) : [];
      const titles = [known, ...listed.map(({ title }) => title)];
      expect(titles.filter((title) => `${message} ${remedy}`.toLowerCase().includes(title.toLowerCase()))).not.toEqual(
        [],
      );
      await refusedPatch(await newIssue(suite, { milestone: known }), { milestone: `${unique()} is none`, title: 'x' });
    });

    suite.it('a parent that is not there is refused', async () => {
      if (!(await offers(suite, 'parent', () => newIssue(suite, { parent: suite.facts.unknownKey })))) return;
      await refusedDraft({ ...suite.facts.child, parent: suite.facts.unknownKey });
      const before = await newIssue(suite, suite.facts.child);
      await refusedPatch(before, { parent: suite.facts.unknownKey, title: 'x' });
    });

    suite.it('an issue that is its own parent is refused', async () => {
      const before = await newIssue(suite);
      const call = () => suite.tracker.updateIssue(before.key, { parent: before.key });
      await refusedUnsent(suite, call, REFUSED);
      expect(await suite.tracker.getIssue(before.key)).toEqual(before);
    });

    suite.it('an assignee who is not there is refused in a change, where there are accounts', async () => {
      if (!has(suite, 'assignees')) return givesToNobody(suite);
      const before = await newIssue(suite);
      if (suite.facts.anybody) {
        const { assignees } = await suite.tracker.updateIssue(before.key, { assignees: ['nobody-of-this-name'] });
        expect(assignees.map(({ id }) => id)).toEqual(['nobody-of-this-name']);
        return;
      }
      const { message } = await refusedPatch(before, { assignees: ['nobody-of-this-name'], title: 'x' });
      expect(message).toContain('nobody-of-this-name');
    });

    suite.it('comments without a word are refused', async () => {
      const { key } = await newIssue(suite);
      for (const text of ['', ' \n\t '])
        await refusedUnsent(suite, () => suite.tracker.addComment(key, text), ['validation']);
      if (!has(suite, 'edit comments')) return;
      const { id } = await suite.tracker.addComment(key, 'Text.');
      await refusedUnsent(suite, () => suite.tracker.updateComment(key, id, ' '), ['validation']);
    });

    suite.it('comments that are not there are told apart', async () => {
      const { key } = await newIssue(suite);
      const kinds = [...NO_SUCH_ISSUE, 'unsupported'] as const;
      for (const id of ['999999999', '../1', '1/../../2', 'no such comment', '']) {
        await refusal(() => suite.tracker.updateComment(key, id, 'Never.'), { kinds });
        await refusal(() => suite.tracker.deleteComment(key, id), { kinds });
      }
    });

    suite.it('names of labels and milestones that are none are refused, as are colours and days', async () => {
      const { tracker } = suite;
      for (const name of ['', ' ', 'a\u0000b', 'a\nb', 'x'.repeat(10_000)]) {
        await refusedUnsent(suite, () => tracker.createLabel({ name }), REFUSED);
        await refusedUnsent(suite, () => tracker.updateLabel(unique(), { name }), REFUSED);
        await refusedUnsent(suite, () => tracker.createMilestone({ title: name }), REFUSED);
        await refusedUnsent(suite, () => tracker.updateMilestone(unique(), { title: name }), REFUSED);
      }
      await refusedUnsent(suite, () => tracker.createLabel({ name: unique(), color: 'blue' }), REFUSED);
      await refusedUnsent(suite, () => tracker.createMilestone({ title: unique(), dueDate: '2026-02-30' }), REFUSED);
    });

    suite.it('times that are none are refused in a filter', async () => {
      for (const name of ['createdSince', 'createdUntil', 'updatedSince', 'updatedUntil'] as const) {
        for (const time of [Number.NaN, Number.POSITIVE_INFINITY, 1e300])
          await refusedUnsent(suite, () => list(suite, { [name]: time }), ['validation']);
      }
    });

    suite.it('hostile texts come back as they are', async () => {
      for (const hostile of HOSTILE) {
        const created = await suite.tracker.createIssue({ title: hostile, body: hostile });
        expect(created.title).toBe(hostile);
        const found = await suite.tracker.getIssue(created.key);
        expect(found.title).toBe(hostile);
        if (suite.facts.bodyFidelity === 'exact') expect(found.body).toBe(hostile);
        if (!has(suite, 'comments')) continue;
        const comment = await suite.tracker.addComment(created.key, hostile);
        const { bodyFidelity, commentFidelity = bodyFidelity } = suite.facts;
        if (commentFidelity === 'exact') expect(comment.body).toBe(hostile);
        else expect(words(comment.body)).toEqual(words(hostile));
      }
    });

    suite.it('hostile names in a draft are refused or kept, and reach nothing else', async () => {
      const before = await newIssue(suite, { body: 'Bystander.' });
      for (const hostile of HOSTILE) {
        for (const fields of [{ labels: [hostile] }, { milestone: hostile }, { parent: hostile }, { type: hostile }]) {
          const call = () => newIssue(suite, fields);
          const created = await acceptedOrRefused(call, [...REFUSED, 'not-found']);
          if (!(created instanceof PaceError)) expect(await suite.tracker.getIssue(created.key)).toEqual(created);
        }
      }
      expect(await suite.tracker.getIssue(before.key)).toEqual(before);
    });
  });
}
