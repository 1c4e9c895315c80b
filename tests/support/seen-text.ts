/**
 * What people see of a Markdown text, by a reader that is not ours: for the promise that two texts that look different are never taken for one.
 */
import { Marked } from 'marked';

const page = new Marked({ gfm: true, breaks: true });

/** The page of it, without what is only in its source. */
export function seenText(markdown: string): string {
  return page
    .parse(markdown, { async: false })
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/ (?:title|align)="[^"]*"/g, '')
    // whether items stand apart
    .replace(/<\/?p>(?=[\s\S]*<\/li>)/g, '')
    .replace(/\s+/g, ' ');
}
