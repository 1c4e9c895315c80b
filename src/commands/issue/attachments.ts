/** `pace issue attachments`. */
import type { Attachment, IssueTracker } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { standsIn, type World } from '../../../core/world.ts';
import type { ShownAttachment } from '../../tracker/print/fields.ts';
import { type NotSaved, noSuchAttachment, saveAttachments } from '../../tracker/save-attachments.ts';
import { usageError } from '../../tracker/usage.ts';
import { openForIssue } from '../on-tracker.ts';
import type { IssueAttachments } from './options.ts';

export interface FoundAttachments {
  readonly attachments: AsyncIterable<ShownAttachment> | readonly ShownAttachment[];
  readonly failed: readonly NotSaved[];
}

export async function listAttachments(
  world: World,
  { key: reference, names = [], download, ...options }: IssueAttachments,
  signal?: AbortSignal,
): Promise<FoundAttachments> {
  if (download === undefined && names.length > 0)
    throw usageError('Files are named, and no folder to save them in.', 'Please add --download FOLDER.');
  if (download?.trim() === '') throw usageError('The folder has no name.', 'Please name one: --download files');
  const { tracker, key } = await openForIssue(world, options, reference);
  const all = tracker.listAttachments(key);
  if (download === undefined) return { attachments: all, failed: [] };
  const { wanted, unknown } = named(await collect(all), names);
  const { saved, failed } = await saveAttachments(wanted, reader(tracker), {
    cwd: standsIn(world),
    folder: download,
    signal,
  });
  return { attachments: saved, failed: [...unknown.map(noSuchAttachment), ...failed] };
}

function reader(tracker: IssueTracker): (attachment: Attachment) => Promise<Uint8Array> {
  return (attachment) => tracker.readAttachment(attachment);
}

/** Without names all of them. */
function named(all: readonly Attachment[], names: readonly string[]) {
  const isNamed = ({ id, name }: Attachment) => names.includes(id) || names.includes(name);
  return {
    wanted: names.length === 0 ? all : all.filter(isNamed),
    unknown: names.filter((wanted) => !all.some(({ id, name }) => id === wanted || name === wanted)),
  };
}
