/** `pace gate`: from flags and configuration to a report and an exit code. Throws for wrong usage and configuration (exit 2). */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import { createFaults, type Faults } from '../../core/faults.ts';
import { workspacePath } from '../../core/files/workspace-path.ts';
import type { CodeHost, JudgedCommit } from '../../core/ports/index.ts';
import { gitOr } from '../../core/programs/git.ts';
import type { World } from '../../core/world.ts';
import { openHost, type Side } from '../../platforms/index.ts';
import { type LoadedConfig, loadConfig } from '../config/load.ts';
import type { Published } from '../gate/publish.ts';
import { gateExitCode } from '../gate/report.ts';
import { runGate } from '../gate/run.ts';
import { keepingState } from '../gate/state/keep.ts';
import { createState, type State } from '../gate/state/state.ts';
import { whichDay } from '../gate/which-day.ts';
import type { Gate } from './options.ts';

export interface GateOutcome extends Published {
  readonly exitCode: 0 | 1;
  /** Absolute path of `decision.yaml`. */
  readonly reportPath: string;
}

/** An absent option and `''` mean the same. */
export async function gate(world: World, options: Gate, signal?: AbortSignal): Promise<GateOutcome> {
  const loaded = await gateConfig(world, options.config);
  const { config, sides } = loaded;
  world.log.debug(sides.because);
  const dryRun = options.dryRun ?? false;
  const faults = createFaults(world);
  const state = createState(world, { dryRun, faults });
  const commit = judgedCommit(world, sideOf(loaded, 'ci'), options.sha);
  // git answers while the lock is taken; an error of it is looked at afterwards
  commit.catch(() => undefined);
  const outcome = await keepingState(
    { world, config, state, faults, dryRun, signal, pushRemedy: pushRemedy(loaded) },
    () => judgeDay(world, loaded, { state, faults, options, commit, signal }),
  );
  // the state was saved after the report
  return { ...outcome, report: { ...outcome.report, faults: [...faults.list] } };
}

const PUSH_REMEDY = 'Please give the job credentials with which git may push to this repository.';

function pushRemedy({ sides }: LoadedConfig): string {
  return sides.ci.pushRemedy ?? PUSH_REMEDY;
}

async function judgeDay(
  world: World,
  loaded: LoadedConfig,
  run: { state: State; faults: Faults; options: Gate; commit: Promise<Commit>; signal: AbortSignal | undefined },
): Promise<GateOutcome> {
  const { config } = loaded;
  const { state, faults, options, signal } = run;
  const ci = sideOf(loaded, 'ci');
  const [gateDay, commit] = await Promise.all([
    whichDay({ world, config, state, given: askedDay(world, options.day) }),
    run.commit,
  ]);
  // whoever may change the repository could else make PACE write elsewhere
  await workspacePath(world.cwd, state.dayDir(gateDay.day));
  const published = await runGate({
    world,
    config,
    ci,
    tracker: sideOf(loaded, 'tracker'),
    gateDay,
    ...commit,
    attempt: await attemptOf(options.attempt || world.env['PACE_ATTEMPT'], state, gateDay.day, world),
    dryRun: options.dryRun ?? false,
    state,
    faults,
    secretNames: secretNames(loaded),
    ...defined({ signal }),
  });
  const onHold = config.gate.on_hold;
  return {
    ...published,
    exitCode: gateExitCode(published.report, onHold),
    reportPath: `${state.dayDir(gateDay.day)}/decision.yaml`,
  };
}

function askedDay({ env }: World, day: string | undefined): { text: string; source: string } | undefined {
  if (day) return { text: day, source: 'The day' };
  return env['PACE_DAY'] ? { text: env['PACE_DAY'], source: 'PACE_DAY' } : undefined;
}

/** The configuration, which the gate cannot do without. Warnings go to the log. */
async function gateConfig(world: World, path: string | undefined): Promise<LoadedConfig> {
  const loaded = await loadConfig(world, path ? { path } : {});
  if (loaded.missing) {
    throw new PaceError({ kind: 'configuration', message: loaded.missing, remedy: '' });
  }
  for (const { file, line, column, message } of loaded.warnings)
    world.log.warn(`${file}:${line}:${column}: ${message}`);
  return loaded;
}

export function sideOf({ sides, sections }: LoadedConfig, side: 'ci' | 'tracker'): Side {
  const platform = sides[side];
  const section = sections[platform.name];
  return section ? { platform, section } : { platform };
}

function secretNames({ sides, variables }: LoadedConfig): string[] {
  const needs = [...sides.ci.needs, ...sides.tracker.needs].filter(({ secret }) => secret);
  return [...new Set([...needs.flatMap(({ env, envInJob = [] }) => [...env, ...envInJob]), ...variables])];
}

interface Commit {
  readonly repository: string;
  readonly sha: string;
  readonly notes: readonly string[];
}

/** The commit that was asked for, else the one that the CI job is about, else the checkout's. */
async function judgedCommit(world: World, ci: Side, wanted: string | undefined): Promise<Commit> {
  const host = await openHost(world, ci).catch(() => undefined);
  const [name, judged] = await Promise.all([
    host?.repositoryName(),
    wanted ? namedCommit(world, host, wanted) : host?.judgedCommit?.(),
  ]);
  const repository = name ?? world.cwd.split(/[\\/]/).at(-1) ?? '';
  const sha = judged?.sha ?? (await gitOr(world, ['rev-parse', '--verify', '--quiet', 'HEAD'])) ?? '';
  const none = sha === '' ? ['There is no commit here: findings are not tied to one.'] : [];
  return { repository, sha, notes: judged?.note ? [judged.note, ...none] : none };
}

/** A full hash may be unknown to a shallow checkout: then the host is asked, where there is one. */
async function namedCommit(world: World, host: CodeHost | undefined, wanted: string): Promise<JudgedCommit> {
  const known = wanted.startsWith('-')
    ? undefined
    : await gitOr(world, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${wanted}^{commit}`]);
  if (known) return { sha: known };
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(wanted) && host?.listChecks) return { sha: wanted };
  throw new PaceError({
    kind: 'validation',
    message: `"${wanted.slice(0, 100)}" is not a commit in this checkout.`,
    remedy: 'Please pass the full hash of an existing commit, and fetch more history if the clone is shallow.',
  });
}

/** Given, else one more than the attempts of the day that are remembered, else the CI's run attempt. */
async function attemptOf(given: string | undefined, state: State, day: number, world: World): Promise<number> {
  if (given) return positive(given);
  const earlier = (await state.attempts(day)).map(({ run }) => run);
  if (earlier.length > 0) return Math.max(...earlier) + 1;
  const runAttempt = Number(world.env['GITHUB_RUN_ATTEMPT']);
  return Number.isInteger(runAttempt) && runAttempt > 0 ? runAttempt : 1;
}

function positive(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new PaceError({
    kind: 'validation',
    message: `The attempt "${text.slice(0, 40)}" is not a whole number from 1 up.`,
    remedy: 'Please pass a whole number, e.g. --attempt 2.',
  });
}
