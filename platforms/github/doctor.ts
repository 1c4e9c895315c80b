/** What `doctor` looks at on GitHub. Reads only. https://docs.github.com/en/rest */
import { type LookResult, type Looks, looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis, GateNeeds } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import { isForkPullRequest } from './event.ts';
import { type Deed, PERMISSIONS, permissionRemedy } from './refusals.ts';
import type { Part, Schema } from './schema.ts';
import { type Token, tokenOf } from './token.ts';

const OPERATION = 'diagnose';
const SOON_MS = 7 * 24 * 3_600_000;

interface Subject {
  readonly world: World;
  readonly api: Api;
  readonly looks: Looks;
  readonly token: Token;
  readonly repository: Repository;
  readonly fork: boolean;
}

interface Repository
  extends Part<'full-repository', 'full_name' | 'default_branch'>,
    Partial<Part<'full-repository', 'private' | 'archived' | 'has_issues'>> {
  readonly permissions?: Partial<Pick<NonNullable<Schema<'full-repository'>['permissions']>, 'push'>>;
}

export async function diagnoseHost(world: World, api: Api, text: string, needs: GateNeeds): Promise<Diagnosis[]> {
  const looks = looksAt('code host');
  const subject = await open(world, api, text, looks);
  if (!subject) return looks.diagnoses;
  const branch = await lookAtBranch(subject);
  if (needs.waitsForCi && branch) await lookAtChecks(subject, branch.commit.sha);
  noteWrite(subject, 'set a commit status', 'degraded');
  if (needs.opensReviews) {
    await reads(subject, 'list pull requests', (octokit) =>
      octokit.request('GET /repos/{owner}/{repo}/pulls', { ...api.repository, state: 'all', per_page: 1 }),
    );
    noteWrite(subject, 'create a branch and a commit', 'degraded');
    noteWrite(subject, 'open or edit a pull request', 'degraded');
    noteBotPulls(subject);
  }
  if (needs.usesVariables) await lookAtVariables(subject);
  if (branch) await lookAtProtection(subject, branch, needs.statusContext);
  return looks.diagnoses;
}

export async function diagnoseTracker(world: World, api: Api, text: string): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  const subject = await open(world, api, text, looks);
  if (!subject) return looks.diagnoses;
  const { has_issues: enabled, full_name: name, permissions } = subject.repository;
  if (enabled === false) {
    looks.note('issues', {
      state: 'broken',
      detail: `Issues are disabled in ${name}.`,
      remedy:
        'Please enable them (repository settings → General → Features → Issues), or name another repository in `github.issues_repository`.',
    });
    return looks.diagnoses;
  }
  await reads(subject, 'read issues', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/issues', { ...api.repository, state: 'all', per_page: 1 }),
  );
  noteWrite(subject, 'write issues', 'broken');
  looks.note('labels', labelsFinding(subject.token, permissions?.push));
  return looks.diagnoses;
}

/** Repository and token; nothing else is asked where these cannot be had. */
async function open(world: World, api: Api, text: string, looks: Looks): Promise<Subject | undefined> {
  const answer = await looks.look(
    'repository',
    'broken',
    () =>
      api.answer(OPERATION, 'read the repository', (octokit) =>
        octokit.request('GET /repos/{owner}/{repo}', api.repository),
      ),
    ({ data }) =>
      data.archived
        ? { state: 'broken', detail: `${data.full_name} is archived.`, remedy: 'Please take it out of the archive.' }
        : `${data.full_name}, default branch ${data.default_branch}`,
  );
  if (!answer) return undefined;
  const token = tokenOf(text, answer.headers);
  looks.note('token', tokenFinding(token, world.now()));
  return { world, api, looks, token, repository: answer.data, fork: await isForkPullRequest(world.env) };
}

function tokenFinding({ title, scopes, expiresAt }: Token, now: number): LookResult {
  const told = scopes === undefined ? title : `${title}, scopes: ${scopes.join(', ') || 'none'}`;
  if (expiresAt === undefined) return { state: 'ok', detail: told };
  const detail = `${told}, expires ${new Date(expiresAt).toISOString().slice(0, 10)}`;
  if (expiresAt - now > SOON_MS) return { state: 'ok', detail };
  return { state: 'degraded', detail, remedy: 'Please renew the token before it expires.' };
}

/** A read that the gate needs is done once. */
async function reads<Data>(
  { api, looks }: Subject,
  deed: Deed,
  send: Parameters<typeof api.answer<Data>>[2],
): Promise<void> {
  const otherwise = deed === 'list workflow runs' || deed === 'list pull requests' ? 'degraded' : 'broken';
  await looks.look(
    PERMISSIONS[deed],
    otherwise,
    () => api.call(OPERATION, deed, send),
    () => `The token may ${deed}.`,
  );
}

/** https://docs.github.com/en/rest/branches/branches#get-a-branch – a token that reads only may get less than is described. */
interface Branch extends Part<'branch-with-protection', 'name'> {
  readonly commit: Part<'commit', 'sha'>;
  readonly protection?: {
    readonly required_status_checks?: Partial<Part<'protected-branch-required-status-check', 'contexts'>> | null;
  };
}

function lookAtBranch({ api, looks, repository }: Subject): Promise<Branch | undefined> {
  const branch = repository.default_branch;
  return looks.look<Branch>(
    PERMISSIONS['read the repository'],
    'degraded',
    () =>
      api.call(OPERATION, 'read the repository', (octokit) =>
        octokit.request('GET /repos/{owner}/{repo}/branches/{branch}', { ...api.repository, branch }),
      ),
    ({ commit }) => `${branch} is at ${commit.sha.slice(0, 12)}.`,
  );
}

async function lookAtChecks(subject: Subject, ref: string): Promise<void> {
  const { api } = subject;
  const one = { ...api.repository, ref, per_page: 1 };
  await reads(subject, 'list checks', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', one),
  );
  await reads(subject, 'list commit statuses', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/status', one),
  );
  await reads(subject, 'list workflow runs', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/actions/runs', { ...api.repository, per_page: 1 }),
  );
}

/** Only writing would show it, but for tokens whose scopes GitHub tells, and for those that surely may not. */
function noteWrite({ looks, token, repository, fork }: Subject, deed: Deed, otherwise: 'broken' | 'degraded'): void {
  const permission = PERMISSIONS[deed];
  const remedy = permissionRemedy(permission);
  if (fork) {
    looks.note(permission, {
      state: otherwise,
      detail: 'This run belongs to a pull request from a fork: its token can only read.',
      remedy: 'Run the gate on the branch itself, e.g. on a schedule.',
    });
    return;
  }
  const needsPush = deed !== 'write issues';
  if (needsPush && isPersonal(token) && repository.permissions?.push === false) {
    const detail = `The token's owner may not push to ${repository.full_name}.`;
    looks.note(permission, { state: otherwise, detail, remedy: 'Please give the owner of the token the role Write.' });
    return;
  }
  if (token.scopes === undefined) {
    looks.note(permission, { state: 'unknown', detail: WRITE_UNPROVEN, remedy: `If it fails: ${remedy}` });
    return;
  }
  const wide = token.scopes.includes('repo') || (repository.private === false && token.scopes.includes('public_repo'));
  const narrow = deed === 'set a commit status' && token.scopes.includes('repo:status');
  if (wide || narrow) looks.note(permission, { state: 'ok', detail: `The token may ${deed} (by its scopes).` });
  else {
    const detail = `The token may not ${deed}: it lacks the scope repo.`;
    looks.note(permission, { state: otherwise, detail, remedy: 'Please give the token the scope `repo`.' });
  }
}

function isPersonal({ kind }: Token): boolean {
  return kind === 'classic' || kind === 'fine-grained' || kind === 'oauth' || kind === 'app-user';
}

/** https://docs.github.com/en/actions/concepts/security/github_token */
function noteBotPulls({ looks, token }: Subject): void {
  if (token.kind === 'workflow') {
    looks.note('checks of review requests', {
      state: 'degraded',
      detail:
        'A pull request opened with the workflow’s own token starts no checks, or they wait for a person’s approval.',
      remedy:
        'Please set PACE_GITHUB_TOKEN to a personal access token or an app token. With the workflow’s own one, "Allow GitHub Actions to create and approve pull requests" must be on as well (settings → Actions → General).',
    });
  } else if (token.kind === 'unknown' || token.kind === 'installation') {
    looks.note('checks of review requests', {
      state: 'unknown',
      detail: 'They run unless it is a workflow’s own token.',
    });
  } else looks.note('checks of review requests', { state: 'ok', detail: 'They start as for a person’s pull request.' });
}

async function lookAtVariables(subject: Subject): Promise<void> {
  const { api, looks, token } = subject;
  const found = await looks.look(
    PERMISSIONS['read variables'],
    'degraded',
    () =>
      api.call(OPERATION, 'read variables', (octokit) =>
        octokit.request('GET /repos/{owner}/{repo}/actions/variables', { ...api.repository, per_page: 1 }),
      ),
    () => 'The token may read variables.',
  );
  if (found && token.kind !== 'workflow') noteWrite(subject, 'write variables', 'degraded');
}

function labelsFinding(token: Token, push: boolean | undefined): LookResult {
  if (isPersonal(token) && push === false) {
    return {
      state: 'degraded',
      detail: 'GitHub silently drops labels: the token’s owner may not push.',
      remedy: 'Please give the owner of the token the role Triage or Write.',
    };
  }
  return { state: 'ok', detail: 'They are created with the first issue that carries them.' };
}

/** Older protection stands at the branch, rulesets apart. https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch */
async function lookAtProtection(
  { api, looks }: Subject,
  { name: branch, protection }: Branch,
  context: string,
): Promise<void> {
  const classic = protection?.required_status_checks?.contexts ?? [];
  await looks.look(
    'branch protection',
    'unknown',
    async () => {
      if (classic.includes(context)) return classic;
      const rules: readonly Rule[] = await api.call(OPERATION, 'read the repository', (octokit) =>
        octokit.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
          ...api.repository,
          branch,
          per_page: 100,
        }),
      );
      return [...classic, ...rules.flatMap(requiredBy)];
    },
    (required) => {
      if (required.includes(context)) return `${branch} requires ${context}.`;
      const those = required.length > 0 ? ` It requires ${plainLine(required.join(', '), 200)}.` : '';
      return {
        state: 'degraded',
        detail: `${branch} does not require the status ${context}: a HOLD does not stop a merge.${those}`,
        remedy: `Please add ${context} to the required status checks (settings → Rules → Rulesets). A first gate run makes it known there.`,
      };
    },
  );
}

/** Of any kind: their types name the kinds of today. */
interface Rule {
  readonly type: string;
  readonly parameters?: unknown;
}

function requiredBy({ type, parameters }: Rule): string[] {
  if (type !== 'required_status_checks') return [];
  const { required_status_checks: checks = [] } = (parameters ?? {}) as Partial<
    NonNullable<Schema<'repository-rule-required-status-checks'>['parameters']>
  >;
  return checks.map((check) => check.context);
}
