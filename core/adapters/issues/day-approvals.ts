/** Approvals of a day's commit: comments on its issues whose first line is `/approve <sha>`. */
import type { Comment } from '../../ports/index.ts';
import { collect } from '../../tracker/collect.ts';
import { type ApprovalAnswer, countApprovals, type DayApprovalRequest, type GivenApproval } from '../approvals.ts';
import type { Escalations } from './escalation-issue.ts';
import type { LifeOptions } from './life-options.ts';
import type { Stories } from './story-issue.ts';

interface Lives extends Pick<LifeOptions, 'tracker'> {
  readonly escalations: Pick<Escalations, 'issueOf'>;
  readonly stories: Pick<Stories, 'issueOf'>;
}

/** On the day's escalation, open or not, and on its story. */
export async function dayApprovals(
  { tracker, escalations, stories }: Lives,
  request: DayApprovalRequest,
): Promise<ApprovalAnswer> {
  const { day, dayDir, rememberedKey } = request;
  const found = [await escalations.issueOf(day, rememberedKey), await stories.issueOf(day, dayDir)];
  const issues = found.filter((issue) => issue !== undefined);
  const comments: Comment[] = [];
  for (const { key } of issues) comments.push(...(await collect(tracker.listComments(key))));
  const [first] = issues;
  return {
    ...(await countApprovals(tracker, request, approvalsIn(comments))),
    ...(first && { place: { name: first.key, url: first.url } }),
  };
}

/** In back-ticks too: a few trackers take a line that begins with a slash for a command of their own. */
const COMMAND = /^[`\\]*\/(?<verb>approve|revoke)\b[\s`]*(?<sha>[0-9a-f]{7,64})?[\s`]*$/i;

/** The last word of each person: `/revoke`, with or without a commit, takes back what was said before. */
export function approvalsIn(comments: readonly Comment[]): GivenApproval[] {
  const last = new Map<string, GivenApproval>();
  for (const { author, body, editedAt } of comments.toSorted((a, b) => a.createdAt - b.createdAt)) {
    const [line = ''] = body.trimStart().split('\n', 1);
    const { verb = '', sha } = COMMAND.exec(line.trim())?.groups ?? {};
    if (!author || verb === '') continue;
    const person = author.id.toLowerCase();
    if (verb.toLowerCase() === 'revoke') last.delete(person);
    else if (sha !== undefined)
      last.set(person, { person: author, sha, ...(editedAt !== undefined && { isEdited: true }) });
  }
  return [...last.values()];
}
