/** The gate's note at a pull request. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/ */

import { type Hide, noteBody, noteMarker } from '../../core/drivers/change-note.ts';
import { isChangeNumber } from '../../core/drivers/change-number.ts';
import { keepOneNote } from '../../core/drivers/one-note.ts';
import { written } from '../../core/drivers/unless.ts';
import type { ChangeNote } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { Context } from './job.ts';

const OPERATION = 'upsertChangeNote';
const NOTE_LIMIT = 32_000;

/** Bitbucket shows an HTML comment as it is written; a definition that nothing refers to does not show. */
const hidden: Hide = (mark) => `[//]: # (${mark})`;

/** As far as it is read. */
interface Comment {
  readonly id: number;
  readonly deleted?: boolean;
  readonly content: { readonly raw: string };
}

/** The comment is recognised by its mark; one that we may not edit is somebody else's. */
export async function upsertChangeNote({ api, step }: Context, note: ChangeNote): Promise<boolean> {
  const id = note.change ?? step?.subject.change?.id;
  if (!isChangeNumber(id)) return false;
  const path = `${api.repo}/pullrequests/${id}/comments`;
  const raw = noteBody({ ...note, markdown: `\n${note.markdown}` }, NOTE_LIMIT, hidden);
  const body = { content: { raw } };
  const query = { pagelen: '100', sort: '-created_on' };
  const isOurs = ({ deleted, content }: Comment) => !deleted && content.raw.startsWith(noteMarker(note.gate, hidden));
  await keepOneNote(
    {
      list: async () => {
        const comments = await collect(api.list<Comment>(OPERATION, { path, query }));
        return comments.filter(isOurs).map((comment) => ({ id: comment.id, text: comment.content.raw }));
      },
      edit: (at) => written(() => api.send(OPERATION, { method: 'PUT', path: `${path}/${at}`, body })),
      create: () => api.call<Comment>(OPERATION, { method: 'POST', path, body }),
      remove: (at) => written(() => api.send(OPERATION, { method: 'DELETE', path: `${path}/${at}` })),
    },
    raw,
  );
  return true;
}
