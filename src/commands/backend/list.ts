/** `pace backend list`. */
import type { World } from '../../../core/world.ts';
import { choiceOf, knownTrackers } from '../../tracker/backends/open.ts';
import type { BackendRow } from '../../tracker/backends/rows.ts';
import type { BackendList } from './options.ts';

/** Every backend, and the tracker of the gate. */
export async function listBackends(world: World, { config }: BackendList): Promise<BackendRow[]> {
  const known = await knownTrackers(world, config);
  const { name: chosen } = choiceOf(known);
  const named = (['project', 'user'] as const).flatMap((from) =>
    (known[from]?.names ?? []).map((name) => ({ name, platform: known[from]?.platformName(name) ?? '', from })),
  );
  // the project's comes before the person's of the same name
  const visible = named.filter(({ name }, place) => named.findIndex((other) => other.name === name) === place);
  const gate = (await known.gate()).side.platform.name;
  const rows = [...visible, { name: gate, platform: gate, from: 'detected' as const }];
  return rows.map((row) => ({ ...row, default: chosen === undefined ? row.from === 'detected' : row.name === chosen }));
}
