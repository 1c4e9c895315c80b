/** Comments on issues. https://docs.github.com/en/rest/issues/comments */
import { PaceError } from '../../core/errors.ts';
import type { Comment } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { addressOf, atIssue, isSameName, requireIssue } from './address.ts';
import type { Api } from './api.ts';
import { toComment, type WireComment } from './issue-wire.ts';

export async function* listComments(api: Api, key: string): AsyncGenerator<WireComment> {
  const address = addressOf(api, 'listComments', key);
  await requireIssue(api, 'listComments', address, 'read issues');
  const path = `issues/${address.issue_number}/comments`;
  try {
    for await (const page of api.list<WireComment>('listComments', 'read issues', path)) yield* page;
  } catch (error) {
    // of a transferred issue GitHub leads on to the issue, not to its comments
    await atIssue(api, 'listComments', address, () => Promise.reject(error));
  }
}

/** Those of the whole repository, pull requests included. Whole seconds. */
export async function* listCommentsSince(api: Api, since: number): AsyncGenerator<WireComment> {
  const query = { since: new Date(since - 1000).toISOString().replace(/\.\d+/, ''), sort: 'created', direction: 'asc' };
  for await (const page of api.list<WireComment>('listComments', 'read issues', 'issues/comments', query)) yield* page;
}

export async function addComment(api: Api, key: string, body: string): Promise<Comment> {
  const address = addressOf(api, 'addComment', key);
  await requireIssue(api, 'addComment', address);
  return toComment(
    await atIssue(api, 'addComment', address, (where) =>
      api.call('addComment', 'write issues', (octokit) =>
        octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...where, body }),
      ),
    ),
  );
}

export async function updateComment(api: Api, key: string, id: string, body: string): Promise<Comment> {
  const address = await ownComment(api, 'updateComment', key, id);
  return toComment(
    await api.call('updateComment', 'write issues', (octokit) =>
      octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...address, body }),
    ),
  );
}

export async function deleteComment(api: Api, key: string, id: string): Promise<void> {
  const address = await ownComment(api, 'deleteComment', key, id);
  await api.call('deleteComment', 'write issues', (octokit) =>
    octokit.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', address),
  );
}

/** GitHub finds a comment whatever issue is named: nobody shall change one of another issue by mistake. */
async function ownComment(
  api: Api,
  operation: string,
  key: string,
  id: string,
): Promise<{ owner: string; repo: string; comment_id: number }> {
  const issue = addressOf(api, operation, key);
  const { issue_number } = issue;
  await requireIssue(api, operation, issue);
  if (!/^[1-9]\d{0,14}$/.test(id)) throw noSuchComment(operation, issue_number, id);
  const address = { ...api.repository, comment_id: Number(id) };
  const { issue_url }: WireComment = await atIssue(api, operation, issue, () =>
    api.call(operation, 'read issues', (octokit) =>
      octokit.request('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', address),
    ),
  );
  if (issue_url === undefined) return address;
  const [, owner = '', repo = '', number] = /\/repos\/([^/]+)\/([^/]+)\/issues\/(\d+)$/.exec(issue_url) ?? [];
  const repository = `${owner}/${repo}`;
  // a renamed repository tells its new name
  const isHere = isSameName(repository, api.fullName) || isSameName(repository, await api.currentName(operation));
  if (!isHere || number !== String(issue_number)) throw noSuchComment(operation, issue_number, id);
  return { ...address, owner, repo };
}

function noSuchComment(operation: string, issue: number, id: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `#${issue} has no comment ${plainLine(id, 40)}.`,
    remedy: 'Please check the id of the comment, and which issue it belongs to.',
    operation,
  });
}
