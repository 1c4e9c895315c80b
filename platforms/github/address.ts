/** Which issue a key names, and reading it. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Api } from './api.ts';
import type { WireIssue } from './issue-wire.ts';

export interface IssueAddress {
  readonly owner: string;
  readonly repo: string;
  readonly issue_number: number;
}

/** An issue of this repository: `12`, `#12`. Throws `validation` for anything else. */
export function addressOf(api: Api, operation: string, key: string): IssueAddress {
  const number = /^#?([1-9]\d{0,14})$/.exec(key)?.[1];
  if (number !== undefined) return { ...api.repository, issue_number: Number(number) };
  throw new PaceError({
    kind: 'validation',
    message: `"${plainLine(key, 40)}" is not the number of an issue.`,
    remedy: `Please give the number of an issue in ${api.fullName}, e.g. 12.`,
    operation,
  });
}

/** The same, or one of another repository: `owner/repo#12`. */
export function addressAnywhere(api: Api, operation: string, key: string): IssueAddress {
  const [, owner, repo, number] = /^([\w-]+)\/(?!\.+#)([\w.-]+)#([1-9]\d{0,14})$/.exec(key) ?? [];
  if (owner === undefined || repo === undefined) return addressOf(api, operation, key);
  return { owner, repo, issue_number: Number(number) };
}

export async function getIssue(api: Api, operation: string, address: IssueAddress): Promise<WireIssue> {
  const issue: WireIssue = await api.call(operation, 'read issues', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { ...address }),
  );
  if (issue.pull_request === undefined) return issue;
  throw new PaceError({
    kind: 'not-found',
    message: `#${address.issue_number} in ${address.owner}/${address.repo} is a pull request, not an issue.`,
    remedy: 'Please give the number of an issue.',
    operation,
  });
}
