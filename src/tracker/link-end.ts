/** The other end of a link, as the tracker of the first issue names it. */
import { leadsElsewhere, parseReference } from './backends/references.ts';

/** A plain key stays as it is; another project's issue keeps its project's name; anything else must be of the same tracker. */
export async function linkEnd(
  session: { open(references: readonly string[]): Promise<{ keys: string[] }> },
  reference: string,
  other: string,
): Promise<string> {
  const target = parseReference(other);
  if (!leadsElsewhere(target)) return target.key;
  if (target.project !== undefined && target.tracker === parseReference(reference).tracker) {
    return `${target.project}#${target.key}`;
  }
  return (await session.open([reference, other])).keys[1] ?? '';
}
