/** Bringing a local program’s issues into its store, and what the store owns into the program. */
import { asPaceError } from '../../core/errors.ts';
import type { Binding } from '../../core/hosted/binding.ts';
import type { IssueTracker } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { type CanonicalIssue, CORE_FIELDS, draftOf, type Home, identityOf, patchOf, toCanonical } from './canonical.ts';
import { type FieldConflict, fieldsToPush, isSame, merged, ownerOf } from './ownership.ts';
import type { LocalStore } from './store.ts';

export interface SyncResult {
  readonly provider: string;
  readonly stats: Readonly<Record<Stat, number>>;
  readonly conflicts: readonly FieldConflict[];
  readonly errors: readonly string[];
}

export const STATS = ['pulled_created', 'pulled_updated', 'pushed_created', 'pushed_updated', 'skipped'] as const;
export type Stat = (typeof STATS)[number];

export interface LocalSides {
  readonly tracker: IssueTracker;
  readonly store: LocalStore;
  readonly home: Home;
  readonly binding: Binding;
}

interface Counting {
  readonly stats: Record<Stat, number>;
  readonly conflicts: FieldConflict[];
  readonly errors: string[];
}

function counting(): Counting {
  return {
    stats: { pulled_created: 0, pulled_updated: 0, pushed_created: 0, pushed_updated: 0, skipped: 0 },
    ...{ conflicts: [], errors: [] },
  };
}

export async function pull(sides: LocalSides, limit: number): Promise<SyncResult> {
  const { tracker, store, home, binding } = sides;
  const found = counting();
  const since = Date.parse(store.updatedSince() ?? '');
  const filter = Number.isFinite(since) ? { updatedSince: since } : {};
  let newest = Number.isFinite(since) ? since : 0;
  let seen = 0;
  for await (const issue of tracker.listIssues({ ...filter, state: 'all' })) {
    if (seen === limit) break;
    seen += 1;
    const external = toCanonical(home, issue);
    const local = store.issue(identityOf(external.ref));
    const { issue: kept, conflicts } = local ? merged(binding, local, external) : { issue: external, conflicts: [] };
    found.conflicts.push(...conflicts);
    if (local && isSame(withoutTimes(local), withoutTimes(kept))) found.stats.skipped += 1;
    else {
      store.keep(withTime(kept, external));
      found.stats[local ? 'pulled_updated' : 'pulled_created'] += 1;
    }
    newest = Math.max(newest, issue.updatedAt);
  }
  // what was left out by the limit would never come otherwise
  if (seen < limit && newest > 0) store.setUpdatedSince(new Date(newest).toISOString());
  return { provider: home.system, ...found };
}

/** One that fails never stops the others. */
export async function push(sides: LocalSides, limit: number): Promise<SyncResult> {
  const { tracker, store, home } = sides;
  const found = counting();
  const remote = new Map<string, CanonicalIssue>();
  for await (const issue of tracker.listIssues({ state: 'all' })) {
    const external = toCanonical(home, issue);
    remote.set(identityOf(external.ref), external);
  }
  for (const local of store.issues().slice(0, limit)) {
    try {
      found.stats[await pushedOne(sides, local, remote.get(identityOf(local.ref)))] += 1;
    } catch (error) {
      const { message } = asPaceError(error);
      found.errors.push(plainLine(`${local.ref.key ?? local.ref.id}: ${message}`, 300));
    }
  }
  return { provider: home.system, ...found };
}

async function pushedOne(
  { tracker, store, home, binding }: LocalSides,
  local: CanonicalIssue,
  external: CanonicalIssue | undefined,
): Promise<Stat> {
  if (!external) {
    // what is gone there belongs to the other side
    if (ownerOf(binding, 'title') === 'external') return 'skipped';
    const created = toCanonical(home, await tracker.createIssue(draftOf(local)));
    store.forget(identityOf(local.ref));
    store.keep(created);
    return 'pushed_created';
  }
  const patch = patchOf(local, fieldsToPush(binding, local, external));
  if (Object.keys(patch).length === 0) return 'skipped';
  const changed = toCanonical(home, await tracker.updateIssue(external.ref.id, patch));
  store.keep({ ...local, updated_at: changed.updated_at });
  return 'pushed_updated';
}

export async function run(sides: LocalSides, limit: number): Promise<SyncResult> {
  const [pulled, pushed] = [await pull(sides, limit), await push(sides, limit)];
  const stats = Object.fromEntries(STATS.map((name) => [name, pulled.stats[name] + pushed.stats[name]]));
  return {
    provider: sides.home.system,
    stats: stats as Record<Stat, number>,
    conflicts: [...pulled.conflicts, ...pushed.conflicts],
    errors: [...pulled.errors, ...pushed.errors],
  };
}

/** Where something of its own is kept, it is as old as that is: else what is newer here would be taken for older. */
function withTime(kept: CanonicalIssue, external: CanonicalIssue): CanonicalIssue {
  const isTheirs = CORE_FIELDS.every((field) => isSame(kept[field], external[field]));
  return isTheirs ? { ...kept, updated_at: external.updated_at } : kept;
}

function withoutTimes({ updated_at: _, raw: __, ...rest }: CanonicalIssue) {
  return rest;
}
