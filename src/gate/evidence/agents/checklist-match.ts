/** Which criteria an entry of a handoff or of the gate agent's report speaks of. Pure. */
import type { AgentItem } from './agent-items.ts';
import { type Criterion, listNumber, type Story, wordsOf } from './checklist-criteria.ts';
import { idOf, type Labelled, labelled, type WrittenId } from './criterion-id.ts';

export interface Match {
  readonly meant: readonly Criterion[];
  /** What stands beside the ids, where it is ids that tell which criteria are meant. */
  readonly beside?: string;
  /** Why it means none although it seems to: the end of a sentence that begins with who wrote it. */
  readonly doubt?: string;
}

/** Criteria by every way to speak of them. */
export type Calls = ReadonlyMap<string, readonly Criterion[]>;

/** Of criteria that are the same the first one stands for all. */
export function callsOf({ criteria }: Story): Calls {
  const calls = new Map<string, Criterion[]>();
  const add = (criterion: Criterion, ...call: readonly string[]) => {
    const found = calls.get(JSON.stringify(call));
    if (found === undefined) calls.set(JSON.stringify(call), [criterion]);
    else found.push(criterion);
  };
  const first = new Map<string, Criterion>();
  for (const criterion of criteria) {
    const { ids, words, listed, number, key } = criterion;
    add(first.get(key) ?? criterion, 'number', number);
    if (first.has(key)) continue;
    first.set(key, criterion);
    for (const id of ids) {
      add(criterion, 'id', id);
      add(criterion, 'id', id, words);
    }
    for (const kind of words === '' ? [] : ids.length > 0 ? ['words'] : ['words', 'words without id']) {
      add(criterion, kind, words);
      if (listed !== undefined) add(criterion, kind, words, listed);
    }
  }
  return calls;
}

/**
 * Ids decide where both sides have one: equal words never outweigh other ids. Where only one side has ids, words decide. Of
 * criteria that only their ids tell apart, words mean none.
 */
export function matchItem(item: AgentItem, { scheme }: Story, calls: Calls): Match {
  const read = withGivenId(item, labelled(item.text, scheme), scheme.known);
  const hasIds = scheme.known.size > 0;
  const { ids } = read;
  return (
    byIds(read, calls) ??
    byWords(read, hasIds && ids.length > 0 ? 'words without id' : 'words', calls) ??
    (hasIds ? undefined : byPlace(item, read, calls)) ??
    (ids.length > 0 ? doubtful(`names ${listed(ids)}, which the story does not have`) : { meant: [] })
  );
}

function withGivenId({ id }: AgentItem, read: Labelled, known: ReadonlySet<string>): Labelled {
  const given = idOf(id ?? '');
  // a bare number may be that of the line
  if (given === '' || (isNumber(given) && !known.has(given)) || read.ids.some((one) => one.id === given)) return read;
  return { ...read, ids: [...read.ids, { id: given, written: id ?? '' }] };
}

function byIds({ ids, rest }: Labelled, calls: Calls): Match | undefined {
  const meant: Criterion[] = [];
  for (const id of ids) {
    const found = called(calls, 'id', id.id);
    const same = found.length > 1 ? called(calls, 'id', id.id, wordsOf(rest)) : found;
    if (found.length > 1 && same.length === 0)
      return doubtful(`names ${shown(id)}, which the story has ${found.length} times`);
    meant.push(...same);
  }
  return meant.length > 0 ? { meant, beside: rest } : undefined;
}

function byWords({ rest }: Labelled, kind: 'words' | 'words without id', calls: Calls): Match | undefined {
  const same = called(calls, kind, wordsOf(rest));
  const numbered = called(calls, kind, wordsOf(rest), listNumber(rest) ?? '');
  const meant = numbered.length > 0 ? numbered : same;
  if (meant.length === 0) return undefined;
  if (meant.length === 1) return { meant };
  return doubtful(`has words that ${meant.length} criteria share, without the id that tells them apart`);
}

function byPlace(item: AgentItem, { ids, rest }: Labelled, calls: Calls): Match | undefined {
  const meant = numbersOf(item, ids, rest).flatMap((number) => called(calls, 'number', number));
  return meant.length > 0 ? { meant, beside: rest } : undefined;
}

function called(calls: Calls, ...call: readonly string[]): readonly Criterion[] {
  return calls.get(JSON.stringify(call)) ?? [];
}

function doubtful(doubt: string): Match {
  return { meant: [], doubt };
}

/** The places that are named: `AC2`, `2` where nothing else is written, or `id: 2`. */
function numbersOf({ id }: AgentItem, ids: readonly WrittenId[], rest: string): readonly string[] {
  const bare = /^#?(\d{1,4})[.):]?$/.exec(rest)?.[1];
  const given = idOf(id ?? '');
  const named = ids.map((one) => one.id.replace(/^ac(?=\d+$)/, ''));
  return [...named, ...(bare === undefined ? [] : [idOf(bare)]), ...(isNumber(given) ? [given] : [])];
}

function isNumber(id: string): boolean {
  return /^\d+$/.test(id);
}

function listed(ids: readonly WrittenId[]): string {
  return ids.slice(0, 3).map(shown).join(', ');
}

function shown({ written }: WrittenId): string {
  return written.slice(0, 40);
}
