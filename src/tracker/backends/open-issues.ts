/** Opens the one tracker that several references lead to. */
import type { IssueTracker } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { usageError } from '../usage.ts';
import { type OpenedBackend, type OpenOptions, openBackend } from './open.ts';
import { leadsElsewhere, parseReference } from './references.ts';

/** Refuses references to different trackers. Without any the configured tracker is opened. */
export async function openIssues(
  world: World,
  given: readonly string[],
  options: Omit<OpenOptions, 'reference'>,
): Promise<{ tracker: IssueTracker; keys: string[] }> {
  const references = given.map(parseReference);
  const leading = references.find(leadsElsewhere);
  const opened = await openBackend(world, { ...options, reference: leading ?? references[0] });
  const keys: string[] = [];
  for (const reference of references) {
    if (reference === leading || (!leading && reference === references[0])) keys.push(opened.key);
    else if (!leadsElsewhere(reference)) keys.push(reference.key);
    else {
      const other = await openBackend(world, { ...options, reference });
      if (!isSame(opened, other)) throw differentTrackers(leading?.text ?? '', reference.text);
      keys.push(other.key);
    }
  }
  return { tracker: opened.tracker, keys };
}

function isSame(one: OpenedBackend, other: OpenedBackend): boolean {
  const place = ({ platform, section }: OpenedBackend) =>
    JSON.stringify([platform.name, Object.entries(section).sort()]);
  return place(one) === place(other);
}

function differentTrackers(one: string, other: string): Error {
  return usageError(
    `${one} and ${other} belong to different trackers or projects.`,
    'Please name issues of one tracker in one command.',
  );
}
