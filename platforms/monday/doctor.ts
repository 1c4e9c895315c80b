/** What `doctor` looks at on monday. Two calls, which only read. */
import { looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis, IssueState } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Board } from './board.ts';
import { howToAdd, type RoleName } from './columns.ts';
import type { Tracker } from './issue-context.ts';
import { grantFor } from './refusals.ts';
import { needed, toPerson, USER, type WireUser } from './shapes.ts';

/** Without these columns the gate cannot work. */
const GATE_COLUMNS = ['status', 'labels', 'description', 'data'] as const satisfies readonly RoleName[];
/** The states that the gate gives to its issues. */
const GATE_STATES = ['open', 'done', 'canceled'] as const satisfies readonly IssueState[];

export async function diagnoseTracker(tracker: Tracker): Promise<Diagnosis[]> {
  const { api, lookup } = tracker;
  const looks = looksAt('tracker');
  await looks.look(
    'token',
    'broken',
    () => api.query<{ readonly me?: WireUser | null }>('getCurrentUser', { fields: [`me { ${USER} }`] }),
    ({ me }) => `The token of ${plainLine(toPerson(needed(me, 'me')).name, 80)}.`,
  );
  const found = await looks.look(
    'board',
    'broken',
    () => lookup.find('capabilities'),
    ({ board }) => `The board “${plainLine(board.name, 80)}”.`,
  );
  if (!found) return looks.diagnoses;
  const { board } = found;
  for (const role of GATE_COLUMNS) looks.note(`column for ${role}`, columnFinding(board, role));
  looks.note('states', statesFinding(tracker, board));
  const remedy = grantFor('createIssue', api.board);
  if (board.isReadOnly)
    looks.note('edit items', { state: 'broken', detail: 'The token’s user may only view the board.', remedy });
  else looks.note('edit items', { state: 'unknown', detail: WRITE_UNPROVEN, remedy: `If it fails: ${remedy}` });
  return looks.diagnoses;
}

function columnFinding({ columns }: Board, role: RoleName) {
  const column = columns[role];
  if (!column)
    return { state: 'broken', detail: `The board has no column for ${role}.`, remedy: howToAdd(role) } as const;
  if (role === 'data' && column.type === 'long_text') {
    const detail = `“${column.title}” is of the type Long text, which holds 2,000 characters only.`;
    return { state: 'degraded', detail, remedy: 'Please make it a column of the type Text.' } as const;
  }
  return { state: 'ok', detail: `“${column.title}” (${column.type})` } as const;
}

function statesFinding({ states }: Tracker, board: Board) {
  const missing = GATE_STATES.filter((state) => !states.writable(board).includes(state));
  if (missing.length === 0) return { state: 'ok', detail: `Available: ${states.writable(board).join(', ')}.` } as const;
  const labels = board.labelsOf(board.columns.status).map(({ name }) => `“${plainLine(name, 60)}”`);
  return {
    state: missing.includes('done') ? 'broken' : 'degraded',
    detail: `Nothing stands for: ${missing.join(', ')}. The status column has ${labels.join(', ') || 'no labels'}.`,
    remedy: `Please add a label such as “Done” or “Canceled” to the status column, or name one under \`monday.states\`.`,
  } as const;
}
