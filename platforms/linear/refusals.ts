/** What each operation needs on Linear, and what its refusals mean. https://linear.app/developers/graphql#errors */
import { type ErrorKind, type PaceError, withOperation } from '../../core/errors.ts';

const READ = { permission: 'Read', scope: 'read' } as const;

const WRITE = { permission: 'Write', scope: 'write' } as const;

/** What each operation needs: of an API key, and of an OAuth token. https://linear.app/developers/oauth-2-0-authentication#scopes */
export const PERMISSIONS = {
  capabilities: READ,
  getCurrentUser: READ,
  getIssue: READ,
  closedBy: READ,
  containerId: READ,
  listIssues: READ,
  createIssue: { permission: 'Create issues', scope: 'issues:create' },
  updateIssue: WRITE,
  transitionIssue: WRITE,
  getAvailableTransitions: READ,
  listAttachments: READ,
  deleteIssue: WRITE,
  listComments: READ,
  addComment: { permission: 'Create comments', scope: 'comments:create' },
  updateComment: WRITE,
  deleteComment: WRITE,
  getIssueLinks: READ,
  createLink: WRITE,
  deleteLink: WRITE,
  listLabels: READ,
  createLabel: WRITE,
  updateLabel: WRITE,
  deleteLabel: WRITE,
  listMilestones: READ,
  createMilestone: WRITE,
  updateMilestone: WRITE,
  deleteMilestone: WRITE,
  listUsers: READ,
} as const;

export type Operation = keyof typeof PERMISSIONS;

/** `extensions.code` and `extensions.type` of Linear's errors. https://linear.app/developers/graphql#errors */
export const KINDS: Readonly<Record<string, ErrorKind>> = {
  authentication_error: 'authentication',
  'authentication error': 'authentication',
  'feature not accessible': 'unsupported',
  'invalid input': 'validation',
  input_error: 'validation',
  'user error': 'validation',
  'usage limit exceeded': 'permission',
  'lock timeout': 'transient',
  'network error': 'transient',
  'internal error': 'transient',
};

/** Linear tells some things only in words. */
export function kindInWords(words: string): ErrorKind | undefined {
  if (/Entity not found|Could not find referenced/i.test(words)) return 'not-found';
  if (/Invalid scope|not have (?:access|permission)/i.test(words)) return 'permission';
  if (/conflict on insert|already exists|duplicate label/i.test(words)) return 'conflict';
  return /too complex|complexity/i.test(words) && !/rate ?limit/i.test(words) ? 'validation' : undefined;
}

/** The same error with the operation named, and a remedy that knows Linear. */
export function explained(error: PaceError, operation: Operation, team: string): PaceError {
  if (error.operation !== undefined) return error;
  const { kind } = error;
  const words = error.vendorMessage ?? '';
  const better = (remedy: string) => withOperation(error, operation, { remedy });
  if (kind === 'authentication') return better(`Please check PACE_LINEAR_TOKEN: ${addToken(team)}`);
  if (kind === 'permission') return better(grantFor(operation, team, words));
  if (kind === 'unsupported')
    return better('The plan of the workspace does not have this: please do without, or change the plan.');
  if (/exclusive child/i.test(words))
    return better('An issue can have one label of a group: please remove the other one of the group in the same edit.');
  return withOperation(error, operation);
}

export function grantFor(operation: Operation, team: string, words = ''): string {
  const { permission, scope } = PERMISSIONS[operation];
  // Linear names the scope itself where it knows better
  const told = /Invalid scope: `([\w:]+)` required/i.exec(words)?.[1] ?? scope;
  return `Please give the API key the permission “${permission}” (an OAuth token: the scope \`${told}\`) and access to the team ${team.toUpperCase()}.`;
}

export function addToken(team: string): string {
  return `create a key under Settings → Account → Security & Access → Personal API keys, with the permissions Read and Write and access to the team ${team.toUpperCase()}.`;
}
