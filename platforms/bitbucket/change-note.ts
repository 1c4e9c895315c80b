/** The gate's note at a pull request. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/ */

import { type Hide, noteBody, noteMarker } from '../../core/drivers/change-note.ts';
import { isChangeNumber } from '../../core/drivers/change-number.ts';
import { unless } from '../../core/drivers/unless.ts';
import type { ChangeNote } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { Api } from './api.ts';
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
  const comments = await collect(api.list<Comment>('upsertChangeNote', { path, query }));
  const ours = comments.find(
    ({ deleted, content }) => !deleted && content.raw.startsWith(noteMarker(note.gate, hidden)),
  );
  if (ours?.content.raw === raw) return true;
  const body = { content: { raw } };
  if (ours && (await edited(api, `${path}/${ours.id}`, body))) return true;
  await api.send('upsertChangeNote', { method: 'POST', path, body });
  return true;
}

async function edited(api: Api, path: string, body: object): Promise<boolean> {
  const isDone = await unless(['permission', 'not-found'], async () => {
    await api.send('upsertChangeNote', { method: 'PUT', path, body });
    return true;
  });
  return isDone ?? false;
}
