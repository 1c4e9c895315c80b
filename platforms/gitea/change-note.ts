/** The gate's note at a pull request. https://docs.gitea.com/api/ (issues, comments) */

import { noteBody, noteMarker } from '../../core/drivers/change-note.ts';
import { isChangeNumber } from '../../core/drivers/change-number.ts';
import { keepOneNote } from '../../core/drivers/one-note.ts';
import { written } from '../../core/drivers/unless.ts';
import { asPaceError } from '../../core/errors.ts';
import type { ChangeNote, Comment } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import { toComment, unifyLineEnds, type WireComment } from './issue-wire.ts';
import { changeOfJob } from './job.ts';

const OPERATION = 'upsertChangeNote';
const NOTE_LIMIT = 262_144;

/** The note is recognised by its mark; one that we may not edit is somebody else's. */
export async function upsertChangeNote(world: World, api: Api, note: ChangeNote): Promise<boolean> {
  const number = note.change ?? (await changeOfJob(world.env, api.fullName));
  if (!isChangeNumber(number)) return false;
  const body = noteBody({ ...note, markdown: storable(note.markdown) }, NOTE_LIMIT);
  const path = `${api.repo}/issues/${number}/comments`;
  const pathOf = (id: number) => `${api.repo}/issues/comments/${id}`;
  const toNote = (comment: Comment) => ({ id: Number(comment.id), text: comment.body });
  const list = async () => {
    const comments = (await api.call<WireComment[]>(OPERATION, { path })).map(toComment);
    return comments.filter((comment) => comment.body.startsWith(noteMarker(note.gate))).map(toNote).reverse();
  }; // biome-ignore format: one thought
  await keepOneNote(
    {
      list,
      edit: (id) => written(() => api.send(OPERATION, { method: 'PATCH', path: pathOf(id), body: { body } })),
      create: async () => {
        try {
          return toNote(toComment(await api.call<WireComment>(OPERATION, { method: 'POST', path, body: { body } })));
        } catch (error) {
          // some versions of Forgejo keep what is said at a pull request, and answer that they have failed
          const kept = asPaceError(error).status === 500 ? await list() : [];
          const ours = kept.find(({ text }) => text.trim() === unifyLineEnds(body).trim());
          if (!ours) throw error;
          return ours;
        }
      },
      remove: (id) => written(() => api.send(OPERATION, { method: 'DELETE', path: pathOf(id) })),
    },
    body,
  );
  return true;
}
