/**
 * Changes of one thing among others – a label, a person, a key of the metadata – where the tracker can only replace the whole: the
 * issue is read, written, and read back, and what another writer has overwritten is written once more. No lock stands behind it, so
 * that the second look waits longer than a writer takes from its look to its write: whoever has read before us has written by then.
 */
import { isDeepStrictEqual } from 'node:util';
import { defined } from '../defined.ts';
import { asPaceError, PaceError, unsupported } from '../errors.ts';
import { DELTAS, type Delta, type Issue, type IssuePatch, type Metadata, type Person } from '../ports/issue.ts';
import type { TrackerDriver } from '../ports/tracker-driver.ts';
import type { World } from '../world.ts';

const ATTEMPTS = 12;
/** How often an answer may lack what was written before it is taken for the tracker's own will. */
const MOST_REFUSALS = 3;
/** How long the second look waits at least, and at most; in milliseconds. */
const SHORTEST_MS = 400;
const LONGEST_MS = 4000;
/** How much longer than our own way from look to write another writer's may be. */
const SLOWER = 2;

/** The same driver, which keeps every change beside the rest. Throws `conflict` when others overwrite ours again and again. */
export function concurrentEdits(
  driver: TrackerDriver,
  title: string,
  world: Pick<World, 'now' | 'sleep' | 'random' | 'traffic'>,
): TrackerDriver {
  const own = driver.deltas ?? [];
  const { batch } = driver;
  const needs = (patch: IssuePatch) => deltasOf(patch).filter((delta) => !own.includes(delta));

  async function updateIssue(key: string, patch: IssuePatch): Promise<Issue> {
    const deltas = needs(patch);
    if (deltas.length === 0) return driver.updateIssue(key, patch);
    let left = patch;
    let refusals = 0;
    for (let attempt = 1; ; attempt += 1) {
      // the pace of writes must not come between look and write
      const wait = world.traffic.writeWait(world.now());
      if (wait > 0) await world.sleep(wait);
      const begun = world.now();
      const before = await driver.getIssue(key);
      const sent = whole(left, before, deltas);
      await requireRoom(sent);
      const after = await driver.updateIssue(key, sent);
      const dropped = missing(patch, after, deltas, before);
      if (dropped) {
        refusals += 1;
        // what the tracker itself does not take is no work of others: the answer tells what is not there
        if (refusals === MOST_REFUSALS) return after;
        left = dropped;
      } else {
        refusals = 0;
        await world.sleep(settleTime(world.now() - begun));
        const now = await driver.getIssue(key);
        const lost = missing(patch, now, deltas, after);
        if (!lost) return now;
        if (attempt >= ATTEMPTS) throw overwritten(title, key);
        left = lost;
      }
      await world.sleep(world.random() * SHORTEST_MS);
    }
  }

  /** Who was there already counts too, so that only now it can be told. */
  async function requireRoom({ assignees = [] }: IssuePatch): Promise<void> {
    if (assignees.length < 2) return;
    const reason = (await driver.capabilities()).unsupported['several assignees'];
    if (reason !== undefined) throw unsupported(title, 'assign an issue to several people', reason);
  }

  /** What needs several looks does not go with the others. */
  async function updateMany(
    update: NonNullable<NonNullable<TrackerDriver['batch']>['update']>,
    changes: readonly { readonly key: string; readonly patch: IssuePatch }[],
  ): Promise<(Issue | PaceError)[]> {
    const plain = changes.filter(({ patch }) => needs(patch).length === 0);
    const together = plain.length > 0 ? await update(plain) : [];
    const answers: (Issue | PaceError)[] = [];
    for (const change of changes) {
      const place = plain.indexOf(change);
      const answer = together[place];
      if (place >= 0 && answer !== undefined) answers.push(answer);
      else answers.push(await updateIssue(change.key, change.patch).catch((error: unknown) => asPaceError(error)));
    }
    return answers;
  }

  const update = batch?.update;
  return {
    ...driver,
    deltas: DELTAS,
    updateIssue,
    ...(batch && update && { batch: { ...batch, update: (changes) => updateMany(update, changes) } }),
  };
}

/** What a patch changes beside the rest. */
export function deltasOf({ addLabels, removeLabels, addAssignees, removeAssignees, setMetadata }: IssuePatch): Delta[] {
  return [
    ...(addLabels || removeLabels ? (['labels'] as const) : []),
    ...(addAssignees || removeAssignees ? (['assignees'] as const) : []),
    ...(setMetadata ? (['metadata'] as const) : []),
  ];
}

/** The patch with people and metadata as a whole, where the driver does not know how to change some of them. */
function whole(patch: IssuePatch, before: Issue, deltas: readonly Delta[]): IssuePatch {
  const { addAssignees, removeAssignees, setMetadata, ...rest } = patch;
  const changes = defined({ addAssignees, removeAssignees });
  return {
    ...rest,
    ...(deltas.includes('assignees') ? defined({ assignees: peopleAfter(before.assignees, changes) }) : changes),
    ...(setMetadata &&
      (deltas.includes('metadata') ? { metadata: metadataAfter(before.metadata, setMetadata) } : { setMetadata })),
  };
}

/** The ids of those who are assigned after the change; `undefined` when it changes nobody. */
export function peopleAfter(
  now: readonly Person[],
  { addAssignees = [], removeAssignees = [] }: Pick<IssuePatch, 'addAssignees' | 'removeAssignees'>,
): string[] | undefined {
  if (addAssignees.length + removeAssignees.length === 0) return undefined;
  const staying = now.filter((person) => !removeAssignees.some((name) => isPerson(person, name)));
  const added = addAssignees.filter((name) => !staying.some((person) => isPerson(person, name)));
  return [...staying.map(({ id }) => id), ...new Set(added)];
}

/** A key with `null` goes, the others get what they are given. */
export function metadataAfter(now: Metadata, changes: Metadata): Metadata {
  return Object.fromEntries(Object.entries({ ...now, ...changes }).filter(([, value]) => value !== null));
}

/** What of the changes is not there (any more); `undefined` when all of it is. `other` knows people by their ids. */
function missing(patch: IssuePatch, now: Issue, deltas: readonly Delta[], other: Issue): IssuePatch | undefined {
  const { addLabels = [], removeLabels = [], addAssignees = [], removeAssignees = [], setMetadata = {} } = patch;
  const has = (label: string) => now.labels.some((each) => fold(each) === fold(label));
  const isAssigned = (name: string) => now.assignees.some((person) => isPerson(person, name));
  // somebody may be named by an e-mail address, which is read nowhere
  const isKnown = (name: string) => [...now.assignees, ...other.assignees].some((person) => isPerson(person, name));
  const lost: IssuePatch = {
    ...(deltas.includes('labels') && {
      addLabels: addLabels.filter((label) => !has(label) && !isField(label, now)),
      removeLabels: removeLabels.filter(has),
    }),
    ...(deltas.includes('assignees') && {
      addAssignees: addAssignees.filter((name) => !isAssigned(name) && isKnown(name)),
      removeAssignees: removeAssignees.filter(isAssigned),
    }),
    ...(deltas.includes('metadata') && { setMetadata: metadataMissing(setMetadata, now.metadata) }),
  };
  const kept = Object.entries(lost).filter(([, given]) => Object.keys(given ?? {}).length > 0);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function metadataMissing(wanted: Metadata, now: Metadata): Metadata {
  const lost = Object.entries(wanted).filter(
    ([name, value]) => !isDeepStrictEqual(now[name] ?? null, JSON.parse(JSON.stringify(value ?? null))),
  );
  return Object.fromEntries(lost);
}

/** A label that the tracker keeps as a field of its own, or as the state, is not among the labels. */
export function isField(label: string, { stateName }: Pick<Issue, 'stateName'>): boolean {
  return fold(label) === fold(stateName) || /^(?:type|priority|points|status):/i.test(label.trim());
}

function isPerson({ id, name }: Person, wanted: string): boolean {
  const bare = fold(wanted).replace(/^@/, '');
  return fold(id) === bare || fold(name) === bare;
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}

function settleTime(spent: number): number {
  return Math.min(Math.max(SHORTEST_MS, SLOWER * spent), LONGEST_MS);
}

function overwritten(title: string, key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    operation: 'updateIssue',
    message: `Others change ${key} at the same time, and have overwritten this change ${ATTEMPTS} times.`,
    remedy: `Please try again in a moment: ${title} can only replace the whole.`,
  });
}
