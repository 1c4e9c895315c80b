import { describe, expect } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { IssuePurpose } from '../../../core/ports/index.ts';
import { acceptedOrRefused } from '../refusal.ts';
import { expectBody, REFUSED, type Suite } from './suite.ts';
import { largest, MARKDOWN, unique } from './texts.ts';

export function readingCases(suite: Suite): void {
  describe('creating and reading', () => {
    suite.it('returns the issue as it reads back', async () => {
      const label = unique();
      const created = await suite.tracker.createIssue({ title: 'Round trip', body: 'Text.', labels: [label] });
      const { updatedAt: _, ...expected } = created;
      const { updatedAt: __, ...found } = await suite.tracker.getIssue(created.key);
      expect(found).toEqual(expected);
      expect(created.title).toBe('Round trip');
      expect(created.labels).toEqual([label]);
      expect(created.state).toBe('open');
      expect(created.stateName).not.toBe('');
      expect(created.url).not.toBe('');
      expect(created.metadata).toEqual({});
    });

    suite.it('says when, in milliseconds since 1970', async () => {
      const { createdAt, updatedAt } = await suite.tracker.createIssue({ title: 'Times', body: '' });
      expect(createdAt).toBeGreaterThan(Date.UTC(2000, 0));
      expect(createdAt).toBeLessThan(Date.UTC(2200, 0));
      expect(updatedAt).toBeGreaterThanOrEqual(createdAt);
    });

    suite.it('keeps headings, tables, lists, tasks, code and links', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Markdown', body: MARKDOWN });
      expectBody(suite, (await suite.tracker.getIssue(key)).body, MARKDOWN);
    });

    suite.it('keeps letters of every alphabet, emoji and right-to-left text', async () => {
      const text = 'Grüße, 你好, שלום, 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 naïve';
      const { key } = await suite.tracker.createIssue({ title: `Title ${text}`, body: `Body ${text}` });
      const found = await suite.tracker.getIssue(key);
      expect(found.title).toBe(`Title ${text}`);
      expectBody(suite, found.body, `Body ${text}`);
    });

    suite.it('takes half a character without harm, or refuses it', async () => {
      const call = () => suite.tracker.createIssue({ title: 'Half', body: 'before \ud83d after' });
      const created = await acceptedOrRefused(call, REFUSED);
      if (created instanceof PaceError) return;
      expect((await suite.tracker.getIssue(created.key)).body).toMatch(/^before .{1,6} after$/u);
    });

    suite.it('keeps an empty body empty', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'Empty', body: '' });
      expect((await suite.tracker.getIssue(key)).body).toBe('');
    });

    suite.it('keeps text that looks like HTML', async () => {
      const body = 'a <b>c</b> & d < e <!-- f --> "g"';
      const { key } = await suite.tracker.createIssue({ title: '<b>Title</b> & more', body });
      const found = await suite.tracker.getIssue(key);
      expect(found.title).toBe('<b>Title</b> & more');
      if (suite.facts.bodyFidelity === 'exact') expect(found.body).toBe(body);
    });

    suite.it('cuts a title above the limit, or refuses it', async () => {
      const title = `Long ${'x'.repeat(suite.tracker.titleLimit)}`;
      const created = await acceptedOrRefused(() => suite.tracker.createIssue({ title, body: '' }), REFUSED);
      if (created instanceof PaceError) return;
      expect(created.title.length).toBeLessThanOrEqual(suite.tracker.titleLimit);
      expect(created.title.startsWith('Long xxx')).toBe(true);
    });

    suite.it('takes a title at the limit whole', async () => {
      const title = 'x'.repeat(suite.tracker.titleLimit);
      expect((await suite.tracker.createIssue({ title, body: '' })).title).toBe(title);
    });

    suite.it('takes a body at the limit whole', async () => {
      const metadata = { pace: { kind: 'escalation' } };
      const body = 'x'.repeat(
        largest((n) => suite.tracker.measureBody('x'.repeat(n), metadata) <= suite.tracker.bodyLimit.max),
      );
      expect(body.length).toBeGreaterThan(1000);
      const { key } = await suite.tracker.createIssue({ title: 'At the limit', body, metadata });
      const found = await suite.tracker.getIssue(key);
      expect(found.body.length).toBe(body.length);
      expect(found.metadata).toEqual(metadata);
    });

    suite.it('takes every purpose', async () => {
      for (const purpose of ['hold', 'advisory', 'story'] satisfies IssuePurpose[]) {
        const created = await suite.tracker.createIssue({ title: `For ${purpose}`, body: '', purpose });
        expect((await suite.tracker.getIssue(created.key)).title).toBe(`For ${purpose}`);
      }
    });

    suite.it('gives issues that are created at the same time different keys', async () => {
      const drafts = Array.from({ length: 5 }, (_, index) => ({ title: `Parallel ${index}`, body: '' }));
      const created = await Promise.all(drafts.map((draft) => suite.tracker.createIssue(draft)));
      expect(new Set(created.map((issue) => issue.key)).size).toBe(5);
      expect(created.map((issue) => issue.title)).toEqual(drafts.map((draft) => draft.title));
    });
  });
}
