/** Where an issue is that was moved to another project. https://docs.gitlab.com/user/project/issues/managing_issues/#move-an-issue */
import { PaceError } from '../../core/errors.ts';
import { readable } from './api.ts';
import type { IssueContext } from './issue-context.ts';
import type { WireIssue } from './issue-wire.ts';

/** Somebody may move it again and again. */
const MOST_MOVES = 10;

export interface Followed {
  readonly issue: WireIssue;
  /** `group/project#12`, where it was moved and can be read there. */
  readonly movedTo?: string;
}

/** The issue where it is now; the one that stays behind where the token may not read the new one. */
export async function followed(context: IssueContext, issue: WireIssue): Promise<Followed> {
  let now: Followed = { issue };
  for (let moves = 0; moves < MOST_MOVES && now.issue.moved_to_id; moves += 1) {
    const next = await nextOf(context, now.issue);
    if (next === undefined) break;
    now = next;
  }
  return now;
}

/** Throws `not-found`, with the new place, for what was left behind. */
export async function refuseMoved(context: IssueContext, issue: WireIssue): Promise<WireIssue> {
  if (!issue.moved_to_id) return issue;
  const { movedTo = 'a project that the token may not see' } = await followed(context, issue);
  throw new PaceError({
    kind: 'not-found',
    message: `The issue ${issue.iid} was moved to ${movedTo}, and nothing was done there.`,
    remedy: 'Please name it by where it is now, as in `group/project#12`; the token needs access to that project.',
  });
}

/** Only administrators may ask for an issue by the number that `moved_to_id` is: what GitLab has noted down tells the project. */
async function nextOf(context: IssueContext, left: WireIssue): Promise<Followed | undefined> {
  const { issues, issueNotes } = context.api.resources();
  const own = left.references?.full?.replace(/#\d+$/, '') ?? context.project;
  const order = { sort: 'desc', orderBy: 'created_at', page: 1, perPage: 100 } as const;
  const notes = await readable(() => issueNotes.all(own, left.iid, { ...order, showExpanded: true }));
  for (const { system, body } of notes?.data ?? []) {
    const [, told = '', number] = /^moved to ([\w./-]+)#(\d+)\b/.exec(system ? body : '') ?? [];
    if (number === undefined) continue;
    // a project of the same group is told without it
    const project = told.includes('/') ? told : `${own.replace(/[^/]*$/, '')}${told}`;
    const issue: WireIssue | undefined = await readable(() => issues.show(Number(number), { projectId: project }));
    if (issue && issue.id === Number(left.moved_to_id))
      return { issue, movedTo: issue.references?.full ?? `${project}#${number}` };
  }
  return undefined;
}
