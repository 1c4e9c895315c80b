/**
 * What each operation needs, and what a refusal of Bitbucket means.
 * https://support.atlassian.com/bitbucket-cloud/docs/api-token-permissions/ and https://support.atlassian.com/bitbucket-cloud/docs/repository-access-token-permissions/
 */

import { type PaceError, withOperation } from '../../core/errors.ts';
import { isRecord } from '../../core/record.ts';
import { appPassword, type Credential } from './token.ts';

interface Permission {
  /** For messages: what the token “may not”. */
  readonly deed: string;
  /** Of an API token: none of its scopes includes another. */
  readonly apiToken: readonly string[];
  /** Of an access token: `repository:write` includes `repository`, and so on. */
  readonly accessToken: readonly string[];
}

const READ = 'read:repository:bitbucket';
const READ_REQUESTS = 'read:pullrequest:bitbucket';
const WRITE_REQUESTS = 'write:pullrequest:bitbucket';
const READ_PIPELINES = 'read:pipeline:bitbucket';

export const PERMISSIONS = {
  repository: { deed: 'read the repository', apiToken: [READ], accessToken: ['repository'] },
  readFile: { deed: 'read files', apiToken: [READ], accessToken: ['repository'] },
  listChecks: {
    deed: 'read the statuses and pipelines of a commit',
    apiToken: [READ, READ_PIPELINES],
    accessToken: ['repository', 'pipeline'],
  },
  hasCommit: { deed: 'read commits', apiToken: [READ], accessToken: ['repository'] },
  proposeChange: {
    deed: 'create a branch and a pull request',
    apiToken: [READ, 'write:repository:bitbucket', READ_REQUESTS, WRITE_REQUESTS],
    accessToken: ['repository:write', 'pullrequest:write'],
  },
  findChange: { deed: 'read pull requests', apiToken: [READ_REQUESTS], accessToken: ['pullrequest'] },
  changeById: { deed: 'read pull requests', apiToken: [READ_REQUESTS], accessToken: ['pullrequest'] },
  // https://developer.atlassian.com/cloud/bitbucket/bitbucket-api-changes-commit-status/
  setCommitStatus: { deed: 'set a build status', apiToken: [READ], accessToken: ['repository'] },
  getVariable: { deed: 'read repository variables', apiToken: [READ_PIPELINES], accessToken: ['pipeline'] },
  setVariable: {
    deed: 'write repository variables',
    apiToken: [READ_PIPELINES, 'admin:pipeline:bitbucket'],
    accessToken: ['pipeline:variable'],
  },
  upsertChangeNote: {
    deed: 'comment on the pull request',
    apiToken: [READ_REQUESTS, WRITE_REQUESTS],
    accessToken: ['pullrequest:write'],
  },
} as const satisfies Readonly<Record<string, Permission>>;

export type Operation = keyof typeof PERMISSIONS;

interface Context {
  readonly operation: Operation;
  readonly repository: string;
  readonly credential: Credential;
}

/** The same error with the operation named, and with what the token lacks for it. */
export function explained(error: PaceError, context: Context): PaceError {
  const { operation, repository } = context;
  const { deed } = PERMISSIONS[operation];
  const { kind, vendorMessage: words = '' } = error;
  const said = words ? `: ${words}` : '.';
  if (kind === 'authentication') {
    if (/app password/i.test(words)) return withOperation(error, operation, appPassword(words));
    return withOperation(error, operation, BAD_TOKEN[context.credential]);
  }
  if (kind === 'permission') {
    const remedy = [neededScopes(context, words), operation === 'setCommitStatus' ? OWN_STATUS : ''].join(' ').trim();
    return withOperation(error, operation, { message: `The token may not ${deed} in ${repository}${said}`, remedy });
  }
  if (kind === 'not-found') {
    const message = `Bitbucket found nothing when asked to ${deed} in ${repository}${said}`;
    const remedy = `Please check \`bitbucket.repository\` (workspace/name), and that the token may see it: Bitbucket answers 404 for a missing permission too. ${neededScopes(context)}`;
    return withOperation(error, operation, { message, remedy });
  }
  return withOperation(error, operation);
}

const OWN_STATUS =
  'A build status can be changed by the token that has set it, and by administrators of the repository: please keep to one token.';

const BAD_TOKEN = {
  'api-token': {
    message: 'Bitbucket does not accept the API token.',
    remedy:
      'Please check that PACE_BITBUCKET_EMAIL is the e-mail address of the Atlassian account, and that the token is complete, not expired, and was made with scopes for Bitbucket: one for Jira does not work here, and app passwords ended in 2026.',
  },
  'access-token': {
    message: 'Bitbucket does not accept the access token.',
    remedy:
      'Please check that PACE_BITBUCKET_TOKEN is complete, not expired and not revoked. An API token of a person needs PACE_BITBUCKET_EMAIL, too; app passwords ended in 2026.',
  },
} as const;

/** Bitbucket tells what it has required, as `readRefusal` has put it; else what the operation needs. */
export function neededScopes({ operation, credential, repository }: Context, words = ''): string {
  const [, told] = /\(required: ([^)]+)\)/.exec(words) ?? [];
  const scopes = told?.split(', ') ?? scopesFor(operation, credential);
  const which = scopes.map((scope) => `\`${scope}\``).join(' and ');
  const user =
    credential === 'api-token' ? `, and its user ${ACCESS[operation] ?? 'write'} access to ${repository}` : '';
  return `Please give the token the scope${scopes.length > 1 ? 's' : ''} ${which}${user}. Scopes cannot be added to a token: please make a new one.`;
}

const ACCESS: Partial<Record<Operation, string>> = { repository: 'read', listChecks: 'read', setVariable: 'admin' };

export function scopesFor(operation: Operation, credential: Credential): readonly string[] {
  const { apiToken, accessToken } = PERMISSIONS[operation];
  return credential === 'api-token' ? apiToken : accessToken;
}

/** Bitbucket's words from the body of a refusal: `{ error: { message, detail } }`. */
export function readRefusal(body: unknown): string | undefined {
  const error = recordOf(recordOf(body)['error']);
  const { message, detail } = error;
  if (typeof message !== 'string') return undefined;
  if (typeof detail === 'string') return `${message} ${detail}`;
  const { required } = recordOf(detail);
  return `${message}${Array.isArray(required) ? ` (required: ${required.join(', ')})` : ''}`;
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? (value as Record<string, unknown>) : {};
}
