/** What `doctor` looks at on beads: the program, its folder, in whose name it writes. Reads only. */
import { looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis } from '../../core/ports/index.ts';
import { option } from '../../core/programs/program.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Api } from './api.ts';
import { listOf } from './shapes.ts';

export async function diagnoseTracker(api: Api): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  const version = await looks.look(
    'program',
    'broken',
    () => api.text(['--version']),
    (words) => plainLine(words, 100) || api.command,
  );
  if (version === undefined) return looks.diagnoses;
  const issues = await looks.look(
    'issues',
    'broken',
    async () => listOf(await api.call(['list', option('limit', 1)])),
    () => 'bd has issues for this folder, or room for them.',
  );
  if (issues === undefined) return looks.diagnoses;
  await looks.look(
    'actor',
    'broken',
    () => api.actor(),
    (name) =>
      name
        ? `writes as ${name}`
        : {
            state: 'degraded',
            detail: 'bd does not know in whose name to write here.',
            remedy: 'Please set `beads.actor` in pace.config.yaml, or `git config user.name`.',
          },
  );
  await looks.look(
    'metadata',
    'broken',
    () => api.knows('create', 'metadata'),
    (has) =>
      has ? 'kept beside the issue' : 'kept in the description, as a comment at its end: bd has no place for them',
  );
  looks.note('issues: write', {
    state: 'unknown',
    detail: WRITE_UNPROVEN,
    remedy: 'If it is refused: please allow the user that runs PACE to write the folder `.beads`.',
  });
  return looks.diagnoses;
}
