/** ClickUp's refusals in plain words: which permission is missing. https://developer.clickup.com/docs/common_errors */
import { type PaceError, withOperation } from '../../core/errors.ts';

const VIEW = 'View only';
const COMMENT = 'Comment';
const EDIT = 'Edit';
const FULL = 'Full edit';

/** What each operation does, and the permission that the token's user needs on the List. Tokens have no scopes of their own. */
export const PERMISSIONS = {
  capabilities: { deed: 'read the List', permission: VIEW },
  getCurrentUser: { deed: 'read whose token it is', permission: VIEW },
  isTrusted: { deed: 'read whose token it is', permission: VIEW },
  getIssue: { deed: 'read tasks', permission: VIEW },
  listIssues: { deed: 'read tasks', permission: VIEW },
  createIssue: { deed: 'create tasks', permission: FULL },
  updateIssue: { deed: 'edit tasks', permission: EDIT },
  transitionIssue: { deed: 'change the status of tasks', permission: EDIT },
  deleteIssue: { deed: 'delete tasks', permission: FULL },
  listAttachments: { deed: 'read tasks', permission: VIEW },
  getAvailableTransitions: { deed: 'read the statuses of the List', permission: VIEW },
  listComments: { deed: 'read comments', permission: VIEW },
  addComment: { deed: 'comment on tasks', permission: COMMENT },
  updateComment: { deed: 'edit comments', permission: COMMENT },
  deleteComment: { deed: 'delete comments', permission: COMMENT },
  getIssueLinks: { deed: 'read tasks', permission: VIEW },
  createLink: { deed: 'link tasks', permission: EDIT },
  deleteLink: { deed: 'link tasks', permission: EDIT },
  listLabels: { deed: 'read the tags of the Space', permission: VIEW },
  createLabel: { deed: 'create tags in the Space', permission: FULL },
  updateLabel: { deed: 'edit tags of the Space', permission: FULL },
  deleteLabel: { deed: 'delete tags of the Space', permission: FULL },
  listUsers: { deed: 'read the members of the Workspace', permission: VIEW },
} as const;

export type Operation = keyof typeof PERMISSIONS;

/** Answered with 401 for what does not exist or is not shared with the token's user, as ClickUp does not tell these apart. */
const UNSEEN = /\bOAUTH_0(?:23|26|27|29|3\d|4[0-5])\b/;

/** The same error with the operation named, and with what ClickUp itself does not tell. */
export function explained(error: PaceError, operation: Operation, list: string): PaceError {
  if (error.operation !== undefined) return error;
  const { deed } = PERMISSIONS[operation];
  const { kind, vendorMessage: words = '' } = error;
  const said = words ? ` (${words})` : '';
  if (kind === 'not-found' || UNSEEN.test(words)) {
    const message = `ClickUp found nothing when asked to ${deed}${said}.`;
    const remedy = `Please check the id, and that the token may see it: ClickUp gives the same answer for both. ${grantFor(operation, list)}`;
    return withOperation(error, operation, { kind: 'not-found', message, remedy });
  }
  if (kind === 'authentication') return withOperation(error, operation, BAD_TOKEN);
  if (kind === 'permission') {
    const message = `The token may not ${deed}${said}.`;
    return withOperation(error, operation, { message, remedy: grantFor(operation, list) });
  }
  return withOperation(error, operation);
}

const BAD_TOKEN = {
  message: 'ClickUp does not accept the token.',
  remedy:
    'Please check that the token (PACE_CLICKUP_TOKEN) is complete and not revoked: Settings → Apps → API Token. A personal token begins with pk_.',
} as const;

export function grantFor(operation: Operation, list: string): string {
  const { permission } = PERMISSIONS[operation];
  return `Please give the token’s user the permission “${permission}” on the List ${list} (Sharing & Permissions); an OAuth app must also be authorized for the Workspace.`;
}
