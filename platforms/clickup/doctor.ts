/** What `doctor` looks at on ClickUp. Reads only. https://developer.clickup.com/reference */
import { type LookResult, looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis, IssueState } from '../../core/ports/index.ts';
import type { Place } from './issue-context.ts';
import type { WireList } from './lookup.ts';
import { grantFor, PERMISSIONS } from './refusals.ts';
import { statusesOf } from './states.ts';
import { toPerson, type WireUser } from './wire.ts';

/** What the gate does with issues, from open to closed and back. */
const NEEDED_STATES = ['open', 'done', 'canceled'] as const satisfies readonly IssueState[];
const WRITES = ['createIssue', 'updateIssue', 'addComment'] as const;
/** What the API calls the permissions, from the least on. */
const LEVELS = ['read', 'comment', 'edit', 'create'];
const NEEDED_LEVEL = { createIssue: 'create', updateIssue: 'edit', addComment: 'comment' } as const;

export async function diagnoseTracker({ api, lookup, states }: Place): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  const operation = 'capabilities';
  const user = await looks.look(
    'token',
    'broken',
    () => api.call<{ user: WireUser }>('getCurrentUser', { path: ['user'] }),
    (found) => `a token of ${toPerson(found.user).name}`,
  );
  if (!user) return looks.diagnoses;
  const list = await looks.look('list', 'broken', () => lookup.list(operation), listFinding);
  if (!list) return looks.diagnoses;
  for (const state of NEEDED_STATES) {
    await looks.look(
      `state for ${state}`,
      state === 'open' ? 'broken' : 'degraded',
      () => api.attempt(operation, async () => states.choose({ state }, statusesOf(list))),
      ({ status }) => `“${status}”`,
    );
  }
  await looks.look(
    'tags',
    'unknown',
    () => lookup.space(operation),
    ({ name, features }) => (features?.tags?.enabled === false ? NO_TAGS : `switched on in the Space ${name}`),
  );
  for (const write of WRITES) looks.note(PERMISSIONS[write].deed, writeFinding(write, list, api.list));
  return looks.diagnoses;
}

function listFinding({ id, name, archived }: WireList): string | LookResult {
  if (!archived) return `${name} (${id})`;
  return {
    state: 'broken',
    detail: `The List ${name} is archived.`,
    remedy: 'Please restore it, or name another one.',
  };
}

const NO_TAGS: LookResult = {
  state: 'broken',
  detail: 'Tags are switched off in the Space: PACE does not find its own tasks without them.',
  remedy: 'Please switch the ClickApp “Tags” on for the Space.',
};

function writeFinding(
  write: (typeof WRITES)[number],
  { permission_level: level = '' }: WireList,
  id: string,
): LookResult {
  const place = LEVELS.indexOf(level);
  const remedy = grantFor(write, id);
  if (place < 0) return { state: 'unknown', detail: WRITE_UNPROVEN, remedy: `If it is refused: ${remedy}` };
  if (place >= LEVELS.indexOf(NEEDED_LEVEL[write])) return { state: 'ok', detail: `The token’s user may “${level}”.` };
  const detail = `The token’s user may only “${level}” on the List.`;
  return { state: write === 'addComment' ? 'degraded' : 'broken', detail, remedy };
}
