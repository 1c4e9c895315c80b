/** Which issue a key names, reading it, and where it is when it was moved. */
import { asPaceError, PaceError } from '../../core/errors.ts';
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

/** The API of the repository that the key names, and the number there. */
export function placeOf(api: Api, operation: string, key: string): { readonly api: Api; readonly number: string } {
  const { owner, repo, issue_number: number } = addressAnywhere(api, operation, key);
  const repository = `${owner}/${repo}`;
  const isOwn = isSameName(repository, api.fullName);
  return { api: isOwn ? api : api.of(repository), number: String(number) };
}

/** Throws `not-found` for an issue that was moved: what is read of it would be written to another one. */
export async function getIssue(api: Api, operation: string, address: IssueAddress): Promise<WireIssue> {
  const { issue, movedTo } = await findIssue(api, operation, address);
  if (movedTo === undefined) return issue;
  throw moved(operation, address, movedTo);
}

/**
 * Throws `not-found` for the number of a pull request, whose title, comments and labels GitHub would change like those of an issue.
 * One that was read as an issue is not asked about again.
 */
export async function requireIssue(
  api: Api,
  operation: string,
  address: IssueAddress,
  deed: 'read issues' | 'write issues' = 'write issues',
): Promise<void> {
  if (api.issues.has(address.issue_number)) return;
  await findIssue(api, operation, address, deed).catch((error: unknown) => {
    const { kind, status } = asPaceError(error);
    // where what is not there is, the deed itself finds out
    if (kind !== 'not-found' || status === undefined) throw error;
  });
}

export interface FoundIssue {
  readonly issue: WireIssue;
  /** `owner/repo#12` where GitHub has led to another issue than was asked for. */
  readonly movedTo?: string;
}

/** GitHub leads on to where an issue was transferred, and to the new name of a repository. */
export async function findIssue(
  api: Api,
  operation: string,
  address: IssueAddress,
  deed: 'read issues' | 'write issues' = 'read issues',
): Promise<FoundIssue> {
  const issue: WireIssue = await api.call(operation, deed, (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { ...address }),
  );
  if (issue.pull_request !== undefined) throw pullRequest(operation, address);
  const repository = repositoryOf(issue.repository_url);
  if (issue.number === address.issue_number) api.issues.add(issue.number);
  if (repository === undefined) return { issue };
  const asked = `${address.owner}/${address.repo}`;
  const isThere =
    issue.number === address.issue_number &&
    (isSameName(repository, asked) || isSameName(repository, await api.of(asked).currentName(operation)));
  return isThere ? { issue } : { issue, movedTo: `${repository}#${issue.number}` };
}

/**
 * Does something to an issue. GitHub sends what is about a transferred one elsewhere or finds nothing, and what is about one of a
 * renamed repository to its new name: only the latter is followed.
 */
export async function atIssue<Result>(
  api: Api,
  operation: string,
  address: IssueAddress,
  act: (address: IssueAddress) => Promise<Result>,
): Promise<Result> {
  try {
    return await act(address);
  } catch (thrown) {
    const error = asPaceError(thrown);
    if (error.kind !== 'not-found') throw error;
    const found = await findIssue(api, operation, address).catch(() => undefined);
    if (found?.movedTo !== undefined) throw moved(operation, address, found.movedTo);
    const leads = error.status !== undefined && error.status < 400;
    if (found === undefined && leads) throw moved(operation, address, error.vendorMessage ?? 'another repository');
    const renamed = found && repositoryOf(found.issue.repository_url);
    if (renamed === undefined || isSameName(renamed, `${address.owner}/${address.repo}`)) throw error;
    const [owner = '', repo = ''] = renamed.split('/');
    return act({ ...address, owner, repo });
  }
}

/** `owner/repo` of `https://api.github.com/repos/owner/repo`. */
export function repositoryOf(url: string | undefined): string | undefined {
  return /\/repos\/([^/]+\/[^/]+)$/.exec(url ?? '')?.[1];
}

export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function pullRequest(operation: string, { owner, repo, issue_number }: IssueAddress): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `#${issue_number} in ${owner}/${repo} is a pull request, not an issue.`,
    remedy: 'Please give the number of an issue.',
    operation,
  });
}

function moved(operation: string, { issue_number }: IssueAddress, to: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `The issue ${issue_number} was moved to ${to}, and nothing was done there.`,
    remedy: 'Please name it by where it is now, as in `owner/repo#12`; the token needs access to that repository.',
    operation,
  });
}
