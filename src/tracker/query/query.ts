/**
 * `state:open (label:"good first issue" OR label:easy) -author:bot sort:updated crash`: conditions in one line of text. What stands
 * side by side must all hold, and binds closer than `OR`. Pure.
 */
import type { Mistake } from '../usage.ts';
import { type Term, unknownWord, WORDS, type Word } from './conditions.ts';

/** The terms of a query, and what is wrong with it, each with its place from 1. */
export function parseQuery(query: string): { readonly terms: readonly Term[]; readonly mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const root = newOpening('', false);
  const open: [Opening, ...Opening[]] = [root];
  const mistake = (place: string, what: string) => void mistakes.push({ where: place, what });

  for (const { index, groups = {}, 0: term } of query.matchAll(TERM)) {
    const where = `--query, character ${index + 1}`;
    if (groups['opens'] !== undefined) {
      open.unshift(newOpening(where, term.startsWith('-')));
      continue;
    }
    const closing = Math.min(closingIn(groups['plain']), open.length - 1);
    const { plain = '' } = groups;
    const rest = { ...groups, plain: plain.slice(0, plain.length - closing) };
    if (term === 'OR') nextAlternative(open[0], where, mistake);
    else if (term === 'AND' && open[0].terms.length === 0)
      mistake(where, 'AND stands between two conditions, and there is none before it.');
    else if (term !== 'AND' && closing < term.length) readTerm(rest, { where, mistake, group: open[0] });
    for (let count = 0; count < closing; count += 1) closeInner(open, where, mistake);
  }

  for (const { where } of open.slice(0, -1)) {
    mistake(where, 'a parenthesis is opened and never closed. In a text, put it in quotes.');
  }
  const whole = closedGroup(root, `--query, character ${Math.max(1, query.length)}`, mistake);
  const [only = [], ...others] = whole?.alternatives ?? [];
  return { terms: whole && others.length > 0 ? [whole] : only, mistakes };
}

/** How many parentheses at the end of a word close what the word itself has not opened. */
function closingIn(word = ''): number {
  const trailing = word.length - word.trimEnd().replace(/\)+$/, '').length;
  const count = (mark: string) => word.split(mark).length - 1;
  return Math.min(trailing, Math.max(0, count(')') - count('(')));
}

function closeInner(open: [Opening, ...Opening[]], where: string, mistake: Tell): void {
  const [inner, outer, ...others] = open;
  if (!outer) return;
  const group = closedGroup(inner, where, mistake);
  if (group) outer.terms.push(group);
  open.splice(0, open.length, outer, ...others);
}

/** A group that has begun. */
interface Opening {
  readonly where: string;
  readonly not: boolean;
  readonly alternatives: Term[][];
  /** Of the alternative that is being read. */
  terms: Term[];
  /** Something in it was no term: that is said already. */
  isWrong: boolean;
}

type Tell = (where: string, what: string) => void;

function newOpening(where: string, not: boolean): Opening {
  return { where, not, alternatives: [], terms: [], isWrong: false };
}

function nextAlternative(group: Opening, where: string, mistake: Tell): void {
  if (group.terms.length === 0 && !group.isWrong)
    mistake(where, 'OR stands between two conditions, and there is none before it.');
  group.alternatives.push(group.terms);
  group.terms = [];
  group.isWrong = false;
}

/** `undefined` where there is nothing in it. */
function closedGroup({ where, not, alternatives, terms, isWrong }: Opening, end: string, mistake: Tell) {
  const isEmpty = terms.length === 0 && !isWrong;
  if (isEmpty && alternatives.length > 0) mistake(end, 'OR stands between two conditions, and there is none after it.');
  else if (isEmpty && where !== '') mistake(where, 'there is nothing between the parentheses.');
  const all = [...alternatives, terms].filter((each) => each.length > 0);
  return all.length === 0 ? undefined : { alternatives: all, not, where };
}

interface TermPlace {
  readonly where: string;
  readonly mistake: Tell;
  readonly group: Opening;
}

function readTerm(groups: Readonly<Record<string, string | undefined>>, { where, mistake, group }: TermPlace): void {
  const { not, name: typed, quoted, end, plain = '' } = groups;
  // an address is text that somebody looks for
  const isAddress = plain.startsWith('//') && typed !== undefined;
  const name = isAddress ? 'text' : (typed?.toLowerCase() ?? 'text');
  const given = quoted === undefined ? plain : name === 'text' ? `"${quoted}"` : quoted;
  const word: Word = { name, value: isAddress ? `${typed}:${plain}` : given, not: not === '-', where };
  const wrong =
    quoted !== undefined && end === ''
      ? 'a quote is opened and never closed.'
      : WORDS.includes(name)
        ? undefined
        : unknownWord(name);
  if (wrong === undefined) group.terms.push(word);
  else mistake(where, wrong);
  group.isWrong ||= wrong !== undefined;
}

const TERM =
  /(?=\S)(?:(?<opens>-?\()|(?<not>-?)(?:(?<name>[A-Za-z][\w-]*):)?(?:"(?<quoted>[^"]*)(?<end>"?)|(?<plain>[^\s"]*)))/g;
