/**
 * Text from evidence, agents, trackers and commits is untrusted: it must not speak to people, programs or platforms in our
 * name. These functions keep it readable and take away its power.
 */

// C0 and C1 controls (tab and line feed stay), bidirectional overrides and isolates, zero-width and tag characters
const CONTROLS = /(?![\t\n])\p{Cc}|[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
// ECMA-48 sequences: CSI, OSC and the two-character escapes
const ESC = String.fromCharCode(0x1b);
const BEL = String.fromCharCode(0x07);
const ESCAPES = new RegExp(`${ESC}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)?|[@-Z\\\\-_])`, 'g');

/** Splits a reference from its sigil: invisible, and in nobody's syntax. */
const WORD_JOINER = '\u2060';

/** Text without terminal escapes and invisible controls; line ends become `\n`. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(ESCAPES, '').replace(CONTROLS, '').toWellFormed();
}

/** The same in one line, cut to at most `max` characters. */
export function plainLine(text: string, max = Number.POSITIVE_INFINITY): string {
  return cut(plainText(text).replace(/\s+/g, ' ').trim(), max);
}

/**
 * One line of Markdown that shows exactly this text: no markup, HTML, mention, reference or command of any platform. Safe in
 * a paragraph, a list item and a table cell.
 */
export function inlineMarkdown(text: string, max = Number.POSITIVE_INFINITY): string {
  return plainLine(text, max)
    .replace(/[\\`*_[\]|~<>&]/g, escapeMark)
    .replace(/@(?=[\w-])/g, `@${WORD_JOINER}`)
    .replace(/([#!%$^])(?=\w)/g, `$1${WORD_JOINER}`)
    .replace(/\b(gh)-(?=\d)/gi, `$1${WORD_JOINER}-`)
    .replace(/:\/\//g, `:${WORD_JOINER}//`)
    .replace(/^([-+=#/]|\d+[.)])/, startOfLine);
}

function escapeMark(mark: string): string {
  if (mark === '<') return '&lt;';
  if (mark === '>') return '&gt;';
  if (mark === '&') return '&amp;';
  return `\\${mark}`;
}

/** What means something only at the start of a line: lists, headings, rules, quick actions. */
function startOfLine(mark: string): string {
  return mark.length > 1 ? `${mark.slice(0, -1)}\\${mark.slice(-1)}` : `\\${mark}`;
}

/**
 * A fenced block that this text cannot break out of. Platforms look for no mention, reference or command inside. Fences in the
 * text are broken, rather than outdone by a longer one: GitLab's search for quick actions takes the first one for the end.
 */
export function codeBlock(text: string, language = ''): string {
  const shown = plainText(text)
    .replace(/\n+$/, '')
    .replace(/^(\s*)(?=```|~~~)/gm, `$1${WORD_JOINER}`);
  return `\`\`\`${language}\n${shown}\n\`\`\``;
}

/** At most `max` UTF-16 units, never half a character, `…` where something was cut. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max < 1) return '';
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}

/** At most `max` bytes of UTF-8, cut at the end of a line where there is one; the last line says that something is missing. */
export function cutBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text;
  const notice = '\n\n*Cut here: the whole report is in `.pace/`.*';
  const bytes = Buffer.from(text).subarray(0, Math.max(0, max - Buffer.byteLength(notice)));
  const whole = new TextDecoder().decode(bytes).replace(/\ufffd+$/, '');
  return `${whole.slice(0, Math.max(whole.lastIndexOf('\n'), 0)) || whole}${notice}`;
}
