/** Comments, in pages. */
import type { Asked, Handler } from '../loopback.ts';
import { isMap, noIssue, refusal, stamp } from './answers.ts';
import { textProblem } from './fields.ts';
import { wirePerson } from './people.ts';
import type { JiraComment, JiraIssue, Site } from './site.ts';

export function commentRoutes(site: Site): Record<'list' | 'read' | 'add' | 'edit' | 'remove', Handler> {
  const bodyOf = ({ body }: Asked) => (isMap(body) ? body['body'] : undefined);
  const one = (asked: Asked) => site.find(asked)?.comments.find(({ id }) => id === asked.params['id']);
  const missing = refusal(404, ['Can not find a comment for the id.']);

  const list: Handler = (asked) => {
    const issue = site.find(asked);
    if (!issue) return noIssue();
    const startAt = Number(asked.query.get('startAt') ?? 0);
    const maxResults = Math.min(Number(asked.query.get('maxResults') ?? 100), 100, site.options.pageSize);
    const page = issue.comments.slice(startAt, startAt + maxResults);
    return {
      json: {
        startAt,
        maxResults,
        total: issue.comments.length,
        comments: page.map((comment) => wireComment(site, issue, comment, asked.origin)),
      },
    };
  };

  const add: Handler = (asked) => {
    const issue = site.find(asked);
    if (!issue) return noIssue();
    if (site.lacks('Comment')) return refusal(400, ['PACE, you do not have the permission to comment on this issue.']);
    const body = bodyOf(asked);
    const problem = textProblem(site, body);
    if (problem) return refusal(400, [], { comment: problem });
    const comment = { id: site.nextId(), body, created: site.options.now() };
    issue.comments.push(comment);
    issue.updated = site.options.now();
    return { status: 201, json: wireComment(site, issue, comment, asked.origin) };
  };

  const read: Handler = (asked) => {
    const [issue, comment] = [site.find(asked), one(asked)];
    return issue && comment ? { json: wireComment(site, issue, comment, asked.origin) } : missing;
  };

  const edit: Handler = (asked) => {
    const [issue, comment] = [site.find(asked), one(asked)];
    if (!issue || !comment) return missing;
    const body = bodyOf(asked);
    const problem = textProblem(site, body);
    if (problem) return refusal(400, [], { comment: problem });
    comment.body = body;
    return { json: wireComment(site, issue, comment, asked.origin) };
  };

  const remove: Handler = (asked) => {
    const [issue, comment] = [site.find(asked), one(asked)];
    if (!issue || !comment) return missing;
    issue.comments.splice(issue.comments.indexOf(comment), 1);
    return { status: 204 };
  };

  return { list, read, add, edit, remove };
}

const wireComment = (
  site: Site,
  issue: JiraIssue,
  { id, body, created, isInternal = false, role }: JiraComment,
  origin: string,
) => ({
  self: `${origin}/rest/api/3/issue/${issue.id}/comment/${id}`,
  id,
  author: wirePerson(site, origin, site.me.id),
  updateAuthor: wirePerson(site, origin, site.me.id),
  body,
  created: stamp(created),
  updated: stamp(created),
  ...(site.isCloud ? { jsdPublic: !isInternal } : {}),
  ...(!site.isCloud && isInternal && { properties: [{ key: 'sd.public.comment', value: { internal: true } }] }),
  ...(role !== undefined && { visibility: { type: 'role', value: role, identifier: role } }),
});
