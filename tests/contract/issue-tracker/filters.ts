import { beforeAll, describe, expect } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { FilterName, IssueFilter } from '../../../core/ports/index.ts';
import { acceptedOrRefused } from '../refusal.ts';
import { has } from './abilities.ts';
import { type Population, populate } from './population.ts';
import { list, newIssue, type Suite } from './suite.ts';
import { HOSTILE, unique } from './texts.ts';

export function filterCases(suite: Suite): void {
  describe('filters', () => {
    let all: Population;
    beforeAll(async () => {
      all = await populate(suite);
    });

    /** First letters of the titles that are found among the population, newest first. */
    async function found(filter: IssueFilter): Promise<string> {
      const issues = await list(suite, { labels: [all.mark], ...filter });
      return issues.map(({ title }) => title.charAt(0)).join('');
    }
    /** The same in whatever order, for times that a tracker may round. */
    async function foundSorted(filter: IssueFilter): Promise<string> {
      return [...(await found(filter))].sort().join('');
    }

    suite.it('find all of it, newest first', async () => {
      expect(suite.bench.tick ? await found({}) : await foundSorted({})).toBe(suite.bench.tick ? 'GBA' : 'ABG');
    });

    suite.it('state', async () => {
      expect(await foundSorted({ state: 'open' })).toBe('AG');
      expect(await foundSorted({ state: 'closed' })).toBe('B');
      expect(await foundSorted({ state: 'all' })).toBe('ABG');
    });

    suite.it('states', async () => {
      expect(await foundSorted({ states: ['open'] })).toBe('AG');
      expect(await foundSorted({ states: ['done'] })).toBe('B');
      expect(await foundSorted({ states: ['open', 'done'] })).toBe('ABG');
      expect(await foundSorted({ states: ['canceled', 'blocked'] })).toBe('');
      expect(await foundSorted({ states: [] })).toBe('ABG');
    });

    suite.it('states tell apart what is only open or closed elsewhere', async () => {
      const labels = [unique()];
      const issues = new Map<string, string>();
      for (const state of suite.can.states) {
        const { key } = await newIssue(suite, { labels, state });
        issues.set(state, key);
      }
      for (const state of suite.can.states)
        expect((await list(suite, { labels, states: [state] })).map(({ key }) => key)).toEqual([issues.get(state)]);
    });

    suite.it('labels and anyLabels', async () => {
      const { mark, red, blue } = all;
      expect(await foundSorted({ labels: [mark, red] })).toBe('AG');
      expect(await foundSorted({ labels: [mark, red, blue] })).toBe('G');
      expect(await foundSorted({ anyLabels: [red, blue] })).toBe('ABG');
      expect(await foundSorted({ anyLabels: [blue, unique()] })).toBe('BG');
      expect(await foundSorted({ anyLabels: [unique()] })).toBe('');
      expect(await foundSorted({ anyLabels: [] })).toBe('ABG');
      expect(await foundSorted({ labels: [mark, red], anyLabels: [blue] })).toBe('G');
    });

    suite.it('labels in upper case find all of it or nothing: some trackers tell cases apart', async () => {
      expect(['ABG', '']).toContain(await foundSorted({ labels: [all.mark.toUpperCase()] }));
    });

    // what a tracker lacks, none of its issues has
    suite.it('type', async () => {
      expect(await foundSorted({ type: 'nonsense' })).toBe('');
      if (!has(suite, 'type')) return;
      const { type = '' } = all.alpha;
      expect(await foundSorted({ type })).toBe('AG');
      expect(await foundSorted({ type: type.toUpperCase() })).toBe('AG');
      expect(await foundSorted({ type: all.beta.type ?? '' })).toBe('B');
    });

    suite.it('priority', async () => {
      if (!has(suite, 'priority')) expect(await foundSorted({ priority: 1 })).toBe('');
      if (!has(suite, 'priority')) return;
      for (const issue of [all.alpha, all.beta, all.gamma]) {
        const { priority } = issue;
        if (priority === undefined) throw new Error(`${issue.key} has no priority`);
        expect(await foundSorted({ priority })).toBe(issue.title.charAt(0));
      }
    });

    suite.it('assignee', async () => {
      expect(await foundSorted({ assignee: 'nobody-of-this-name' })).toBe('');
      expect(await foundSorted({ assignee: null })).toBe(has(suite, 'assignees') ? 'BG' : 'ABG');
      if (!has(suite, 'assignees')) return;
      const [one] = all.alpha.assignees;
      expect(await foundSorted({ assignee: one?.id ?? '' })).toBe('A');
      expect(await foundSorted({ assignee: one?.name ?? '' })).toBe('A');
    });

    suite.it('assignee @me', async ({ skip }) => {
      if (!has(suite, 'assignees')) {
        expect(await foundSorted({ assignee: '@me' })).toBe('');
        return;
      }
      const me = await suite.tracker.getCurrentUser();
      if (!suite.facts.people.includes(me.id)) skip(`the token’s user of ${suite.name} cannot be given an issue`);
      const labels = [unique()];
      const mine = await newIssue(suite, { labels, assignees: ['@me'] });
      await newIssue(suite, { labels });
      expect(mine.assignees.map(({ id }) => id)).toEqual([me.id]);
      expect((await list(suite, { labels, assignee: '@me' })).map(({ key }) => key)).toEqual([mine.key]);
    });

    suite.it('author', async () => {
      const me = await suite.tracker.getCurrentUser();
      expect(await foundSorted({ author: me.id })).toBe('ABG');
      expect(await foundSorted({ author: '@me' })).toBe('ABG');
      expect(await foundSorted({ author: 'nobody-of-this-name' })).toBe('');
    });

    suite.it('milestone', async () => {
      if (all.milestone) expect(await foundSorted({ milestone: all.milestone })).toBe('A');
      expect(await foundSorted({ milestone: null })).toBe(all.milestone ? 'BG' : 'ABG');
      expect(await foundSorted({ milestone: unique() })).toBe('');
    });

    suite.it('parent', async () => {
      if (all.parent) expect(await foundSorted({ parent: all.parent })).toBe('B');
      else expect(await foundSorted({ parent: all.alpha.key })).toBe('');
      expect(await foundSorted({ parent: null })).toBe(all.parent ? 'AG' : 'ABG');
    });

    suite.it('text in title or body, whatever the case', async () => {
      const { word } = all;
      expect(await foundSorted({ text: word })).toBe('AB');
      expect(await foundSorted({ text: word.toUpperCase() })).toBe('AB');
      expect(await foundSorted({ text: `${word} fox` })).toBe('A');
      expect(await foundSorted({ text: 'fox dog' })).toBe('');
      expect(await foundSorted({ text: '"quick brown"' })).toBe('A');
      expect(await foundSorted({ text: '"brown quick"' })).toBe('');
      expect(await foundSorted({ text: 'azy do' })).toBe('B');
      expect(await foundSorted({ text: unique() })).toBe('');
    });

    suite.it('createdSince and createdUntil, both with the moment itself', async () => {
      const [alpha, beta, gamma] = [all.alpha, all.beta, all.gamma].map(({ createdAt }) => createdAt);
      const issues = [all.alpha, all.beta, all.gamma];
      const fitting = (fits: (time: number) => boolean) =>
        issues
          .filter(({ createdAt }) => fits(createdAt))
          .map(({ title }) => title.charAt(0))
          .sort()
          .join('');
      for (const time of [alpha, beta, gamma]) {
        if (time === undefined) continue;
        expect(await foundSorted({ createdSince: time })).toBe(fitting((at) => at >= time));
        expect(await foundSorted({ createdUntil: time })).toBe(fitting((at) => at <= time));
        expect(await foundSorted({ createdSince: time, createdUntil: time })).toBe(fitting((at) => at === time));
      }
      expect(await foundSorted({ createdSince: (gamma ?? 0) + 86_400_000 })).toBe('');
      expect(await foundSorted({ createdUntil: (alpha ?? 0) - 86_400_000 })).toBe('');
    });

    suite.it('updatedSince and updatedUntil, both with the moment itself', async () => {
      const issues = await list(suite, { labels: [all.mark] });
      const fitting = (fits: (time: number) => boolean) =>
        issues
          .filter(({ updatedAt }) => fits(updatedAt))
          .map(({ title }) => title.charAt(0))
          .sort()
          .join('');
      for (const { updatedAt: time } of issues) {
        expect(await foundSorted({ updatedSince: time })).toBe(fitting((at) => at >= time));
        expect(await foundSorted({ updatedUntil: time })).toBe(fitting((at) => at <= time));
      }
    });

    suite.it('all together', async () => {
      const [one] = all.alpha.assignees;
      const filter: IssueFilter = {
        state: 'open',
        states: ['open'],
        labels: [all.mark, all.red],
        anyLabels: [all.red, all.blue],
        text: `${all.word} alpha`,
        createdSince: all.alpha.createdAt,
        createdUntil: all.gamma.createdAt,
        updatedSince: all.alpha.createdAt,
        author: '@me',
        ...(all.alpha.type ? { type: all.alpha.type } : {}),
        ...(all.alpha.priority === undefined ? {} : { priority: all.alpha.priority }),
        ...(one ? { assignee: one.id } : {}),
        ...(all.milestone ? { milestone: all.milestone } : {}),
        ...(all.parent ? { parent: null } : {}),
      };
      expect(await found(filter)).toBe('A');
      expect(await found({ ...filter, state: 'closed' })).toBe('');
      expect(await found({ ...filter, text: 'gamma' })).toBe('');
    });

    suite.it('sort by time of creation, both ways', async ({ skip }) => {
      if (!suite.bench.tick) skip(`the clock of ${suite.name} stands still here`);
      expect(await found({ sort: { by: 'created', direction: 'desc' } })).toBe('GBA');
      expect(await found({ sort: { by: 'created', direction: 'asc' } })).toBe('ABG');
    });

    suite.it('sort by time of the last change, both ways', async ({ skip }) => {
      const { tick } = suite.bench;
      if (!tick) return skip(`the clock of ${suite.name} stands still here`);
      const labels = [unique()];
      const issues = [await newIssue(suite, { labels })];
      for (let count = 1; count < 3; count += 1) {
        await tick();
        issues.push(await newIssue(suite, { labels }));
      }
      await tick();
      const [first, second, third] = issues.map(({ key }) => key);
      await suite.tracker.updateIssue(first ?? '', { title: 'Changed last' });
      const order = async (direction: 'asc' | 'desc') =>
        (await list(suite, { labels, sort: { by: 'updated', direction } })).map(({ key }) => key);
      expect(await order('desc')).toEqual([first, third, second]);
      expect(await order('asc')).toEqual([second, third, first]);
    });

    suite.it('sort by priority, both ways; without one comes last', async ({ skip }) => {
      const { length } = suite.can.priorities;
      if (length === 0) {
        for (const direction of ['desc', 'asc'] as const)
          expect(await foundSorted({ sort: { by: 'priority', direction } })).toBe('ABG');
        return;
      }
      if (length < 3) skip(`${suite.name} has no three priorities`);
      expect(await found({ sort: { by: 'priority', direction: 'desc' } })).toBe('AGB');
      expect(await found({ sort: { by: 'priority', direction: 'asc' } })).toBe('BGA');
    });

    suite.it('say who looks at what', () => {
      const filter: Required<Omit<IssueFilter, 'sort'>> = {
        state: 'open',
        states: ['open'],
        labels: ['a'],
        anyLabels: ['b'],
        type: 'bug',
        priority: 1,
        assignee: null,
        author: 'a',
        milestone: null,
        parent: null,
        text: 'a',
        createdSince: 1,
        createdUntil: 2,
        updatedSince: 1,
        updatedUntil: 2,
        sprint: null,
        dueDate: null,
        dueSince: '2026-01-01',
        dueUntil: '2026-01-02',
        claimed: true,
        deferred: true,
        blocked: true,
        ready: true,
        anyOf: [{ text: 'a' }],
        noneOf: [{ text: 'b' }],
      };
      const { byVendor, byUs } = suite.tracker.explainFilter(filter);
      expect([...byVendor, ...byUs].sort()).toEqual(Object.keys(filter).sort());
      expect(byVendor.filter((name) => !suite.bench.tracker.filters.includes(name))).toEqual([]);
      expect(byUs.filter((name) => suite.bench.tracker.filters.includes(name))).toEqual([]);
      expect(suite.tracker.explainFilter({ state: 'all' })).toEqual({ byVendor: [], byUs: [] });
    });

    const texts = ['text', 'type', 'assignee', 'author', 'milestone', 'parent'] as const satisfies FilterName[];
    for (const name of texts) {
      suite.it(`${name}: hostile text is only text`, async () => {
        for (const hostile of HOSTILE) {
          const call = () => list(suite, { labels: [all.mark], [name]: hostile });
          const issues = await acceptedOrRefused(call, ['validation', 'not-found', 'unsupported']);
          if (!(issues instanceof PaceError)) expect(issues, hostile).toEqual([]);
        }
      });
    }

    suite.it('labels: hostile text is only text', async () => {
      for (const hostile of HOSTILE) {
        for (const filter of [{ labels: [hostile] }, { labels: [all.mark], anyLabels: [hostile] }]) {
          const issues = await acceptedOrRefused(() => list(suite, filter), ['validation', 'not-found', 'unsupported']);
          if (!(issues instanceof PaceError)) expect(issues, hostile).toEqual([]);
        }
      }
    });
  });
}
