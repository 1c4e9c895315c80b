/** The gate's note at a pull request. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/ */

import { type Hide, noteBody, noteMarker } from '../../core/drivers/change-note.ts';
import { isChangeNumber } from '../../core/drivers/change-number.ts';
import { asPaceError } from '../../core/errors.ts';
import type { ChangeNote } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { Context } from './job.ts';

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
  const query = { pagelen: '100', sort: '-created_on' };
  const notes = async () => {
    const comments = await collect(api.list<Comment>('upsertChangeNote', { path, query }));
    return comments.filter(({ deleted, content }) => !deleted && content.raw.startsWith(noteMarker(note.gate, hidden)));
  };
  const before = await notes();
  const [ours] = before;
  if (ours?.content.raw === raw) return true;
  const body = { content: { raw } };
  const edited = (id: number) =>
    allowed(() => api.send('upsertChangeNote', { method: 'PUT', path: `${path}/${id}`, body }));
  if (ours && (await edited(ours.id))) return true;
  const made = await api.call<Comment>('upsertChangeNote', { method: 'POST', path, body });
  // another step may have written at this very moment: the first one stays
  const first = (await notes()).findLast(({ id }) => id < made.id && before.every((each) => each.id !== id));
  if (first && (await edited(first.id)))
    await allowed(() => api.send('upsertChangeNote', { method: 'DELETE', path: `${path}/${made.id}` }));
  return true;
}

/** False where the comment is not ours to change, or not there. */
async function allowed(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if ([403, 404].includes(asPaceError(error).status ?? 0)) return false;
    throw error;
  }
}
