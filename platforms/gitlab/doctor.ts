/** What `doctor` looks at on GitLab. Reads only. https://docs.gitlab.com/api/rest/ */
import { type LookResult, type Looks, looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis, DiagnosisState, GateNeeds } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { type GitLabApi, readable } from './api.ts';
import { addToken, type Operation, PERMISSIONS, widenToken } from './refusals.ts';

/** https://docs.gitlab.com/api/members/#roles */
const LEVELS = { Guest: 10, Reporter: 20, Developer: 30, Maintainer: 40, Owner: 50 } as const;
const SOON_MS = 7 * 24 * 3_600_000;

interface Subject {
  readonly world: World;
  readonly api: GitLabApi;
  readonly project: string;
  readonly looks: Looks;
  readonly found: Project;
  /** `undefined` where GitLab does not tell. */
  readonly scopes: readonly string[] | undefined;
  readonly level: number | undefined;
}

/** As far as it is read. */
interface Project {
  readonly path_with_namespace?: unknown;
  readonly default_branch?: unknown;
  readonly archived?: unknown;
  readonly issues_access_level?: unknown;
  readonly merge_requests_access_level?: unknown;
  readonly only_allow_merge_if_pipeline_succeeds?: unknown;
}

interface Place {
  readonly world: World;
  readonly api: GitLabApi;
  readonly project: string;
}

export async function diagnoseHost(place: Place, needs: GateNeeds): Promise<Diagnosis[]> {
  const looks = looksAt('code host');
  const subject = await open(place, looks, 'degraded');
  if (!subject) return looks.diagnoses;
  const { api, project, found } = subject;
  const page = { page: 1, perPage: 1 } as const;
  if (needs.waitsForCi) {
    await reads(subject, 'listChecks', 'broken', () => api.resources().pipelines.all(project, page));
  }
  writes(subject, 'setCommitStatus', 'degraded');
  if (needs.opensReviews) {
    await reads(subject, 'findChange', 'degraded', () =>
      api.resources().mergeRequests.all({ projectId: project, ...page }),
    );
    if (found.merge_requests_access_level === 'disabled') {
      const detail = 'Merge requests are disabled in the project.';
      const remedy = 'Please enable them: Settings → General → Visibility, project features, permissions.';
      looks.note('merge requests', { state: 'degraded', detail, remedy });
    }
    writes(subject, 'proposeChange', 'degraded');
    looks.note('checks of review requests', {
      state: 'ok',
      detail: 'Pipelines start as for a person’s merge request.',
    });
  }
  if (needs.usesVariables) {
    await reads(subject, 'getVariable', 'degraded', () => api.resources().variables.all(project, page));
    writes(subject, 'setVariable', 'degraded');
  }
  looks.note('branch protection', protection(found));
  return looks.diagnoses;
}

export async function diagnoseTracker(place: Place): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  const subject = await open(place, looks, 'broken');
  if (!subject) return looks.diagnoses;
  const { api, project, found } = subject;
  if (found.issues_access_level === 'disabled') {
    const detail = `Issues are disabled in ${String(found.path_with_namespace)}.`;
    const remedy =
      'Please enable them (Settings → General → Visibility, project features, permissions), or name another project in `gitlab.issues_project`.';
    looks.note('issues', { state: 'broken', detail, remedy });
    return looks.diagnoses;
  }
  const one = { projectId: project, page: 1, perPage: 1 } as const;
  await reads(subject, 'listIssues', 'broken', () => api.resources().issues.all(one));
  for (const operation of ['createIssue', 'transitionIssue', 'addComment'] as const)
    writes(subject, operation, 'broken');
  looks.note('labels', labels(subject));
  return looks.diagnoses;
}

/** Project, token and role; nothing else is asked where the project cannot be had. */
async function open(
  { world, api, project }: Place,
  looks: Looks,
  otherwise: DiagnosisState,
): Promise<Subject | undefined> {
  if (api.credential !== 'token') {
    looks.note('token', withoutToken(api, otherwise));
    return undefined;
  }
  const found = await looks.look(
    'project',
    'broken',
    () => api.attempt('repository', () => api.resources().projects.show(project)),
    (shown: Project) =>
      shown.archived === true
        ? {
            state: 'broken',
            detail: `${String(shown.path_with_namespace)} is archived.`,
            remedy: 'Please unarchive it.',
          }
        : `${String(shown.path_with_namespace)}, default branch ${String(shown.default_branch ?? 'none yet')}`,
  );
  if (!found) return undefined;
  const token = await lookAtToken(world, api, looks);
  const level = await lookAtRole(api, project, looks, otherwise);
  return { world, api, project, looks, found, scopes: token, level };
}

/** https://docs.gitlab.com/ci/jobs/ci_job_token/ */
function withoutToken({ credential }: GitLabApi, otherwise: DiagnosisState): LookResult {
  const remedy = addToken('Developer');
  if (credential === 'none') return { state: 'broken', detail: 'No token is set.', remedy };
  const detail =
    'Only CI_JOB_TOKEN is set: GitLab lets it read a little, and not open or edit issues, merge requests, commit statuses or variables.';
  return { state: otherwise, detail, remedy };
}

/** A token that is not an access token (that of an OAuth application, say) cannot describe itself. */
async function lookAtToken(world: World, api: GitLabApi, looks: Looks): Promise<readonly string[] | undefined> {
  const token = await looks.look(
    'token',
    'unknown',
    () =>
      api.attempt('repository', async () => {
        const { tokens, users } = api.resources();
        const self = await readable(() => tokens.show());
        const user = await readable(() => users.showCurrentUser());
        return self && { ...self, username: String(user?.username ?? '') };
      }),
    (self) => {
      if (!self) return { state: 'unknown', detail: 'GitLab does not tell what this token may do.' };
      const told = `${kindOf(self.username)}, scopes: ${(self.scopes ?? []).join(', ') || 'none'}`;
      const expiry = typeof self.expires_at === 'string' ? self.expires_at : undefined;
      if (expiry === undefined) return told;
      const detail = `${told}, expires ${expiry.slice(0, 10)}`;
      if (Date.parse(expiry) - world.now() > SOON_MS) return detail;
      return { state: 'degraded', detail, remedy: 'Please rotate the token before it expires.' };
    },
  );
  return token?.scopes;
}

/** https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects */
function kindOf(username: string): string {
  const [, owner] = /^(project|group)_\d+_bot/.exec(username) ?? [];
  return owner ? `${owner} access token` : 'personal access token';
}

async function lookAtRole(
  api: GitLabApi,
  project: string,
  looks: Looks,
  otherwise: DiagnosisState,
): Promise<number | undefined> {
  return looks.look(
    'role',
    'unknown',
    () =>
      api.attempt('repository', async () => {
        const { users, members } = api.resources();
        const user = await readable(() => users.showCurrentUser());
        if (!user) return undefined;
        const member = await readable(() => members.show(project, user.id, { includeInherited: true }));
        return member && Number(member.access_level);
      }),
    (level) => {
      if (level === undefined)
        return { state: 'unknown', detail: 'GitLab does not show the token’s user as a member.' };
      const detail = `${roleName(level)} in the project`;
      if (level >= LEVELS.Developer) return detail;
      return { state: otherwise, detail, remedy: 'Please give the token’s user the role Developer (or higher).' };
    },
  );
}

function roleName(level: number): string {
  const [name = 'Minimal access'] = Object.entries(LEVELS).findLast(([, least]) => level >= least) ?? [];
  return level >= 50 ? 'Owner' : name;
}

/** A read that the gate needs is done once. */
async function reads(
  { api, looks }: Subject,
  operation: Operation,
  otherwise: DiagnosisState,
  read: () => Promise<unknown>,
): Promise<void> {
  const { deed } = PERMISSIONS[operation];
  await looks.look(
    deed,
    otherwise,
    () => api.attempt(operation, read),
    () => `The token may ${deed}.`,
  );
}

/** By what GitLab says of scopes and role, since only writing would show it. */
function writes({ looks, scopes, level }: Subject, operation: Operation, otherwise: DiagnosisState): void {
  const { deed, scope, role } = PERMISSIONS[operation];
  const lacksScope = scopes !== undefined && !scopes.includes(scope);
  const lacksRole = level !== undefined && level < LEVELS[role];
  if (lacksScope || lacksRole) {
    const lacking = [lacksScope ? `the scope ${scope}` : '', lacksRole ? `the role ${role}` : ''].filter(Boolean);
    const detail = `The token may not ${deed}: it lacks ${lacking.join(' and ')}.`;
    looks.note(deed, { state: otherwise, detail, remedy: widenToken(scope, role) });
  } else if (scopes === undefined || level === undefined) {
    looks.note(deed, { state: 'unknown', detail: WRITE_UNPROVEN, remedy: `If it fails: ${widenToken(scope, role)}` });
  } else looks.note(deed, { state: 'ok', detail: `The token may ${deed} (by scope and role).` });
}

function labels({ level }: Subject): LookResult {
  if (level !== undefined && level < LEVELS.Reporter) {
    const detail = 'GitLab silently drops the labels of a guest.';
    return { state: 'degraded', detail, remedy: 'Please give the token’s user the role Reporter (or higher).' };
  }
  return { state: 'ok', detail: 'They are created with the first issue that carries them.' };
}

/** GitLab requires pipelines, and the gate's status is part of one. https://docs.gitlab.com/user/project/merge_requests/auto_merge/#require-a-successful-pipeline-for-merge */
function protection({ only_allow_merge_if_pipeline_succeeds: required }: Project): LookResult {
  if (required === true) return { state: 'ok', detail: 'Merging requires a pipeline that has succeeded.' };
  if (required === undefined)
    return { state: 'unknown', detail: 'GitLab does not show this token what merging requires.' };
  return {
    state: 'degraded',
    detail: 'Merging does not require a pipeline that has succeeded: a HOLD does not stop a merge.',
    remedy: 'Please set Settings → Merge requests → Merge checks → "Pipelines must succeed".',
  };
}
