/** What monday's refusals mean, and which right is missing. https://developer.monday.com/api-reference/docs/error-handling */

import { type ErrorKind, type PaceError, withOperation } from '../../core/errors.ts';
import type { WireError } from '../../core/http/graphql.ts';
import { isRecord } from '../../core/record.ts';

const READ = { deed: 'read items of the board', scope: 'boards:read' } as const;
const WRITE = { deed: 'edit items of the board', scope: 'boards:write' } as const;
const READ_UPDATES = { deed: 'read updates', scope: 'updates:read' } as const;
const WRITE_UPDATES = { deed: 'write updates', scope: 'updates:write' } as const;

/** What each operation needs. https://developer.monday.com/apps/docs/oauth#permission-scopes */
export const PERMISSIONS = {
  capabilities: READ,
  getCurrentUser: { deed: 'read its own user', scope: 'me:read' },
  getIssue: READ,
  closedBy: READ,
  listIssues: READ,
  createIssue: { deed: 'create items on the board', scope: 'boards:write' },
  updateIssue: WRITE,
  transitionIssue: WRITE,
  getAvailableTransitions: READ,
  listAttachments: { deed: 'read the files of items', scope: 'assets:read' },
  readAttachment: { deed: 'read the files of items', scope: 'assets:read' },
  deleteIssue: { deed: 'delete items of the board', scope: 'boards:write' },
  listComments: READ_UPDATES,
  addComment: WRITE_UPDATES,
  updateComment: WRITE_UPDATES,
  deleteComment: WRITE_UPDATES,
  getIssueLinks: READ,
  createLink: WRITE,
  deleteLink: WRITE,
  listLabels: READ,
  listUsers: { deed: 'read users', scope: 'users:read' },
} as const;
export type Operation = keyof typeof PERMISSIONS;

/** Codes in lower case; those with the status of their meaning need no line. */
export const KINDS: Readonly<Record<string, ErrorKind>> = {
  complexityexception: 'rate-limit',
  complexity_budget_exhausted: 'rate-limit',
  daily_limit_exceeded: 'rate-limit',
  rate_limit_exceeded: 'rate-limit',
  ratelimitexceeded: 'rate-limit',
  minute_limit_exceeded: 'rate-limit',
  maxconcurrencyexceeded: 'rate-limit',
  max_concurrency_exceeded: 'rate-limit',
  ip_rate_limit_exceeded: 'rate-limit',
  field_limit_exceeded: 'rate-limit',
  field_minute_rate_limit_exceeded: 'rate-limit',
  userunauthorizedexception: 'permission',
  user_unauthorized: 'permission',
  useraccessdenied: 'permission',
  user_access_denied: 'permission',
  missingrequiredpermissions: 'permission',
  unauthorized_field_or_type: 'permission',
  not_authenticated: 'authentication',
  invalidboardidexception: 'not-found',
  invaliditemidexception: 'not-found',
  invalidcolumnidexception: 'not-found',
  resourcenotfoundexception: 'not-found',
  columnvalueexception: 'validation',
  correctedvalueexception: 'validation',
  invalidargumentexception: 'validation',
  itemnametoolongexception: 'validation',
  itemslimitationexception: 'validation',
  recordinvalidexception: 'validation',
  cursorexception: 'validation',
  cursorexpirederror: 'validation',
  createboardexception: 'validation',
  resourcelockedexception: 'transient',
  api_temporarily_blocked: 'transient',
  internalservererror: 'transient',
  undefined_field: 'unexpected',
  invalid_graphql_request: 'unexpected',
  parseerror: 'unexpected',
};

/** Some things are told only in words. */
export function kindInWords(words: string): ErrorKind | undefined {
  if (/complexity budget|daily (call )?limit|rate limit|max(imum)? concurrency/i.test(words)) return 'rate-limit';
  return /not authenticated/i.test(words) ? 'authentication' : undefined;
}

/** Older forms: the code beside the list of errors, and texts in place of errors. */
export function errorIn(body: Readonly<Record<string, unknown>>): WireError | undefined {
  const { errors, error_message: told, error_code: code, status_code: status } = body;
  const [first] = Array.isArray(errors) ? errors : [errors];
  if (isRecord(first)) return undefined;
  const message = [told, first].find((text) => typeof text === 'string' && text !== '');
  return message === undefined && code === undefined
    ? undefined
    : { message, extensions: { code, status_code: status } };
}

/** The limits of a minute say when they end; that of a day ends at midnight UTC. In milliseconds. */
export function waitIn(extensions: Readonly<Record<string, unknown>>, now: number): number | undefined {
  const seconds = extensions['retry_in_seconds'];
  if (typeof seconds === 'number' && Number.isFinite(seconds)) return Math.max(0, seconds) * 1000;
  if (/^daily_limit_exceeded$/i.test(String(extensions['code']))) return DAY - (now % DAY);
  return undefined;
}

const DAY = 86_400_000;

/** The same error with the operation named, and a remedy that knows monday. */
export function explained(error: PaceError, operation: Operation, board: string): PaceError {
  if (error.operation !== undefined) return error;
  const { kind, vendorMessage: words = '' } = error;
  const better = (remedy: string) => withOperation(error, operation, { remedy });
  if (kind === 'authentication') return better(`Please check PACE_MONDAY_TOKEN: ${addToken(board)}`);
  if (kind === 'permission') return better(grantFor(operation, board));
  if (kind === 'rate-limit' && /daily/i.test(words)) return better(DAILY);
  if (kind === 'not-found') return better(`Please check the id, and that the token’s user may see board ${board}.`);
  return withOperation(error, operation);
}

const DAILY =
  'The account has used up its calls of today; they come back at midnight UTC. Please look at what else uses the API (Administration → API), or take a larger plan.';

export function grantFor(operation: Operation, board: string): string {
  const { deed, scope } = PERMISSIONS[operation];
  return `The token may not ${deed}. Please give its user the right to edit board ${board} (board permissions: “Edit everything”), and the token of an app the scope \`${scope}\`.`;
}

export function addToken(board: string): string {
  return `copy a personal token (profile picture → Developers → My access tokens) of a user who may edit board ${board}.`;
}
