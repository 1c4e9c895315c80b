/** Pull requests and their comments. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/ */
import { asPaceError } from '../../core/errors.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { ChangeRequest, ProposedChange } from '../../core/ports/index.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import { commitFiles } from './commit-files.ts';
import type { Context } from './job.ts';
import { reviewersFrom, withReviewers } from './people.ts';
import type { Operation } from './refusals.ts';
import { toChangeRequest, type WirePullRequest } from './wire.ts';

const TITLE_LIMIT = 255;
const NOTE_LIMIT = 32_000;
/** Bitbucket shows an HTML comment as it is written; a definition that nothing refers to does not show. */
const NOTE_MARKER = '[//]: # (pace:change-note)';

/** Creates branch, commit and pull request, or finds them. There are no labels on pull requests. */
export async function proposeChange(context: Context, change: ProposedChange): Promise<ChangeRequest> {
  const found = await findPullRequest(context, change.branch, 'proposeChange');
  if (found) return toChangeRequest(await refreshed(context, found, change));
  const { api } = context;
  await commitFiles(api, change);
  const create = (reviewers: readonly object[]) =>
    api.call<WirePullRequest>('proposeChange', {
      method: 'POST',
      path: `${api.repo}/pullrequests`,
      body: {
        title: cut(change.title, TITLE_LIMIT),
        description: change.body,
        source: { branch: { name: change.branch } },
        // the main branch when absent
        ...(change.base ? { destination: { branch: { name: change.base } } } : {}),
        close_source_branch: true,
        ...(reviewers.length > 0 ? { reviewers } : {}),
      },
    });
  return toChangeRequest(await withReviewers(context, reviewersFrom(context, change.reviewers), create));
}

/** The newest pull request from this branch of the repository itself, in whatever state. */
export async function findPullRequest(
  { api }: Context,
  branch: string,
  operation: Operation = 'findChange',
): Promise<WirePullRequest | undefined> {
  const query = {
    q: `source.branch.name = "${branch.replace(/["\\]/g, '\\$&')}" AND (state = "OPEN" OR state = "MERGED" OR state = "DECLINED" OR state = "SUPERSEDED")`,
    sort: '-created_on',
    // lists leave reviewers out
    fields: '+values.reviewers',
    pagelen: '50',
  };
  const path = `${api.repo}/pullrequests`;
  for await (const request of api.list<WirePullRequest>(operation, { path, query })) {
    if (isFrom(api.fullName, request)) return request;
  }
  return undefined;
}

/** A fork may have a branch of the same name; one that has been deleted is `null`. */
function isFrom(fullName: string, { source: { repository } }: WirePullRequest): boolean {
  if (repository === null) return false;
  const name = neededText('Bitbucket', 'source.repository.full_name', repository.full_name);
  return name.toLowerCase() === fullName.toLowerCase();
}

async function refreshed(
  context: Context,
  found: WirePullRequest,
  { title: wanted, body }: ProposedChange,
): Promise<WirePullRequest> {
  const { api } = context;
  const title = cut(wanted, TITLE_LIMIT);
  const isSame = found.title === title && (found.description ?? '').trim() === body.trim();
  if (found.state !== 'OPEN' || isSame) return found;
  const path = `${api.repo}/pullrequests/${found.id}`;
  // those who are not named again are taken away
  const reviewers = (found.reviewers ?? []).map(({ uuid }) => ({ uuid }));
  return withReviewers(context, reviewers, (named) =>
    api.call<WirePullRequest>('proposeChange', {
      method: 'PUT',
      path,
      body: { title, description: body, ...(named.length > 0 ? { reviewers: named } : {}) },
    }),
  );
}

/** As far as it is read. */
interface Comment {
  readonly id: number;
  readonly deleted?: boolean;
  readonly content: { readonly raw: string };
}

/** The comment is recognised by a marker; one that we may not edit is somebody else's. */
export async function upsertChangeNote({ world, api, step }: Context, markdown: string): Promise<boolean> {
  const id = Number(world.env['BITBUCKET_PR_ID']);
  if (!id || !step) return false;
  const path = `${api.repo}/pullrequests/${id}/comments`;
  const raw = `${NOTE_MARKER}\n\n${cut(markdown, NOTE_LIMIT - NOTE_MARKER.length - 2)}`;
  const query = { pagelen: '100', sort: '-created_on' };
  const comments = await collect(api.list<Comment>('upsertChangeNote', { path, query }));
  const ours = comments.find(({ deleted, content }) => !deleted && content.raw.startsWith(NOTE_MARKER));
  if (ours?.content.raw === raw) return true;
  const body = { content: { raw } };
  if (ours && (await edited(() => api.send('upsertChangeNote', { method: 'PUT', path: `${path}/${ours.id}`, body }))))
    return true;
  await api.send('upsertChangeNote', { method: 'POST', path, body });
  return true;
}

async function edited(edit: () => Promise<unknown>): Promise<boolean> {
  try {
    await edit();
    return true;
  } catch (error) {
    if ([403, 404].includes(asPaceError(error).status ?? 0)) return false;
    throw error;
  }
}
