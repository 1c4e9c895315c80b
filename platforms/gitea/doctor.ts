/** What `doctor` looks at on Gitea and Forgejo. Reads only. A token cannot ask for its own scopes. https://docs.gitea.com/api/ */
import picomatch from 'picomatch';
import { type LookResult, type Looks, looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis, DiagnosisState, GateNeeds } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Api, Request } from './api.ts';
import { currentUser } from './people.ts';
import { ISSUES_ARE_OFF, type Operation, PERMISSIONS, permissionRemedy } from './refusals.ts';

/** As far as it is read. */
interface Repository {
  readonly full_name: string;
  readonly default_branch?: string;
  readonly archived?: boolean;
  readonly has_issues?: boolean;
  readonly has_pull_requests?: boolean;
  readonly has_actions?: boolean;
  readonly external_tracker?: object | null;
  readonly permissions?: { readonly push?: boolean; readonly admin?: boolean };
}

interface Subject {
  readonly api: Api;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly looks: Looks;
  readonly repository: Repository;
}

export async function diagnoseHost(api: Api, env: Subject['env'], needs: GateNeeds): Promise<Diagnosis[]> {
  const subject = await openSubject(api, env, looksAt('code host'));
  if (Array.isArray(subject)) return subject;
  const { looks, repository } = subject;
  const branch = repository.default_branch ?? 'main';
  const one = { limit: '1' };
  if (needs.waitsForCi) {
    await reads(subject, 'listChecks', 'broken', {
      path: `${api.repo}/commits/${encodeURIComponent(branch)}/status`,
      query: one,
    });
  }
  writes(subject, 'setCommitStatus', 'degraded');
  if (needs.opensReviews) {
    if (repository.has_pull_requests === false) {
      const detail = `Pull requests are disabled in ${repository.full_name}.`;
      const remedy = 'Please enable them: repository settings → Units → Pull Requests.';
      looks.note('pull requests', { state: 'degraded', detail, remedy });
    } else await reads(subject, 'findChange', 'degraded', { path: `${api.repo}/pulls`, query: one });
    writes(subject, 'proposeChange', 'degraded');
    looks.note('checks of review requests', reviewChecks(env));
  }
  if (needs.usesVariables) {
    await reads(subject, 'getVariable', 'degraded', { path: `${api.repo}/actions/variables`, query: one });
    writes(subject, 'setVariable', 'degraded');
  }
  await lookAtProtection(subject, branch, needs.statusContext);
  return looks.diagnoses;
}

/** What the job's own token does starts no workflow. https://docs.gitea.com/usage/actions/comparison */
function reviewChecks(env: Subject['env']): LookResult {
  const own = ['GITEA_TOKEN', 'PACE_GITEA_TOKEN', 'GITEA_API_TOKEN'].every((name) => !env[name]);
  const inJob = env['GITEA_ACTIONS'] === 'true' || env['FORGEJO_ACTIONS'] === 'true';
  if (!inJob || !own) return { state: 'ok', detail: 'They start as for a person’s pull request.' };
  return {
    state: 'degraded',
    detail: 'A pull request opened with the job’s own token starts no workflows.',
    remedy: 'Please set PACE_GITEA_TOKEN to the token of a user.',
  };
}

/** As far as it is read. */
interface Branch {
  readonly protected?: boolean;
  readonly enable_status_check?: boolean;
  readonly status_check_contexts?: readonly string[] | null;
}

async function lookAtProtection({ api, looks }: Subject, branch: string, context: string): Promise<void> {
  await looks.look(
    'branch protection',
    'unknown',
    () => api.call<Branch>('repository', { path: `${api.repo}/branches/${encodeURIComponent(branch)}` }),
    ({ enable_status_check: enabled, status_check_contexts: contexts }) => {
      const required = enabled ? (contexts ?? []) : [];
      if (required.some((pattern) => picomatch(pattern, { bash: true })(context)))
        return `${branch} requires ${context}.`;
      const those = required.length > 0 ? ` It requires ${plainLine(required.join(', '), 200)}.` : '';
      return {
        state: 'degraded',
        detail: `${branch} does not require the status ${context}: a HOLD does not stop a merge.${those}`,
        remedy: `Please enable status checks for ${branch} and add ${context} (repository settings → Branches).`,
      };
    },
  );
}

export async function diagnoseTracker(api: Api, env: Subject['env']): Promise<Diagnosis[]> {
  const subject = await openSubject(api, env, looksAt('tracker'));
  if (Array.isArray(subject)) return subject;
  const { looks, repository } = subject;
  if (repository.has_issues === false || repository.external_tracker) {
    const detail = `Issues are disabled in ${repository.full_name}, or kept elsewhere.`;
    looks.note('issues', { state: 'broken', detail, remedy: ISSUES_ARE_OFF });
    return looks.diagnoses;
  }
  await reads(subject, 'listIssues', 'broken', { path: `${api.repo}/issues`, query: { state: 'all', limit: '1' } });
  writes(subject, 'createIssue', 'broken');
  writes(subject, 'transitionIssue', 'broken');
  looks.note('labels', labelsFinding(subject));
  return looks.diagnoses;
}

/** Repository and token; nothing else is asked where the repository cannot be had. */
async function openSubject(api: Api, env: Subject['env'], looks: Looks): Promise<Subject | Diagnosis[]> {
  const repository = await looks.look(
    'repository',
    'broken',
    () => api.call<Repository>('repository', { path: api.repo }),
    ({ full_name: name, default_branch: branch, archived }) =>
      archived
        ? { state: 'broken', detail: `${name} is archived.`, remedy: 'Please take it out of the archive.' }
        : `${name}, default branch ${branch ?? 'none yet'}`,
  );
  if (!repository) return looks.diagnoses;
  await looks.look(
    'token',
    'unknown',
    () => currentUser(api),
    ({ id }) => `The token of ${id}.`,
  );
  return { api, env, looks, repository };
}

/** A read that the gate needs is done once. */
async function reads(
  { api, looks }: Pick<Subject, 'api' | 'looks'>,
  operation: Operation,
  otherwise: DiagnosisState,
  request: Request,
): Promise<void> {
  const { deed } = PERMISSIONS[operation];
  await looks.look(
    deed,
    otherwise,
    () => api.call(operation, request),
    () => `The token may ${deed}.`,
  );
}

/** What the token's user may do is told; whether the token has the scope would only show by writing. */
function writes({ api, env, looks, repository }: Subject, operation: Operation, otherwise: DiagnosisState): void {
  const { deed, access } = PERMISSIONS[operation];
  const { push, admin } = repository.permissions ?? {};
  const remedy = permissionRemedy(operation, { repository: api.fullName, env });
  if ((access === 'write' && push === false) || (access === 'owner' && admin === false)) {
    const detail = `The token's user may not ${deed} in ${repository.full_name}.`;
    looks.note(deed, { state: otherwise, detail, remedy });
  } else looks.note(deed, { state: 'unknown', detail: WRITE_UNPROVEN, remedy: `If it fails: ${remedy}` });
}

function labelsFinding({ repository }: Subject): LookResult {
  if (repository.permissions?.push === false) {
    const detail = 'Gitea silently drops labels: the token’s user has no write access.';
    return { state: 'degraded', detail, remedy: 'Please give the token’s user write access to the repository.' };
  }
  return { state: 'ok', detail: 'They are created with the first issue that carries them.' };
}
