/**
 * Wiki text, the rich text of Jira Data Center. Between it and Markdown stands the same tree as for Jira Cloud, so that each
 * side is written once. https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
import { adfToMarkdown } from './adf.ts';
import { toWiki } from './adf-to-wiki.ts';
import { toAdf } from './markdown-to-adf.ts';
import { fromWiki } from './wiki-to-adf.ts';

/** The same Markdown always gives the same text. */
export function markdownToWiki(markdown: string): string {
  return toWiki(toAdf(markdown));
}

export function wikiToMarkdown(wiki: string): string {
  return adfToMarkdown({ version: 1, type: 'doc', content: fromWiki(wiki) });
}
