/** Gitea's refusals in plain words: which scope and which role are missing. */
import { PaceError, withOperation } from '../../core/errors.ts';
import { REMEDIES } from '../../core/http/refusal.ts';
import type { World } from '../../core/world.ts';

/**
 * What each operation does, the scope that a token needs for it, and what its user must be in the repository.
 * https://docs.gitea.com/development/oauth2-provider#scopes and https://forgejo.org/docs/latest/user/token-scope/
 */
export const PERMISSIONS = {
  repository: { deed: 'read the repository', scope: 'read:repository', access: 'read' },
  readFile: { deed: 'read files', scope: 'read:repository', access: 'read' },
  listChecks: { deed: 'read statuses and runs of a commit', scope: 'read:repository', access: 'read' },
  ownCheck: { deed: 'read statuses and runs of a commit', scope: 'read:repository', access: 'read' },
  hasCommit: { deed: 'read commits', scope: 'read:repository', access: 'read' },
  proposeChange: { deed: 'create a branch and a pull request', scope: 'write:repository', access: 'write' },
  labelChange: { deed: 'label a pull request', scope: 'write:issue', access: 'write' },
  findChange: { deed: 'read pull requests', scope: 'read:repository', access: 'read' },
  changeById: { deed: 'read pull requests', scope: 'read:repository', access: 'read' },
  listApprovals: { deed: 'read pull requests', scope: 'read:repository', access: 'read' },
  commitAuthors: { deed: 'read commits', scope: 'read:repository', access: 'read' },
  setCommitStatus: { deed: 'set a commit status', scope: 'write:repository', access: 'write' },
  getVariable: { deed: 'read variables', scope: 'read:repository', access: 'owner' },
  setVariable: { deed: 'write variables', scope: 'write:repository', access: 'owner' },
  upsertChangeNote: { deed: 'comment on a pull request', scope: 'write:issue', access: 'read' },
  containerId: { deed: 'read the repository', scope: 'read:repository', access: 'read' },
  capabilities: { deed: 'read the repository', scope: 'read:repository', access: 'read' },
  getCurrentUser: { deed: 'read whose token it is', scope: 'read:user', access: 'none' },
  isTrusted: { deed: 'read who can be assigned', scope: 'read:repository', access: 'read' },
  isWriter: { deed: 'read who can be assigned', scope: 'read:repository', access: 'read' },
  closedBy: { deed: 'read issues', scope: 'read:issue', access: 'read' },
  isTeamMember: { deed: 'read the members of a team', scope: 'read:organization', access: 'none' },
  getIssue: { deed: 'read issues', scope: 'read:issue', access: 'read' },
  listIssues: { deed: 'read issues', scope: 'read:issue', access: 'read' },
  createIssue: { deed: 'create issues', scope: 'write:issue', access: 'read' },
  updateIssue: { deed: 'edit issues', scope: 'write:issue', access: 'write' },
  transitionIssue: { deed: 'close and reopen issues', scope: 'write:issue', access: 'write' },
  deleteIssue: { deed: 'delete issues', scope: 'write:issue', access: 'owner' },
  listAttachments: { deed: 'read issues', scope: 'read:issue', access: 'read' },
  getAvailableTransitions: { deed: 'read issues', scope: 'read:issue', access: 'read' },
  listComments: { deed: 'read issues', scope: 'read:issue', access: 'read' },
  addComment: { deed: 'comment on issues', scope: 'write:issue', access: 'read' },
  updateComment: { deed: 'edit comments', scope: 'write:issue', access: 'write' },
  deleteComment: { deed: 'delete comments', scope: 'write:issue', access: 'write' },
  getIssueLinks: { deed: 'read issues', scope: 'read:issue', access: 'read' },
  createLink: { deed: 'edit the dependencies of issues', scope: 'write:issue', access: 'write' },
  deleteLink: { deed: 'edit the dependencies of issues', scope: 'write:issue', access: 'write' },
  listLabels: { deed: 'read labels', scope: 'read:issue', access: 'read' },
  createLabel: { deed: 'create labels', scope: 'write:issue', access: 'write' },
  updateLabel: { deed: 'edit labels', scope: 'write:issue', access: 'write' },
  deleteLabel: { deed: 'delete labels', scope: 'write:issue', access: 'write' },
  listMilestones: { deed: 'read milestones', scope: 'read:issue', access: 'read' },
  createMilestone: { deed: 'create milestones', scope: 'write:issue', access: 'write' },
  updateMilestone: { deed: 'edit milestones', scope: 'write:issue', access: 'write' },
  deleteMilestone: { deed: 'delete milestones', scope: 'write:issue', access: 'write' },
  listUsers: { deed: 'read who can be assigned', scope: 'read:repository', access: 'read' },
} as const;

export type Operation = keyof typeof PERMISSIONS;

interface Context {
  readonly operation: Operation;
  readonly repository: string;
  readonly env: World['env'];
}

/** The same error with the operation named, and with what Gitea itself does not tell. */
export function explained(error: PaceError, context: Context): PaceError {
  const { operation, repository } = context;
  const { deed } = PERMISSIONS[operation];
  const { status, kind } = error;
  // some refusals say nothing, or are a page in place of words
  const words = /^\(.*\)$/.test(error.vendorMessage ?? '') ? '' : (error.vendorMessage ?? '');
  // what has been found out already
  if (error.operation === operation) return error;
  if (status === 423 || (status === 403 && /is archived/i.test(words))) {
    const message = `${repository} is archived and can only be read.`;
    return withOperation(error, operation, {
      kind: 'permission',
      message,
      remedy: 'Please take it out of the archive (repository settings), or use another repository.',
    });
  }
  if (status === 400 && /already changed/i.test(words)) {
    return withOperation(error, operation, { kind: 'conflict', remedy: REMEDIES.conflict });
  }
  if (status === 412 && /open dependencies/i.test(words)) return withOperation(error, operation, OPEN_DEPENDENCIES);
  if (kind === 'authentication') return withOperation(error, operation, BAD_TOKEN);
  if (kind === 'permission' && /protected|not allowed to push|pre-receive/i.test(words)) {
    const message = `A protected branch does not let the token ${deed} in ${repository} (${words}).`;
    return withOperation(error, operation, { message, remedy: PROTECTED });
  }
  if (kind === 'permission') {
    const message = `The token may not ${deed} in ${repository}${words ? ` (${words})` : ''}.`;
    return withOperation(error, operation, { message, remedy: permissionRemedy(operation, context) });
  }
  if (kind === 'not-found') {
    const message = `Gitea found nothing when asked to ${deed} in ${repository}${words ? ` (${words})` : ''}.`;
    const remedy = `Please check that it exists, and that the token may see it: Gitea answers 404 for a missing permission too. ${permissionRemedy(operation, context)}`;
    return withOperation(error, operation, { message, remedy });
  }
  return withOperation(error, operation);
}

export function issuesAreOff({ fullName }: { readonly fullName: string }): PaceError {
  return new PaceError({
    kind: 'configuration',
    operation: 'capabilities',
    message: `Issues are disabled in ${fullName}, or kept elsewhere.`,
    remedy: ISSUES_ARE_OFF,
  });
}

export const ISSUES_ARE_OFF =
  'Please enable the built-in issue tracker (repository settings → Units → Issues), or name another repository in `gitea.issues_repository`.';

/** Told in the server's language, so that it is looked for at the issue. */
export function lockedIssue(error: PaceError, { fullName }: { readonly fullName: string }): PaceError {
  return withOperation(error, 'addComment', {
    message: `The conversation of the issue is locked: only those who may write to ${fullName} can comment on it.`,
    remedy:
      'Please unlock it (“Unlock conversation” at the right of the issue), or give the token’s user write access.',
  });
}

const OPEN_DEPENDENCIES = {
  kind: 'transition',
  message: 'Gitea does not close an issue that depends on open ones.',
  remedy: 'Please close the issues that it depends on first, or remove the dependencies.',
} as const;

const PROTECTED =
  'Please let the token’s user push to branches named `pace/*` (repository settings → Branches), or leave them unprotected.';

const BAD_TOKEN = {
  message: 'Gitea does not accept the token.',
  remedy: 'Please check that the token (PACE_GITEA_TOKEN) is complete, of this server, not expired and not revoked.',
} as const;

/** What to give to the token, and to its user. */
export function permissionRemedy(operation: Operation, { repository, env }: Omit<Context, 'operation'>): string {
  const { scope, access } = PERMISSIONS[operation];
  const role = ROLES[access];
  const needed = `Please give the token the scope \`${scope}\`${role ? `, and its user ${role} ${repository}` : ''}.`;
  const own = env['GITEA_ACTIONS'] === 'true' || env['FORGEJO_ACTIONS'] === 'true';
  return own
    ? `${needed} The own token of a job reaches its own repository only, no variables, and can only read for a pull request from a fork: set PACE_GITEA_TOKEN from a secret.`
    : needed;
}

const ROLES = {
  none: '',
  read: 'read access to',
  write: 'write access to',
  owner: 'the ownership or administration of',
} as const;
