/** Jenkins' refusals in plain words: which permission is missing. https://www.jenkins.io/doc/book/security/access-control/permissions/ */
import { type PaceError, withOperation } from '../../core/errors.ts';

/** What each operation does, and the permissions that the user needs for it, as the matrix of permissions spells them. */
export const PERMISSIONS = {
  listChecks: { deed: 'read jobs and their builds', permission: 'Overall/Read and Job/Read' },
  describeRun: { deed: 'describe the build', permission: 'Overall/Read, Job/Read and Run/Update' },
  diagnose: { deed: 'read who the user is', permission: 'Overall/Read' },
} as const;

export type Operation = keyof typeof PERMISSIONS;

/** Jenkins says in a header what it would have asked for: `hudson.model.Run.Update`. */
export function requiredPermission(body: unknown, headers: Headers): string | undefined {
  const [, group, name] = /(\w+)\.(\w+)$/.exec(headers.get('x-required-permission') ?? '') ?? [];
  if (group !== undefined)
    return `requires ${group === 'Hudson' ? 'Overall' : group === 'Item' ? 'Job' : group}/${name}`;
  const { message } = Object(body) as { message?: unknown };
  return typeof message === 'string' ? message : undefined;
}

/** The same error with the operation named, and with what Jenkins itself does not tell. */
export function explained(error: PaceError, operation: Operation, hasToken: boolean): PaceError {
  const { deed } = PERMISSIONS[operation];
  const { kind, vendorMessage: words = '' } = error;
  const said = words ? ` (${words})` : '';
  if (kind === 'permission' && /crumb/i.test(words)) {
    return withOperation(error, operation, {
      message: `Jenkins requires a crumb to ${deed}${said}.`,
      remedy:
        'Please set PACE_JENKINS_TOKEN to an API token (user → Security → API Token): unlike a password it needs no crumb.',
    });
  }
  if (kind === 'authentication') return withOperation(error, operation, BAD_TOKEN);
  if (kind === 'permission') {
    const message = `The user may not ${deed}${said}.`;
    return withOperation(error, operation, { message, remedy: permissionRemedy(operation, hasToken) });
  }
  if (kind === 'not-found') {
    const message = `Jenkins found nothing when asked to ${deed}${said}.`;
    const remedy = `Please check \`jenkins.url\` and \`jenkins.jobs\` (full names, \`folder/job\`), and that the user may see them: Jenkins answers 404 for a missing permission too. ${permissionRemedy(operation, hasToken)}`;
    return withOperation(error, operation, { message, remedy });
  }
  return withOperation(error, operation);
}

const BAD_TOKEN = {
  message: 'Jenkins does not accept user and token.',
  remedy:
    'Please check that PACE_JENKINS_USER is the id of the user, and that the API token (PACE_JENKINS_TOKEN) is complete, of that user and not revoked.',
} as const;

export function permissionRemedy(operation: Operation, hasToken: boolean): string {
  const needed = `Please give the user ${PERMISSIONS[operation].permission}.`;
  return hasToken
    ? needed
    : `${needed} PACE asks anonymously: set PACE_JENKINS_USER and PACE_JENKINS_TOKEN (an API token) of a user who has that.`;
}
