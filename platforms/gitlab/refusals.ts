/** What each operation needs, and what a refusal of GitLab means. https://docs.gitlab.com/user/permissions/ */
import { type PaceError, withOperation } from '../../core/errors.ts';

export type Credential = 'token' | 'job-token' | 'none';
export type Operation = keyof typeof PERMISSIONS;

type Role = 'Reporter' | 'Developer' | 'Maintainer' | 'Owner';

interface Permission {
  /** For messages: what the token “may not”. */
  readonly deed: string;
  readonly scope: 'api' | 'read_api';
  readonly role: Role;
  /** The role for what others wrote. */
  readonly othersRole?: Role;
}

export const PERMISSIONS = {
  repository: { deed: 'read the project', scope: 'read_api', role: 'Reporter' },
  readFile: { deed: 'read files', scope: 'read_api', role: 'Reporter' },
  listChecks: { deed: 'read the jobs and statuses of a commit', scope: 'read_api', role: 'Reporter' },
  hasCommit: { deed: 'read commits', scope: 'read_api', role: 'Reporter' },
  proposeChange: { deed: 'create a branch and a merge request', scope: 'api', role: 'Developer' },
  findChange: { deed: 'read merge requests', scope: 'read_api', role: 'Reporter' },
  changeById: { deed: 'read merge requests', scope: 'read_api', role: 'Reporter' },
  listApprovals: { deed: 'read the approvals of merge requests', scope: 'read_api', role: 'Reporter' },
  setCommitStatus: { deed: 'set a commit status', scope: 'api', role: 'Developer' },
  getVariable: { deed: 'read CI/CD variables', scope: 'read_api', role: 'Maintainer' },
  setVariable: { deed: 'write CI/CD variables', scope: 'api', role: 'Maintainer' },
  upsertChangeNote: { deed: 'write a note at the merge request', scope: 'api', role: 'Reporter' },
  containerId: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
  capabilities: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
  getCurrentUser: { deed: 'read whose token it is', scope: 'read_api', role: 'Reporter' },
  getIssue: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
  listIssues: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
  createIssue: { deed: 'create issues', scope: 'api', role: 'Reporter' },
  updateIssue: { deed: 'edit issues', scope: 'api', role: 'Reporter' },
  transitionIssue: { deed: 'close and reopen issues', scope: 'api', role: 'Reporter' },
  deleteIssue: { deed: 'delete issues', scope: 'api', role: 'Owner' },
  listAttachments: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
  getAvailableTransitions: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
  listComments: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
  addComment: { deed: 'comment on issues', scope: 'api', role: 'Reporter' },
  updateComment: { deed: 'edit this comment', scope: 'api', role: 'Reporter', othersRole: 'Maintainer' },
  deleteComment: { deed: 'delete this comment', scope: 'api', role: 'Reporter', othersRole: 'Maintainer' },
  getIssueLinks: { deed: 'read the links of issues', scope: 'read_api', role: 'Reporter' },
  createLink: { deed: 'link issues', scope: 'api', role: 'Reporter' },
  deleteLink: { deed: 'unlink issues', scope: 'api', role: 'Reporter' },
  listLabels: { deed: 'read labels', scope: 'read_api', role: 'Reporter' },
  createLabel: { deed: 'create labels', scope: 'api', role: 'Reporter' },
  updateLabel: { deed: 'edit labels', scope: 'api', role: 'Reporter' },
  deleteLabel: { deed: 'delete labels', scope: 'api', role: 'Reporter' },
  listMilestones: { deed: 'read milestones', scope: 'read_api', role: 'Reporter' },
  createMilestone: { deed: 'create milestones', scope: 'api', role: 'Reporter' },
  updateMilestone: { deed: 'edit milestones', scope: 'api', role: 'Reporter' },
  deleteMilestone: { deed: 'delete milestones', scope: 'api', role: 'Reporter' },
  closedBy: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
  history: { deed: 'read issues', scope: 'read_api', role: 'Reporter' },
  isTeamMember: { deed: 'read the members of the group', scope: 'read_api', role: 'Reporter' },
  listUsers: { deed: 'read the members of the project', scope: 'read_api', role: 'Reporter' },
} as const satisfies Readonly<Record<string, Permission>>;

/** The error with its operation, and with what the token lacks for it. */
export function refine(error: PaceError, operation: Operation, credential: Credential): PaceError {
  // its cause has been found already
  if (error.operation === operation) return error;
  const { deed, scope, role, othersRole = role }: Permission = PERMISSIONS[operation];
  const { status = 0 } = error;
  if (credential !== 'token' && [401, 403, 404].includes(status)) {
    const message =
      credential === 'none'
        ? `GitLab lets nobody ${deed} without a token, and none is set.`
        : `CI_JOB_TOKEN cannot ${deed}: this endpoint of GitLab does not accept it (${status}).`;
    return withOperation(error, operation, { kind: 'permission', message, remedy: addToken(role) });
  }
  if (error.kind === 'permission') {
    const message = `The token may not ${deed}: ${said(error)}`;
    // a token with the right scope that is still refused lacks the role
    const needed = error.vendorMessage?.includes('insufficient_scope') ? role : othersRole;
    return withOperation(error, operation, { message, remedy: widenToken(scope, needed) });
  }
  // https://docs.gitlab.com/user/project/repository/branches/protected/
  if (/not allowed to (push|create|merge)/i.test(error.vendorMessage ?? '')) {
    const message = `A protected branch does not let the token ${deed}: ${said(error)}`;
    const remedy =
      'Please let the token’s user push to branches named `pace/*` (Settings → Repository → Protected branches), or leave them unprotected.';
    return withOperation(error, operation, { kind: 'permission', message, remedy });
  }
  if (status >= 300 && status < 400) {
    return withOperation(error, operation, {
      kind: 'configuration',
      remedy: 'The project has moved, or the URL is not that of GitLab: please correct `project` or `url`.',
    });
  }
  return withOperation(error, operation);
}

/** What no role and no scope of the token would change: GitLab answers a plain 403 then. */
export function barred(
  error: PaceError,
  operation: Operation,
  what: { archived: boolean; locked: boolean },
): PaceError {
  if (what.archived) {
    return withOperation(error, operation, {
      kind: 'permission',
      message: `The project is archived, and GitLab lets nobody ${PERMISSIONS[operation].deed} there.`,
      remedy:
        'Please take it out of the archive (Settings → General → Advanced → Unarchive project), or use another project.',
    });
  }
  if (!what.locked) return error;
  return withOperation(error, operation, {
    kind: 'permission',
    message: 'The discussion of the issue is locked: only members of the project may comment on it.',
    remedy:
      'Please unlock it (“Unlock discussion” in the menu of the issue), or make the token’s user a member of the project.',
  });
}

/** Names what the whole gate needs, so that the token has to be made only once. */
export function addToken(role: string): string {
  const makeFor = role === 'Maintainer' || role === 'Owner' ? role : 'Developer';
  return `Please add a CI/CD variable PACE_GITLAB_TOKEN with a project, group or personal access token of scope \`api\` and role ${makeFor}.`;
}

export function widenToken(scope: string, role: string): string {
  return `Please give the token the scope \`${scope}\` and the role ${role} (or higher) in the project.`;
}

function said(error: PaceError): string {
  return error.vendorMessage ?? error.message;
}
