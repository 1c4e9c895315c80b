/** The two ends of an epic: the file, and the tracker that it goes to. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { filesOf, type Place, placeAt } from '../../../core/epics/epic-files.ts';
import { standsIn, type World } from '../../../core/world.ts';
import { loadPlatform, openTracker } from '../../../platforms/index.ts';
import { loadSpectryn } from '../../config/spectryn.ts';
import { knownTrackers, type OpenedBackend, openBackend } from '../../tracker/backends/open.ts';
import { FileNotFound } from '../../tracker/files.ts';
import { usageError } from '../../tracker/usage.ts';
import type { EpicOptions } from './options.ts';

/** The one that is named, else that of `.spectryn.yaml`, else the configured one. Makes no request. */
export async function openEpicTracker(
  world: World,
  { config, tracker: name }: Pick<EpicOptions, 'config' | 'tracker'>,
): Promise<OpenedBackend> {
  const named = await loadSpectryn(world);
  if (!named || (name !== undefined && name !== named.platform.name))
    return openBackend(world, { config, backend: name });
  const known = await knownTrackers(world, config);
  const { platform } = named;
  // a backend of the configuration that goes by the same name is what a person means by it
  if (known.backends.some(({ names }) => names.includes(platform.name)))
    return openBackend(world, { config, backend: platform.name });
  const own = known.side(platform);
  const side = { ...own, section: { ...own.section, ...named.settings() } };
  const tracker = await openTracker(world, side);
  return { tracker, platform, section: side.section, side, name: platform.name, key: '' };
}

/** `mayBeNew`: it is written to. Throws where there is nothing, or where it is no epic. */
export async function epicPlace(world: World, markdown: string | undefined, mayBeNew: boolean): Promise<Place> {
  if (markdown === undefined || markdown === '')
    throw usageError('No file is named.', 'Please name it: --markdown EPIC.md');
  const path = relative(world.cwd, resolve(standsIn(world), markdown))
    .split(sep)
    .join('/');
  if (path === '..' || path.startsWith('../') || isAbsolute(path))
    throw usageError(`${markdown} does not lie in the workspace.`, 'Please name a file below it, or run there.');
  const place = await placeAt(world.cwd, path);
  const files = await filesOf(world.cwd, place);
  if (files.length === 0 && !mayBeNew) throw new FileNotFound(markdown);
  return place;
}

/** Whatever another platform would make of its name: a person has called it Markdown. */
export async function openEpicFile(world: World, { path }: Place): Promise<OpenedBackend> {
  const platform = await loadPlatform('markdown');
  const side = { platform, section: { path } };
  const tracker = await openTracker(world, side);
  return { tracker, platform, section: side.section, side, name: path, key: '' };
}

/** `local .pace/pace.db`. */
export function placeOf({ name, place = '' }: Pick<OpenedBackend['tracker'], 'name' | 'place'>): string {
  return [name, place].filter(Boolean).join(' ');
}
