/** The two trackers that a verb of sync is about, opened by what `--backend` takes. */
import { PaceError } from '../../../core/errors.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import type { OpenEnds } from '../../sync/engine.ts';
import type { End } from '../../sync/pair.ts';
import type { Sides } from '../../sync/values.ts';
import { type OpenedBackend, openBackend } from '../../tracker/backends/open.ts';
import { parseReference, type Reference } from '../../tracker/backends/references.ts';
import { usageError } from '../../tracker/usage.ts';

/** As people have named them. */
export type EndNames = Sides<string>;

export function turned<Value>({ a, b }: Sides<Value>): Sides<Value> {
  return { a: b, b: a };
}

/** Both are opened before either is complained of. Throws for two names of one tracker. */
export async function openEnds(
  world: World,
  config: string | undefined,
  names: EndNames,
  /** Those of them that may be files that are not there yet. */
  mayBeNew: readonly string[] = [],
): Promise<Sides<OpenedBackend>> {
  return opening(names, (name) => openBackend(world, { config, backend: name, mayBeNew: mayBeNew.includes(name) }));
}

/** The trackers of two references, with the keys that these have there. */
export function openReferences(
  world: World,
  config: string | undefined,
  references: Sides<Reference>,
): Promise<Sides<OpenedBackend>> {
  return opening(references, (reference) => openBackend(world, { config, reference }));
}

/** By what opened them last. */
export function endsOpener(world: World, config: string | undefined): OpenEnds {
  return async (ends) => openEnds(world, config, namesOf(ends));
}

/** What `--backend` took at the last run. Throws where a file does not tell. */
export function namesOf(ends: Sides<End>): EndNames {
  const name = ({ backend, name: known }: End) => {
    if (backend !== undefined) return backend;
    throw new PaceError({
      kind: 'configuration',
      message: `It is not known what opens ${plainLine(known, 200)}.`,
      remedy: 'Please name both trackers: pace sync status A B',
    });
  };
  return { a: name(ends.a), b: name(ends.b) };
}

/** An issue with its tracker: `NAME#KEY` too, where NAME is what `--backend` takes. Gives a mistake in words. */
export function endReference(given: string): Reference | string {
  try {
    const reference = parseReference(given);
    const { text, key, project } = reference;
    if (reference.url !== undefined || reference.tracker !== undefined) return reference;
    // a project alone says nothing here: it is the name of a tracker
    if (project !== undefined) return { text, key, tracker: project };
    return `“${plainLine(text, 100)}” names no tracker: please write NAME#${key}, where NAME is a backend or a platform.`;
  } catch (error) {
    if (error instanceof PaceError) return `${error.message} ${error.remedy}`;
    throw error;
  }
}

/** All mistakes at once. */
export function endReferences(given: readonly string[]): Reference[] {
  const read = given.map(endReference);
  const mistakes = read.filter((each) => typeof each === 'string');
  if (mistakes.length > 0) throw usageError(mistakes.join('\n'));
  return read.filter((each) => typeof each !== 'string');
}

/** Whether both names lead to the same issues, as far as that can be told without a request. */
export function isSameTracker(one: OpenedBackend, other: OpenedBackend): boolean {
  return one.platform.name === other.platform.name && placeOf(one) !== '' && placeOf(one) === placeOf(other);
}

/** The same for all names of one tracker. */
export function identityOf(opened: OpenedBackend): string {
  return `${opened.platform.name} ${placeOf(opened) || opened.name}`;
}

function placeOf({ tracker }: OpenedBackend): string {
  return (tracker.place ?? '').toLowerCase();
}

async function opening<Given>(
  given: Sides<Given>,
  open: (each: Given) => Promise<OpenedBackend>,
): Promise<Sides<OpenedBackend>> {
  const [a, b] = await Promise.allSettled([open(given.a), open(given.b)]);
  if (a.status === 'rejected' || b.status === 'rejected')
    throw together([a, b].flatMap((each) => (each.status === 'rejected' ? [each.reason] : [])));
  const opened = { a: a.value, b: b.value };
  if (isSameTracker(opened.a, opened.b)) throw sameTracker(opened);
  return opened;
}

/** Two mistakes as one error, of the first one’s kind. */
function together(errors: readonly unknown[]): unknown {
  const known = errors.filter((error) => error instanceof PaceError);
  const [first] = known;
  if (first === undefined || known.length < errors.length) return errors.find((each) => !(each instanceof PaceError));
  if (known.length === 1) return first;
  const distinct = (texts: readonly string[]) => [...new Set(texts.filter(Boolean))].join('\n');
  return new PaceError({
    kind: first.kind,
    message: distinct(known.map(({ message }) => message)),
    remedy: distinct(known.map(({ remedy }) => remedy)),
    cause: first,
  });
}

function sameTracker({ a, b }: Sides<OpenedBackend>): Error {
  const names = a.name === b.name ? a.name : `${a.name} and ${b.name}`;
  const place = plainLine([a.tracker.name, a.tracker.place].filter(Boolean).join(' '), 200);
  return usageError(
    a.name === b.name ? `${names} is named twice (${place}).` : `${names} are one tracker: ${place}.`,
    'Please name two trackers; `pace backend list` shows them.',
  );
}
