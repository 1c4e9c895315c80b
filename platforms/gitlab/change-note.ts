/** The gate's note at a merge request. https://docs.gitlab.com/api/notes/ */

import { noteBody, noteMarker } from '../../core/drivers/change-note.ts';
import { isChangeNumber } from '../../core/drivers/change-number.ts';
import { keepOneNote } from '../../core/drivers/one-note.ts';
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
  await keepOneNote(
    {
      list: async () => {
        const all = await mergeRequestNotes.all(project, iid, { sort: 'desc', orderBy: 'created_at', perPage: 100 });
        const ours = all.filter(({ system, body: text }) => !system && text.startsWith(noteMarker(note.gate)));
        return ours.map(({ id, body: text }) => ({ id, text }));
      },
      edit: async (id) => (await readable(() => mergeRequestNotes.edit(project, iid, id, { body }))) !== undefined,
      create: () => mergeRequestNotes.create(project, iid, body),
      remove: (id) => readable(() => mergeRequestNotes.remove(project, iid, id)),
    },
    body,
  );
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
