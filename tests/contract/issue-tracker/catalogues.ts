import { describe, expect } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../refusal.ts';
import { givesToNobody, has, newMilestone, offers, people } from './abilities.ts';
import { keys, newIssue, type Suite } from './suite.ts';
import { unique } from './texts.ts';

const EXISTS_NOT = ['not-found', 'validation'] as const;
const EXISTS = ['validation', 'conflict'] as const;

export function catalogueCases(suite: Suite): void {
  describe('the catalogue of labels', () => {
    suite.it('names every label once, or refuses it', async () => {
      const labels = [unique(), unique()];
      await newIssue(suite, { labels });
      const names = async () => (await collect(suite.tracker.listLabels())).map(({ name }) => name);
      if (!(await offers(suite, 'list labels', names))) return;
      const found = await names();
      expect(new Set(found).size).toBe(found.length);
      for (const label of labels) expect(found).toContain(label);
    });

    suite.it('takes a new one with a description and a colour, or refuses it', async () => {
      const label = { name: unique(), description: 'For the suite.', color: 'a1b2c3' };
      const create = () => suite.tracker.createLabel(label);
      if (!(await offers(suite, 'create labels', create))) return;
      const created = await create();
      expect(created.name).toBe(label.name);
      const found = (await collect(suite.tracker.listLabels())).find(({ name }) => name === label.name);
      expect(found).toEqual(created);
      // not every tracker has a colour or a description; none turns it into another one
      expect([undefined, label.color]).toContain(found?.color?.toLowerCase());
      expect([undefined, label.description]).toContain(found?.description);
      expect((await newIssue(suite, { labels: [label.name] })).labels).toEqual([label.name]);
    });

    suite.it('refuses a new one that is there', async () => {
      const name = unique();
      if (!(await offers(suite, 'create labels', () => suite.tracker.createLabel({ name })))) return;
      await suite.tracker.createLabel({ name });
      await refusal(() => suite.tracker.createLabel({ name }), { kinds: EXISTS, operation: 'createLabel' });
    });

    suite.it('renames one on all its issues, or refuses it', async () => {
      const [before, after] = [unique(), unique()];
      const { key } = await newIssue(suite, { labels: [before] });
      const rename = () => suite.tracker.updateLabel(before, { name: after });
      if (!(await offers(suite, 'edit labels', rename))) return;
      expect((await rename()).name).toBe(after);
      expect((await suite.tracker.getIssue(key)).labels).toEqual([after]);
      expect(await keys(suite, { labels: [after] })).toEqual([key]);
      const call = () => suite.tracker.updateLabel(unique(), { description: 'x' });
      await refusal(call, { kinds: EXISTS_NOT, operation: 'updateLabel' });
    });

    suite.it('takes one off all its issues, or refuses it', async () => {
      const [gone, kept] = [unique(), unique()];
      const { key } = await newIssue(suite, { labels: [gone, kept] });
      const remove = () => suite.tracker.deleteLabel(gone);
      if (!(await offers(suite, 'delete labels', remove))) return;
      await remove();
      expect((await suite.tracker.getIssue(key)).labels).toEqual([kept]);
      await refusal(() => suite.tracker.deleteLabel(gone), { kinds: EXISTS_NOT, operation: 'deleteLabel' });
    });
  });

  describe('the catalogue of milestones', () => {
    const named = async (title: string) =>
      (await collect(suite.tracker.listMilestones())).filter((one) => one.title === title);

    suite.it('names every milestone once, or refuses the list', async () => {
      const list = () => collect(suite.tracker.listMilestones());
      if (!(await offers(suite, 'list milestones', list))) return;
      const titles = has(suite, 'milestone') ? [await newMilestone(suite), await newMilestone(suite)] : [];
      for (const title of titles) expect((await named(title)).map(({ state }) => state)).toEqual(['open']);
    });

    suite.it('takes a new milestone with a description and a day, or refuses it', async () => {
      const milestone = { title: `M ${unique()}`, description: 'For the suite.', dueDate: '2027-03-31' };
      const create = () => suite.tracker.createMilestone(milestone);
      if (!(await offers(suite, 'create milestones', create))) return;
      const created = await create();
      expect([created.title, created.state]).toEqual([milestone.title, 'open']);
      expect([undefined, milestone.dueDate]).toContain(created.dueDate);
      expect([undefined, milestone.description]).toContain(created.description);
      expect(await named(milestone.title)).toEqual([created]);
    });

    suite.it('refuses a new milestone that is there', async () => {
      const title = `M ${unique()}`;
      if (!(await offers(suite, 'create milestones', () => suite.tracker.createMilestone({ title })))) return;
      await suite.tracker.createMilestone({ title });
      await refusal(() => suite.tracker.createMilestone({ title }), { kinds: EXISTS, operation: 'createMilestone' });
    });

    suite.it('changes a milestone, also on its issues, or refuses it', async () => {
      const before = has(suite, 'milestone') ? await newMilestone(suite) : unique();
      const after = `M ${unique()}`;
      const change = () => suite.tracker.updateMilestone(before, { title: after, state: 'closed' });
      if (!(await offers(suite, 'edit milestones', change))) return;
      const issue = has(suite, 'milestone') ? await newIssue(suite, { milestone: before }) : undefined;
      const changed = await change();
      expect([changed.title, changed.state]).toEqual([after, 'closed']);
      if (issue) expect((await suite.tracker.getIssue(issue.key)).milestone).toBe(after);
      const call = () => suite.tracker.updateMilestone(unique(), { state: 'closed' });
      await refusal(call, { kinds: EXISTS_NOT, operation: 'updateMilestone' });
    });

    suite.it('deletes a milestone and no issue with it, or refuses it', async () => {
      const title = has(suite, 'milestone') ? await newMilestone(suite) : unique();
      const remove = () => suite.tracker.deleteMilestone(title);
      if (!(await offers(suite, 'delete milestones', remove))) return;
      const issue = has(suite, 'milestone') ? await newIssue(suite, { milestone: title }) : undefined;
      await remove();
      expect(await named(title)).toEqual([]);
      if (issue) expect((await suite.tracker.getIssue(issue.key)).milestone).toBeUndefined();
      await refusal(remove, { kinds: EXISTS_NOT, operation: 'deleteMilestone' });
    });
  });

  describe('the list of people', () => {
    suite.it('has those who can be given an issue, each once, or is refused', async () => {
      const list = () => collect(suite.tracker.listUsers());
      if (!(await offers(suite, 'list users', list))) return;
      const ids = (await list()).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const person of suite.facts.people) if (!suite.facts.anybody) expect(ids).toContain(person);
    });

    suite.it('has names for what is assigned', async () => {
      if (!has(suite, 'assignees')) return givesToNobody(suite);
      const { assignees } = await newIssue(suite, { assignees: people(suite) });
      expect(assignees).toHaveLength(1);
      for (const { id, name } of assignees) expect([id === '', name === '']).toEqual([false, false]);
    });
  });
}
