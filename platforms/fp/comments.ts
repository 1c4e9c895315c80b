/** Comments. Their text goes through a file: a program may take what begins with a dash for an option. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PaceError } from '../../core/errors.ts';
import type { Comment } from '../../core/ports/issue.ts';
import { keyOf } from './address.ts';
import type { Api } from './api.ts';
import { tooOld } from './refusals.ts';
import { listOf, toComment } from './wire.ts';
import { readIssue } from './writes.ts';

/** Oldest first; fp shows the newest first. */
export async function commentsOf(api: Api, key: string): Promise<Comment[]> {
  const found = await api.json(['comment', 'list', keyOf(key)]);
  if (found === undefined) throw tooOld('list comments');
  const comments = listOf(found, 'comments').map(toComment).reverse();
  return comments.toSorted((one, other) => one.createdAt - other.createdAt);
}

export async function addComment(api: Api, key: string, text: string): Promise<Comment> {
  const before = new Set((await commentsOf(api, key)).map(({ id }) => id));
  await withFile(text, (file) => api.run(['comment', 'add', keyOf(key), '--file', file]));
  const added = (await commentsOf(api, key)).filter(({ id }) => !before.has(id));
  // of several that came at the same time, the one that says this
  const own = added.find(({ body }) => body.trim() === text.trim()) ?? added.at(-1);
  if (own) return own;
  throw new TypeError('fp does not show the comment that it has added');
}

export async function updateComment(api: Api, key: string, id: string, text: string): Promise<Comment> {
  await own(api, key, id);
  await withFile(text, (file) => api.run(['comment', 'update', id, '--file', file]));
  return own(api, key, id);
}

export async function deleteComment(api: Api, key: string, id: string): Promise<void> {
  await own(api, key, id);
  await api.run(['comment', 'delete', id]);
}

async function own(api: Api, key: string, id: string): Promise<Comment> {
  await readIssue(api, key);
  const found = (await commentsOf(api, key)).find((comment) => comment.id === id);
  if (found) return found;
  throw new PaceError({
    kind: 'not-found',
    message: `${key} has no such comment.`,
    remedy: 'Please list its comments: each has its id.',
  });
}

async function withFile<Result>(text: string, work: (file: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'pace-fp-'));
  try {
    const file = join(folder, 'comment.md');
    await writeFile(file, text, { mode: 0o600 });
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
