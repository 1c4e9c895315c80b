/** `state:open label:"good first issue" -author:bot sort:updated crash`: conditions in one line of text. Pure. */

import type { Mistake } from '../usage.ts';
import { unknownWord, WORDS, type Word } from './conditions.ts';

/** The words of a query, and what is wrong with it, each with its place from 1. */
export function parseQuery(query: string): { readonly words: Word[]; readonly mistakes: Mistake[] } {
  const words: Word[] = [];
  const mistakes: Mistake[] = [];
  for (const { index, groups = {}, 0: term } of query.matchAll(TERM)) {
    const { not, name: typed, quoted, end, plain = '' } = groups;
    const where = `--query, character ${index + 1}`;
    // an address is text that somebody looks for
    const name = plain.startsWith('//') ? 'text' : (typed?.toLowerCase() ?? 'text');
    const value = quoted === undefined ? plain : name === 'text' ? `"${quoted}"` : quoted;
    if (quoted !== undefined && end === '') mistakes.push({ where, what: 'a quote is opened and never closed.' });
    else if (!WORDS.includes(name)) mistakes.push({ where, what: unknownWord(name) });
    else words.push({ name, value: plain.startsWith('//') ? term.replace(/^-/, '') : value, not: not === '-', where });
  }
  return { words, mistakes };
}

const TERM = /(?=\S)(?<not>-?)(?:(?<name>[A-Za-z][\w-]*):)?(?:"(?<quoted>[^"]*)(?<end>"?)|(?<plain>[^\s"]*))/g;
