import { describe, expect } from 'vitest';
import type { Issue } from '../../../core/ports/index.ts';
import { keys, list, newIssue, type Suite } from './suite.ts';
import { MARKDOWN, NESTED, unique } from './texts.ts';

export function listCases(suite: Suite): void {
  describe('lists', () => {
    suite.it('have everything that the issue itself has', async () => {
      const label = unique();
      const draft = { title: 'Whole', body: MARKDOWN, labels: [label], metadata: NESTED };
      const { key } = await suite.tracker.createIssue(draft);
      const found = await list(suite, { labels: [label] });
      const withoutLinks = ({ links: _, ...rest }: Issue) => rest;
      expect(found.map(withoutLinks)).toEqual([withoutLinks(await suite.tracker.getIssue(key))]);
    });

    suite.it('are filtered by state; without a filter all states are there', async () => {
      const labels = [unique()];
      const open = await suite.tracker.createIssue({ title: 'Open', body: '', labels });
      const closed = await suite.tracker.createIssue({ title: 'Closed', body: '', labels });
      await suite.tracker.transitionIssue(closed.key, 'done');
      expect(await keys(suite, { labels, state: 'open' })).toEqual([open.key]);
      expect(await keys(suite, { labels, state: 'closed' })).toEqual([closed.key]);
      expect((await keys(suite, { labels, state: 'all' })).sort()).toEqual([open.key, closed.key].sort());
      expect((await keys(suite, { labels })).sort()).toEqual([open.key, closed.key].sort());
    });

    suite.it('count what will not be done as closed', async () => {
      const labels = [unique()];
      const { key } = await suite.tracker.createIssue({ title: 'Canceled', body: '', labels });
      await suite.tracker.transitionIssue(key, 'canceled');
      expect([await keys(suite, { labels, state: 'open' }), await keys(suite, { labels, state: 'closed' })]).toEqual([
        [],
        [key],
      ]);
    });

    suite.it('hold only issues that have every label', async () => {
      const [one, two] = [unique(), unique()];
      await suite.tracker.createIssue({ title: 'One', body: '', labels: [one] });
      const both = await suite.tracker.createIssue({ title: 'Both', body: '', labels: [one, two] });
      expect(await keys(suite, { labels: [one, two] })).toEqual([both.key]);
      expect((await keys(suite, { labels: [one] })).length).toBe(2);
      expect(await keys(suite, { labels: [unique()] })).toEqual([]);
    });

    suite.it('follow labels that change', async () => {
      const [before, after] = [unique(), unique()];
      const { key } = await suite.tracker.createIssue({ title: 'Relabelled', body: '', labels: [before] });
      await suite.tracker.updateIssue(key, { labels: [after] });
      expect([await keys(suite, { labels: [before] }), await keys(suite, { labels: [after] })]).toEqual([[], [key]]);
    });

    suite.it('start at a time', async () => {
      const labels = [unique()];
      await suite.tracker.createIssue({ title: 'Older', body: '', labels });
      await suite.bench.tick?.();
      const newer = await suite.tracker.createIssue({ title: 'Newer', body: '', labels });
      const found = await list(suite, { labels, createdSince: newer.createdAt });
      expect(found.map((issue) => issue.key)).toContain(newer.key);
      expect(found.filter((issue) => issue.createdAt < newer.createdAt)).toEqual([]);
      expect(await list(suite, { labels, createdSince: newer.createdAt + 86_400_000 })).toEqual([]);
    });

    suite.it('have the newest first', async () => {
      const labels = [unique()];
      for (const title of ['first', 'second', 'third']) {
        await suite.tracker.createIssue({ title, body: '', labels });
        await suite.bench.tick?.();
      }
      const found = await list(suite, { labels });
      expect(found.map((issue) => issue.createdAt)).toEqual(
        found.map((issue) => issue.createdAt).sort((a, b) => b - a),
      );
      if (suite.bench.tick) expect(found.map((issue) => issue.title)).toEqual(['third', 'second', 'first']);
    });

    suite.it('go on over more than one page, each issue once, and may be left early', async ({ skip }) => {
      if (!suite.facts.manyIssues) skip(`creating many issues in ${suite.name} is slow`);
      const labels = [unique()];
      const created: string[] = [];
      for (let index = 0; index < 120; index += 1) {
        created.push((await suite.tracker.createIssue({ title: `No. ${index}`, body: '', labels })).key);
      }
      const before = suite.bench.requests?.().all ?? 0;
      expect((await keys(suite, { labels })).sort()).toEqual(created.sort());
      const asked = (suite.bench.requests?.().all ?? 0) - before;
      const seen: string[] = [];
      for await (const issue of suite.tracker.listIssues({ labels })) {
        seen.push(issue.key);
        if (seen.length === 3) break;
      }
      expect(new Set(seen).size).toBe(3);
      // a list that is left early asks for no further page
      const early = (suite.bench.requests?.().all ?? 0) - before - asked;
      if (asked > 1) expect(early).toBeLessThan(asked);
      if (suite.bench.requests) expect(early).toBe(suite.facts.costOfThree);
      expect((await list(suite, { labels, text: 'No. 119' })).map(({ title }) => title)).toEqual(['No. 119']);
      const asc = await list(suite, { labels, sort: { by: 'created', direction: 'asc' } });
      expect(asc.map(({ key }) => key).sort()).toEqual(created.toSorted());
      expect(asc.map(({ createdAt }) => createdAt)).toEqual(
        asc.map(({ createdAt }) => createdAt).sort((a, b) => a - b),
      );
    });

    suite.it(
      'of what is open have the newest first, and cost one page to whoever stops within it',
      async ({ skip }) => {
        if (!suite.facts.manyIssues) skip(`creating many issues in ${suite.name} is slow`);
        const labels = [unique()];
        const drafts = Array.from({ length: 105 }, (_, index) => ({ title: `Open ${index}`, body: '', labels }));
        await suite.tracker.createMany(drafts.slice(0, 104));
        await suite.bench.tick?.();
        const newest = await suite.tracker.createIssue({ title: 'The newest', body: '', labels });
        await suite.bench.tick?.();
        const closed = await suite.tracker.createIssue({ title: 'Closed', body: '', labels });
        await suite.tracker.transitionIssue(closed.key, 'done');
        const filter = { state: 'open', labels } as const;
        // what has to be known of the tracker is known then
        for await (const _ of suite.tracker.listIssues(filter)) break;
        const before = suite.bench.requests?.().all ?? 0;
        const seen: Issue[] = [];
        for await (const issue of suite.tracker.listIssues(filter)) {
          seen.push(issue);
          if (seen.length === 3) break;
        }
        if (suite.bench.requests) expect(suite.bench.requests().all - before).toBe(suite.facts.costOfThree);
        if (suite.bench.tick) expect(seen[0]?.key).toBe(newest.key);
        expect(seen.map(({ createdAt }) => createdAt)).toEqual(
          seen.map(({ createdAt }) => createdAt).sort((one, other) => other - one),
        );
        expect(seen.some(({ key }) => key === closed.key)).toBe(false);
      },
    );

    suite.it('show each issue once while others are created', async ({ skip }) => {
      if (!suite.facts.manyIssues) skip(`creating many issues in ${suite.name} is slow`);
      const labels = [unique()];
      const before = await suite.tracker.createMany(
        Array.from({ length: 110 }, (_, index) => ({ title: `Before ${index}`, body: '', labels })),
      );
      const seen: string[] = [];
      for await (const { key } of suite.tracker.listIssues({ labels })) {
        // all later pages move by one
        if (seen.length === 60) await newIssue(suite, { labels });
        seen.push(key);
      }
      expect(new Set(seen).size).toBe(seen.length);
      const missing = before.filter((answer) => answer.ok && !seen.includes(answer.issue.key));
      expect(missing).toEqual([]);
    });

    suite.it('may be left after the first issue', async () => {
      const labels = [unique()];
      await suite.tracker.createIssue({ title: 'One', body: '', labels });
      await suite.tracker.createIssue({ title: 'Two', body: '', labels });
      let seen = 0;
      for await (const _ of suite.tracker.listIssues({ labels })) {
        seen += 1;
        break;
      }
      expect(seen).toBe(1);
      expect((await keys(suite, { labels })).length).toBe(2);
    });
  });
}
