/** What the text of an issue tells a specification: who wants what, by what one sees that it is done, and the rest. Pure. */
import type { Tokens, TokensList } from 'marked';
import { markdownReader } from '../../core/text/markdown-reader.ts';
import { plainText } from '../../core/text/untrusted-text.ts';

export interface Told {
  /** “As a …, I want …, so that …”, in one sentence, where all of it is there. */
  readonly story: string | undefined;
  /** By what one sees that it is done: one line of Markdown each. */
  readonly criteria: readonly string[];
  /** Everything else, as it was written; no heading in it is above the fourth level. */
  readonly rest: string;
}

const CRITERIA = /^(?:acceptance(?: criteria)?|definition of done|done when|requirements)\b/i;
const TOP_LEVEL = 4;
/** One without an end is text. */
const COMMENT = /<!--(?:(?!-->)[\s\S]){0,10000}-->/g;

/** Invisible text goes: comments of HTML, and characters that nobody sees. */
export function told(markdown: string): Told {
  const tokens = withoutComments(markdownReader.lexer(plainText(markdown)));
  const criteria: string[] = [];
  const rest: string[] = [];
  let isCriteria = false;
  let story: string | undefined;
  for (const token of tokens) {
    if (token.type === 'heading') isCriteria = isNamedSo(token as Tokens.Heading);
    const found: string | undefined = story === undefined ? sentence(token) : undefined;
    story ??= found;
    const items = criteriaOf(token, isCriteria);
    criteria.push(...items);
    if (found !== undefined || items.length > 0 || (isCriteria && token.type === 'heading')) continue;
    rest.push(lowered(token));
  }
  return { story, criteria, rest: rest.join('\n\n') };
}

function withoutComments(tokens: TokensList | Tokens.Generic[]): Tokens.Generic[] {
  return tokens
    .filter(({ type, raw }) => type !== 'space' && !(type === 'html' && /^\s*<!--/.test(raw)))
    .map((token) => ({ ...token, raw: token.type === 'code' ? token.raw : token.raw.replace(COMMENT, '') }))
    .filter(({ raw }) => raw.trim() !== '');
}

function isNamedSo({ text }: Tokens.Heading): boolean {
  return CRITERIA.test(text.replace(/[*_`]/g, '').trim());
}

/** The items of a list under such a heading, and of every list whose items can be ticked. */
function criteriaOf(token: Tokens.Generic, isCriteria: boolean): string[] {
  if (token.type !== 'list') return [];
  const { items } = token as Tokens.List;
  if (!isCriteria && !items.every(({ task }) => task)) return [];
  return items.map(({ text }) => oneLine(text)).filter(Boolean);
}

/** A paragraph with all three parts of a story. */
function sentence(token: Tokens.Generic): string | undefined {
  if (token.type !== 'paragraph') return undefined;
  const plain = oneLine(token.raw.replace(/\*\*|__/g, ''));
  const parts = /^As an? (.{1,500}?),?\s+I (?:want|need|can) (.{1,1000}?),?\s+so that (.{1,1000})$/i.exec(plain);
  return parts ? plain : undefined;
}

function lowered(token: Tokens.Generic): string {
  if (token.type !== 'heading') return token.raw.replace(/^\n+/, '').trimEnd();
  const { depth, text } = token as Tokens.Heading;
  return `${'#'.repeat(Math.max(TOP_LEVEL, depth))} ${oneLine(text)}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
