/** Values in the words of a pair become those of one side again, for people and for programs: see `values.ts`. Pure. */
import type { SyncedField } from './engine.ts';
import type { Pairs } from './pairs.ts';
import { linkOf, type SideName } from './values.ts';

export interface ShownOn {
  readonly side: SideName;
  readonly pairs: Pick<Pairs, 'get'>;
}

/** States, types and labels without the sign of the maps, people by what names them, issues by their keys. */
export function shownValue(field: SyncedField | undefined, value: unknown, on: ShownOn): unknown {
  if (Array.isArray(value)) return value.map((element) => shownElement(field, String(element), on));
  return typeof value === 'string' ? shownElement(field, value, on) : value;
}

function shownElement(field: SyncedField | undefined, text: string, { side, pairs }: ShownOn): string {
  if (field === 'state' || field === 'type' || field === 'labels') return text.replace(/^=/, '');
  if (field === 'assignees') return text.replace(/^(?:=|@|mailto:|[ab]:)/, '');
  if (field === 'parent') return pairs.get(text)?.[side].key ?? text.replace(/^[ab]:/, '');
  if (field !== 'links') return text;
  const { type, pair } = linkOf(text);
  return `${type} ${pairs.get(pair)?.[side].key ?? pair}`;
}
