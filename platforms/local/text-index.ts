/**
 * The index for searching texts. A search finds parts of words without regard to case, as everywhere in PACE; an index of whole
 * words does not, and one of all triples of letters is four times as expensive to write. So each distinct word is kept once, in a
 * table that is small enough to be looked through for a part, and the full-text index tells the issues of a whole word.
 * It may find too much, never too little: what it finds is looked at. https://sqlite.org/fts5.html
 */
import { searchWords } from '../../core/tracker/issue-filter.ts';
import type { Connection } from './connection.ts';

interface Text {
  readonly title: string;
  readonly body: string;
}

/** Letters, marks and digits; everything else only separates. */
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
/** A part that stands in more words than this is not worth an index: issues with it come soon enough one after the other. */
const MANY = 1000;

/** Keeps what can be found of a new issue. */
export function indexText(db: Connection, number: number, text: Text): void {
  const words = distinctWords(text);
  keep(db, words);
  db.run('INSERT INTO issue_word (rowid, words) VALUES (?, ?)', [number, words.join(' ')]);
}

/** The same for an issue whose text was another one. */
export function indexChange(db: Connection, number: number, old: Text, text: Text): void {
  forgetText(db, number, old);
  indexText(db, number, text);
}

/** The issue is found by these words no more. */
export function forgetText(db: Connection, number: number, old: Text): void {
  const sql = "INSERT INTO issue_word (issue_word, rowid, words) VALUES ('delete', :number, :words)";
  db.run(sql, { number, words: distinctWords(old).join(' ') });
}

function distinctWords(text: Text): string[] {
  return [...new Set(searched(text).match(WORD))];
}

/** Most words are there already, and one look tells it for all of them. */
function keep(db: Connection, words: readonly string[]): void {
  const unsure = words.filter((word) => !db.memory.has(word));
  if (unsure.length === 0) return;
  const missing = db.all(MISSING, { words: JSON.stringify(unsure) });
  for (const { text = null } of missing) db.run('INSERT INTO word (text) VALUES (?)', [text]);
  for (const word of unsure) db.memory.add(word);
}

const MISSING = 'SELECT value AS text FROM json_each(:words) WHERE NOT EXISTS (SELECT 1 FROM word WHERE text = value)';

/** The text in which a search looks. The same as in `issue-filter.ts`. */
function searched({ title, body }: Text): string {
  return `${title}\n${body}`.toLowerCase();
}

/** What to ask the full-text index for a search; `everything` where it does not help, `nothing` where no issue can fit. */
export function matchOf(db: Connection, text: string): 'everything' | 'nothing' | { readonly match: string } {
  const parts = new Set(searchWords(text).flatMap((word) => word.match(WORD) ?? []));
  const groups: string[] = [];
  for (const part of parts) {
    const words = db.all('SELECT text FROM word WHERE instr(text, :part) LIMIT :most', { part, most: MANY + 1 });
    if (words.length === 0) return 'nothing';
    // a word has no quotes in it
    if (words.length <= MANY) groups.push(`(${words.map(({ text: word }) => `"${word}"`).join(' OR ')})`);
  }
  return groups.length === 0 ? 'everything' : { match: groups.join(' AND ') };
}

/** For SQL: `has_words(title, body, words)`, the words as a JSON array. */
export function hasWords(): (title: unknown, body: unknown, words: unknown) => number {
  let last: { json: unknown; words: string[] } = { json: '', words: [] };
  return (title, body, json) => {
    if (json !== last.json) last = { json, words: JSON.parse(String(json)) };
    const text = searched({ title: String(title), body: String(body) });
    return last.words.every((word) => text.includes(word)) ? 1 : 0;
  };
}
