/** Brings a Markdown epic and a tracker in step, by the one engine: the file is its side a, the tracker its side b. */

import { defined } from '../../../core/defined.ts';
import { faultsError } from '../../../core/epics/faults.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { didYouMean } from '../../../core/yaml/suggest.ts';
import type { SyncedPair } from '../../config/schema.ts';
import { fieldsOf, keysOf, type Outline, outlineOf, type Phase, storyNamed } from '../../epic/outline.ts';
import { type EpicReport, epicReport } from '../../epic/report.ts';
import type { Preferred, SyncRequest } from '../../sync/engine.ts';
import type { Flow } from '../../sync/reconcile.ts';
import type { Sides } from '../../sync/values.ts';
import type { OpenedBackend } from '../../tracker/backends/open.ts';
import { usageError } from '../../tracker/usage.ts';
import { isSameTracker } from '../sync/ends.ts';
import { onPairs, syncConfig } from '../sync/on-pairs.ts';
import { type SyncDone, syncExitCode } from '../sync/outcome.ts';
import { configuredPair, ofPair } from '../sync/request.ts';
import { backupOf } from './backing-up.ts';
import { Declined, type EpicContext, type EpicRun } from './context.ts';
import { epicPlace, openEpicFile, openEpicTracker } from './ends.ts';
import { onlyOf } from './only.ts';
import type { EpicOptions } from './options.ts';
import { epicsNamed, toldIn } from './told.ts';
import { writeBlocks } from './update-source.ts';
import { checkFiles } from './validate.ts';

export interface EpicSynced {
  readonly done: SyncDone;
  readonly report: EpicReport;
  /** The id of what was kept; `null`: nothing had to be, or was to be. */
  readonly backup: string | null;
  /** Files into which it was written which issue each story is. */
  readonly updated: readonly string[];
  /** How many there are about the file. */
  readonly warnings: number;
  readonly exitCode: number;
}

export async function syncEpic(outer: World, options: EpicOptions, context: EpicContext): Promise<EpicSynced> {
  const { config, markdown, execute = false, strict = false } = options;
  const flow = flowOf(options);
  const loaded = await syncConfig(outer, config);
  const tracker = await openEpicTracker(outer, options);
  const place = await epicPlace(outer, markdown, flow !== 'to-b');
  const checked = await checkFiles(outer, place, { strict, mayBeEmpty: flow !== 'to-b' });
  if (checked.faults.length > 0) {
    // who cannot be reached is told before what is wrong with the file
    await tracker.tracker.containerId();
    throw faultsError(checked.faults);
  }
  const outline = outlineOf(checked.epics);
  const stories = storiesOf(outline, options);
  return onPairs(outer, { loaded, onlyReads: !execute, signal: context.signal }, async (world) => {
    const opened = { a: await openEpicFile(world, place), b: tracker };
    if (isSameTracker(opened.a, opened.b))
      throw usageError(`${place.path} is the tracker itself.`, 'Please name another one: --tracker NAME.');
    const epics = await epicsNamed(tracker, options, outline);
    const pair = pairOf(loaded.config.sync, opened);
    const run: EpicRun = { world, options, context, flow, place, checked, outline, stories, epics, opened };
    return synced(run, ofPair(pair), pair?.name ?? null);
  });
}

async function synced(
  run: EpicRun,
  configured: Pick<SyncRequest, 'maps' | 'fields' | 'origin' | 'isPrivateCopied'>,
  name: string | null,
): Promise<EpicSynced> {
  const { world, options, context, flow, opened } = run;
  const { engine } = context;
  const { execute = false, full = false } = options;
  const pairs = await engine.pairs(world, opened);
  const saving = backupOf(run, pairs);
  const request: SyncRequest = {
    ...{ flow, prefer: preferOf(options), force: false, dryRun: !execute, yes: true, full },
    ...configured,
    ...defined({ fields: fieldsIn(options.phase, configured.fields), signal: context.signal }),
    // a file has its own place for that
    origin: configured.origin && flow === 'to-b',
    told: toldIn(run),
    ...defined({ only: onlyOf(run, pairs) }),
    before: async (planned) => {
      if (!options.yes && context.confirm && !(await context.confirm(planned))) throw new Declined();
      await saving.save(planned);
    },
  };
  const report = await engine.sync(world, opened, request);
  const after = execute ? await engine.pairs(world, opened) : pairs;
  const updated = writesBlocks(options) ? await writeBlocks(run, { pairs: after, report, saving }) : [];
  const done: SyncDone = { pair: name, names: { a: opened.a.name, b: opened.b.name }, flow, report };
  const exitCode = syncExitCode([done], { dryRun: !execute });
  return {
    ...{ done, backup: saving.id(), updated, exitCode, warnings: run.checked.warnings.length },
    report: epicReport({
      ...{ report, outline: await outlineNow(run), pairs: after, isFull: full },
      ...{ success: exitCode === 0, faults: run.checked.warnings },
    }),
  };
}

/** With what has come from the tracker. */
async function outlineNow({ world, place, flow, outline, options }: EpicRun): Promise<Outline> {
  if (flow === 'to-b' || !options.execute) return outline;
  return outlineOf((await checkFiles(world, place, { strict: false })).epics);
}

function writesBlocks({ updateSource, bidirectional }: EpicOptions): boolean {
  return updateSource === true || bidirectional === true;
}

function flowOf({ pull, bidirectional }: EpicOptions): Flow {
  if (bidirectional) return 'both';
  return pull ? 'to-a' : 'to-b';
}

const PREFERENCES = { file: 'a', tracker: 'b', newer: 'newer', ask: 'ask' } as const satisfies Record<
  string,
  Preferred
>;

function preferOf({ prefer = 'ask' }: EpicOptions): Preferred {
  return PREFERENCES[prefer];
}

/** What the configuration says of these two; the maps are those of its sides. */
function pairOf(pairs: readonly SyncedPair[], { a, b }: Sides<OpenedBackend>): SyncedPair | undefined {
  const found = configuredPair(pairs, { a: a.name, b: b.name });
  if (!found?.isTurned) return found?.pair;
  throw usageError(
    `The pair ${found.pair.name} of the configuration has ${b.name} as its first tracker.`,
    `Please write it the other way round there: a: ${a.name}, b: ${b.name}.`,
  );
}

function fieldsIn(phase: Phase = 'all', configured: SyncRequest['fields']): SyncRequest['fields'] {
  const own = fieldsOf(phase);
  return own && configured ? own.filter((field) => configured.includes(field)) : (own ?? configured);
}

/** Throws with every name that is none. */
function storiesOf(outline: Outline, { story = [] }: EpicOptions): string[] {
  const known = keysOf(outline, 'story');
  const unknown = story.filter((name) => storyNamed(outline, name) === undefined);
  if (unknown.length > 0)
    throw usageError(
      unknown
        .map((name) => `There is no story “${plainLine(name, 60)}” in the file.${didYouMean(name, known)}`)
        .join('\n'),
      known.length > 0 && known.length <= 50 ? `Stories: ${known.join(', ')}.` : '',
    );
  return story.flatMap((name) => storyNamed(outline, name) ?? []);
}
