/** The acceptance criteria of a story card. */
import { defined } from '../../../../core/defined.ts';
import { isRecord } from '../../../../core/record.ts';
import type { AgentDocument } from './agent-document.ts';
import { agentItems, TEXT_KEYS } from './agent-items.ts';
import { boxOf } from './claim-words.ts';
import { type IdScheme, idOf, labelled, schemeOf } from './criterion-id.ts';
import { comparable } from './same-text.ts';
import { tasksOf } from './task-list.ts';

export interface Criterion {
  readonly text: string;
  /** Its words without ids and a number in front, as they are compared. */
  readonly words: string;
  readonly ids: readonly string[];
  /** The number in front of it. */
  readonly listed?: string;
  /** What it is called where the story has no ids: that number, else its place. */
  readonly number: string;
  /** Ids, number in front and words; what has the same is the same criterion, said twice. */
  readonly key: string;
  /** Ticked off in the story itself. */
  readonly ticked: boolean;
}

export interface Story {
  readonly criteria: readonly Criterion[];
  readonly scheme: IdScheme;
}

interface Entry {
  readonly text: string;
  readonly id?: string;
  readonly ticked: boolean;
}

// more digits are a part of the sentence: `404: a page is shown`
const LIST_NUMBER = /^\(?#?(\d{1,2})[.):]\s+/;

/** From `acceptance` (or `acceptance_criteria`), else from the task list of a Markdown card. */
export function storyOf(documents: readonly AgentDocument[]): Story {
  const entries = documents.flatMap(entriesOf);
  const scheme = schemeOf(entries);
  const read = entries.map(({ text, id, ticked }) => {
    const { ids, rest } = labelled(boxOf({ text }).text, scheme);
    const given = idOf(id ?? '');
    const all = [...new Set([...ids.map((one) => one.id), ...(given === '' ? [] : formsOf(given))])];
    const words = wordsOf(rest);
    const listed = listNumber(rest);
    return { text, ticked, ids: all, words, key: JSON.stringify([all, listed, words]), ...defined({ listed }) };
  });
  const areNumbered = new Set(read.flatMap(({ listed }) => listed ?? [])).size === read.length;
  const criteria = read.map((one, index) => ({
    ...one,
    number: (areNumbered ? one.listed : undefined) ?? String(index + 1),
  }));
  const known = new Set(criteria.flatMap(({ ids }) => ids));
  return { criteria, scheme: { ...scheme, known } };
}

/** The words by which criteria are compared, without a number in front. */
export function wordsOf(text: string): string {
  return comparable(text.replace(LIST_NUMBER, ''));
}

/** The number in front of an entry of a list; in another list the same words may have another one. */
export function listNumber(text: string): string | undefined {
  const [, number] = LIST_NUMBER.exec(text) ?? [];
  return number === undefined ? undefined : String(Number(number));
}

function entriesOf({ data, markdown }: AgentDocument): readonly Entry[] {
  const listed = [data.acceptance, data.acceptance_criteria].map(asList).flatMap((list) => agentItems(list));
  if (listed.length === 0) return tasksOf(markdown).map(({ text, done }) => ({ text, ticked: done }));
  return listed.map(({ text, ...item }) => ({
    ...item,
    text: text.replace(/^\[[ xX]\]\s+/, ''),
    ticked: /^\[[xX]\]/.test(text),
  }));
}

/** `AC1: the user logs in` may stand in a mapping as well as in a list. */
function asList(value: unknown): unknown {
  if (!isRecord(value) || TEXT_KEYS.some((key) => key in value)) return value;
  return Object.entries(value).map(([key, entry]) => ({ [key]: entry }));
}

/** An id that is a bare number is what people call `AC` with that number. */
function formsOf(id: string): readonly string[] {
  return /^\d+$/.test(id) ? [id, `ac${id}`] : [id];
}
