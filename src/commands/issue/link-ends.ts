/** A link as people name it: the words of its type, and its two ends. */
import { type IssueLink, LINK_TYPES, type LinkType } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { didYouMean } from '../../../core/yaml/suggest.ts';
import { leadsElsewhere, parseReference } from '../../tracker/backends/references.ts';
import { usageError } from '../../tracker/usage.ts';
import { type OpenedTracker, openFor, type Written, writeOn } from '../on-tracker.ts';
import type { IssueLinkChange } from './options.ts';

export interface ChangedLink {
  /** The issue that was named first. */
  readonly key: string;
  readonly link: IssueLink;
}

export async function changeLink(
  world: World,
  { key: reference, type: words, target, ...options }: IssueLinkChange,
  /** Gives the link as it was kept. */
  change: (tracker: OpenedTracker['tracker'], key: string, link: IssueLink) => Promise<IssueLink>,
): Promise<Written<ChangedLink>> {
  const type = linkType(words);
  return writeOn(world, options, [reference], async ({ tracker, keys: [key = ''] }) => {
    const other = await linkEnd(
      reference,
      target,
      async (references) => (await openFor(world, options, references)).keys,
    );
    const link = { type, target: other };
    return { key, link: await change(tracker, key, link) };
  });
}

/** A plain key stays as it is; another project's issue keeps its project's name; anything else must be of the same tracker. */
export async function linkEnd(
  reference: string,
  other: string,
  keysOf: (references: readonly string[]) => Promise<readonly string[]>,
): Promise<string> {
  const target = parseReference(other);
  if (!leadsElsewhere(target)) return target.key;
  if (target.project !== undefined && target.tracker === parseReference(reference).tracker) {
    return `${target.project}#${target.key}`;
  }
  return (await keysOf([reference, other]))[1] ?? '';
}

function linkType(words: string): LinkType {
  const wanted = words
    .trim()
    .toLowerCase()
    .replaceAll(/[-_\s]+/g, ' ');
  const type = LINK_TYPES.find((name) => name === wanted);
  if (type) return type;
  throw usageError(
    `“${plainLine(words, 60)}” is not a link.${didYouMean(wanted, LINK_TYPES)}`,
    `Available: ${LINK_TYPES.join(', ')}.`,
  );
}
