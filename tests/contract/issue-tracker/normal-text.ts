/**
 * The law of texts: what is read of a text that was written has the form that the text had. Without it whoever keeps two trackers in
 * step would see a change where nobody has changed anything, and write for ever. `PACE_TEST_FUZZ=2000` tries so many texts more.
 */
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { anyMarkdown, CORPUS } from '../../support/markdown-anything.ts';
import { SEED } from '../../support/seed.ts';
import { saying } from './abilities.ts';
import { newIssue, type Suite } from './suite.ts';

const FUZZ = Number(process.env['PACE_TEST_FUZZ'] ?? 0);
/** So many made texts beside the corpus, where all that is written goes over the wire. */
const MADE = Math.max(30, FUZZ);
/** The same where only the form is asked for. */
const FORMS = Math.max(200, FUZZ);
/** A real server is asked for less: each text is a write. */
const FEW = 25;

/** Texts of which people see that they are not the same. Whichever of them is written, the others are changes. */
const APART: readonly (readonly string[])[] = [
  ['one', 'One', 'one.', 'one one', 'o ne'],
  ['a\n\nb', 'a b', 'ab', 'b\n\na'],
  ['**a** b', 'a **b**', 'a', '**a**'],
  ['- a\n- b', '- a b', '- b\n- a', '- a\n  - b', 'a\n\nb', '1. a\n2. b'],
  ['# a', '## a', 'a'],
  ['[a](https://example.org/x)', '[a](https://example.org/y)', '[b](https://example.org/x)'],
  ['- [ ] a', '- [x] a'],
  ['```\na\nb\n```', '```\na\n  b\n```', '```\na\n\nb\n```', 'a b'],
  ['> a', 'a'],
  ['| a | b |\n| - | - |\n| 1 | 2 |', '| a | b |\n| - | - |\n| 2 | 1 |'],
  ['List<String>', 'List', 'List&lt;Int&gt;'],
  ['1 * 2 * 3', '1 _2_ 3', '1 2 3'],
  ['🚦', '🚥', ''],
  ['#12', '#13', '12'],
];

export function normalTextCases(suite: Suite): void {
  /** Corpus and made texts, as far as they fit: a made one of another seed is another one. */
  function texts(): string[] {
    const made = fc.sample(anyMarkdown, { numRuns: suite.bench.real ? FEW : MADE, seed: SEED });
    const all = suite.bench.real ? made : [...CORPUS, ...made];
    return all.filter((text) => suite.tracker.measureBody(text) < suite.tracker.bodyLimit.max);
  }

  function sameForm(read: string, written: string, way: string, kept = (form: string) => form): void {
    const of = (text: string) => kept(suite.tracker.normalText.of(text));
    if (of(read) === of(written)) return;
    expect({ way, written, read, form: of(read) }).toEqual({ way, written, read, form: of(written) });
  }

  describe('normal text', () => {
    suite.it('is its own form', async () => {
      const { of, version } = suite.tracker.normalText;
      expect(Number.isInteger(version)).toBe(true);
      for (const text of CORPUS) expect(of(of(text)), JSON.stringify(text)).toBe(of(text));
      // a connection that the server has closed meanwhile is seen between two of them
      const settles = async (text: string) => {
        await turn();
        return of(of(text)) === of(text);
      };
      await fc.assert(fc.asyncProperty(anyMarkdown, settles), { numRuns: FORMS });
    });

    suite.it('tells apart what people see as different', () => {
      const { of } = suite.tracker.normalText;
      const folded = APART.filter((group) => new Set(group.map(of)).size < group.length);
      expect(folded.map((group) => group.map(of))).toEqual([]);
    });

    suite.it('of a body that is read is that of what was written, whether the issue is new or changed', async () => {
      const { key } = await newIssue(suite);
      for (const [at, text] of texts().entries()) {
        const body = suite.tracker.harmless(text);
        sameForm((await suite.tracker.updateIssue(key, { body })).body, text, 'updateIssue');
        // a new one costs more, and is written as an old one is
        if (at % 4 > 0) continue;
        const created = await suite.tracker.createIssue({ title: 'A text', body });
        sameForm(created.body, text, 'createIssue');
        sameForm((await suite.tracker.getIssue(created.key)).body, text, 'getIssue');
      }
    });

    saying(suite).it('of a comment that is read is that of what was written', async () => {
      const { key } = await newIssue(suite);
      const { commentForm } = suite.facts;
      const written = texts().filter((text) => text.trim() !== '');
      for (const text of written) {
        const { body } = await suite.tracker.addComment(key, suite.tracker.harmless(text));
        sameForm(body, text, 'addComment', commentForm);
      }
      const read = await collect(suite.tracker.listComments(key));
      expect(read.length).toBe(written.length);
      for (const [at, { body }] of read.entries()) sameForm(body, written[at] ?? '', 'listComments', commentForm);
    });
  });
}
