/**
 * Ids of acceptance criteria: which words with a number are ids, and which ids are the same. `HTTP 404` and `Step 1` are words;
 * `AC1` is an id everywhere, and `LOGIN-4` where the story numbers its criteria so.
 */
import { plainWords } from './same-text.ts';

/** Letters that nobody uses but to number criteria. */
const USUAL = new Set(['ac', 'br', 'fr', 'nfr', 'req', 'sc', 'scenario', 'tc', 'uc', 'us']);
/** Those that are one even with a space before the number. */
const SPOKEN = new Set(['ac', 'fr', 'nfr', 'req', 'scenario']);
const SHORT_FORMS = new Map([
  ['criterion', 'ac'],
  ['criteria', 'ac'],
  ['requirement', 'req'],
]);
/** A longer one is a text. */
const LONGEST = 100;

const JOINED = /^[\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+|\.(?:\p{N}|\p{L}+\p{N})[\p{L}\p{N}]*)*/u;
const SPACED = /^(?:acceptance )?\p{L}+ ?#?\d+(?:\.\d+)*(?![\p{L}\p{N}])/iu;
const SHAPE = /^\p{L}.*\p{N}\p{L}?$/u;
const AND = /^[\])]?\s*(?:[,;&+/]|and\b)\s*[[(]?/i;
const SEPARATOR = /^[\])]?(?:\s*(?:[:.),;|→]|[-=]>|-(?=\s|$)))*\s*/u;
const NAMED = /^[[(]?([^:\])]{1,100}?)\s*(?:[\])]|:|\s-\s|[.,;!]*$)/;
const AT_THE_END = /\s*[[(]([^[\]()]{1,100})[\])][\s.;,:!]*$/;

/** What a story calls ids. */
export interface IdScheme {
  readonly known: ReadonlySet<string>;
  /** What stands before the number in ids that the story uses; further ones of the kind are ids as well. */
  readonly prefixes: ReadonlySet<string>;
}

export interface WrittenId {
  readonly id: string;
  readonly written: string;
}

export interface Labelled {
  readonly ids: readonly WrittenId[];
  /** The text without them. */
  readonly rest: string;
}

/** One form for all ways of writing an id: `AC-01`, `(ac 1)` and `Criterion 1` are `ac1`; empty for what is none. */
export function idOf(written: string): string {
  if (written.length > LONGEST) return '';
  const parts =
    written
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{L}+|\p{N}+/gu) ?? [];
  if (parts[0] === 'acceptance') parts.shift();
  let id = '';
  for (const part of parts) {
    const next = SHORT_FORMS.get(part) ?? part.replace(/^0+(?=\d)/, '');
    const last = id.at(-1);
    if (last !== undefined && isDigit(last) === isDigit(next)) id += isDigit(next) ? '.' : '-';
    id += next;
  }
  return id;
}

/** Learns from a story's entries which words with a number are its ids. */
export function schemeOf(entries: readonly { readonly text: string; readonly id?: string }[]): IdScheme {
  const given = entries.map(({ id }) => idOf(id ?? '')).filter((id) => id !== '');
  const numbers = new Map<string, number[]>();
  for (const { text } of entries) {
    const head = joinedHead(plainWords(text).replace(/^[[(]/, ''));
    const [, number] = /(\d{1,6})$/.exec(head ?? '') ?? [];
    // small letters make words of it: `IPv4`
    if (head === undefined || number === undefined || head !== head.toUpperCase()) continue;
    const prefix = prefixOf(idOf(head));
    const found = numbers.get(prefix);
    if (found === undefined) numbers.set(prefix, [Number(number)]);
    else found.push(Number(number));
  }
  const counting = [...numbers].filter(([, found]) => isCount(found)).map(([prefix]) => prefix);
  const shaped = given.filter((id) => SHAPE.test(id)).map(prefixOf);
  return { known: new Set(given), prefixes: new Set([...counting, ...shaped]) };
}

/** Parts a text into the ids that it begins or ends with, and its words. */
export function labelled(text: string, scheme: IdScheme): Labelled {
  const plain = plainWords(text);
  const bare = plain.replace(/^[[(]/, '');
  const ids: WrittenId[] = [];
  let rest = bare;
  for (let id = headId(bare, scheme); id !== undefined; ) {
    ids.push(id);
    rest = rest.slice(id.written.length);
    const and = AND.exec(rest)?.[0] ?? '';
    id = and === '' ? undefined : headId(rest.slice(and.length), scheme);
    if (id !== undefined) rest = rest.slice(and.length);
  }
  if (ids.length > 0) return { ids, rest: rest.replace(SEPARATOR, '') };
  return named(plain, scheme) ?? atTheEnd(plain, scheme) ?? { ids, rest: plain };
}

/** `login: done` where an entry of the story has `id: login`. */
function named(plain: string, { known }: IdScheme): Labelled | undefined {
  const [whole = '', written = ''] = NAMED.exec(plain) ?? [];
  const id = idOf(written);
  if (!known.has(id)) return undefined;
  return { ids: [{ id, written }], rest: plain.slice(whole.length).replace(SEPARATOR, '') };
}

function atTheEnd(plain: string, scheme: IdScheme): Labelled | undefined {
  const [whole = '', written = ''] = AT_THE_END.exec(plain) ?? [];
  const id = headId(written, scheme);
  return id?.written === written ? { ids: [id], rest: plain.slice(0, plain.length - whole.length) } : undefined;
}

function headId(text: string, { known, prefixes }: IdScheme): WrittenId | undefined {
  const joined = joinedHead(text);
  const written = joined ?? SPACED.exec(text)?.[0];
  if (written === undefined || written.length > LONGEST) return undefined;
  const id = idOf(written);
  const prefix = prefixOf(id);
  const numbersCriteria = joined === undefined ? SPOKEN.has(prefix) : isUsual(prefix, joined) || prefixes.has(prefix);
  return numbersCriteria || known.has(id) ? { id, written } : undefined;
}

/** `ac` and `fr`, and in capitals also `US3-AC`, `REQ-LOGIN`; `us-east-1` is a place. */
function isUsual(prefix: string, written: string): boolean {
  const letters = prefix.split(/[^\p{L}]+/u).filter((part) => part !== '');
  if (letters.length > 1 && written !== written.toUpperCase()) return false;
  return [letters[0], letters.at(-1)].some((part) => part !== undefined && USUAL.has(part));
}

/** Letters and a number without a space between them. */
function joinedHead(text: string): string | undefined {
  const head = JOINED.exec(text)?.[0];
  return head !== undefined && head.length <= LONGEST && SHAPE.test(head) ? head : undefined;
}

function prefixOf(id: string): string {
  return id.replace(/[\d.]+\p{L}?$/u, '');
}

/** `HTTP-404` and `HTTP-500` do not count anything. */
function isCount(numbers: readonly number[]): boolean {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted.length > 1 && sorted.every((number, index) => index === 0 || number === Number(sorted[index - 1]) + 1);
}

function isDigit(text: string): boolean {
  return /^\p{N}/u.test(text);
}
