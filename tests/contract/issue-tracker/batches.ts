import { describe, expect } from 'vitest';
import type { BatchAnswer } from '../../../core/ports/index.ts';
import { keys, list, newIssue, type Suite } from './suite.ts';
import { unique } from './texts.ts';

const BAD = 5;

export function batchCases(suite: Suite): void {
  const drafts = (labels: string[], count = 12) =>
    Array.from({ length: count }, (_, index) => ({ title: `No. ${index}`, body: `Text ${index}.`, labels }));

  describe('batches', () => {
    suite.it('create each issue once, with an answer per item in order', async () => {
      const labels = [unique()];
      const seen: number[] = [];
      const answers = await suite.tracker.createMany(drafts(labels), { onAnswer: ({ index }) => seen.push(index) });
      expect(answers.map(({ index }) => index)).toEqual(drafts(labels).map((_, index) => index));
      expect(answers.map(titleOf)).toEqual(drafts(labels).map(({ title }) => title));
      expect(seen.toSorted((a, b) => a - b)).toEqual(answers.map(({ index }) => index));
      expect((await keys(suite, { labels })).sort()).toEqual(answers.map(keyOf).sort());
    });

    suite.it('go on after a bad item, which is named', async () => {
      const labels = [unique()];
      const given = drafts(labels).map((draft, index) => (index === BAD ? { ...draft, title: ' ' } : draft));
      const answers = await suite.tracker.createMany(given);
      expect(answers.map(({ ok }) => ok)).toEqual(given.map((_, index) => index !== BAD));
      const bad = answers[BAD];
      expect(bad?.ok === false && bad.error.kind).toBe('validation');
      expect(await list(suite, { labels })).toHaveLength(given.length - 1);
    });

    suite.it('take anything that can be walked through, also nothing', async () => {
      expect(await suite.tracker.createMany([])).toEqual([]);
      const labels = [unique()];
      const answers = await suite.tracker.createMany(new Set(drafts(labels, 2)));
      expect(answers.map(titleOf)).toEqual(['No. 0', 'No. 1']);
    });

    suite.it('change many, each in its own way, and go on after one that is not there', async () => {
      const labels = [unique()];
      const created = await suite.tracker.createMany(drafts(labels, 5));
      const changes = created.map((answer, index) => ({
        key: index === 2 ? suite.facts.unknownKey : keyOf(answer),
        patch: { title: `Changed ${index}`, addLabels: [`${labels[0]}-${index}`] },
      }));
      const answers = await suite.tracker.updateMany(changes);
      expect(answers.map(({ index, ok }) => [index, ok])).toEqual([
        [0, true],
        [1, true],
        [2, false],
        [3, true],
        [4, true],
      ]);
      const bad = answers[2];
      expect(bad?.ok === false && bad.error.kind).toBe('not-found');
      const found = await list(suite, { labels });
      expect(found.map(({ title }) => title).sort()).toEqual([
        'Changed 0',
        'Changed 1',
        'Changed 3',
        'Changed 4',
        'No. 2',
      ]);
      expect(found.filter((issue) => issue.labels.length === 2)).toHaveLength(4);
    });

    suite.it('begin nothing new once they are interrupted', async () => {
      const labels = [unique()];
      const { batch } = suite.bench.tracker;
      const count = batch?.create ? 2 * batch.size : 20;
      const controller = new AbortController();
      const options = { concurrency: 1, signal: controller.signal, onAnswer: () => controller.abort() };
      const answers = await suite.tracker.createMany(drafts(labels, count), options);
      expect(answers).toHaveLength(count);
      const done = answers.filter(({ ok }) => ok).length;
      expect(done).toBeGreaterThan(0);
      expect(done).toBeLessThan(count);
      expect(await list(suite, { labels })).toHaveLength(done);
    });

    suite.it('keep to what they are allowed to send at once', async () => {
      const labels = [unique()];
      const one = await newIssue(suite, { labels });
      const patches = Array.from({ length: 6 }, (_, index) => ({ key: one.key, patch: { body: `Text ${index}.` } }));
      const answers = await suite.tracker.updateMany(patches, { concurrency: 1 });
      expect(answers.every(({ ok }) => ok)).toBe(true);
      expect((await suite.tracker.getIssue(one.key)).body).toBe('Text 5.');
    });
  });
}

function keyOf(answer: BatchAnswer): string {
  if (answer.ok) return answer.issue.key;
  throw answer.error;
}

function titleOf(answer: BatchAnswer): string {
  if (answer.ok) return answer.issue.title;
  throw answer.error;
}
