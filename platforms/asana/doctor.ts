/** What `doctor` looks at on Asana. Reads only: a token cannot ask for its own scopes. https://developers.asana.com/docs/oauth-scopes */
import { looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis, IssueState } from '../../core/ports/index.ts';
import { findField, prioritiesOf, typesOf } from './custom-fields.ts';
import type { Tracker } from './issue-context.ts';
import { PERMISSIONS, permissionRemedy } from './refusals.ts';
import type { Move, Section, SectionStates } from './states.ts';

/** What the gate does with issues; without the last one a duplicate cannot be closed as such. */
const NEEDED_STATES = ['open', 'done', 'canceled'] as const satisfies readonly IssueState[];
const WRITES = ['createIssue', 'createLabel', 'addComment'] as const;

export async function diagnoseTracker({ api, project, states, people }: Tracker): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  const user = await looks.look(
    'token',
    'broken',
    () => people.currentUser('capabilities'),
    ({ name }) => `a token of ${name}`,
  );
  if (!user) return looks.diagnoses;
  const info = await looks.look(
    'project',
    'broken',
    () => project.info('capabilities'),
    ({ name, archived }) =>
      archived
        ? {
            state: 'degraded',
            detail: `${name} is archived.`,
            remedy: 'Please take it out of the archive, or name another project.',
          }
        : name,
  );
  if (!info) return looks.diagnoses;
  const sections = await looks.look(
    'sections',
    'broken',
    () => project.sections('capabilities'),
    (found) => found.map(({ name }) => name).join(', ') || 'none',
  );
  for (const state of sections ? NEEDED_STATES : []) {
    await looks.look(
      `state for ${state}`,
      'degraded',
      async () => planFrom(states, state, sections ?? []),
      ({ section, completed }) => (section ? `“${section.name}”` : completed ? 'completed' : 'incomplete'),
    );
  }
  const fields = [
    prioritiesOf(info.fields).length > 0 ? 'Priority' : '',
    typesOf(info.fields).length > 0 ? 'Type' : '',
    findField(info.fields, 'storyPoints') ? 'Story Points' : '',
  ].filter(Boolean);
  looks.note('custom fields', {
    state: 'ok',
    detail: fields.join(', ') || 'none: priority, type and points cannot be kept',
  });
  for (const operation of WRITES) {
    const remedy = `If it is refused: ${permissionRemedy(operation, api.project)}`;
    looks.note(PERMISSIONS[operation].deed, { state: 'unknown', detail: WRITE_UNPROVEN, remedy });
  }
  return looks.diagnoses;
}

/** What is opened again comes from where it was done; the rest from a section that stands for nothing. */
function planFrom(states: SectionStates, state: IssueState, sections: readonly Section[]): Move {
  const nowhere = { gid: '', name: '' };
  const done = states.plan({ state: 'done' }, { completed: false, section: nowhere }, sections);
  if (state !== 'open') return states.plan({ state }, { completed: false, section: nowhere }, sections);
  return states.plan({ state }, { completed: true, section: done.section ?? nowhere }, sections);
}
