/** Which tracker an opened one is, for ever: by the vendor's own id of it, which is asked for once and then remembered with its name. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { OpenedBackend } from '../tracker/backends/open.ts';
import type { End } from './pair.ts';
import type { Sides } from './values.ts';

/** `known`: of all pair files. */
export async function endsOf(opened: Sides<OpenedBackend>, known: readonly End[]): Promise<Sides<End>> {
  return { a: await endOf(opened.a, known), b: await endOf(opened.b, known) };
}

export async function endOf(opened: OpenedBackend, known: readonly End[]): Promise<End> {
  const name = nameOf(opened);
  const id = known.find((end) => end.name === name)?.id ?? (await idOf(opened));
  return { id, name, backend: opened.name };
}

function nameOf({ platform, tracker }: OpenedBackend): string {
  return [platform.name, tracker.place].filter(Boolean).join(' ');
}

async function idOf({ platform, tracker }: OpenedBackend): Promise<string> {
  const server = / at (\S+)$/.exec(tracker.place ?? '')?.[1];
  return [platform.name, server, await tracker.containerId()].filter(Boolean).join(' ');
}

/** A name can come to belong to another repository. Throws before anything is written to a stranger. */
export async function verifyEnds(opened: Sides<OpenedBackend>, ends: Sides<End>): Promise<void> {
  for (const side of ['a', 'b'] as const) {
    const { id, name } = ends[side];
    if ((await idOf(opened[side])) !== id) throw isAnother(name);
  }
}

function isAnother(name: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `${plainLine(name, 200)} is another tracker than the one of this name that was in step here: nothing was written.`,
    remedy:
      'Please look what has become of the old one; a file of .pace/sync that is of no use any more can be moved away.',
  });
}

/** People have the same names on both. */
export function isSameServer({ a, b }: Sides<OpenedBackend>): boolean {
  const serverOf = ({ tracker }: OpenedBackend) => / at (\S+)$/.exec(tracker.place ?? '')?.[1];
  return a.platform.name === b.platform.name && serverOf(a) === serverOf(b);
}
