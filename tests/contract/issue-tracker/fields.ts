import { describe, expect } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { Ability } from '../../../core/ports/capabilities.ts';
import type { Issue, IssueDraft, IssuePatch } from '../../../core/ports/index.ts';
import { PRIORITIES } from '../../../core/ports/issue.ts';
import { acceptedOrRefused, refusal } from '../refusal.ts';
import { givesToNobody, has, newMilestone, offers, people, saying } from './abilities.ts';
import { BenchLacks } from './bench.ts';
import { newIssue, REFUSED, refusedUnsent, type Suite, withoutTimes } from './suite.ts';
import { NESTED, unique } from './texts.ts';

/** An issue with everything that the tracker can keep. */
export async function wholeDraft(suite: Suite): Promise<IssueDraft> {
  const { facts, can } = suite;
  const several = has(suite, 'several assignees') ? 2 : 1;
  return {
    title: `Whole ${unique()}`,
    body: 'Text.',
    ...facts.child,
    ...(has(suite, 'labels') ? { labels: [unique(), unique()] } : {}),
    ...(has(suite, 'type') && !facts.child.type ? { type: facts.types[0] ?? '' } : {}),
    ...(has(suite, 'priority') ? { priority: can.priorities[1] ?? 0 } : {}),
    ...(has(suite, 'assignees') ? { assignees: people(suite, several) } : {}),
    ...(has(suite, 'milestone') ? { milestone: await newMilestone(suite) } : {}),
    ...(has(suite, 'parent') ? { parent: (await newIssue(suite, facts.parent)).key } : {}),
    ...(has(suite, 'storyPoints') ? { storyPoints: 5 } : {}),
    ...(has(suite, 'dueDate') ? { dueDate: '2028-02-29' } : {}),
    ...(has(suite, 'metadata') ? { metadata: NESTED } : {}),
  };
}

/** What of an issue can be written, as a draft says it. */
function asDraft({ title, body, labels, assignees, ...issue }: Issue): IssueDraft {
  const { type, priority, milestone, parent, storyPoints, dueDate, metadata } = issue;
  const optional = { type, priority, milestone, parent, storyPoints, dueDate, metadata };
  const set = Object.entries(optional).filter(([, value]) => value !== undefined);
  return {
    title,
    body,
    labels: labels.toSorted(),
    assignees: assignees.map(({ id }) => id).sort(),
    ...Object.fromEntries(set),
  };
}

export function fieldCases(suite: Suite): void {
  /** Writes the value into a new issue and into an old one, and reads it back; clears it where it can be cleared. */
  async function roundTrip<Field extends 'priority' | 'milestone' | 'parent' | 'storyPoints' | 'dueDate'>(
    field: Field,
    value: NonNullable<IssueDraft[Field]>,
    more: Partial<IssueDraft> = {},
  ): Promise<void> {
    const { tracker } = suite;
    const created = await newIssue(suite, { ...more, [field]: value });
    expect(created[field]).toBe(value);
    expect(withoutTimes(await tracker.getIssue(created.key))).toEqual(withoutTimes(created));
    const old = await newIssue(suite, more);
    const changed = await tracker.updateIssue(old.key, { [field]: value });
    expect(withoutTimes(changed)).toEqual({ ...withoutTimes(old), [field]: value });
    expect(withoutTimes(await tracker.getIssue(old.key))).toEqual(withoutTimes(changed));
    const cleared = await tracker.updateIssue(old.key, { [field]: null });
    expect(withoutTimes(cleared)).toEqual(withoutTimes(old));
    expect(withoutTimes(await tracker.getIssue(old.key))).toEqual(withoutTimes(old));
  }

  describe('fields', () => {
    suite.it('people are added and removed beside others', async () => {
      if (!has(suite, 'assignees')) return;
      const several = has(suite, 'several assignees');
      const [one = '', two = ''] = people(suite, several ? 2 : 1);
      const { key } = await newIssue(suite, { assignees: [one] });
      const names = async (patch: IssuePatch) =>
        (await suite.tracker.updateIssue(key, patch)).assignees.map(({ id }) => id).sort();
      if (several) {
        expect(await names({ addAssignees: [two, one] })).toEqual([one, two].sort());
        expect(await names({ removeAssignees: [one] })).toEqual([two]);
        expect(await names({ addAssignees: [one], removeAssignees: [two] })).toEqual([one]);
      } else if (suite.facts.people.length > 1) {
        const [, other = ''] = people(suite, 2);
        await refusal(() => names({ addAssignees: [other] }), { kinds: REFUSED });
      }
      expect(await names({ addAssignees: [one] })).toEqual([one]);
      // whoever is not there is no trouble
      expect(await names({ removeAssignees: ['nobody-at-all', one.toUpperCase()] })).toEqual([]);
      const both = { assignees: [one], addAssignees: [one] };
      await refusedUnsent(suite, () => suite.tracker.updateIssue(key, both), ['validation']);
    });

    suite.it('are all kept, from the draft to the issue and in lists', async () => {
      const draft = await wholeDraft(suite);
      const created = await suite.tracker.createIssue(draft);
      const expected = { metadata: {}, ...suite.facts.defaults, ...draft };
      const sortedDraft = {
        ...expected,
        labels: (draft.labels ?? []).toSorted(),
        assignees: (draft.assignees ?? []).toSorted(),
      };
      expect(asDraft(created)).toEqual(sortedDraft);
      expect(asDraft(await suite.tracker.getIssue(created.key))).toEqual(sortedDraft);
      for await (const issue of suite.tracker.listIssues()) {
        if (issue.key !== created.key) continue;
        expect(asDraft(issue)).toEqual(sortedDraft);
        return;
      }
      throw new Error(`${created.key} is not in the list`);
    });

    suite.it('stay when others change', async () => {
      const before = await suite.tracker.createIssue(await wholeDraft(suite));
      const changes: IssuePatch[] = [
        { title: 'After' },
        { body: 'After.' },
        { labels: [unique()] },
        { metadata: { only: 'this' } },
        ...(has(suite, 'priority') ? [{ priority: suite.can.priorities[0] ?? 0 }] : []),
        ...(has(suite, 'storyPoints') ? [{ storyPoints: 8 }] : []),
        ...(has(suite, 'dueDate') ? [{ dueDate: null }] : []),
        ...(has(suite, 'milestone') ? [{ milestone: null }] : []),
        ...(has(suite, 'parent') ? [{ parent: null }] : []),
        ...(has(suite, 'assignees') ? [{ assignees: [] }] : []),
      ];
      let expected = asDraft(before);
      for (const patch of changes) {
        await suite.tracker.updateIssue(before.key, patch);
        const said = Object.fromEntries(
          Object.entries({ ...expected, ...patch }).filter(([, value]) => value !== null),
        );
        expected = { ...expected, ...said };
        const kept = Object.entries(expected).filter(([name]) => patch[name as keyof IssuePatch] !== null);
        expected = Object.fromEntries(kept) as unknown as IssueDraft;
        expect(asDraft(await suite.tracker.getIssue(before.key))).toEqual(expected);
      }
    });

    suite.it('stay when the state changes', async () => {
      const before = await suite.tracker.createIssue(await wholeDraft(suite));
      for (const state of [...suite.can.states, 'done', 'open'] as const) {
        const moved = await suite.tracker.transitionIssue(before.key, state);
        expect(asDraft(moved)).toEqual(asDraft(before));
      }
      expect(asDraft(await suite.tracker.getIssue(before.key))).toEqual(asDraft(before));
    });

    saying(suite).it('stay when a comment is written', async () => {
      const before = await suite.tracker.createIssue(await wholeDraft(suite));
      await suite.tracker.addComment(before.key, 'A comment.');
      expect(asDraft(await suite.tracker.getIssue(before.key))).toEqual(asDraft(before));
    });

    suite.it('can all be changed at once', async () => {
      const { key } = await newIssue(suite, suite.facts.child);
      const draft = await wholeDraft(suite);
      const changed = await suite.tracker.updateIssue(key, draft);
      const created = await suite.tracker.createIssue(draft);
      expect(asDraft(changed)).toEqual(asDraft(created));
      expect(asDraft(await suite.tracker.getIssue(key))).toEqual(asDraft(created));
    });

    suite.it('that say nothing are not there', async () => {
      const issue = await newIssue(suite);
      const { type, priority, milestone, parent, storyPoints, dueDate, sprint } = issue;
      const { defaults } = suite.facts;
      expect({ type, priority }).toEqual({ type: defaults.type, priority: defaults.priority });
      expect([milestone, parent, storyPoints, dueDate, sprint, issue.assignees]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        [],
      ]);
    });

    suite.it('type: every one comes back, or is refused', async () => {
      const [first = 'bug', second = 'task'] = suite.facts.types;
      if (!(await offers(suite, 'type', () => newIssue(suite, { type: first })))) return;
      for (const type of suite.facts.types) {
        const created = await newIssue(suite, { type });
        expect(created.type).toBe(type);
        expect((await suite.tracker.getIssue(created.key)).type).toBe(type);
      }
      const { key } = await newIssue(suite, { type: first });
      expect((await suite.tracker.updateIssue(key, { type: second })).type).toBe(second);
      expect((await suite.tracker.getIssue(key)).type).toBe(second);
    });

    suite.it('type: does not tell upper case', async () => {
      const [first = 'bug'] = suite.facts.types;
      if (!(await offers(suite, 'type', () => newIssue(suite, { type: first })))) return;
      expect((await newIssue(suite, { type: first.toUpperCase() })).type).toBe(first);
    });

    suite.it('type: one that is not there is refused with those that are, where not any word is one', async () => {
      const { types } = suite.can;
      const create = () => newIssue(suite, { title: `Never ${unique()}`, type: 'nonsense' });
      if (!(await offers(suite, 'type', create))) return;
      if (!types) {
        const { key } = await create();
        expect((await suite.tracker.getIssue(key)).type).toBe('nonsense');
        return;
      }
      const error = await refusedUnsent(suite, create, REFUSED);
      expect(`${error.message} ${error.remedy}`).toContain(types[0]);
    });

    for (const priority of PRIORITIES) {
      suite.it(`priority ${priority}: comes back and goes, or is refused`, async () => {
        const create = () => newIssue(suite, { priority });
        if (!(await offers(suite, 'priority', create))) return;
        if (suite.can.priorities.includes(priority)) await roundTrip('priority', priority);
        else await refusedUnsent(suite, create, ['unsupported']);
      });
    }

    suite.it('milestone: comes back and goes, or is refused', async () => {
      const create = () => newIssue(suite, { milestone: 'Any' });
      if (await offers(suite, 'milestone', create)) await roundTrip('milestone', await newMilestone(suite));
    });

    suite.it('milestone: is found without regard to upper case', async () => {
      if (!has(suite, 'milestone')) return;
      const milestone = await newMilestone(suite);
      const call = () => newIssue(suite, { milestone: milestone.toUpperCase() });
      const created = await acceptedOrRefused(call, ['validation', 'not-found']);
      if (!(created instanceof PaceError)) expect(created.milestone).toBe(milestone);
    });

    suite.it('story points: come back and go, or are refused', async () => {
      if (!(await offers(suite, 'storyPoints', () => newIssue(suite, { storyPoints: 3 })))) return;
      for (const points of [1, 13]) await roundTrip('storyPoints', points);
    });

    suite.it('story points: nought and halves are kept or refused', async () => {
      if (!has(suite, 'storyPoints')) return;
      for (const storyPoints of [0, 0.5]) {
        const created = await acceptedOrRefused(() => newIssue(suite, { storyPoints }), REFUSED);
        if (created instanceof PaceError) continue;
        expect((await suite.tracker.getIssue(created.key)).storyPoints).toBe(storyPoints);
      }
    });

    suite.it('due date: comes back and goes, or is refused', async () => {
      if (!(await offers(suite, 'dueDate', () => newIssue(suite, { dueDate: '2026-12-31' })))) return;
      for (const dueDate of ['2026-12-31', '2028-02-29']) await roundTrip('dueDate', dueDate);
    });

    suite.it('parent: comes back and goes, or is refused', async () => {
      const parent = await newIssue(suite, suite.facts.parent);
      const { child } = suite.facts;
      if (!(await offers(suite, 'parent', () => newIssue(suite, { ...child, parent: parent.key })))) return;
      await roundTrip('parent', parent.key, child);
    });

    suite.it('parent: knows its children, also when they are closed', async () => {
      const parent = await newIssue(suite, suite.facts.parent);
      expect(await suite.tracker.getEpicChildren(parent.key)).toEqual([]);
      if (!has(suite, 'parent')) return;
      const child = () => newIssue(suite, { ...suite.facts.child, parent: parent.key });
      const children = [await child(), await child(), await child()].map(({ key }) => key);
      await suite.tracker.transitionIssue(children[1] ?? '', 'done');
      await newIssue(suite, suite.facts.child);
      const found = await suite.tracker.getEpicChildren(parent.key);
      expect(found.map(({ key }) => key).sort()).toEqual(children.toSorted());
      expect(new Set(found.map((issue) => issue.parent))).toEqual(new Set([parent.key]));
    });

    suite.it('assignees: one comes back and goes, or a change is refused', async () => {
      if (!has(suite, 'assignees')) return givesToNobody(suite);
      const [one = ''] = people(suite);
      const ids = ({ assignees }: Issue) => assignees.map(({ id }) => id);
      const created = await newIssue(suite, { assignees: [one] });
      expect(ids(created)).toEqual([one]);
      expect(ids(await suite.tracker.getIssue(created.key))).toEqual([one]);
      expect(ids(await suite.tracker.updateIssue(created.key, { assignees: [] }))).toEqual([]);
      expect(ids(await suite.tracker.updateIssue(created.key, { assignees: [one, one] }))).toEqual([one]);
      expect(ids(await suite.tracker.getIssue(created.key))).toEqual([one]);
    });

    suite.it('assignees: several come back, or are refused', async () => {
      const two = has(suite, 'several assignees') ? people(suite, 2) : ['one', 'other'];
      if (!(await offers(suite, 'several assignees', () => newIssue(suite, { assignees: two })))) return;
      const { key, assignees } = await newIssue(suite, { assignees: two });
      expect(assignees.map(({ id }) => id).sort()).toEqual(two.toSorted());
      const changed = await suite.tracker.updateIssue(key, { assignees: two.slice(1) });
      expect(changed.assignees.map(({ id }) => id)).toEqual(two.slice(1));
    });

    suite.it('assignees: one who is not there does not lose a new issue', async () => {
      const created = await newIssue(suite, { assignees: ['nobody-of-this-name'] });
      const known = suite.facts.anybody ? ['nobody-of-this-name'] : [];
      expect((await suite.tracker.getIssue(created.key)).assignees.map(({ id }) => id)).toEqual(known);
    });

    suite.it('sprint: is told, where there are sprints', async () => {
      const { key, sprint } = await newIssue(suite);
      expect(sprint).toBeUndefined();
      if (!has(suite, 'sprint')) return;
      const { putIntoSprint } = suite.bench;
      if (!putIntoSprint) throw new BenchLacks(`the bench of ${suite.name} needs \`putIntoSprint\``);
      await putIntoSprint(key, 'Sprint 7');
      expect((await suite.tracker.getIssue(key)).sprint).toBe('Sprint 7');
    });

    suite.it('that cannot be kept may be cleared all the same', async () => {
      const { key } = await newIssue(suite);
      const clearable = ['priority', 'milestone', 'parent', 'storyPoints', 'dueDate'] as const satisfies Ability[];
      for (const field of clearable.filter((name) => !has(suite, name))) {
        const issue = await suite.tracker.updateIssue(key, { [field]: null });
        expect(issue[field]).toBeUndefined();
      }
    });
  });
}
