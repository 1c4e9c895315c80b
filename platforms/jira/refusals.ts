/** What Jira's refusals mean, and which permission is missing. https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes */

import { defined } from '../../core/defined.ts';
import { type ErrorKind, PaceError, withOperation } from '../../core/errors.ts';
import { isRecord } from '../../core/record.ts';

export type Operation = keyof typeof PERMISSIONS;

interface Permission {
  /** As Jira spells it; of the project, but for “Browse users and groups”, which is global. */
  readonly project: string;
  readonly scope: 'read:jira-work' | 'write:jira-work' | 'manage:jira-project' | 'read:jira-user';
}

const BROWSE = { project: 'Browse Projects', scope: 'read:jira-work' } as const;
const EDIT = { project: 'Edit Issues', scope: 'write:jira-work' } as const;
const LINK = { project: 'Link Issues', scope: 'write:jira-work' } as const;
const ADMINISTER = { project: 'Administer Projects', scope: 'manage:jira-project' } as const;

/** https://support.atlassian.com/jira-cloud-administration/docs/permissions-for-company-managed-projects/ */
export const PERMISSIONS = {
  getIssue: BROWSE,
  listIssues: BROWSE,
  listComments: BROWSE,
  getIssueLinks: BROWSE,
  listLabels: BROWSE,
  listMilestones: BROWSE,
  capabilities: BROWSE,
  getAvailableTransitions: BROWSE,
  closedBy: BROWSE,
  containerId: BROWSE,
  history: BROWSE,
  getCurrentUser: { project: 'Browse Projects', scope: 'read:jira-user' },
  listUsers: { project: 'Browse users and groups', scope: 'read:jira-user' },
  createIssue: { project: 'Create Issues', scope: 'write:jira-work' },
  updateIssue: EDIT,
  transitionIssue: { project: 'Transition Issues', scope: 'write:jira-work' },
  deleteIssue: { project: 'Delete Issues', scope: 'write:jira-work' },
  listAttachments: BROWSE,
  addComment: { project: 'Add Comments', scope: 'write:jira-work' },
  updateComment: { project: 'Edit Own Comments', scope: 'write:jira-work' },
  deleteComment: { project: 'Delete Own Comments', scope: 'write:jira-work' },
  createLink: LINK,
  deleteLink: LINK,
  createMilestone: ADMINISTER,
  updateMilestone: ADMINISTER,
  deleteMilestone: ADMINISTER,
} as const satisfies Readonly<Record<string, Permission>>;

const LOGIN_REMEDY =
  'Please check that JIRA_TOKEN is a valid API token of the account JIRA_EMAIL, or in Data Center a personal access token without JIRA_EMAIL. ' +
  'After many failed logins Jira asks for a CAPTCHA: then log in once in a browser.';

const WRONG_KIND =
  'This Jira does not know the address: please check JIRA_URL, with its path if it has one, and JIRA_DEPLOYMENT (cloud or data-center) if it is set.';

/** With wrong credentials Jira answers some requests as if nobody had logged in: an empty list, which is not the truth. */
export function refuseAnonymous(response: Response, operation: Operation): void {
  const reason = response.headers.get('x-seraph-loginreason') ?? '';
  if (!isLoginFailure(reason)) return;
  throw new PaceError({
    kind: 'authentication',
    message: `Jira did not accept the credentials (${reason}).`,
    remedy: LOGIN_REMEDY,
    operation,
    status: response.status,
    vendorMessage: reason,
  });
}

function isLoginFailure(words: string): boolean {
  return /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED|CAPTCHA/.test(words);
}

/** A server without this version of the API says so in other words than that an issue is missing. */
export function isUnknownAddress(error: PaceError): boolean {
  return error.status === 404 && /null for uri|web page/i.test(`${error.vendorMessage ?? ''} ${error.message}`);
}

export function noApi(url: string, operation: Operation, cause: unknown): PaceError {
  return new PaceError({
    kind: 'unexpected',
    message: `${url} did not answer like Jira.`,
    remedy: 'Please set JIRA_URL to the address of the site, such as https://your-team.atlassian.net.',
    operation,
    cause,
  });
}

/** Whose token it is, and for which project. */
export interface Who {
  readonly email: string;
  readonly project: string;
}

/** `''` where a token stands for itself. */
export function accountOf({ email }: Who): string {
  return email === '' ? 'the account of the token' : email;
}

export function grantFor(operation: Operation, who: Who): string {
  const { project: permission, scope } = PERMISSIONS[operation];
  const scoped = who.email.includes('@') ? `; a token with scopes needs ${scope}` : '';
  return `Please give ${accountOf(who)} the permission “${permission}” in the project ${who.project}${scoped}.`;
}

/** The same error with a remedy that knows Jira. */
export function refined(error: PaceError, operation: Operation, who: Who): PaceError {
  const { project, scope } = PERMISSIONS[operation];
  const words = error.vendorMessage ?? '';
  const isComment = operation === 'addComment' || operation === 'updateComment' || operation === 'deleteComment';
  const grant = `${grantFor(operation, who)}${isComment ? ' To change the state of an issue it is not needed.' : ''}`;
  const better = (kind: ErrorKind, remedy: string, message?: string) =>
    withOperation(error, operation, { kind, remedy, ...defined({ message }) });

  if (/scope does not match/i.test(words))
    return better('permission', `Please create a token with the scope ${scope}.`);
  // the answer to this is 400, 401 or 403, from version to version
  if (/permission to comment/i.test(words)) return better('permission', grant);
  if (error.kind === 'authentication' || isLoginFailure(words)) return better('authentication', LOGIN_REMEDY);
  if (error.kind === 'permission') return better('permission', grant);
  if (error.status === 410)
    return better('unsupported', 'Atlassian has removed this part of the API: please update PACE.');
  if (error.status === 413)
    return better('validation', 'The issue has reached a limit of Jira: please close it or remove comments.');
  if (isUnknownAddress(error)) return better('not-found', WRONG_KIND);
  if (/\bproject: |field 'project'/.test(words)) {
    const remedy = `Please check JIRA_PROJECT_KEY (${who.project}). ${grant}`;
    return better('permission', remedy, `Jira does not let this account use the project ${who.project}: ${words}`);
  }
  if (error.kind === 'validation' && /permission/i.test(words)) return better('permission', grant);
  if (error.kind === 'not-found')
    return better('not-found', `Please check the key. Jira also says so when “${project}” is missing: ${grant}`);
  return withOperation(error, operation);
}

/** The fields that Jira has refused in a 400 answer, by their keys. */
export function refusedFields(error: unknown): string[] {
  if (!(error instanceof PaceError) || error.status !== 400) return [];
  return [...(error.vendorMessage ?? '').matchAll(/(?:^|; )([\w.-]+): /g)].map((match) => match[1] ?? '');
}

/** Fields first, so that cutting a long text keeps them; then sentences, then what stands in headers only. */
export function refusalWords(body: unknown, headers: Headers): string {
  const { errors, errorMessages, message } = isRecord(body) ? body : {};
  const fields = isRecord(errors) ? Object.entries(errors).map(([name, words]) => `${name}: ${String(words)}`) : [];
  const sentences = Array.isArray(errorMessages) ? errorMessages.map(String) : [];
  const reasons = ['x-seraph-loginreason', 'x-authentication-denied-reason', 'ratelimit-reason']
    .map((name) => headers.get(name))
    .filter((reason) => reason !== null && reason !== 'OK')
    .map((reason) => `(${reason})`);
  return [...fields, ...sentences, ...(typeof message === 'string' ? [message] : []), ...reasons].join('; ');
}
