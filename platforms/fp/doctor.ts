/** What `doctor` looks at on fp: the program, its folder, its statuses. Reads only. */
import { looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis, IssueState } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Tracker } from './issue-context.ts';
import { listOf } from './wire.ts';

/** What the gate does with issues, from open to closed and back. */
const NEEDED_STATES = ['open', 'done', 'canceled'] as const satisfies readonly IssueState[];

export async function diagnoseTracker({ api, states }: Tracker): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  const version = await looks.look(
    'program',
    'broken',
    async () => (await api.run(['--version'])).stdout,
    (words) => `fp ${plainLine(words, 100)}`,
  );
  if (version === undefined) return looks.diagnoses;
  const listed = await looks.look(
    'issues',
    'broken',
    async () => {
      const found = await api.json(['issue', 'list']);
      return found === undefined ? 'lines' : listOf(found, 'issues');
    },
    (found) =>
      found === 'lines'
        ? {
            state: 'broken',
            detail: 'This version of fp lists issues without their texts: the gate could not find its own again.',
            remedy: 'Please run `fp update`.',
          }
        : `issues: ${found.length}`,
  );
  if (listed === undefined || listed === 'lines') return looks.diagnoses;
  const { hasLabels, statuses } = await api.project();
  for (const state of NEEDED_STATES) {
    await looks.look(
      `status for ${state}`,
      'broken',
      async () => states.write({ state }, statuses),
      ({ status, isMarked }) => (isMarked ? `“${status}”, marked in the description` : `“${status}”`),
    );
  }
  looks.note('labels', {
    state: 'ok',
    detail: hasLabels
      ? 'the property `labels` of the project'
      : 'kept hidden in the description: no extension of the project has registered the property `labels`',
  });
  looks.note('issues: write', {
    state: 'unknown',
    detail: WRITE_UNPROVEN,
    remedy: 'If it is refused: an extension of the project may forbid it; `fp guide` lists them.',
  });
  return looks.diagnoses;
}
