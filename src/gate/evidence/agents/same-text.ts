/**
 * When two texts mean the same criterion. Strict on purpose: a short text inside a longer one must never count as it.
 *
 * Equal are texts that differ only in case, white space, quotes, Markdown emphasis, a list mark or check box, an id or number
 * in front, and punctuation at the end. An id (`AC1`, `AC-1:`, `[FR-2.1]`) means the criterion with that id, whatever text
 * follows. A bare number means one only where nothing else is written.
 */

/** Nobody writes a longer criterion; what is longer is compared by its beginning. */
const LONGEST = 2_000;
// letters and digits, then what separates an id from its sentence
const ID = /^[[(]?([a-z]{1,6})[-_ ]?(\d{1,4}(?:\.\d{1,4})*)(?:[\])]|\s*[:.)]\s|\s+[-–—]\s|\s*:?$)\s*/i;
const MARKS = /^\s*(?:[-*+•]\s+)?(?:\[[ xX]\]\s+)?/;
const NUMBER = /^\(?#?\d{1,4}[.):]\s+/;

/** The text by which criteria are compared; empty when nothing is left of it. */
export function normalised(text: string): string {
  return stripped(text)
    .replace(ID, '')
    .replace(NUMBER, '')
    .toLowerCase()
    .replace(/[\s.;,:!]+$/u, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The ids that a text or an explicit id field names, such as `ac1` or `7`. */
export function idsOf(text: string, id?: string): readonly string[] {
  const plain = stripped(text);
  const [, letters, digits] = ID.exec(plain) ?? [];
  const ids = letters === undefined ? [] : [`${letters}${digits}`.toLowerCase()];
  if (/^#?\d{1,4}\.?$/.test(plain)) ids.push(plain.replace(/\D/g, ''));
  if (id !== undefined && id.trim() !== '') ids.push(id.toLowerCase().replace(/[^a-z0-9.]/g, ''));
  return ids;
}

function stripped(text: string): string {
  return text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .replace(MARKS, '')
    .replace(/[*`"'“”‘’]/g, '')
    .trim();
}
