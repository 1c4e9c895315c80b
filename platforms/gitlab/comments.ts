/** Comments of issues. https://docs.gitlab.com/api/notes/ */

import type { Comment } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { invalid } from './address.ts';

import { type IssueContext, type Place, placeOf } from './issue-context.ts';
import { toComment, type WireNote } from './issue-wire.ts';
import { pages } from './pages.ts';

/** What people and programs wrote, not what GitLab notes down by itself. */
export async function* listComments(context: IssueContext, key: string): AsyncGenerator<Comment, void, undefined> {
  const { context: place, number } = placeOf(context, key);
  const { api, project } = place;
  const order = { sort: 'asc', orderBy: 'created_at' } as const;
  const notes = pages(api, 'listComments', (page) =>
    api.resources().issueNotes.all(project, number, { ...order, ...page }),
  );
  for await (const note of notes) if (!note.system) yield toComment(note);
}

/** Lines that are quick actions (`/close`) are carried out by GitLab: texts of others come here without that power. */
export async function addComment({ context, number }: Place, markdown: string): Promise<Comment> {
  const { api, project, world } = context;
  const note: Partial<WireNote> = await api.resources().issueNotes.create(project, number, storable(markdown));
  return written(world, note);
}

export async function updateComment({ context, number }: Place, id: string, markdown: string): Promise<Comment> {
  const { api, project, world } = context;
  const body = storable(markdown);
  const note: Partial<WireNote> = await api.resources().issueNotes.edit(project, number, noteNumber(id), { body });
  return written(world, note);
}

export async function deleteComment({ context, number }: Place, id: string): Promise<void> {
  await context.api.resources().issueNotes.remove(context.project, number, noteNumber(id));
}

/** A text of nothing but quick actions leaves no comment behind. https://docs.gitlab.com/user/project/quick_actions/ */
function written(world: World, { id, created_at: createdAt, ...note }: Partial<WireNote>): Comment {
  if (id !== undefined && createdAt !== undefined)
    return toComment({ body: '', system: false, ...note, id, created_at: createdAt });
  world.log.warn('GitLab took the whole text as quick actions, and has carried them out: there is no comment.');
  return { id: '', body: '', createdAt: world.now() };
}

function noteNumber(id: string): number {
  if (/^[1-9]\d{0,14}$/.test(id)) return Number(id);
  throw invalid(`"${cut(id, 50)}" is not the number of a comment.`, 'Please take it from the list of comments.');
}
