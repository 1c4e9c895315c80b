/** Which issues of other trackers a work package is in step with, where Spec Kitty shows it: `jira:OWL-12`. Pure. */
import type { Metadata } from '../../core/ports/issue.ts';
import { isRecord } from '../../core/record.ts';
import { oneLine } from '../../core/spec-kitty/front-matter.ts';
import type { NewNote } from '../../core/spec-kitty/new-lines.ts';

/** Where `pace sync` keeps its marks: by the id of the other tracker, which begins with the platform's name, the key. */
const MARKS = 'pace_sync';

export function referencesIn(metadata: Metadata): string[] {
  const marks = metadata[MARKS];
  return Object.entries(isRecord(marks) ? marks : {}).flatMap(([end, mark]) => {
    const [platform = ''] = end.split(' ');
    const key = isRecord(mark) ? mark['key'] : undefined;
    return typeof key === 'string' && platform !== '' ? [oneLine(`${platform}:${key}`).slice(0, 200)] : [];
  });
}

export interface Marked {
  readonly before: Metadata;
  readonly after: Metadata;
  /** Those that the log has, whoever has written them. */
  readonly known: readonly string[];
}

/** What another change of the metadata means for the references; those of people stay. */
export function referenceNotes(workPackage: string, { before, after, known }: Marked): NewNote[] {
  const [old, wanted] = [referencesIn(before), referencesIn(after)];
  const gone = old.filter((reference) => !wanted.includes(reference) && known.includes(reference));
  const added = wanted.filter((reference) => !known.includes(reference));
  if (gone.length > 0) {
    const replacing = [...known.filter((reference) => !gone.includes(reference)), ...added];
    return [{ workPackage, delta: { tracker_refs_replace: replacing } }];
  }
  return added.length > 0 ? [{ workPackage, delta: { tracker_refs: added } }] : [];
}
