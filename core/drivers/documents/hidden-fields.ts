/** What a file has no visible place for: in one HTML comment below the text of an issue. Pure. */
import type { IssuePatch, Metadata } from '../../ports/issue.ts';
import { isRecord } from '../../record.ts';
import { metadataAfter, peopleAfter } from '../../tracker/concurrent-edits.ts';
import { editedLabels } from '../../tracker/patched-issue.ts';
import { splitMetadata, withMetadata } from '../hidden-metadata.ts';

export interface HiddenFields {
  readonly labels: readonly string[];
  /** Their names. */
  readonly assignees: readonly string[];
  readonly metadata: Metadata;
  /** A title that cannot stand there as it is; `shown`: what stands there instead. When a person changes that, it counts. */
  readonly title?: { readonly shown: string; readonly value: string };
}

export const NOTHING_HIDDEN: HiddenFields = { labels: [], assignees: [], metadata: {} };

export interface Text {
  readonly body: string;
  readonly hidden: HiddenFields;
}

/** One text, as it stands in the file. */
export function withHiddenFields({ body, hidden }: Text): string {
  const { labels, assignees, metadata, title } = hidden;
  return withMetadata(body, {
    ...(labels.length > 0 && { labels }),
    ...(assignees.length > 0 && { assignees }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(title && { title }),
  }).replace(/^\n+/, '');
}

/** The reverse. Written by whoever wrote the file: only what has the shape counts. */
export function splitHiddenFields(text: string): Text {
  const { body, metadata: found } = splitMetadata(text);
  const { labels, assignees, metadata, title } = found;
  return {
    body,
    hidden: {
      labels: textsOf(labels),
      assignees: textsOf(assignees),
      metadata: isRecord(metadata) ? metadata : {},
      ...(isTitle(title) && { title: { shown: title.shown, value: title.value } }),
    },
  };
}

function textsOf(found: unknown): string[] {
  if (!Array.isArray(found)) return [];
  return [...new Set(found.filter((one): one is string => typeof one === 'string' && one !== ''))];
}

function isTitle(found: unknown): found is { readonly shown: string; readonly value: string } {
  return isRecord(found) && typeof found['shown'] === 'string' && typeof found['value'] === 'string';
}

/** After the change; the same object where nothing of it changes. */
export function hiddenAfter(hidden: HiddenFields, patch: IssuePatch): HiddenFields {
  const labels = editedLabels(hidden.labels, patch);
  const now = hidden.assignees.map((name) => ({ id: name, name }));
  const people = patch.assignees ?? peopleAfter(now, patch);
  const { metadata, setMetadata } = patch;
  const data = metadata ?? (setMetadata && metadataAfter(hidden.metadata, setMetadata));
  return {
    ...hidden,
    ...(labels && { labels: [...new Set(labels)] }),
    ...(people && { assignees: [...new Set(people)] }),
    ...(data && { metadata: data }),
  };
}
