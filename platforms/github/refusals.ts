/** GitHub's refusals in plain words: which permission is missing, and where it is given. */
import { type PaceError, withOperation } from '../../core/errors.ts';
import type { World } from '../../core/world.ts';
import { isForkPullRequest, isOwnRepository } from './event.ts';

/**
 * What PACE does, and the permission that it needs, as the key and value under `permissions:` in a workflow.
 * https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps
 */
export const PERMISSIONS = {
  'read the repository': 'contents: read',
  'read files': 'contents: read',
  'list checks': 'checks: read',
  'list commit statuses': 'statuses: read',
  'list workflow runs': 'actions: read',
  'list the jobs of a workflow run': 'actions: read',
  'list pending deployments': 'actions: read',
  'look for a commit': 'contents: read',
  'set a commit status': 'statuses: write',
  'list pull requests': 'pull-requests: read',
  'read a pull request': 'pull-requests: read',
  'open or edit a pull request': 'pull-requests: write',
  'label a pull request': 'pull-requests: write',
  'ask for a review': 'pull-requests: write',
  'comment on a pull request': 'pull-requests: write',
  'create a branch and a commit': 'contents: write',
  'read issues': 'issues: read',
  'write issues': 'issues: write',
  // of the organisation: a workflow's own token cannot have it
  'list issue types': 'issue-types: read',
  'read teams': 'members: read',
  'read variables': 'variables: read',
  'write variables': 'variables: write',
} as const;

export type Deed = keyof typeof PERMISSIONS;

export interface RefusalContext {
  /** The port's method. */
  readonly operation: string;
  readonly deed: Deed;
  readonly repository: string;
  readonly env: World['env'];
  /** Where the token can be authorised, when the server has asked for that. */
  readonly singleSignOn?: string | undefined;
}

/** The same error with the operation named, and with the remedy that GitHub itself does not tell. */
export async function explained(error: PaceError, context: RefusalContext): Promise<PaceError> {
  const { operation, repository } = context;
  const words = error.vendorMessage ?? '';
  if (/^No commit found/i.test(words)) {
    return withOperation(error, operation, {
      kind: 'not-found',
      message: `GitHub does not know this commit in ${repository}.`,
      remedy: 'Please push the commit first, and check that --sha and the repository belong together.',
    });
  }
  if (error.status === 409 && /Git Repository is empty/i.test(words)) {
    return withOperation(error, operation, {
      kind: 'not-found',
      message: `There is no commit in ${repository} yet.`,
      remedy: 'Please push one first, and check that --sha and the repository belong together.',
    });
  }
  if (error.status === 410) return withOperation(error, operation, gone(words, repository));
  if (error.kind === 'authentication') return withOperation(error, operation, BAD_TOKEN);
  // led elsewhere
  if (error.status !== undefined && error.status < 400) return withOperation(error, operation);
  if (error.kind === 'not-found') return withOperation(error, operation, unseen(error, context));
  if (error.kind === 'permission') return withOperation(error, operation, await refused(words, context));
  if (isRule(words)) return withOperation(error, operation, { kind: 'permission', ...ruled(words, context) });
  return withOperation(error, operation);
}

interface Better {
  readonly message?: string;
  readonly remedy: string;
}

const BAD_TOKEN: Better = {
  message: 'GitHub does not accept the token.',
  remedy: `Please check that the token is complete, not expired and not revoked. In a workflow, write "GITHUB_TOKEN: \${{ github.token }}" under "env:" of the step.`,
};

function gone(words: string, repository: string): Better {
  if (!/disabled/i.test(words)) return { remedy: 'It was deleted; nothing can be done with it any more.' };
  return {
    message: `Issues are disabled in ${repository}.`,
    remedy:
      'Please enable them (repository settings → General → Features → Issues), name another repository in `github.issues_repository`, or choose another tracker.',
  };
}

/** What no permission of the token would change; GitHub says several of them in one sentence, the archive first. */
function barred(words: string, { deed, repository }: RefusalContext): Better | undefined {
  const because = (reason: string) => `${reason}: GitHub does not let anybody ${deed} there (${words}).`;
  if (/archived/i.test(words)) {
    return {
      message: because(`${repository} is archived`),
      remedy:
        'An archived repository can only be read. Please take it out of the archive (repository settings → General → Danger Zone), or use another repository.',
    };
  }
  if (/issue is locked/i.test(words)) {
    return {
      message: `The conversation of the issue is locked (${words}).`,
      remedy:
        'Please unlock it (“Unlock conversation” at the right of the issue), or let the token’s user write to it.',
    };
  }
  if (/commenting is disabled/i.test(words)) {
    return {
      message: `The issue is full: GitHub takes no more comments on it (${words}).`,
      remedy: 'Please close the issue, or open another one; it can still be edited and closed.',
    };
  }
  return undefined;
}

/** A ruleset or branch protection forbids it, whatever the token may. https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets */
function isRule(words: string): boolean {
  return /rule violations?|creations being restricted|protected branch/i.test(words);
}

function ruled(words: string, { deed, repository }: RefusalContext): Better {
  return {
    message: `A rule of ${repository} does not let the token ${deed} (${words}).`,
    remedy:
      'Please let the token’s owner bypass the rule for branches named `pace/**` (repository settings → Rules → Rulesets → Bypass list), or leave these branches out of the rule.',
  };
}

function unseen(error: PaceError, { repository, deed, env }: RefusalContext): Better {
  const foreign = env['GITHUB_ACTIONS'] === 'true' && !isOwnRepository(env, repository);
  const reach = foreign
    ? ` The token of a workflow reaches only its own repository (${env['GITHUB_REPOSITORY'] ?? 'unknown'}): use a personal access token or an app token.`
    : '';
  return {
    message: `GitHub found nothing when asked to ${deed} in ${repository} (${error.vendorMessage ?? 'Not Found'}).`,
    remedy: `Please check that it exists, and that the token may see it: GitHub answers 404 for a missing permission too (${named(PERMISSIONS[deed])}).${reach}`,
  };
}

async function refused(words: string, context: RefusalContext): Promise<Better> {
  const { deed, repository, env } = context;
  const bar = barred(words, context);
  if (bar) return bar;
  const message = `The token may not ${deed} in ${repository}${words ? ` (${words})` : ''}.`;
  if (/SAML|single sign-on/i.test(words)) return { message, remedy: singleSignOnRemedy(context.singleSignOn) };
  if (isRule(words)) return ruled(words, context);
  if (/IP allow list/i.test(words)) {
    const remedy =
      'The organisation lets in known addresses only. Please add that of the runner to its IP allow list, or use a runner with an address that is on it.';
    return { message, remedy };
  }
  if (/not permitted to create or approve pull requests/i.test(words)) {
    return {
      message,
      remedy:
        'Please allow it (repository or organisation settings → Actions → General → "Allow GitHub Actions to create and approve pull requests"), or use a personal access token or an app token.',
    };
  }
  if (deed === 'read teams') return { message, remedy: TEAMS_REMEDY };
  if (deed === 'read variables' || deed === 'write variables') return { message, remedy: variablesRemedy(deed) };
  if (await isForkPullRequest(env)) {
    return {
      message,
      remedy:
        'This run belongs to a pull request from a fork: its token can only read, whatever `permissions:` says. The decision is in the summary and the log.',
    };
  }
  // `permissions:` in a workflow says nothing about such a token
  if (/by personal access token/i.test(words)) {
    const remedy = `Please give the personal access token the permission ${named(PERMISSIONS[deed])} for ${repository} (GitHub → Settings → Developer settings → Fine-grained tokens). An organisation may have to approve it.`;
    return { message, remedy };
  }
  return { message, remedy: permissionRemedy(PERMISSIONS[deed]) };
}

function singleSignOnRemedy(url: string | undefined): string {
  const where = url ?? 'https://github.com/settings/tokens ("Configure SSO")';
  return `The organisation requires single sign-on. Please authorise the token for it at ${where}.`;
}

/** Teams are the organisation's. https://docs.github.com/en/rest/teams/members#get-team-membership-for-a-user */
const TEAMS_REMEDY =
  'The GITHUB_TOKEN of a workflow can never read teams, and `permissions:` has no key for it. Please use an app token or a personal access token with "Members: read" in the organisation.';

/** The list of `permissions:` keys knows no variables. https://docs.github.com/en/rest/actions/variables */
function variablesRemedy(deed: 'read variables' | 'write variables'): string {
  const access = deed === 'write variables' ? 'write' : 'read';
  return `The GITHUB_TOKEN of a workflow can never ${access} variables, and \`permissions:\` has no key for it. Please use a fine-grained personal access token or an app token with "Variables: ${access}", or pause by issue (\`pause.by: issue\`).`;
}

/** What to add for a permission such as `issues: write`. */
export function permissionRemedy(permission: string): string {
  return `Please add \`${permission}\` to the job in the workflow:\npermissions:\n  ${permission}\nA job with a \`permissions:\` block has nothing but what it lists. A personal access token or an app token needs ${named(permission)}.`;
}

/** As token settings spell it: `pull-requests: write` → `"Pull requests: write"`. */
function named(permission: string): string {
  const words = permission.replace('statuses', 'commit statuses').replaceAll('-', ' ');
  return `"${words.charAt(0).toUpperCase()}${words.slice(1)}"`;
}
