/** `pace backend test`. */
import { asPaceError } from '../../../core/errors.ts';
import { collect } from '../../../core/tracker/collect.ts';
import type { World } from '../../../core/world.ts';
import { openBackend } from '../../tracker/backends/open.ts';
import type { CheckedBackend } from '../../tracker/backends/rows.ts';
import type { BackendTest } from './options.ts';

/** Whether it answers: who the token is, whether issues can be read, what can be done. Writes nothing; never throws for what it finds. */
export async function testBackend(world: World, options: BackendTest): Promise<CheckedBackend[]> {
  const { tracker, platform } = await openBackend(world, { config: options.config, backend: options.name });
  const look = async (check: string, work: () => Promise<string>): Promise<CheckedBackend> => {
    try {
      return { check, ok: true, detail: await work() };
    } catch (error) {
      const { message, remedy } = asPaceError(error);
      return { check, ok: false, detail: `${message} ${remedy}`.trim() };
    }
  };
  return [
    await look('token', async () => `${platform.title} knows it as ${(await tracker.getCurrentUser()).name}`),
    await look('issues', async () => {
      const [newest] = await collect(tracker.listIssues(), 1);
      return newest ? `readable; the newest is ${newest.key}` : 'readable; there are none';
    }),
    await look('abilities', async () => {
      const { unsupported } = await tracker.capabilities();
      const lacking = Object.keys(unsupported);
      return lacking.length === 0 ? 'everything' : `everything but ${lacking.join(', ')}`;
    }),
  ];
}
