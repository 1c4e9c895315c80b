/** What a person and the configuration say of two trackers, as sync is asked. */
import { defined } from '../../../core/defined.ts';
import type { World } from '../../../core/world.ts';
import type { SyncedPair } from '../../config/schema.ts';
import { SYNC_WORDS } from '../../config/sync-words.ts';
import type { Confirm, Preferred, SyncEngine, SyncedField, SyncRequest } from '../../sync/engine.ts';
import type { Flow } from '../../sync/reconcile.ts';
import { scopeMistakes } from '../../sync/scope.ts';
import { SYNCED_FIELDS } from '../../sync/synced-fields.ts';
import { otherSide, type SideName } from '../../sync/values.ts';
import { usageError } from '../../tracker/usage.ts';
import { type EndNames, turned } from './ends.ts';

/** What a face brings along. */
export interface SyncContext {
  readonly engine: SyncEngine;
  readonly confirm?: Confirm | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a person has said; `a` is what was named first. */
export interface Asked {
  readonly names: EndNames;
  /** By the verb; else what the configuration says. */
  readonly flow?: Flow | undefined;
  readonly prefer?: Preferred | undefined;
  readonly force?: boolean | undefined;
  readonly query?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly full?: boolean | undefined;
  readonly adopt?: string | undefined;
}

export interface Prepared {
  readonly pair: string | null;
  /** In the order in which they are opened: that of the configuration where it has them. */
  readonly names: EndNames;
  readonly request: SyncRequest;
}

const FLOWS: Readonly<Record<SyncedPair['direction'], Flow>> = { both: 'both', to_a: 'to-a', to_b: 'to-b' };

/** What a person has typed is judged as a whole, before anything is opened. Throws a usage error with every mistake. */
export function refuseAsked(world: Pick<World, 'now'>, asked: Asked, { confirm }: Pick<SyncContext, 'confirm'>): void {
  const { names, force, prefer, query, dryRun, yes, adopt } = asked;
  const mistakes: string[] = [];
  if (names.a === names.b) mistakes.push(`${names.a} is named twice: please name two trackers.`);
  if (force && prefer !== undefined)
    mistakes.push('--prefer: with --force SOURCE wins everywhere; please leave one out.');
  if (query !== undefined) mistakes.push(...scopeMistakes(query, world.now()));
  if (adopt === '') mistakes.push('--adopt: please name a key of the metadata, or title.');
  if (adopt === 'title' && !confirm && !yes && !dryRun)
    mistakes.push(
      '--adopt title: a person has to look at it, and nobody can be asked here: please try --dry-run, then --yes.',
    );
  if (mistakes.length > 0) throw usageError(mistakes.join('\n'), 'Nothing was sent.');
}

/** With what the configuration says of these two, under whatever name comes first. */
export function prepared(
  pairs: readonly SyncedPair[],
  asked: Asked,
  { confirm, signal }: Pick<SyncContext, 'confirm' | 'signal'>,
): Prepared {
  const found = configuredPair(pairs, asked.names);
  const { pair, isTurned = false } = found ?? {};
  const flow = asked.flow && (isTurned ? turnedFlow(asked.flow) : asked.flow);
  const prefer = asked.prefer && (isTurned ? turnedPreference(asked.prefer) : asked.prefer);
  return {
    pair: pair?.name ?? null,
    names: isTurned ? turned(asked.names) : asked.names,
    request: {
      flow: flow ?? flowOf(pair),
      prefer: prefer ?? pair?.prefer ?? 'ask',
      force: asked.force ?? false,
      dryRun: asked.dryRun ?? false,
      yes: asked.yes ?? false,
      full: asked.full ?? false,
      ...ofPair(pair),
      ...defined({ query: asked.query ?? pair?.query, adopt: asked.adopt, confirm, signal }),
    },
  };
}

export function flowOf(pair: SyncedPair | undefined): Flow {
  return FLOWS[pair?.direction ?? 'both'];
}

/** What only the configuration can say. */
export function ofPair(
  pair: SyncedPair | undefined,
): Pick<SyncRequest, 'maps' | 'origin' | 'isPrivateCopied' | 'fields'> {
  const { states = {}, types = {}, labels = {}, people = {} } = pair ?? {};
  return {
    maps: {
      states,
      types,
      labels,
      people: Object.fromEntries(Object.entries(people).map(([name, who]) => [name, defined(who)])),
    },
    origin: pair?.origin ?? true,
    ...(pair?.private && { isPrivateCopied: true }),
    ...defined({ fields: pair && fieldsOf(pair) }),
  };
}

/** `undefined` where everything is kept in step. */
function fieldsOf({ fields, without }: SyncedPair): readonly SyncedField[] | undefined {
  if (fields !== undefined) return fields.map((name) => SYNCED_FIELDS[name]);
  if (without.length === 0) return undefined;
  return SYNC_WORDS.filter((name) => !without.includes(name)).map((name) => SYNCED_FIELDS[name]);
}

export function configuredPair(
  pairs: readonly SyncedPair[],
  { a, b }: EndNames,
): { readonly pair: SyncedPair; readonly isTurned: boolean } | undefined {
  for (const pair of pairs) {
    if (pair.a === a && pair.b === b) return { pair, isTurned: false };
    if (pair.a === b && pair.b === a) return { pair, isTurned: true };
  }
  return undefined;
}

function turnedFlow(flow: Flow): Flow {
  if (flow === 'both') return flow;
  return flow === 'to-a' ? 'to-b' : 'to-a';
}

export function turnedPreference<Given extends Preferred>(prefer: Given): Given | SideName {
  return prefer === 'a' || prefer === 'b' ? otherSide(prefer) : prefer;
}
