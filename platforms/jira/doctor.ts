/** What `doctor` looks at on Jira. Reads only. https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/ */
import { type LookResult, type Looks, looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { StatusMap } from '../../core/drivers/status-map.ts';
import type { Diagnosis, GateNeeds, IssuePurpose, Settings } from '../../core/ports/index.ts';
import type { JiraApi } from './dialect.ts';
import type { Project } from './lookup.ts';
import { accountOf, grantFor, type Operation, PERMISSIONS, type Who } from './refusals.ts';
import { statusState, type WireIssueType, type WireStatus } from './wire.ts';

/** Jira's own keys. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/ */
const KEYS = {
  listIssues: 'BROWSE_PROJECTS',
  createIssue: 'CREATE_ISSUES',
  updateIssue: 'EDIT_ISSUES',
  transitionIssue: 'TRANSITION_ISSUES',
  addComment: 'ADD_COMMENTS',
} as const satisfies Partial<Record<Operation, string>>;

/** Fields that PACE sets where the project's screens have them. */
const WANTED_FIELDS = ['priority', 'labels'] as const;

interface Subject {
  readonly api: JiraApi;
  readonly settings: Settings;
  readonly project: Project;
  readonly states: StatusMap;
  readonly looks: Looks;
  readonly who: Who;
}

type Permissions = Readonly<Record<string, { readonly havePermission?: boolean } | undefined>>;

export async function diagnoseTracker(
  given: Pick<Subject, 'api' | 'settings' | 'project' | 'states'>,
  needs: GateNeeds,
): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  const { api, settings } = given;
  const who = { email: settings['email'] ?? '', project: settings['project_key'] ?? '' };
  const subject: Subject = { ...given, looks, who };
  if (!(await isAccepted(subject))) return looks.diagnoses;
  const project = await looks.look(
    'project',
    'broken',
    () => api.call<{ name?: string; archived?: boolean }>('listIssues', { path: ['project', who.project] }),
    ({ name = '', archived }) =>
      archived
        ? { state: 'broken', detail: `${who.project} is archived.`, remedy: 'Please restore the project.' }
        : `${who.project} (${name})`,
  );
  if (!project) return looks.diagnoses;
  await lookAtPermissions(subject);
  await lookAtTypes(subject, needs.purposes);
  return looks.diagnoses;
}

async function isAccepted({ api, looks, who }: Subject): Promise<boolean> {
  const info = await looks.look(
    'site',
    'broken',
    () => api.call<{ deploymentType?: string }>('listIssues', { path: ['serverInfo'] }),
    () => (api.likelyDialect().name === 'Cloud' ? api.url : `${api.url}, Data Center`),
  );
  if (!info) return false;
  const myself = await looks.look(
    'token',
    'broken',
    () => api.call<{ active?: boolean }>('listIssues', { path: ['myself'] }),
    ({ active }) =>
      active === false
        ? {
            state: 'broken',
            detail: `The account ${accountOf(who)} is not active.`,
            remedy: 'Please use another account.',
          }
        : who.email === ''
          ? 'a personal access token'
          : `an API token${isScoped(api) ? ' with scopes' : ''} of ${who.email}`,
  );
  return myself !== undefined;
}

/** Tokens with scopes speak to this address. */
function isScoped({ url }: JiraApi): boolean {
  return new URL(url).hostname === 'api.atlassian.com';
}

async function lookAtPermissions({ api, looks, who }: Subject): Promise<void> {
  const query = { projectKey: who.project, permissions: Object.values(KEYS).join(',') };
  const found = await looks.look(
    'permissions',
    'broken',
    () => api.call<{ permissions?: Permissions }>('listIssues', { path: ['mypermissions'], query }),
    () => `Jira tells what ${accountOf(who)} may do in ${who.project}.`,
  );
  if (!found) return;
  for (const [operation, key] of Object.entries(KEYS) as [keyof typeof KEYS, string][]) {
    looks.note(
      PERMISSIONS[operation].project,
      permission(operation, found.permissions?.[key]?.havePermission, api, who),
    );
  }
}

/** The answer is about the account; what the token's scopes leave of it shows only when it is used. */
function permission(operation: Operation, granted: boolean | undefined, api: JiraApi, who: Who): LookResult {
  const { project, scope } = PERMISSIONS[operation];
  const remedy = grantFor(operation, who);
  if (granted === undefined) return { state: 'unknown', detail: 'Jira does not tell.', remedy };
  if (!granted) return { state: 'broken', detail: `${accountOf(who)} lacks “${project}” in ${who.project}.`, remedy };
  if (isScoped(api) && scope.startsWith('write')) {
    return {
      state: 'unknown',
      detail: `The account may; the token’s scope: ${WRITE_UNPROVEN}`,
      remedy: `If it fails: ${remedy}`,
    };
  }
  return { state: 'ok', detail: `${accountOf(who)} may.` };
}

async function lookAtTypes(subject: Subject, purposes: readonly IssuePurpose[]): Promise<void> {
  const { project, looks, who } = subject;
  const found = await looks.look(
    'issue types',
    'unknown',
    () => project.types('createIssue'),
    (types) => types.map(({ name }) => name).join(', '),
  );
  if (!found) return;
  for (const purpose of purposes) {
    const name = subject.settings[`${purpose}_issue_type`] ?? '';
    const type = found.find((each) => each.name === name);
    looks.note(`issue type of ${purpose}`, typeFinding(purpose, name, type, who));
    if (!type) continue;
    await lookAtFields(subject, purpose, type);
  }
  await lookAtStatuses(subject);
}

function typeFinding(
  purpose: IssuePurpose,
  name: string,
  type: WireIssueType | undefined,
  { project }: Who,
): LookResult {
  if (type) return { state: 'ok', detail: name };
  const state = purpose === 'hold' ? 'broken' : 'degraded';
  const remedy = `Please set jira.${purpose}_issue_type in pace.config.yaml, or JIRA_${purpose.toUpperCase()}_ISSUE_TYPE, to one of the issue types.`;
  return { state, detail: `${project} has no issue type “${name}”.`, remedy };
}

/** An issue is opened without the fields that its screen lacks. */
async function lookAtFields(
  { project, looks, settings }: Subject,
  purpose: IssuePurpose,
  type: WireIssueType,
): Promise<void> {
  await looks.look(
    `fields of ${purpose}`,
    'unknown',
    () => project.screenOf('createIssue', type),
    ({ fields }) => {
      const named = (key: string) => fields.find(({ id }) => id === key);
      const missing = WANTED_FIELDS.filter((key) => !named(key));
      if (missing.length > 0) {
        const detail = `The screen of ${type.name} has no ${missing.join(' and no ')}: issues are opened without them.`;
        return {
          state: 'degraded',
          detail,
          remedy: `Please add ${missing.join(' and ')} to the screen of ${type.name}.`,
        };
      }
      const priority = settings[`${purpose}_priority`];
      const allowed = named('priority')?.allowedValues?.map(({ name }) => name);
      if (priority === undefined || allowed === undefined || allowed.includes(priority)) return 'priority, labels';
      return {
        state: 'degraded',
        detail: `${type.name} has no priority “${priority}”; it has ${allowed.join(', ')}.`,
        remedy: `Please set jira.${purpose}_priority to one that it has.`,
      };
    },
  );
}

/** An escalation must have a way to be open and a way to be done. */
async function lookAtStatuses({ api, looks, who, settings, states }: Subject): Promise<void> {
  const hold = settings['hold_issue_type'];
  await looks.look(
    'status map',
    'unknown',
    () =>
      api.call<readonly { name: string; statuses?: readonly WireStatus[] }[]>('transitionIssue', {
        path: ['project', who.project, 'statuses'],
      }),
    (types) => {
      const statuses = types.find(({ name }) => name === hold)?.statuses ?? [];
      if (statuses.length === 0) return { state: 'unknown', detail: `Jira shows no statuses of ${hold}.` };
      const shown = statuses.map((status) => `${status.name} = ${statusState(status, states)}`).join(', ');
      const categories = new Set(statuses.map((status) => status.statusCategory?.key));
      if (!categories.has('done')) {
        const remedy = `Please add a status of the category Done to the workflow of ${hold}.`;
        return { state: 'degraded', detail: `Nothing closes a ${hold}: ${shown}.`, remedy };
      }
      if (categories.size === 1) {
        const remedy = `Please add a status of the category To Do to the workflow of ${hold}.`;
        return { state: 'degraded', detail: `A ${hold} is always done: ${shown}.`, remedy };
      }
      return shown;
    },
  );
}
