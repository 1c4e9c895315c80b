/**
 * When two texts say the same. Strict on purpose: a short text inside a longer one must never count as it.
 *
 * Equal are texts that differ only in what typing and Markdown make of them: case, white space, quotation marks, kinds of dashes
 * and letters (full width), emphasis, code marks and links, a list mark or box in front, and punctuation at the end.
 * Every expression here takes linear time: the texts are of others.
 */

// as https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis has it, near enough: not within words
const EMPHASIS = [
  /(?<![\p{L}\p{N}*])(\*{1,3})(?=[^\s*])([^*]*)(?<=[^\s*])\1(?![\p{L}\p{N}*])/gu,
  /(?<![\p{L}\p{N}_])(_{1,3})(?=[^\s_])([^_]*)(?<=[^\s_])\1(?![\p{L}\p{N}_])/gu,
];
const LINK = /!?\[([^[\]]*)\]\([^()\n]*\)/g;
const QUOTES = /["'`´\u2032\u2033\u02bc\u201a\u201e\p{Pi}\p{Pf}]/gu;
const LIST_MARK = /^(?:[-*+•]\s+)?(?:\[[ xX]\]\s+)?/;

/** The text as it is meant to be read, in one line and its own letters. */
export function plainWords(text: string): string {
  const line = text
    .normalize('NFKC')
    .replace(/\p{Cf}|\p{Variation_Selector}/gu, '')
    .replace(/[\p{Pd}\u2212]+/gu, '-')
    .replace(/\s+/g, ' ')
    .replace(LINK, '$1')
    .trim();
  // emphasis within emphasis
  const bare = [...EMPHASIS, ...EMPHASIS].reduce((rest, mark) => rest.replace(mark, '$2'), line);
  return bare
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(QUOTES, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(LIST_MARK, '')
    .trim();
}

/** The form in which texts are compared; empty when nothing is left of it. */
export function comparable(text: string): string {
  return plainWords(text)
    .toLowerCase()
    .replace(/ ?- ?/g, '-')
    .replace(/(?<![\s.;,:!])[\s.;,:!]+$/, '');
}
