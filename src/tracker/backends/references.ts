/** How people name an issue: `#12`, `PROJ-12`, `jira:PROJ-12`, `github:owner/repo#12`, `docs/EPIC.md#US-001`, or its web address. Pure. */

import { defined } from '../../../core/defined.ts';
import { PaceError } from '../../../core/errors.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';

export interface Reference {
  /** As the person wrote it, in one line. */
  readonly text: string;
  /** Without `#`; `''` for a web address, which only its platform can read. */
  readonly key: string;
  /** The name of a backend or a platform, where one is given. */
  readonly tracker?: string;
  /** Another project of the tracker: `owner/repo`; or the path of a file with issues. */
  readonly project?: string;
  readonly url?: URL;
}

/** The forms, for messages and help. */
export const REFERENCE_FORMS =
  '12, #12, PROJ-12, jira:PROJ-12, github:owner/repo#12, docs/EPIC.md#US-001, or the address of the issue';

const MOST_CHARACTERS = 2000;

/** Throws `validation` when the text has none of the forms. */
export function parseReference(given: string): Reference {
  const text = plainLine(given, MOST_CHARACTERS);
  if (/^https?:\/\//i.test(text)) return { text, key: '', url: toUrl(text) };
  const [, tracker, rest = ''] = /^(?:([A-Za-z][\w.-]*):)?(.*)$/s.exec(text) ?? [];
  const [, project, key = ''] = /^(?:([^#\s]+)#|#)?([^\s#/:]+)$/.exec(rest) ?? [];
  if (key === '') throw noReference(text);
  return { text, key, ...defined({ tracker: tracker || undefined, project: project || undefined }) };
}

/** Whether the reference may lead elsewhere than to the configured tracker. */
export function leadsElsewhere({ tracker, project, url }: Reference): boolean {
  return tracker !== undefined || project !== undefined || url !== undefined;
}

/**
 * The key of an issue of the tracker that is used anyway. The number alone of another project's would be that of an issue of ours. Throws
 * `validation` for an address, and where a tracker is named.
 */
export function ownKey(given: string): string {
  const { text, key, project, tracker, url } = parseReference(given);
  if (tracker !== undefined || url !== undefined) {
    throw new PaceError({
      kind: 'validation',
      message: `“${plainLine(text, 100)}” is an address, or names a tracker. Please give the key alone, as in 12 or owner/repo#12.`,
      remedy: '',
    });
  }
  return project === undefined ? key : `${project}#${key}`;
}

function toUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url) throw noReference(text);
  return url;
}

function noReference(text: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `“${plainLine(text, 100)}” does not name an issue.`,
    remedy: `Please write ${REFERENCE_FORMS}.`,
  });
}
