/** Labels and people of an issue, each added and removed by itself: what others change meanwhile stays. */

import { unless } from '../../core/drivers/unless.ts';
import type { IssuePatch } from '../../core/ports/index.ts';
import type { Steps } from '../../core/tracker/partly.ts';
import { atIssue, getIssue, type IssueAddress } from './address.ts';
import type { Api } from './api.ts';
import { sameName } from './field-labels.ts';
import { labelNames, type WireIssue } from './issue-wire.ts';

/** Brings the issue from some labels to others: the new ones first, so that a state is never without its label. */
export async function relabel(
  api: Api,
  operation: string,
  issue: WireIssue,
  { from, to, steps }: { readonly from: readonly string[]; readonly to: readonly string[]; readonly steps: Steps },
): Promise<WireIssue> {
  const added = to.filter((name) => !from.some((other) => sameName(other, name)));
  const removed = from.filter((name) => !to.some((other) => sameName(other, name)));
  const missing = added.filter((name) => !labelNames(issue).some((other) => sameName(other, name)));
  if (missing.length + removed.length === 0) return issue;
  const address = addressOf(api, issue);
  if (missing.length > 0) await steps.write('labels', () => addLabels(api, operation, address, missing));
  for (const name of removed) await steps.write('labels', () => removeLabel(api, operation, address, name));
  return steps.read(() => getIssue(api, operation, address));
}

/** https://docs.github.com/en/rest/issues/labels#add-labels-to-an-issue */
function addLabels(api: Api, operation: string, address: IssueAddress, labels: string[]): Promise<unknown> {
  return atIssue(api, operation, address, (where) =>
    api.call(operation, 'write issues', (octokit) =>
      octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', { ...where, labels }),
    ),
  );
}

/** One that is not there (any more) is gone as it should be. */
function removeLabel(api: Api, operation: string, address: IssueAddress, name: string): Promise<unknown> {
  return unless(['not-found'], () =>
    atIssue(api, operation, address, (where) =>
      api.call(operation, 'write issues', (octokit) =>
        octokit.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', { ...where, name }),
      ),
    ),
  );
}

/** Whoever GitHub does not assign is left out in silence: the answer tells. https://docs.github.com/en/rest/issues/assignees */
export async function reassign(
  api: Api,
  operation: string,
  issue: WireIssue,
  { addAssignees = [], removeAssignees = [] }: IssuePatch,
  steps: Steps,
): Promise<WireIssue> {
  const address = addressOf(api, issue);
  let after = issue;
  const added = logins(addAssignees);
  const gone = logins(removeAssignees);
  const assigned = (issue.assignees ?? []).map(({ login }) => login);
  const removed = assigned.filter((login) => gone.some((name) => sameName(name, login)));
  const assign = (route: `${'DELETE' | 'POST'} ${typeof ASSIGNEES}`, assignees: string[]) =>
    steps.write('assignees', () =>
      atIssue(api, operation, address, (where) =>
        api.call(operation, 'write issues', (octokit) => octokit.request(route, { ...where, assignees })),
      ),
    );
  if (removed.length > 0) after = await assign(`DELETE ${ASSIGNEES}`, removed);
  if (added.length > 0) after = await assign(`POST ${ASSIGNEES}`, added);
  return after;
}

const ASSIGNEES = '/repos/{owner}/{repo}/issues/{issue_number}/assignees';

function logins(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.trim().replace(/^@/, '')))];
}

function addressOf(api: Api, { number }: WireIssue): IssueAddress {
  return { ...api.repository, issue_number: number };
}
