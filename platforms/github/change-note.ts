/** The gate's note at a pull request. https://docs.github.com/en/rest/issues/comments */

import { noteBody, noteMarker } from '../../core/drivers/change-note.ts';
import { isChangeNumber } from '../../core/drivers/change-number.ts';
import { written } from '../../core/drivers/unless.ts';
import type { ChangeNote } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import { changeOfJob, isForkPullRequest } from './event.ts';
import { type PullComment, unifyLineEnds } from './host-wire.ts';
import { isTrusted } from './people.ts';

const OPERATION = 'upsertChangeNote';
const DEED = 'comment on a pull request';
/** Like that of an issue: GitHub counts characters, and UTF-16 units are never fewer. */
const NOTE_LIMIT = 65_536;

/** The note is recognised by its mark; one that we may not edit is somebody else's. */
export async function upsertChangeNote(world: World, api: Api, note: ChangeNote): Promise<boolean> {
  const number = await changeToNote(world, api, note);
  if (number === undefined) return false;
  const body = noteBody({ ...note, markdown: storable(note.markdown) }, NOTE_LIMIT);
  const place = { number: Number(number), gate: note.gate, body, seen: new Set<number>() };
  if (await editedOne(api, place)) return true;
  const made = await api.call<Pick<PullComment, 'id'>>(OPERATION, DEED, (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...api.repository,
      issue_number: place.number,
      body,
    }),
  );
  // another job of the matrix may have written at this very moment: the first one stays
  if (await editedOne(api, { ...place, before: Number(made.id) })) await takenBack(api, made);
  return true;
}

interface Place {
  readonly number: number;
  readonly gate: string;
  readonly body: string;
  /** Comments that were looked at before: they are not ours to edit. */
  readonly seen: Set<number>;
  /** Only comments that are older than this one. */
  readonly before?: number;
}

/** Whether a note stands there that says it now. */
async function editedOne(api: Api, place: Place): Promise<boolean> {
  const { number, gate, body, seen, before = Number.POSITIVE_INFINITY } = place;
  // the oldest come first, in whatever order they are asked for: the gate speaks early
  for await (const page of api.list<PullComment>(OPERATION, DEED, `issues/${number}/comments`)) {
    for (const comment of page.filter((each) => isMarked(each, gate))) {
      const id = Number(comment.id);
      if (id >= before || seen.has(id)) continue;
      seen.add(id);
      // anybody can write the mark, and could say something else there later
      if (!(await isTrusted(api, comment))) continue;
      if (sameText(comment.body ?? '', body) || (await edited(api, comment, body))) return true;
    }
  }
  return false;
}

async function changeToNote({ env }: World, api: Api, { change }: ChangeNote): Promise<string | undefined> {
  if (await isForkPullRequest(env)) return undefined;
  if (change === undefined) return changeOfJob(env, api.fullName);
  return isChangeNumber(change) ? change : undefined;
}

function isMarked({ body }: PullComment, gate: string): boolean {
  return body?.startsWith(noteMarker(gate)) ?? false;
}

function sameText(one: string, other: string): boolean {
  return unifyLineEnds(one).trim() === unifyLineEnds(other).trim();
}

function edited(api: Api, { id }: PullComment, body: string): Promise<boolean> {
  return written(() =>
    api.call<unknown>(OPERATION, DEED, (octokit) =>
      octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
        ...api.repository,
        comment_id: Number(id),
        body,
      }),
    ),
  );
}

function takenBack(api: Api, { id }: Pick<PullComment, 'id'>): Promise<boolean> {
  return written(() =>
    api.call<unknown>(OPERATION, DEED, (octokit) =>
      octokit.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', {
        ...api.repository,
        comment_id: Number(id),
      }),
    ),
  );
}
