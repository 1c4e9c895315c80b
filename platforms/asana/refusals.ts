/** Asana's refusals in plain words: which scope a token lacks, or which access its user. https://developers.asana.com/docs/errors */

import { type ErrorKind, PaceError, withOperation } from '../../core/errors.ts';
import { kindOf } from '../../core/http/refusal.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

const READ = { deed: 'read tasks', scope: 'tasks:read' } as const;
const EDIT = { deed: 'edit tasks', scope: 'tasks:write' } as const;
const PROJECT = { deed: 'read the project', scope: 'projects:read' } as const;

/** What each operation does, and the scope that an OAuth token needs. https://developers.asana.com/docs/oauth-scopes */
export const PERMISSIONS = {
  capabilities: PROJECT,
  getCurrentUser: { deed: 'read whose token it is', scope: 'users:read' },
  isTrusted: { deed: 'read whose token it is', scope: 'users:read' },
  getIssue: READ,
  closedBy: READ,
  listIssues: READ,
  createIssue: { deed: 'create tasks', scope: 'tasks:write' },
  updateIssue: EDIT,
  transitionIssue: EDIT,
  getAvailableTransitions: READ,
  listAttachments: { deed: 'read attachments', scope: 'attachments:read' },
  deleteIssue: { deed: 'delete tasks', scope: 'tasks:delete' },
  listComments: { deed: 'read comments', scope: 'stories:read' },
  addComment: { deed: 'comment on tasks', scope: 'stories:write' },
  updateComment: { deed: 'edit comments', scope: 'stories:write' },
  deleteComment: { deed: 'delete comments', scope: 'stories:delete' },
  getIssueLinks: READ,
  createLink: EDIT,
  deleteLink: EDIT,
  listLabels: { deed: 'read tags', scope: 'tags:read' },
  createLabel: { deed: 'create tags', scope: 'tags:write' },
  updateLabel: { deed: 'edit tags', scope: 'tags:write' },
  deleteLabel: { deed: 'delete tags', scope: 'tags:delete' },
  listUsers: { deed: 'read the people of the workspace', scope: 'users:read' },
} as const;
export type Operation = keyof typeof PERMISSIONS;

export interface Refusal {
  readonly operation: Operation;
  readonly project: string;
  /** What the request itself needs, where that is not what the operation is named for. */
  readonly scope?: string | undefined;
}

/** `{ errors: [{ message, help }] }`. */
export function wordsOf(body: unknown): string | undefined {
  const errors = isRecord(body) && 'errors' in body ? body.errors : undefined;
  if (!Array.isArray(errors)) return undefined;
  return errors.map((error: { message?: unknown } | null) => String(error?.message ?? '')).join(' ');
}

/** The same error with the operation named, and with what to do about it in Asana. */
export function explained(error: PaceError, { operation, project, scope }: Refusal): PaceError {
  if (error.operation !== undefined) return error;
  const { kind, status, vendorMessage: words = '' } = error;
  const { deed } = PERMISSIONS[operation];
  if (status === 402) {
    const message = `The plan of this Asana workspace does not allow PACE to ${deed} in this way${told(words)}.`;
    return withOperation(error, operation, {
      kind: 'unsupported',
      message,
      remedy: 'Please do without, or change the plan.',
    });
  }
  if (kind === 'authentication') return withOperation(error, operation, BAD_TOKEN);
  if (kind === 'permission') {
    const message = `The token may not ${deed} in the project ${project}${told(words)}.`;
    return withOperation(error, operation, { message, remedy: permissionRemedy(operation, project, scope) });
  }
  if (kind === 'not-found' || (kind === 'validation' && UNKNOWN.test(words))) {
    const message = `Asana found nothing when asked to ${deed}${told(words)}.`;
    const remedy = 'Please check the number, and that the token’s user may see the task or the project that it names.';
    return withOperation(error, operation, { kind: 'not-found', message, remedy });
  }
  return withOperation(error, operation);
}

const UNKNOWN = /\b(unknown object|not a recognized id|not a valid gid)\b/i;

function told(words: string): string {
  return words === '' ? '' : ` (${words})`;
}

const BAD_TOKEN = {
  message: 'Asana does not accept the token.',
  remedy:
    'Please check that PACE_ASANA_TOKEN is complete and not revoked; a new one is made at https://app.asana.com/0/my-apps.',
};

/** What to give to the token's user, and to an OAuth token. */
export function permissionRemedy(operation: Operation, project: string, scope?: string): string {
  return `Please give the token’s user edit access to the project ${project}; an OAuth token needs the scope \`${scope ?? PERMISSIONS[operation].scope}\`.`;
}

/** The refusal of one part of a batch. */
export function refusedPart(status: number, body: unknown, refusal: Refusal): PaceError {
  const words = plainLine(wordsOf(body) ?? '', 500);
  const kind: ErrorKind = status === 429 ? 'rate-limit' : kindOf(status);
  const remedy = 'Please compare what was sent with what the project accepts.';
  const message = `Asana answered ${status} to a part of a batch: ${words}`;
  return explained(
    new PaceError({ kind, status, message, remedy, ...(words ? { vendorMessage: words } : {}) }),
    refusal,
  );
}
