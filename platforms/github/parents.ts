/** Parents, which GitHub keeps as lists of sub-issues. https://docs.github.com/en/rest/issues/sub-issues */
import { unless } from '../../core/drivers/unless.ts';
import { PaceError, unsupported } from '../../core/errors.ts';
import { hasSubIssues, NO_SUB_ISSUES } from './abilities.ts';
import { addressAnywhere, atIssue, getIssue, type IssueAddress } from './address.ts';
import type { Api } from './api.ts';
import { referenceTo, type WireIssue } from './issue-wire.ts';

/** The parent that is asked for, looked up before anything is written. `self` is absent for a new issue. */
export async function findParent(api: Api, operation: string, parent: string, self?: string): Promise<IssueAddress> {
  const address = addressAnywhere(api, operation, parent);
  if (self !== undefined && parent.replace(/^#/, '') === self.replace(/^#/, '')) throw ownParent(operation, self);
  const issue = await getIssue(api, operation, address);
  if (await hasSubIssues(api, operation, address, issue)) return address;
  throw unsupported('GitHub', 'give an issue a parent', NO_SUB_ISSUES);
}

/** A sub-issue is told by its id, which is not its number. A parent that the issue has already gives way. */
export async function setParent(api: Api, operation: string, child: WireIssue, parent: IssueAddress): Promise<void> {
  await atIssue(api, operation, parent, (where) =>
    api.call(operation, 'write issues', (octokit) =>
      octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/sub_issues', {
        ...where,
        sub_issue_id: Number(child.id),
        replace_parent: true,
      }),
    ),
  );
}

export async function removeParent(api: Api, operation: string, child: WireIssue): Promise<void> {
  const url = child.parent_issue_url ?? (await parentUrl(api, operation, child));
  if (!url) return;
  const parent = addressAnywhere(api, operation, referenceTo(url, `/repos/${api.fullName}`));
  await atIssue(api, operation, parent, (where) =>
    api.call(operation, 'write issues', (octokit) =>
      octokit.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/sub_issue', {
        ...where,
        sub_issue_id: Number(child.id),
      }),
    ),
  );
}

/** Servers of some ages do not tell it in the issue. */
async function parentUrl(api: Api, operation: string, { number }: WireIssue): Promise<string | undefined> {
  const parent = await unless(['not-found'], () =>
    api.call(operation, 'read issues', (octokit) =>
      octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/parent', {
        ...api.repository,
        issue_number: number,
      }),
    ),
  );
  return parent && `${parent.repository_url}/issues/${parent.number}`;
}

function ownParent(operation: string, key: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${key} cannot be its own parent.`,
    remedy: 'Please name another issue.',
    operation,
  });
}
