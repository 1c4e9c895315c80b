/** The gate's note at a pull request. https://docs.gitea.com/api/ (issues, comments) */

import { noteBody, noteMarker } from '../../core/drivers/change-note.ts';
import { isChangeNumber } from '../../core/drivers/change-number.ts';
import { unless } from '../../core/drivers/unless.ts';
import type { ChangeNote } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import { toComment, type WireComment } from './issue-wire.ts';
import { changeOfJob } from './job.ts';

const NOTE_LIMIT = 262_144;

/** The note is recognised by its mark; one that we may not edit is somebody else's. */
export async function upsertChangeNote(world: World, api: Api, note: ChangeNote): Promise<boolean> {
  const number = note.change ?? (await changeOfJob(world.env, api.fullName));
  if (!isChangeNumber(number)) return false;
  const body = noteBody({ ...note, markdown: storable(note.markdown) }, NOTE_LIMIT);
  const path = `${api.repo}/issues/${number}/comments`;
  const comments = (await api.call<WireComment[]>('upsertChangeNote', { path })).map(toComment);
  const ours = comments.findLast((comment) => comment.body.startsWith(noteMarker(note.gate)));
  if (ours?.body === body) return true;
  if (ours && (await edited(api, ours.id, body))) return true;
  await api.send('upsertChangeNote', { method: 'POST', path, body: { body } });
  return true;
}

async function edited(api: Api, id: string, body: string): Promise<boolean> {
  const path = `${api.repo}/issues/comments/${id}`;
  const isDone = await unless(['permission', 'not-found'], async () => {
    await api.send('upsertChangeNote', { method: 'PATCH', path, body: { body } });
    return true;
  });
  return isDone ?? false;
}
