/** What `doctor` looks at on Jenkins. Reads only. */
import { looksAt, WRITE_UNPROVEN } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis, GateNeeds, Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import { placesToLook } from './job.ts';
import { PERMISSIONS, permissionRemedy } from './refusals.ts';
import { pathOf, type WireItem } from './wire.ts';

interface WhoAmI {
  readonly name?: string | null;
  readonly anonymous?: boolean | null;
}

export async function diagnoseHost(world: World, api: Api, settings: Settings, needs: GateNeeds): Promise<Diagnosis[]> {
  const looks = looksAt('code host');
  const user = await looks.look(
    'user',
    'broken',
    () => api.read<WhoAmI>('diagnose', { path: '/whoAmI', tree: 'name,anonymous' }),
    ({ name, anonymous }) => (anonymous ? `Nobody: PACE asks ${api.url} without a token.` : `${name} at ${api.url}`),
  );
  if (!user) return looks.diagnoses;
  if (needs.waitsForCi) {
    for (const place of placesToLook(settings['jobs'], world.env)) {
      await looks.look(
        `jobs in ${place || 'the whole server'}`,
        'broken',
        () => api.read<WireItem>('listChecks', { path: pathOf(place), tree: 'fullName,jobs[fullName]' }),
        ({ jobs }) => (jobs ? `${jobs.length} jobs and folders` : 'one job'),
      );
    }
  }
  const { deed } = PERMISSIONS.describeRun;
  const remedy = permissionRemedy('describeRun', api.hasToken);
  if (api.hasToken) looks.note(deed, { state: 'unknown', detail: WRITE_UNPROVEN, remedy: `If it fails: ${remedy}` });
  else
    looks.note(deed, { state: 'degraded', detail: 'Nobody may describe a build: the outcome is in the log.', remedy });
  if (needs.usesVariables) {
    const detail = 'Jenkins keeps no variables that PACE could write.';
    looks.note('write variables', { state: 'degraded', detail, remedy: 'Please pause by issue: `pause.by: issue`.' });
  }
  return looks.diagnoses;
}
