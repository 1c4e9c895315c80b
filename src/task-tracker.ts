/** Document-first teams as a library: issues of any tracker become specifications, and work packages follow them. All trackers are equal here. */
import { defined } from '../core/defined.ts';
import { PaceError } from '../core/errors.ts';
import type { Issue } from '../core/ports/index.ts';
import { createRedactor } from '../core/text/redact.ts';
import { plainLine } from '../core/text/untrusted-text.ts';
import type { Fetch, Log, World } from '../core/world.ts';
import { specify } from './commands/specify.ts';
import { syncWorkPackage } from './commands/sync/work-package.ts';
import { processRun } from './process/world.ts';
import { onlyMission } from './spec/missions.ts';
import { engine } from './sync/run.ts';
import { openBackend } from './tracker/backends/open.ts';
import { parseReference } from './tracker/backends/references.ts';

export interface TaskTrackerOptions {
  /** What `--backend` takes: a backend of the configuration, or a platform. */
  readonly tracker: string;
  /** Of Spec Kitty; not needed where there is one alone. */
  readonly mission?: string;
  /** Absolute; the folder with `kitty-specs` and the configuration. */
  readonly cwd?: string;
  readonly env?: World['env'];
  readonly fetch?: Fetch;
  /** Silent when absent. */
  readonly log?: Log;
}

/** Every call throws `PaceError`. Issues are named as their tracker does: `PROJ-123`, `ENG-456`, `owner/repo#789`. */
export interface TaskTrackerConnector {
  readonly tracker: string;
  fetchIssue(issueId: string): Promise<Issue>;
  /** Writes the mission's spec.md, or that file. Gives its path, relative to `cwd`. */
  createSpecFromIssue(issueId: string, options?: { readonly out?: string }): Promise<string>;
  /**
   * Moves the issue that the work package is in step with to the work package's state. `status`: the lane that the caller believes it
   * to be in; where it is in another one, nothing is written (`conflict`).
   */
  syncWpStatusToIssue(wpId: string, status: string): Promise<void>;
  /** The other way round. Gives the work package that the issue is in step with; where there is none yet, it is made. */
  syncIssueToWp(issueId: string): Promise<string>;
  close(): Promise<void>;
}

/** Sends nothing yet. */
export async function openTaskTracker(options: TaskTrackerOptions): Promise<TaskTrackerConnector> {
  const { tracker, mission, log = SILENT, cwd, fetch } = options;
  // an entry: without a world of the caller's it is this process's
  const env = options.env ?? process.env;
  const { world: ours, end } = processRun(log, createRedactor(env));
  const world: World = { ...ours, env, ...defined({ cwd: cwd || undefined, fetch }) };
  const referenceOf = (issueId: string) => (/^https?:/i.test(issueId) ? issueId : `${tracker}:${issueId}`);
  const packages = async () => openBackend(world, { backend: await onlyMission(world.cwd, mission) });

  async function sync(
    ends: { readonly wp: string; readonly to: string } | { readonly from: string; readonly to: string },
  ) {
    const { report } = await syncWorkPackage(world, { ...ends, ...defined({ mission }) }, { engine });
    const [left] = report.left.filter(({ kind }) => kind !== 'unsupported');
    if (left)
      throw new PaceError({
        kind: 'conflict',
        message: left.message ?? 'It is not in step.',
        remedy: left.remedy ?? '',
      });
  }

  return {
    tracker,
    fetchIssue: async (issueId) => {
      const { tracker: opened, key } = await openBackend(world, { reference: parseReference(referenceOf(issueId)) });
      return opened.getIssue(key);
    },
    createSpecFromIssue: async (issueId, { out } = {}) => {
      const place = out === undefined ? { mission: missionOf(await onlyMission(world.cwd, mission)) } : { out };
      const { path } = await specify(world, { from: referenceOf(issueId), ...place });
      return path ?? '';
    },
    syncWpStatusToIssue: async (wpId, status) => {
      const { tracker: opened } = await packages();
      const found = await opened.getIssue(wpId);
      if (found.stateName.toLowerCase() !== status.toLowerCase())
        throw inAnotherLane(found.key, found.stateName, status);
      const { platform } = await openBackend(world, { backend: tracker });
      const own = referencesOf(found).find((each) => each.startsWith(`${platform.name}:`));
      if (own === undefined) throw notLinked(found.key, tracker);
      await sync({ wp: found.key, to: `${tracker}${own.slice(platform.name.length)}` });
    },
    syncIssueToWp: async (issueId) => {
      const { tracker: opened } = await packages();
      const reference = referenceOf(issueId);
      const source = await openBackend(world, { reference: parseReference(reference) });
      const { key, title, body } = await source.tracker.getIssue(source.key);
      const own = `${source.platform.name}:${key}`;
      let wp: string | undefined;
      for await (const found of opened.listIssues({ state: 'all' }))
        if (referencesOf(found).includes(own)) wp = found.key;
      wp ??= (await opened.createIssue({ title, body })).key;
      await sync({ from: reference, to: wp });
      return wp;
    },
    close: end,
  };
}

function missionOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}

/** What a work package is called elsewhere, as Spec Kitty shows it. */
function referencesOf({ sections = [] }: Issue): string[] {
  const text = sections.find(({ name }) => name === 'Tracker references')?.text ?? '';
  return text.split(', ').filter(Boolean);
}

function inAnotherLane(key: string, lane: string, status: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `${plainLine(key, 60)} is in the lane ${plainLine(lane, 60)}, not in ${plainLine(status, 60)}.`,
    remedy: 'Please read it again.',
  });
}

function notLinked(what: string, other: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `${plainLine(what, 100)} is not in step with an issue of ${plainLine(other, 100)} yet.`,
    remedy: 'Please say once which two are one: pace sync WP03 --to REF.',
  });
}

const SILENT: Log = {
  info: () => undefined,
  warn: () => undefined,
  debug: () => undefined,
  progress: () => undefined,
  group: () => () => undefined,
};
