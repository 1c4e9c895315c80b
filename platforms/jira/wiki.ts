/**
 * Wiki text, the rich text of Jira Data Center. Between it and Markdown stands the same tree as for Jira Cloud, so that each
 * side is written once. https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
import { settledText } from '../../core/text/normal-text.ts';
import { adfToMarkdown } from './adf.ts';
import { mergedText } from './adf-merge.ts';
import type { AdfNode } from './adf-node.ts';
import { toWiki } from './adf-to-wiki.ts';
import type { MergedForm } from './dialect.ts';
import { toAdf } from './markdown-to-adf.ts';
import { fromWiki, piecesOf } from './wiki-to-adf.ts';

/** The same Markdown always gives the same text. */
export function markdownToWiki(markdown: string): string {
  return toWiki(toAdf(markdown));
}

export function wikiToMarkdown(wiki: string): string {
  return adfToMarkdown({ version: 1, type: 'doc', content: fromWiki(wiki) });
}

/** The text with what the Markdown says now: pieces whose Markdown is as it was keep their own words, to the letter. */
export function mergedWiki(before: string, markdown: string): MergedForm {
  const pieces = piecesOf(before).map((piece, place) => ({ ...piece, place, node: oneNode(piece.nodes) }));
  if (pieces.length === 0) return { text: markdownToWiki(markdown), lost: [] };
  const { content } = mergedText(
    pieces.map(({ node }) => node),
    markdown,
  );
  const own = new Map(pieces.map((piece) => [piece.node, piece]));
  const parts = content.map((node) => ({ wiki: own.get(node)?.wiki ?? toWiki([node]), piece: own.get(node) }));
  const text = parts
    .filter(({ wiki }) => wiki !== '')
    .map(({ wiki, piece }, at, all) => {
      const next = all[at + 1]?.piece;
      if (at === all.length - 1) return wiki;
      return wiki + (piece && next?.place === piece.place + 1 && piece.behind !== '' ? piece.behind : '\n\n');
    })
    .join('');
  // what was put together must read as it was meant, whatever gets lost
  const kept = normalWiki(wikiToMarkdown(text)) === normalWiki(markdown) ? text : markdownToWiki(markdown);
  return { text: kept, lost: lostWords(before, kept, markdown) };
}

/** Whether two texts are one in Jira Data Center: see `NormalText`. */
export function normalWiki(markdown: string): string {
  return settledText(markdown, (text) => wikiToMarkdown(markdownToWiki(text)));
}

/** A piece that is several blocks is kept as a whole, or not at all. */
function oneNode(nodes: readonly AdfNode[]): AdfNode {
  const [only, ...more] = nodes;
  return only && more.length === 0 ? only : { type: 'wikiPiece', content: nodes };
}

/** Macros, people, files and images, of which Markdown has at most the name. */
const WORDS =
  /\{(?!code|noformat|quote|color)[a-z]{1,40}(?::[^{}\n]{0,300})?\}|\[[~^#][^\]\n]{1,300}\]|![^\s!][^!\n]{0,300}!/g;

/** What is there no more although people still see its name, or never saw it. */
function lostWords(before: string, after: string, markdown: string): string[] {
  const lost = (before.match(WORDS) ?? []).filter((word) => !after.includes(word));
  return [...new Set(lost)].filter((word) => {
    const name = word.replace(/^\W+|\|.*$|\W+$/g, '');
    return word.startsWith('{') || markdown.includes(name);
  });
}
