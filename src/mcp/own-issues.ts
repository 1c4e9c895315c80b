/**
 * The server speaks of one tracker and one project. The words of an issue can talk a model into anything: a reference that leads
 * elsewhere would let them have it read, or write, whatever the token may.
 */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { leadsElsewhere, parseReference } from '../tracker/backends/references.ts';

/** Throws `validation` for a reference to another tracker or project. */
export function refuseElsewhere(...references: readonly (string | undefined)[]): void {
  for (const reference of references) {
    if (reference === undefined || reference === 'none' || !leadsElsewhere(parseReference(reference))) continue;
    throw new PaceError({
      kind: 'validation',
      message: `“${plainLine(reference, 100)}” names another tracker or project, and this server speaks of one.`,
      remedy: 'Please name the issue by its key alone, such as 12 or PROJ-12.',
    });
  }
}
