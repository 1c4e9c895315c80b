/** `pace sync …` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { syncBothWays } from '../commands/sync/bidirectional.ts';
import { listConflicts } from '../commands/sync/conflicts.ts';
import { linkIssues } from '../commands/sync/link.ts';
import type {
  SyncBoth,
  SyncConflicts,
  SyncLink,
  SyncOneWay,
  SyncResolve,
  SyncRun,
  SyncStatus,
  SyncUnlink,
  SyncWorkPackage,
} from '../commands/sync/options.ts';
import { isInStep, outcomeData, type SyncDone, type SyncOutcome, syncExitCode } from '../commands/sync/outcome.ts';
import { syncOneWay } from '../commands/sync/pull.ts';
import type { SyncContext } from '../commands/sync/request.ts';
import { resolveConflict } from '../commands/sync/resolve.ts';
import { runPairs } from '../commands/sync/run.ts';
import { CONFLICTS, placeOf, UNLINKED } from '../commands/sync/shapes.ts';
import { syncStatus } from '../commands/sync/status.ts';
import { unlinkIssues } from '../commands/sync/unlink.ts';
import { syncOutputs } from '../output/sync-counts.ts';
import { outcomesText, outcomeText, statusText } from '../output/sync-text.ts';
import { readWhole } from '../tracker/files.ts';
import { usageError } from '../tracker/usage.ts';
import type { Session } from './session.ts';

const NONE =
  'Nothing is in step here yet. `pace sync pull SOURCE TARGET` begins; `pace backend list` shows the trackers.';

export const sync = {
  sync: async (session: Session, options: SyncWorkPackage) => {
    const { syncWorkPackage } = await import('../commands/sync/work-package.ts');
    return answered(session, await syncWorkPackage(session.world, options, await contextOf(session)));
  },
  status: async (session: Session, options: SyncStatus) => {
    const outcomes = await syncStatus(session.world, options, await contextOf(session));
    await session.answer(manyData(outcomes), () =>
      statusText(outcomes, { ...lookOf(session), dryRun: true, isStatus: true, none: NONE }),
    );
    return syncExitCode(outcomes, {});
  },
  pull: oneWay,
  push: oneWay,
  bidirectional: async (session: Session, options: SyncBoth) =>
    answered(session, await syncBothWays(session.world, options, await contextOf(session))),
  run: async (session: Session, { dotenv, ...options }: SyncRun & { readonly dotenv?: string }) => {
    await withoutEarlier(session, dotenv);
    const outcomes = await runPairs(session.world, options, await contextOf(session));
    await handedOn(session, outcomes, dotenv);
    await session.answer(manyData(outcomes), () => outcomesText(outcomes, { ...lookOf(session), none: NONE }));
    return syncExitCode(outcomes, { dryRun: session.isDryRun });
  },
  link: async (session: Session, options: SyncLink) =>
    answered(session, await linkIssues(session.world, options, await contextOf(session))),
  unlink: async (session: Session, options: SyncUnlink) => {
    const printing = session.printing(UNLINKED);
    const pair = await unlinkIssues(session.world, options, await contextOf(session));
    const [a, b] = [plainLine(placeOf(pair, 'a')), plainLine(placeOf(pair, 'b'))];
    await printing.one(pair, `${a} and ${b} are no longer one. Both stay as they are.\n`);
  },
  conflicts: async (session: Session, options: SyncConflicts) => {
    const printing = session.printing(CONFLICTS);
    const conflicts = await listConflicts(session.world, options, await contextOf(session));
    await printing.list(conflicts, 'There are no conflicts.');
  },
  resolve: async (session: Session, { file, ...options }: SyncResolve & { readonly file?: string }) => {
    const text = await textOf(session, options.text, file);
    const given = text === undefined ? options : { ...options, text };
    return answered(session, await resolveConflict(session.world, given, await contextOf(session)));
  },
};

async function oneWay(session: Session, options: SyncOneWay): Promise<number> {
  return answered(session, await syncOneWay(session.world, options, await contextOf(session)));
}

async function answered(session: Session, done: SyncDone): Promise<number> {
  await session.answer(outcomeData(done), () => outcomeText(done, lookOf(session)));
  return syncExitCode([done], { dryRun: session.isDryRun });
}

/** Loaded now: the other verbs never need it. */
async function contextOf({ shell: { ask }, signal }: Session): Promise<SyncContext> {
  const { engine } = await import('../sync/run.ts');
  const confirm = ask && (async (question: string) => /^y(?:es)?$/i.test(await ask(`${question} Type yes: `)));
  return { engine, confirm, signal };
}

function lookOf({ shell, isVerbose, isDryRun }: Session) {
  return { colour: shell.hasColour, verbose: isVerbose, dryRun: isDryRun };
}

function manyData(outcomes: readonly SyncOutcome[]) {
  return { pairs: outcomes.map(outcomeData), inStep: outcomes.every(isInStep) };
}

/** What an earlier run has left for later jobs is not this one’s, however it ends. */
async function withoutEarlier({ world, isDryRun }: Session, dotenv: string | undefined): Promise<void> {
  if (dotenv === undefined || isDryRun) return;
  const { removeEarlier } = await import('../output/earlier-outcome.ts');
  await removeEarlier(world, world.cwd, dotenv);
}

/** What later steps and the page of the job are told; that they cannot be told is a warning. */
async function handedOn(
  { world, shell, isDryRun }: Session,
  outcomes: readonly SyncOutcome[],
  dotenv: string | undefined,
): Promise<void> {
  if (isDryRun) return;
  const { handOn } = await import('../output/outputs.ts');
  const values = syncOutputs(outcomes);
  await handOn(world.log, () => shell.setOutputs(values));
  if (dotenv !== undefined) {
    const { writeVariables } = await import('../output/dotenv.ts');
    const named = Object.entries(values).map(([name, value]) => [`sync-${name}`, value]);
    await writeVariables(world, dotenv, Object.fromEntries(named));
  }
  if (!world.addToSummary) return;
  const { syncSummary } = await import('../output/sync-summary.ts');
  await handOn(world.log, () => world.addToSummary?.(syncSummary(outcomes)));
}

/** `-` is stdin. */
async function textOf({ world, shell }: Session, text: string | undefined, file: string | undefined) {
  if (text !== undefined && file !== undefined)
    throw usageError('The value is given twice.', 'Please pass one of --take, --text and --file.');
  const path = file ?? (text === '-' ? '-' : undefined);
  return path === undefined ? text : (await readWhole(path, world, shell.stdin)).trimEnd();
}
