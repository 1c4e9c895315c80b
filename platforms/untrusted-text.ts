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

/** Text without terminal escapes and invisible controls; line ends become `\n`. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(ESCAPES, '').replace(CONTROLS, '');
}

/** The same in one line, cut to at most `max` characters. */
export function plainLine(text: string, max = Number.POSITIVE_INFINITY): string {
  return cut(plainText(text).replace(/\s+/g, ' ').trim(), max);
}

/** At most `max` UTF-16 units, never half a character, `…` where something was cut. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max < 1) return '';
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}
