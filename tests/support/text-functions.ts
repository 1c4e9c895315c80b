/** All that texts from outside go through before they are shown, sent or kept, and the texts of every vendor, both ways. */

import { splitMetadata } from '../../core/drivers/hidden-metadata.ts';
import { checked } from '../../core/epics/checked.ts';
import { toMarkdown } from '../../core/text/html-to-markdown.ts';
import { holdsCommand, withoutLogCommands } from '../../core/text/log-commands.ts';
import { markdownForm } from '../../core/text/markdown-form.ts';
import { toHtml } from '../../core/text/markdown-to-html.ts';
import { normalText } from '../../core/text/normal-text.ts';
import { createRedactor } from '../../core/text/redact.ts';
import { secretParts } from '../../core/text/secret-parts.ts';
import {
  codeBlock,
  cutBytes,
  inlineMarkdown,
  plainLine,
  plainText,
  quietLine,
} from '../../core/text/untrusted-text.ts';
import {
  NORMAL_TEXT as ASANA_TEXT,
  readComment,
  toCommentHtml,
  toNotes,
  withMetadata,
} from '../../platforms/asana/rich-text.ts';
import { toMarkdown as fromRuns } from '../../platforms/clickup/rich-text.ts';
import { adfToMarkdown, markdownToAdf, measureAdf, mergedDocument } from '../../platforms/jira/adf.ts';
import { markdownToWiki, mergedWiki, wikiToMarkdown } from '../../platforms/jira/wiki.ts';
import { fromHtml, NORMAL_TEXT as MONDAY_TEXT, toHtml as toMondayHtml } from '../../platforms/monday/rich-text.ts';
import { json } from '../../src/cli/json.ts';
import { partsOf } from '../../src/gate/evidence/agents/agent-parts.ts';
import { judgedWords } from '../../src/gate/evidence/agents/claim-words.ts';
import { comparable } from '../../src/gate/evidence/agents/same-text.ts';
import { tasksOf } from '../../src/gate/evidence/agents/task-list.ts';
import { proofTail, proofText } from '../../src/gate/evidence/finding-text.ts';
import { handedOnAddress, handedOnText } from '../../src/output/handed-on.ts';
import { blocksOf } from '../../src/sync/text-blocks.ts';

// secrets that repeat themselves, too
const { redact } = createRedactor({
  A_TOKEN: 'c4n4ryT0k3nValue',
  B_TOKEN: 'a'.repeat(3_000),
  C_TOKEN: `${'ab'.repeat(1_000)}c`,
});

const paragraph = (content: unknown[]) => ({ version: 1, type: 'doc', content: [{ type: 'paragraph', content }] });
const text = (words: string, ...marks: string[]) => ({
  type: 'text',
  text: words,
  marks: marks.map((type) => ({ type })),
});
const inThrees = (words: string) => words.match(/.{1,3}/gs) ?? [];

/** Slower than the rest, for they make trees of their texts. */
export const vendorTexts: Readonly<Record<string, (text: string) => unknown>> = {
  ...{ markdownToAdf, measureAdf, markdownToWiki, wikiToMarkdown, toMondayHtml, fromHtml, toCommentHtml, readComment },
  'ADF, another text': (words) =>
    mergedDocument(paragraph(inThrees(words).map((piece) => text(piece))), `a ${words} b`),
  'wiki text, another text': (words) => mergedWiki(words, `a ${words} b`),
  markdownForm,
  toNotes: (words) => toNotes(words, { a: 1 }),
  'Asana, normal form': ASANA_TEXT.of,
  'monday, normal form': MONDAY_TEXT.of,
  'Asana, other metadata': (words) => withMetadata(`<body>${words}</body>`, { a: 1 }),
  'Asana, code': (words) => readComment(`<body><pre>${words}</pre></body>`),
  'ADF, text': (words) => adfToMarkdown(paragraph([text(words)])),
  'ADF, code': (words) => adfToMarkdown(paragraph([text(words, 'code')])),
  'ADF, a block of code': (words) =>
    adfToMarkdown({ version: 1, type: 'doc', content: [{ type: 'codeBlock', content: [text(words)] }] }),
  'ADF, pieces': (words) =>
    adfToMarkdown(
      paragraph(inThrees(words).map((piece, at) => text(piece, ...(at % 2 ? ['strong', 'em'] : ['strong'])))),
    ),
  'ADF, lines': (words) =>
    adfToMarkdown(paragraph(inThrees(words).flatMap((piece) => [text(piece), { type: 'hardBreak' }]))),
  'ADF, title': (words) =>
    adfToMarkdown({ type: 'doc', content: [{ type: 'expand', attrs: { title: words }, content: [] }] }),
  'ClickUp, pieces': (words) =>
    fromRuns(inThrees(words).map((piece, at) => ({ text: piece, attributes: { bold: at % 2 > 0 } }))),
};

export const textFunctions: Readonly<Record<string, (text: string) => unknown>> = {
  ...vendorTexts,
  ...{ partsOf, tasksOf, comparable, blocksOf },
  'an epic': (words) => checked([{ path: 'EPIC.md', text: words }]),
  'an epic, below a story': (words) =>
    checked([{ path: 'EPIC.md', text: `### US-1: A\n\n#### Subtasks\n${words}\n\n#### Comments\n\n> ${words}` }]),
  'an epic, in its fields': (words) =>
    checked([
      { path: 'EPIC.md', text: `### US-1: ${words}\n\n| **Status** | ${words} |\n|-|-|\n| **Blocks** | ${words} |` },
    ]),
  judgedWords: (words) => judgedWords(words, 'a criterion'),
  ...{ redact, plainText, plainLine, quietLine, inlineMarkdown, codeBlock, secretParts, splitMetadata },
  ...{ withoutLogCommands, holdsCommand, proofText, proofTail, toMarkdown, toHtml, normalText },
  'cutBytes at 30 kB': (text) => cutBytes(text, 30_000),
  handedOnText: (text) => handedOnText(text, { characters: 1_000, bytes: 2_000 }),
  handedOnAddress: (text) => handedOnAddress(text, 500),
  json: (text) => json({ redact: (all) => all }, { text }),
};
