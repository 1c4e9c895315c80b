/** What every `IssueTracker` must do. A platform's test hands in a tracker over whatever stands for its server. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeTracker } from '../../platforms/complete-tracker.ts';
import { PaceError } from '../../platforms/errors.ts';
import { collect } from '../../platforms/lists.ts';
import type { Issue, IssueFilter, IssuePurpose, IssueTracker, TrackerDriver } from '../../platforms/ports.ts';
import { testWorld } from '../support/world.ts';
import { acceptedOrRefused, refusal } from './refusal.ts';

export interface TrackerCapabilities {
  /** `equivalent`: the platform has a text form of its own; the same words come back in the same order. */
  readonly bodyFidelity: 'exact' | 'equivalent';
  /** There is a state for "will not be done" that differs from done. */
  readonly canceled: boolean;
  /** There is a state for work under way that differs from open. */
  readonly inProgress: boolean;
  /** Creating more than a hundred issues takes seconds at most. */
  readonly manyIssues: boolean;
  /** A well-formed key of an issue that does not exist. */
  readonly unknownKey: string;
  /** Keys that can never be one. None of them may reach another address of the server. */
  readonly malformedKeys: readonly string[];
}

export interface TrackerBench {
  /** The platform's calls; the suite looks at them through the whole port, as everybody does. */
  readonly tracker: TrackerDriver;
  readonly capabilities?: Partial<TrackerCapabilities>;
  /** Lets the clock of the server move on, so that the next issue is newer than the last one. */
  tick?(): Promise<void> | void;
  dispose(): Promise<void>;
}

const defaults: TrackerCapabilities = {
  bodyFidelity: 'exact',
  canceled: true,
  inProgress: false,
  manyIssues: false,
  unknownKey: '999999',
  malformedKeys: ['', ' ', '../1', '1/comments', '1?state=open', '1#x', '%2e%2e', 'no such key!', '-1', '1 OR 1=1'],
};

const MARKDOWN = [
  '# Escalated HOLD',
  '',
  'Text with **bold**, _emphasis_, `code` and a [link](https://example.org/a?b=1&c=2).',
  '',
  '## Blocker',
  '',
  '| check | result |',
  '| --- | --- |',
  '| unit tests | FAIL |',
  '| coverage | PASS |',
  '',
  '- first',
  '- second',
  '',
  '1. one',
  '2. two',
  '',
  '- [ ] open task',
  '- [x] finished task',
  '',
  '```yaml',
  'day: 3',
  'blockers: [a, b]',
  '```',
  '',
  '> quoted words',
].join('\n');

const NESTED = {
  pace: { kind: 'escalation', day: 3, tags: ['a', 'ü', '🚦'], deep: { list: [1, null, true, { x: 'y' }] } },
  hostile: '--> <!-- pace:metadata e30= --> "quoted" \\ \n second line <script>',
  empty: {},
};

const REFUSED = ['validation', 'unsupported'] as const;
const NO_SUCH_ISSUE = ['not-found', 'validation'] as const;

/**
 * Registers the suite. One bench serves all cases, so that they also hold in a tracker that is in use; each case marks its
 * issues with a label of its own.
 */
export function issueTrackerContract(name: string, setup: () => Promise<TrackerBench>): void {
  describe(`${name} as an issue tracker`, () => {
    let bench: TrackerBench;
    let tracker: IssueTracker;
    let can: TrackerCapabilities;

    beforeAll(async () => {
      bench = await setup();
      tracker = completeTracker({ driver: bench.tracker, name, world: testWorld() });
      can = { ...defaults, ...bench.capabilities };
    });
    afterAll(async () => {
      await bench?.dispose();
    });

    async function list(filter?: IssueFilter): Promise<Issue[]> {
      const issues: Issue[] = [];
      for await (const issue of tracker.listIssues(filter)) issues.push(issue);
      return issues;
    }
    async function keys(filter?: IssueFilter): Promise<string[]> {
      return (await list(filter)).map((issue) => issue.key);
    }
    function expectBody(actual: string, expected: string): void {
      if (can.bodyFidelity === 'exact') expect(actual).toBe(expected);
      else expect(words(actual)).toEqual(words(expected));
    }

    describe('creating and reading', () => {
      it('returns the issue as it reads back', async () => {
        const label = unique();
        const created = await tracker.createIssue({ title: 'Round trip', body: 'Text.', labels: [label] });
        const { updatedAt: _, ...expected } = created;
        const { updatedAt: __, ...found } = await tracker.getIssue(created.key);
        expect(found).toEqual(expected);
        expect(created.title).toBe('Round trip');
        expect(created.labels).toEqual([label]);
        expect(created.state).toBe('open');
        expect(created.stateName).not.toBe('');
        expect(created.url).not.toBe('');
        expect(created.metadata).toEqual({});
      });

      it('says when, in milliseconds since 1970', async () => {
        const { createdAt, updatedAt } = await tracker.createIssue({ title: 'Times', body: '' });
        expect(createdAt).toBeGreaterThan(Date.UTC(2000, 0));
        expect(createdAt).toBeLessThan(Date.UTC(2200, 0));
        expect(updatedAt).toBeGreaterThanOrEqual(createdAt);
      });

      it('keeps headings, tables, lists, tasks, code and links', async () => {
        const { key } = await tracker.createIssue({ title: 'Markdown', body: MARKDOWN });
        expectBody((await tracker.getIssue(key)).body, MARKDOWN);
      });

      it('keeps letters of every alphabet, emoji and right-to-left text', async () => {
        const text = 'Grüße, 你好, שלום, 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 naïve';
        const { key } = await tracker.createIssue({ title: `Title ${text}`, body: `Body ${text}` });
        const found = await tracker.getIssue(key);
        expect(found.title).toBe(`Title ${text}`);
        expectBody(found.body, `Body ${text}`);
      });

      it('takes half a character without harm, or refuses it', async () => {
        const call = () => tracker.createIssue({ title: 'Half', body: 'before \ud83d after' });
        const created = await acceptedOrRefused(call, REFUSED);
        if (created instanceof PaceError) return;
        expect((await tracker.getIssue(created.key)).body).toMatch(/^before .{1,6} after$/u);
      });

      it('keeps an empty body empty', async () => {
        const { key } = await tracker.createIssue({ title: 'Empty', body: '' });
        expect((await tracker.getIssue(key)).body).toBe('');
      });

      it('keeps text that looks like HTML', async () => {
        const body = 'a <b>c</b> & d < e <!-- f --> "g"';
        const { key } = await tracker.createIssue({ title: '<b>Title</b> & more', body });
        const found = await tracker.getIssue(key);
        expect(found.title).toBe('<b>Title</b> & more');
        if (can.bodyFidelity === 'exact') expect(found.body).toBe(body);
      });

      it('cuts a title above the limit, or refuses it', async () => {
        const title = `Long ${'x'.repeat(tracker.titleLimit)}`;
        const created = await acceptedOrRefused(() => tracker.createIssue({ title, body: '' }), REFUSED);
        if (created instanceof PaceError) return;
        expect(created.title.length).toBeLessThanOrEqual(tracker.titleLimit);
        expect(created.title.startsWith('Long xxx')).toBe(true);
      });

      it('takes a title at the limit whole', async () => {
        const title = 'x'.repeat(tracker.titleLimit);
        expect((await tracker.createIssue({ title, body: '' })).title).toBe(title);
      });

      it('takes a body at the limit whole', async () => {
        const metadata = { pace: { kind: 'escalation' } };
        const body = 'x'.repeat(largest((n) => tracker.measureBody('x'.repeat(n), metadata) <= tracker.bodyLimit.max));
        expect(body.length).toBeGreaterThan(1000);
        const { key } = await tracker.createIssue({ title: 'At the limit', body, metadata });
        const found = await tracker.getIssue(key);
        expect(found.body.length).toBe(body.length);
        expect(found.metadata).toEqual(metadata);
      });

      it('takes every purpose', async () => {
        for (const purpose of ['hold', 'advisory', 'story'] satisfies IssuePurpose[]) {
          const created = await tracker.createIssue({ title: `For ${purpose}`, body: '', purpose });
          expect((await tracker.getIssue(created.key)).title).toBe(`For ${purpose}`);
        }
      });

      it('gives issues that are created at the same time different keys', async () => {
        const drafts = Array.from({ length: 5 }, (_, index) => ({ title: `Parallel ${index}`, body: '' }));
        const created = await Promise.all(drafts.map((draft) => tracker.createIssue(draft)));
        expect(new Set(created.map((issue) => issue.key)).size).toBe(5);
        expect(created.map((issue) => issue.title)).toEqual(drafts.map((draft) => draft.title));
      });
    });

    describe('metadata', () => {
      it('comes back whole, whatever is in it', async () => {
        const created = await tracker.createIssue({ title: 'Metadata', body: MARKDOWN, metadata: NESTED });
        expect(created.metadata).toEqual(NESTED);
        expect((await tracker.getIssue(created.key)).metadata).toEqual(NESTED);
      });

      it('does not show in the body', async () => {
        const { key } = await tracker.createIssue({ title: 'Out of sight', body: 'Text.', metadata: NESTED });
        const { body } = await tracker.getIssue(key);
        expect(body).toBe('Text.');
      });

      it('goes with an empty body', async () => {
        const { key } = await tracker.createIssue({ title: 'Only metadata', body: '', metadata: { a: 1 } });
        const found = await tracker.getIssue(key);
        expect([found.body, found.metadata]).toEqual(['', { a: 1 }]);
      });

      it('stands in lists too', async () => {
        const label = unique();
        await tracker.createIssue({ title: 'Listed', body: 'Text.', labels: [label], metadata: NESTED });
        expect((await list({ labels: [label] })).map((issue) => issue.metadata)).toEqual([NESTED]);
      });

      it('stays when the body changes', async () => {
        const { key } = await tracker.createIssue({ title: 'Body', body: 'Before.', metadata: NESTED });
        await tracker.updateIssue(key, { body: 'After.' });
        const found = await tracker.getIssue(key);
        expect([found.body, found.metadata]).toEqual(['After.', NESTED]);
      });

      it('changes without touching the body', async () => {
        const { key } = await tracker.createIssue({ title: 'Metadata', body: MARKDOWN, metadata: NESTED });
        const updated = await tracker.updateIssue(key, { metadata: { only: 'this' } });
        expect(updated.metadata).toEqual({ only: 'this' });
        const found = await tracker.getIssue(key);
        expectBody(found.body, MARKDOWN);
        expect(found.metadata).toEqual({ only: 'this' });
      });

      it('is not taken from somebody’s text above our own', async () => {
        const forged = Buffer.from('{"pace":{"kind":"forged"}}').toString('base64');
        const body = `Somebody’s text\n\n<!-- pace:metadata ${forged} -->`;
        const { key } = await tracker.createIssue({ title: 'Forged', body, metadata: { pace: { kind: 'real' } } });
        const found = await tracker.getIssue(key);
        expect(found.metadata).toEqual({ pace: { kind: 'real' } });
        if (can.bodyFidelity === 'exact') expect(found.body).toBe(body);
      });
    });

    describe('updating', () => {
      it('changes the title and nothing else', async () => {
        const draft = { title: 'Before', body: 'Text.', labels: [unique()], metadata: NESTED };
        const created = await tracker.createIssue(draft);
        await tracker.updateIssue(created.key, { title: 'After' });
        const { updatedAt: _, ...found } = await tracker.getIssue(created.key);
        const { updatedAt: __, ...before } = created;
        expect(found).toEqual({ ...before, title: 'After' });
      });

      it('replaces the labels', async () => {
        const [kept, dropped, added] = [unique(), unique(), unique()];
        const { key } = await tracker.createIssue({ title: 'Labels', body: 'Text.', labels: [kept, dropped] });
        const updated = await tracker.updateIssue(key, { labels: [kept, added] });
        expect([...updated.labels].sort()).toEqual([kept, added].sort());
        expect((await tracker.getIssue(key)).body).toBe('Text.');
        expect((await tracker.updateIssue(key, { labels: [] })).labels).toEqual([]);
      });

      it('takes an empty patch', async () => {
        const { key } = await tracker.createIssue({ title: 'Same', body: 'Text.', metadata: { a: 1 } });
        const updated = await tracker.updateIssue(key, {});
        expect([updated.title, updated.body, updated.metadata]).toEqual(['Same', 'Text.', { a: 1 }]);
      });

      it('can empty the body', async () => {
        const { key } = await tracker.createIssue({ title: 'Emptied', body: 'Text.', metadata: { a: 1 } });
        await tracker.updateIssue(key, { body: '' });
        const found = await tracker.getIssue(key);
        expect([found.body, found.metadata]).toEqual(['', { a: 1 }]);
      });
    });

    describe('labels', () => {
      it('are created when the tracker does not know them', async () => {
        const labels = [unique(), unique()];
        const created = await tracker.createIssue({ title: 'New labels', body: '', labels });
        expect([...created.labels].sort()).toEqual([...labels].sort());
      });

      it('that are new may be used by two issues at the same time', async () => {
        const labels = [unique()];
        const drafts = ['One', 'Two'].map((title) => ({ title, body: '', labels }));
        const created = await Promise.all(drafts.map((draft) => tracker.createIssue(draft)));
        expect(created.map((issue) => issue.labels)).toEqual([labels, labels]);
        expect((await keys({ labels })).sort()).toEqual(created.map((issue) => issue.key).sort());
      });

      it('collapse when given twice', async () => {
        const label = unique();
        const { key } = await tracker.createIssue({ title: 'Twice', body: '', labels: [label, label] });
        expect((await tracker.getIssue(key)).labels).toEqual([label]);
      });

      for (const [what, suffix] of [
        ['a comma', 'a,b'],
        ['a space', 'a b'],
        ['quotes', `a"b'c`],
        ['a slash, a question mark and a hash', 'a/b?c#d'],
        ['letters that are not ASCII', 'größe'],
      ]) {
        it(`with ${what} come back as they are, or are refused`, async () => {
          const label = `${unique()} ${suffix}`.replace(' ', what === 'a space' ? ' ' : '-');
          const call = () => tracker.createIssue({ title: `Label with ${what}`, body: '', labels: [label] });
          const created = await acceptedOrRefused(call, REFUSED);
          if (created instanceof PaceError) return;
          expect(created.labels).toEqual([label]);
          expect(await keys({ labels: [label] })).toEqual([created.key]);
        });
      }
    });

    describe('states', () => {
      it('go from open to done and back', async () => {
        const { key } = await tracker.createIssue({ title: 'States', body: 'Text.', metadata: { a: 1 } });
        expect((await tracker.transitionIssue(key, 'done')).state).toBe('done');
        expect((await tracker.getIssue(key)).state).toBe('done');
        expect((await tracker.transitionIssue(key, 'open')).state).toBe('open');
        const found = await tracker.getIssue(key);
        expect([found.state, found.body, found.metadata]).toEqual(['open', 'Text.', { a: 1 }]);
      });

      it('know work that will not be done', async ({ skip }) => {
        if (!can.canceled) skip(`${name} has no such state`);
        const { key } = await tracker.createIssue({ title: 'Canceled', body: '' });
        expect((await tracker.transitionIssue(key, 'canceled')).state).toBe('canceled');
        expect((await tracker.getIssue(key)).state).toBe('canceled');
      });

      it('know work under way', async ({ skip }) => {
        if (!can.inProgress) skip(`${name} has no such state`);
        const { key } = await tracker.createIssue({ title: 'Under way', body: '' });
        expect((await tracker.transitionIssue(key, 'in_progress')).state).toBe('in_progress');
        expect((await tracker.getIssue(key)).state).toBe('in_progress');
      });

      it('stay when the issue is there already', async () => {
        const { key } = await tracker.createIssue({ title: 'Already', body: '' });
        expect((await tracker.transitionIssue(key, 'open')).state).toBe('open');
        await tracker.transitionIssue(key, 'done');
        const before = await tracker.getIssue(key);
        expect(await tracker.transitionIssue(key, 'done')).toEqual(before);
      });
    });

    describe('comments', () => {
      it('come back in the order of writing', async () => {
        const { key } = await tracker.createIssue({ title: 'Comments', body: '' });
        expect(await collect(tracker.listComments(key))).toEqual([]);
        const first = await tracker.addComment(key, 'First.');
        await bench.tick?.();
        const second = await tracker.addComment(key, 'Second, with `code` and 🚦.');
        expect(await collect(tracker.listComments(key))).toEqual([first, second]);
        expectBody(second.body, 'Second, with `code` and 🚦.');
        expect(first.id).not.toBe(second.id);
      });

      it('leave the issue as it is', async () => {
        const { key } = await tracker.createIssue({ title: 'Untouched', body: 'Text.', metadata: NESTED });
        await tracker.addComment(key, MARKDOWN);
        const found = await tracker.getIssue(key);
        expect([found.body, found.metadata, found.state]).toEqual(['Text.', NESTED, 'open']);
      });

      it('come back from more than one page', async ({ skip }) => {
        if (!can.manyIssues) skip(`writing many comments to ${name} is slow`);
        const { key } = await tracker.createIssue({ title: 'Many comments', body: '' });
        const written: string[] = [];
        for (let index = 0; index < 120; index += 1) written.push((await tracker.addComment(key, `No. ${index}`)).id);
        expect((await collect(tracker.listComments(key))).map((comment) => comment.id)).toEqual(written);
      });
    });

    describe('lists', () => {
      it('have everything that the issue itself has', async () => {
        const label = unique();
        const draft = { title: 'Whole', body: MARKDOWN, labels: [label], metadata: NESTED };
        const { key } = await tracker.createIssue(draft);
        expect(await list({ labels: [label] })).toEqual([await tracker.getIssue(key)]);
      });

      it('are filtered by state; without a filter all states are there', async () => {
        const labels = [unique()];
        const open = await tracker.createIssue({ title: 'Open', body: '', labels });
        const closed = await tracker.createIssue({ title: 'Closed', body: '', labels });
        await tracker.transitionIssue(closed.key, 'done');
        expect(await keys({ labels, state: 'open' })).toEqual([open.key]);
        expect(await keys({ labels, state: 'closed' })).toEqual([closed.key]);
        expect((await keys({ labels, state: 'all' })).sort()).toEqual([open.key, closed.key].sort());
        expect((await keys({ labels })).sort()).toEqual([open.key, closed.key].sort());
      });

      it('count what will not be done as closed', async ({ skip }) => {
        if (!can.canceled) skip(`${name} has no such state`);
        const labels = [unique()];
        const { key } = await tracker.createIssue({ title: 'Canceled', body: '', labels });
        await tracker.transitionIssue(key, 'canceled');
        expect([await keys({ labels, state: 'open' }), await keys({ labels, state: 'closed' })]).toEqual([[], [key]]);
      });

      it('hold only issues that have every label', async () => {
        const [one, two] = [unique(), unique()];
        await tracker.createIssue({ title: 'One', body: '', labels: [one] });
        const both = await tracker.createIssue({ title: 'Both', body: '', labels: [one, two] });
        expect(await keys({ labels: [one, two] })).toEqual([both.key]);
        expect((await keys({ labels: [one] })).length).toBe(2);
        expect(await keys({ labels: [unique()] })).toEqual([]);
      });

      it('follow labels that change', async () => {
        const [before, after] = [unique(), unique()];
        const { key } = await tracker.createIssue({ title: 'Relabelled', body: '', labels: [before] });
        await tracker.updateIssue(key, { labels: [after] });
        expect([await keys({ labels: [before] }), await keys({ labels: [after] })]).toEqual([[], [key]]);
      });

      it('start at a time', async () => {
        const labels = [unique()];
        await tracker.createIssue({ title: 'Older', body: '', labels });
        await bench.tick?.();
        const newer = await tracker.createIssue({ title: 'Newer', body: '', labels });
        const found = await list({ labels, createdSince: newer.createdAt });
        expect(found.map((issue) => issue.key)).toContain(newer.key);
        expect(found.filter((issue) => issue.createdAt < newer.createdAt)).toEqual([]);
        expect(await list({ labels, createdSince: newer.createdAt + 86_400_000 })).toEqual([]);
      });

      it('have the newest first', async () => {
        const labels = [unique()];
        for (const title of ['first', 'second', 'third']) {
          await tracker.createIssue({ title, body: '', labels });
          await bench.tick?.();
        }
        const found = await list({ labels });
        expect(found.map((issue) => issue.createdAt)).toEqual(
          found.map((issue) => issue.createdAt).sort((a, b) => b - a),
        );
        if (bench.tick) expect(found.map((issue) => issue.title)).toEqual(['third', 'second', 'first']);
      });

      it('go on over more than one page, each issue once, and may be left early', async ({ skip }) => {
        if (!can.manyIssues) skip(`creating many issues in ${name} is slow`);
        const labels = [unique()];
        const created: string[] = [];
        for (let index = 0; index < 120; index += 1) {
          created.push((await tracker.createIssue({ title: `No. ${index}`, body: '', labels })).key);
        }
        expect((await keys({ labels })).sort()).toEqual(created.sort());
        const seen: string[] = [];
        for await (const issue of tracker.listIssues({ labels })) {
          seen.push(issue.key);
          if (seen.length === 3) break;
        }
        expect(new Set(seen).size).toBe(3);
      });

      it('may be left after the first issue', async () => {
        const labels = [unique()];
        await tracker.createIssue({ title: 'One', body: '', labels });
        await tracker.createIssue({ title: 'Two', body: '', labels });
        let seen = 0;
        for await (const _ of tracker.listIssues({ labels })) {
          seen += 1;
          break;
        }
        expect(seen).toBe(1);
        expect((await keys({ labels })).length).toBe(2);
      });
    });

    describe('refusals', () => {
      const calls: Record<string, (key: string) => Promise<unknown>> = {
        getIssue: (key) => tracker.getIssue(key),
        updateIssue: (key) => tracker.updateIssue(key, { title: 'Never' }),
        transitionIssue: (key) => tracker.transitionIssue(key, 'done'),
        listComments: (key) => collect(tracker.listComments(key)),
        addComment: (key) => tracker.addComment(key, 'Never.'),
      };
      for (const [operation, call] of Object.entries(calls)) {
        it(`${operation} names itself and a remedy when there is no such issue`, async () => {
          await refusal(() => call(can.unknownKey), { kinds: ['not-found'], operation });
        });
      }

      it('turn down every key that cannot be one', async () => {
        for (const key of can.malformedKeys) {
          for (const call of Object.values(calls)) await refusal(() => call(key), { kinds: NO_SUCH_ISSUE });
        }
      });
    });

    describe('measures', () => {
      it('are there', () => {
        expect(tracker.platform).toMatch(/^[a-z]+$/);
        expect(tracker.titleLimit).toBeGreaterThanOrEqual(100);
        expect(tracker.bodyLimit.max).toBeGreaterThanOrEqual(10_000);
      });

      it('count the metadata and every character', () => {
        expect(tracker.measureBody('some text')).toBeGreaterThanOrEqual(9);
        expect(tracker.measureBody('some more text')).toBeGreaterThan(tracker.measureBody('some text'));
        expect(tracker.measureBody('some text', NESTED)).toBeGreaterThan(tracker.measureBody('some text'));
      });

      it('come with the vendor’s form of a text', () => {
        const formatted = tracker.formatDescription(MARKDOWN);
        if (can.bodyFidelity === 'exact') expect(formatted).toBe(MARKDOWN);
        else expect(JSON.stringify(formatted)).toContain('unit tests');
      });
    });
  });
}

function unique(): string {
  return `contract-${randomUUID().slice(0, 8)}`;
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The largest number up to 2^21 for which the condition, true at first and false later, holds. */
function largest(holds: (n: number) => boolean): number {
  let [low, high] = [0, 1 << 21];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
