/**
 * Text from evidence, agents, trackers and commits is untrusted: it must not speak to people, programs or platforms in our
 * name. These functions keep it readable and take away its power.
 */

const ESC = '\\u001b';
// the text of a control string: https://ecma-international.org/publications-and-standards/standards/ecma-48/ §5.6
const STRING = `[^\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f]*(?:\\u0007|${ESC}\\\\|\\u009c)`;
/** Terminal sequences in their 7-bit and 8-bit forms: CSI; OSC, DCS, SOS, PM, APC with their text; all other escapes. */
const ESCAPES = new RegExp(
  `(?:${ESC}\\[|\\u009b)[0-?]*[ -/]*[@-~]|(?:${ESC}[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])${STRING}|${ESC}[ -/]*[0-~]`,
  'g',
);
/** Controls but tab and line feed, and what nobody can see: bidirectional and zero-width characters, fillers, tags. */
const INVISIBLE = /(?![\t\n])\p{Cc}|(?![\ufe0e\ufe0f])[\p{DI}\p{Noncharacter_Code_Point}\ufff9-\ufffb]/gu;
/** More marks on one character than any language writes. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** Most text: nothing has to be taken from it, and looking is ten times as fast as replacing. */
const PRINTABLE_ASCII = /^[\t\n\x20-\x7e]*$/;

/** The same for a line: words with one space between them. */
const PRINTABLE_LINE = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/** Splits a word without a trace: invisible, of no width, and in nobody's syntax. */
const WORD_JOINER = '\u2060';

/** Text without terminal escapes and invisible characters; line ends become `\n`. */
export function plainText(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text;
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(ESCAPES, '')
    .replace(INVISIBLE, '')
    .replace(PILED_MARKS, '$1')
    .toWellFormed();
}

/** The same in one line, cut to at most `max` characters. */
export function plainLine(text: string, max = Number.POSITIVE_INFINITY): string {
  if (text.length <= max && PRINTABLE_LINE.test(text)) return text;
  // what is far behind the end need not be looked at: the text may be a whole log
  const near = text.length > max * 20 ? `${text.slice(0, max * 20)}…` : text;
  return cut(plainText(near).replace(/\s+/g, ' ').trim(), max);
}

/**
 * A plain line in which nothing is a mention, a reference or an address to any platform. For titles and descriptions, which
 * are not Markdown, yet are searched for these. `max` counts what was there before.
 */
export function quietLine(text: string, max = Number.POSITIVE_INFINITY): string {
  return quiet(plainLine(text, max));
}

// https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
// https://docs.gitlab.com/user/markdown/#gitlab-specific-references
function quiet(line: string): string {
  return line
    .replace(/([@＠﹫])(?=[\p{L}\p{N}_-])|([#!$&^])(?=\d)|([~%])(?=[\p{L}\p{N}_"])/gu, `$&${WORD_JOINER}`)
    .replace(/([[*])(?=[a-z_]+:)/gi, `$1${WORD_JOINER}`)
    .replace(/(gh)-(?=\d)/gi, `$1${WORD_JOINER}-`)
    .replace(/:\/\//g, `:${WORD_JOINER}//`)
    .replace(/(www)\./gi, `$1${WORD_JOINER}.`)
    .replace(/^\//, `${WORD_JOINER}/`);
}

/**
 * One line of Markdown that shows exactly this text: no markup, HTML, mention, reference or command of any platform. Safe in
 * a paragraph, a list item, a heading and a table cell.
 */
export function inlineMarkdown(text: string, max = Number.POSITIVE_INFINITY): string {
  return quietLine(text, max)
    .replace(/[\\`*_[\]|~<>&$]/g, escapeMark)
    .replace(/^(?:[-+=#:]|\d+[.)])/, startOfLine);
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', $: '&#36;' };

/** A dollar sign has no escape: between two of them stands a formula. */
function escapeMark(mark: string): string {
  return ENTITIES[mark] ?? `\\${mark}`;
}

/** What means something only at the start of a line: lists, headings, rules, directives. */
function startOfLine(mark: string): string {
  return `${mark.slice(0, -1)}\\${mark.slice(-1)}`;
}

/**
 * A fenced block that this text cannot break out of. Platforms look for no mention or reference inside. GitLab does look for
 * quick actions, with a pattern that takes any line of three backticks for the end: fences in the text are broken, rather than outdone by a
 * longer one, and so are quick actions.
 */
export function codeBlock(text: string, language = ''): string {
  const shown = withoutLastLines(plainText(text))
    .replace(/^([ \t]*)(?=```|~~~|\/[a-z_]+(?:\s|$))/gim, `$1${WORD_JOINER}`)
    // our own mark is looked for in the whole of a text
    .replace(/<!--(?=\s*pace:)/g, `<${WORD_JOINER}!--`);
  return `\`\`\`${language}\n${shown}\n\`\`\``;
}

/** A pattern would look at every line of a text of empty ones as if it were the first of the last. */
function withoutLastLines(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}

/** At most `max` UTF-16 units, never half a character, `…` where something was cut. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max < 1) return '';
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}

/** The first whole lines of a Markdown text that `fits` accepts, with a last line that says that something is missing. */
export function cutMarkdown(markdown: string, fits: (text: string) => boolean, notice = CUT_NOTICE): string {
  if (fits(markdown)) return markdown;
  const lines = markdown.split('\n');
  let [fitting, tooMany] = [0, lines.length];
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (fits(firstLines(lines, middle, notice))) fitting = middle;
    else tooMany = middle;
  }
  return firstLines(lines, fitting, notice);
}

const CUT_NOTICE = '*Cut here: the whole report is in `.pace/`.*';

/** A fence that was left open would swallow the notice and what a tracker adds behind it. */
function firstLines(lines: readonly string[], count: number, notice: string): string {
  const kept = lines.slice(0, count);
  const isOpen = kept.filter((line) => line.startsWith('```')).length % 2 === 1;
  return [...kept, ...(isOpen ? ['```'] : []), ...(count > 0 ? [''] : []), notice].join('\n');
}

/** At most `max` bytes of UTF-8, cut at the end of a line. */
export function cutBytes(markdown: string, max: number): string {
  const text = cutMarkdown(markdown, (shorter) => Buffer.byteLength(shorter) <= max);
  return Buffer.byteLength(text) <= max ? text : '';
}
