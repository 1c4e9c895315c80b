/** The gate's note at a merge request. https://docs.gitlab.com/api/notes/ */

import { noteBody, noteMarker } from '../../core/drivers/change-note.ts';
import { isChangeNumber } from '../../core/drivers/change-number.ts';
import type { ChangeNote } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { readable } from './api.ts';
import type { Context } from './job.ts';

const NOTE_LIMIT = 1_000_000;

/** The note is recognised by its mark; one that we may not edit is somebody else's. A job token may write none. */
export async function upsertChangeNote(context: Context, note: ChangeNote): Promise<boolean> {
  const { api } = context;
  const place = placeOf(context, note);
  if (place === undefined || api.credential !== 'token') return false;
  const { project, iid } = place;
  const { mergeRequestNotes } = api.resources();
  const body = noteBody({ ...note, markdown: storable(note.markdown) }, NOTE_LIMIT);
  const notes = async () => {
    const all = await mergeRequestNotes.all(project, iid, { sort: 'desc', orderBy: 'created_at', perPage: 100 });
    return all.filter(({ system, body: text }) => !system && text.startsWith(noteMarker(note.gate)));
  };
  const isEdited = async (id: number) =>
    (await readable(() => mergeRequestNotes.edit(project, iid, id, { body }))) !== undefined;
  const before = await notes();
  const [ours] = before;
  if (ours?.body === body) return true;
  if (ours && (await isEdited(ours.id))) return true;
  const made = await mergeRequestNotes.create(project, iid, body);
  // another job of the matrix may have written at this very moment: the first one stays
  const first = (await notes()).findLast(({ id }) => id < made.id && before.every((each) => each.id !== id));
  if (first && (await isEdited(first.id))) await readable(() => mergeRequestNotes.remove(project, iid, made.id));
  return true;
}

/** The pipeline of a fork runs in the fork, its merge request is in the target project. */
function placeOf({ world, project }: Context, { change }: ChangeNote): { project: string; iid: number } | undefined {
  const { CI_MERGE_REQUEST_IID: own, CI_MERGE_REQUEST_PROJECT_PATH: target } = world.env;
  // the number of a pull request on GitHub is none of a merge request
  const isElsewhere = !own && change !== undefined && change === world.env['CI_EXTERNAL_PULL_REQUEST_IID'];
  const id = change ?? own;
  if (isElsewhere || !isChangeNumber(id)) return undefined;
  return { project: (id === own && target) || project, iid: Number(id) };
}
