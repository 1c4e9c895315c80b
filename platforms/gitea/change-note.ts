/** The gate's note at a pull request. https://docs.gitea.com/api/ (issues, comments) */

import { noteBody, noteMarker } from '../../core/drivers/change-note.ts';
import { isChangeNumber } from '../../core/drivers/change-number.ts';
import { asPaceError } from '../../core/errors.ts';
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
  const notes = async () => {
    const comments = (await api.call<WireComment[]>('upsertChangeNote', { path })).map(toComment);
    return comments.filter((comment) => comment.body.startsWith(noteMarker(note.gate)));
  };
  const before = await notes();
  const ours = before.at(-1);
  if (ours?.body === body) return true;
  if (ours && (await edited(api, ours.id, body))) return true;
  const made = toComment(await api.call<WireComment>('upsertChangeNote', { method: 'POST', path, body: { body } }));
  // another job of the matrix may have written at this very moment: the first one stays
  const isNew = ({ id }: { readonly id: string }) =>
    before.every((each) => each.id !== id) && Number(id) < Number(made.id);
  const first = (await notes()).find(isNew);
  if (first && (await edited(api, first.id, body))) await takenBack(api, made.id);
  return true;
}

function edited(api: Api, id: string, body: string): Promise<boolean> {
  return allowed(api.send('upsertChangeNote', { method: 'PATCH', path: pathOf(api, id), body: { body } }));
}

function takenBack(api: Api, id: string): Promise<boolean> {
  return allowed(api.send('upsertChangeNote', { method: 'DELETE', path: pathOf(api, id) }));
}

function pathOf(api: Api, id: string): string {
  return `${api.repo}/issues/comments/${id}`;
}

/** False where the comment is not ours to change, or not there. */
async function allowed(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (['permission', 'not-found'].includes(asPaceError(error).kind)) return false;
    throw error;
  }
}
