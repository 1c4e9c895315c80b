/** Comments, in pages. */
import type { Handler } from '../loopback.ts';
import { isMap, noIssue, refusal, stamp, user } from './answers.ts';
import { textProblem } from './fields.ts';
import type { JiraComment, JiraIssue, Site } from './site.ts';

export function commentRoutes(site: Site): { list: Handler; add: Handler } {
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
        comments: page.map((comment) => wireComment(issue, comment, asked.origin)),
      },
    };
  };

  const add: Handler = (asked) => {
    const issue = site.find(asked);
    if (!issue) return noIssue();
    if (site.lacks('Comment')) return refusal(403, ['You do not have the permission to comment on this issue.']);
    const body = isMap(asked.body) ? asked.body['body'] : undefined;
    const problem = textProblem(body);
    if (problem) return refusal(400, [], { comment: problem });
    const comment = { id: site.nextId(), body, created: site.options.now() };
    issue.comments.push(comment);
    issue.updated = site.options.now();
    return { status: 201, json: wireComment(issue, comment, asked.origin) };
  };

  return { list, add };
}

const wireComment = (issue: JiraIssue, { id, body, created }: JiraComment, origin: string) => ({
  self: `${origin}/rest/api/3/issue/${issue.id}/comment/${id}`,
  id,
  author: user(origin),
  updateAuthor: user(origin),
  body,
  created: stamp(created),
  updated: stamp(created),
  jsdPublic: true,
});
