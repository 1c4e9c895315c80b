/** What `doctor` looks at on Linear. Reads only. https://linear.app/developers/graphql */
import { looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis, IssueState } from '../../core/ports/index.ts';
import { estimateScale } from './estimates.ts';
import type { Place } from './issue-context.ts';
import { needed, type Team } from './lookup.ts';
import { grantFor, PERMISSIONS } from './refusals.ts';
import { textOf } from './selection.ts';
import { USER, type WireUser } from './wire.ts';

/** What the gate does with issues, from open to closed and back. */
const NEEDED_STATES = ['open', 'done', 'canceled'] as const satisfies readonly IssueState[];
const WRITES = ['createIssue', 'updateIssue', 'addComment'] as const;

interface Viewer {
  readonly viewer?: WireUser;
  readonly organization?: { readonly name: string; readonly urlKey: string };
}

export async function diagnoseTracker(place: Place): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  const { api, lookup, states, team: key, hasProject } = place;
  const viewer = await looks.look(
    'token',
    'broken',
    () => api.query<Viewer>('getCurrentUser', `viewer { ${textOf(USER)} } organization { name urlKey }`),
    (found) =>
      `a token of ${needed(found.viewer, 'viewer').displayName} in ${needed(found.organization, 'organization').name}`,
  );
  if (!viewer) return looks.diagnoses;
  const team = await looks.look(
    'team',
    'broken',
    () => lookup.team('capabilities'),
    (found) => `${found.key} (${found.name})`,
  );
  if (!team) return looks.diagnoses;
  for (const state of NEEDED_STATES) {
    await looks.look(
      `state for ${state}`,
      state === 'open' ? 'broken' : 'degraded',
      async () => states.choose({ state }, team.workflow),
      ({ name }) => `“${name}”`,
    );
  }
  looks.note('estimates', { state: 'ok', detail: estimateWords(team) });
  if (hasProject) {
    await looks.look(
      'project',
      'broken',
      () => api.attempt('listMilestones', () => lookup.find('listMilestones', { milestones: true })),
      ({ project, milestones }) => `${project?.name ?? ''}, ${milestones.length} milestones`,
    );
  }
  for (const operation of WRITES) {
    const { permission } = PERMISSIONS[operation];
    looks.note(permission, {
      state: 'unknown',
      detail: WRITE_UNPROVEN,
      remedy: `If it is refused: ${grantFor(operation, key)}`,
    });
  }
  return looks.diagnoses;
}

function estimateWords({ estimates }: Team): string {
  const scale = estimateScale(estimates);
  return scale.length === 0 ? 'The team does not estimate: issues have no story points.' : scale.join(', ');
}
