/** Opens the tracker that a command is about: the configured one, or the one that a reference names. */
import { PaceError } from '../../platforms/errors.ts';
import { openTracker, platformNames } from '../../platforms/index.ts';
import type { IssueTracker, Platform, Settings } from '../../platforms/ports.ts';
import type { World } from '../../platforms/world.ts';
import { sideOf } from '../commands/gate.ts';
import { loadConfig } from '../config/load.ts';
import { leadsElsewhere, type Reference } from './references.ts';

export interface OpenOptions {
  /** Path of the configuration, when a person has named it. */
  readonly config?: string | undefined;
  /** Name of a backend or a platform, when a person has named it. */
  readonly backend?: string | undefined;
  /** Leads to another tracker or project where it says so. */
  readonly reference?: Reference | undefined;
  /** No write is sent. */
  readonly dryRun?: boolean | undefined;
  /** `false`: everything is asked anew. */
  readonly cache?: boolean | undefined;
}

export interface OpenedBackend {
  readonly tracker: IssueTracker;
  readonly platform: Platform;
  readonly section: Settings;
  /** Of the backend; the platform's where it has no name of its own. */
  readonly name: string;
  /** The key of the reference as this tracker takes it; `''` without a reference. */
  readonly key: string;
}

/** Without a configuration file the defaults apply: reading issues needs none. Throws `PaceError` and `ConfigError`. */
export async function openBackend(world: World, options: OpenOptions): Promise<OpenedBackend> {
  const { config: path, reference } = options;
  const loaded = await loadConfig(world, path ? { path } : {});
  world.log.debug(loaded.sides.because);
  const { platform, section = {} } = sideOf(loaded, 'tracker');
  if (options.backend !== undefined && options.backend !== platform.name) throw unknownBackend(options.backend);
  if (reference && leadsElsewhere(reference) && reference.tracker !== platform.name)
    throw unknownBackend(reference.text);
  const tracker = await openTracker(world, { platform, section });
  return { tracker, platform, section, name: platform.name, key: reference?.key ?? '' };
}

function unknownBackend(name: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `“${name}” names no tracker that can be opened here.`,
    remedy: `Please configure it; the platforms are: ${platformNames.join(', ')}.`,
  });
}
