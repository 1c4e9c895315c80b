/** Atlassian Document Format, the rich text of Jira Cloud. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
import { isRecord } from '../../core/record.ts';
import { settledText } from '../../core/text/normal-text.ts';
import { mergedText } from './adf-merge.ts';
import { lostIn } from './adf-merge-check.ts';
import type { AdfDocument, AdfNode } from './adf-node.ts';
import { toMarkdown } from './adf-to-markdown.ts';
import type { MergedForm } from './dialect.ts';
import { toAdf } from './markdown-to-adf.ts';

/** Longest description or comment. Jira counts the document, not the Markdown that it was made from. */
export const MAX_DOCUMENT = 32_767;

/** The document for a Markdown text; the same text always gives the same document. */
export function markdownToAdf(markdown: string): AdfDocument {
  return { version: 1, type: 'doc', content: toAdf(markdown) };
}

/** Markdown for a document, or for the plain string that old versions of the API send; `''` for none. */
export function adfToMarkdown(document: unknown): string {
  if (typeof document === 'string') return document;
  return isNode(document) ? toMarkdown(shallow(document.content ?? [], 0)) : '';
}

/** How much of `MAX_DOCUMENT` this Markdown takes. */
export function measureAdf(markdown: string): number {
  return JSON.stringify(markdownToAdf(markdown)).length;
}

/** The document with what the Markdown says now; see `adf-merge.ts`. */
export function mergedDocument(before: unknown, markdown: string): MergedForm {
  const content = isNode(before) ? (before.content ?? []) : [];
  if (content.length === 0 || isDeep(content, 0)) return { text: markdownToAdf(markdown), lost: [] };
  const merged = mergedText(content, markdown);
  const text: AdfDocument = { version: 1, type: 'doc', content: [...merged.content] };
  if (normalAdf(adfToMarkdown(text)) === normalAdf(markdown)) return { text, lost: merged.lost };
  // what was put together must read as it was meant, whatever gets lost
  const anew = markdownToAdf(markdown);
  return { text: anew, lost: lostIn(content, anew.content, markdown) };
}

/** Whether two texts are one in Jira Cloud: see `NormalText`. */
export function normalAdf(markdown: string): string {
  return settledText(markdown, (text) => adfToMarkdown(markdownToAdf(text)));
}

/** What is read without its nesting is not put together with it again. */
function isDeep(nodes: readonly AdfNode[], depth: number): boolean {
  return nodes.some(({ content }) => content !== undefined && (depth >= DEEPEST_MERGED || isDeep(content, depth + 1)));
}

const DEEPEST_MERGED = 32;

function isNode(value: unknown): value is AdfNode {
  return isRecord(value) && 'type' in value;
}

/** What is nested deeper keeps its text alone: whoever walks the tree calls itself, and each list indents all that is in it. */
const DEEPEST = 64;

function shallow(nodes: readonly AdfNode[], depth: number): AdfNode[] {
  return nodes.map((node) => {
    if (node.content === undefined) return node;
    if (depth < DEEPEST) return { ...node, content: shallow(node.content, depth + 1) };
    return { type: 'paragraph', content: [{ type: 'text', text: textOf(node) }] };
  });
}

function textOf(node: AdfNode): string {
  const [texts, left]: [string[], AdfNode[]] = [[], [node]];
  for (let next = left.pop(); next; next = left.pop()) {
    if (next.text !== undefined) texts.push(next.text);
    for (const child of next.content?.toReversed() ?? []) left.push(child);
  }
  return texts.join(' ');
}
