/**
 * PACE as a library: one issue tracker over every platform. The name of the platform is all that changes from one to another.
 *
 *     import { openTracker } from 'pace-gate';
 *     const tracker = await openTracker({ platform: 'github', settings: { repository: 'octo-org/octo-repo' } });
 *     for await (const issue of tracker.listIssues({ labels: ['bug'] })) console.log(issue.key, issue.title);
 *     await tracker.close();
 */

import { defined } from '../core/defined.ts';
import { PaceError } from '../core/errors.ts';
import type { PlannedWrite, Platform, Settings } from '../core/ports/index.ts';
import type { IssueTracker } from '../core/ports/issue-tracker.ts';
import { createRedactor } from '../core/text/redact.ts';
import type { CacheOptions } from '../core/tracker/cached-driver.ts';
import type { Fetch, Log, World } from '../core/world.ts';
import { isPlatformName, loadPlatform, openTracker as openOn, platformNames } from '../platforms/index.ts';
import { createPlugins, type PluginEntry } from '../platforms/plugins.ts';
import { processRun } from './process/world.ts';

export { createFieldLabels, STATE_LABELS, STATE_LABELS_WITH_CANCELED } from '../core/drivers/field-labels.ts';
export { splitMetadata, withMetadata } from '../core/drivers/hidden-metadata.ts';
export { createStatusMap, type StatusMap, unmappedState } from '../core/drivers/status-map.ts';
export { type ErrorKind, PaceError, type PaceErrorDetails, unsupported } from '../core/errors.ts';
export { createFetch, type HttpOptions } from '../core/http/fetch.ts';
export { ABILITIES, type Ability, type Capabilities, capabilitiesBut } from '../core/ports/capabilities.ts';
export * from '../core/ports/index.ts';
export type { CacheOptions } from '../core/tracker/cached-driver.ts';
export { collect } from '../core/tracker/collect.ts';
export { edited, editedLabels } from '../core/tracker/patched-issue.ts';
export type { Fetch, Log, World } from '../core/world.ts';
export type {
  CreatePlugin,
  Plugin,
  PluginEntry,
  PluginMetadata,
  PluginProperty,
} from '../platforms/plugins.ts';
export { openTaskTracker, type TaskTrackerConnector, type TaskTrackerOptions } from './task-tracker.ts';
export { platformNames };

export interface LibraryOptions {
  /** One of `platformNames`, or of `plugins`. */
  readonly platform: string;
  /** By their keys in the platform's section of `pace.config.yaml`; the environment fills in what is absent. */
  readonly settings?: Settings;
  /** Platforms of others, by the name that `platform` may then have. */
  readonly plugins?: Readonly<Record<string, PluginEntry>>;
  /** Hears of every write, which is then not sent. */
  readonly dryRun?: (write: PlannedWrite) => void;
  /** Remembers answers, all for `ttlSeconds`, or with `true` each kind for its own time: people longer than lists. */
  readonly cache?: boolean | CacheOptions;
  readonly env?: World['env'];
  /** Absolute; relative paths in settings start there. */
  readonly cwd?: string;
  readonly fetch?: Fetch;
  /** Silent when absent. */
  readonly log?: Log;
}

export type LibraryTracker = IssueTracker & {
  /** Ends what was started for it, e.g. a plugin. */
  close(): Promise<void>;
};

/** Throws `PaceError`: `configuration` for an unknown platform and for missing settings. Sends nothing yet. */
export async function openTracker(options: LibraryOptions): Promise<LibraryTracker> {
  const { settings, dryRun, cache, log = SILENT } = options;
  // an entry: without a world of the caller's it is this process's
  const env = options.env ?? process.env;
  const { world: ours, end } = processRun(log, createRedactor(env));
  const { cwd, fetch } = options;
  const world: World = { ...ours, env, ...defined({ cwd: cwd || undefined, fetch }) };
  const side = { platform: await platformOf(world, options), ...defined({ section: settings }) };
  const tracker = await openOn(world, side, defined({ dryRun, cache: cache || undefined }));
  return Object.assign(tracker, { close: end });
}

function platformOf(world: World, { platform, plugins = {} }: LibraryOptions): Promise<Platform> {
  if (isPlatformName(platform)) return loadPlatform(platform);
  if (Object.hasOwn(plugins, platform)) return createPlugins(world, plugins).platform(platform);
  throw new PaceError({
    kind: 'configuration',
    message: `There is no platform “${platform}”.`,
    remedy: `Please name one of: ${[...platformNames, ...Object.keys(plugins)].join(', ')}.`,
  });
}

const SILENT: Log = {
  info: () => undefined,
  warn: () => undefined,
  debug: () => undefined,
  progress: () => undefined,
  group: () => () => undefined,
};
