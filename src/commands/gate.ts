/** `pace gate`: from flags and configuration to a report and an exit code. Throws for wrong usage and configuration (exit 2). */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import { createFaults, type Faults } from '../../core/faults.ts';
import { openKept } from '../../core/kept/open-kept.ts';
import type { World } from '../../core/world.ts';
import type { Side } from '../../platforms/index.ts';
import { type LoadedConfig, loadConfig } from '../config/load.ts';
import { prepareRun, type Surroundings, surroundingsOf } from '../gate/identity/prepare.ts';
import type { Policy } from '../gate/policy/outcomes.ts';
import { policyOf } from '../gate/policy/policy.ts';
import type { Published } from '../gate/publish.ts';
import { runGate } from '../gate/run.ts';
import { keepingState } from '../gate/state/keep.ts';
import type { State } from '../gate/state/state.ts';
import type { Subject } from '../gate/subject.ts';
import { gateExitCode } from '../gate/verdict.ts';
import type { Gate } from './options.ts';

export interface GateOutcome extends Published {
  readonly exitCode: 0 | 1;
  /** Absolute path of `decision.yaml`. */
  readonly reportPath: string;
}

/** An absent option and `''` mean the same. */
export async function gate(outer: World, options: Gate, signal?: AbortSignal): Promise<GateOutcome> {
  const kept = openKept(outer);
  const world = { ...outer, kept };
  const policy = await policyOf(world, options);
  const loaded = usable(world, policy.loaded);
  const { config, sides } = loaded;
  world.log.debug(sides.because);
  const dryRun = options.dryRun ?? false;
  const faults = createFaults(world);
  const surroundings = surroundingsOf({
    world,
    config,
    ci: sideOf(loaded, 'ci'),
    ...defined({ branchPlan: policy.plan }),
  });
  // git answers while the lock is taken; an error of it is looked at afterwards
  surroundings.catch(() => undefined);
  const outcome = await keepingState(
    { world, config, kept, faults, dryRun, signal, pushRemedy: pushRemedy(loaded) },
    () => judge(world, policy, { faults, options, dryRun, signal, surroundings }),
  );
  // the state was saved after the report
  return { ...outcome, report: { ...outcome.report, faults: [...faults.list] } };
}

const PUSH_REMEDY = 'Please give the job credentials with which git may push to this repository.';

/** What lets git push to the code repository, in words. */
export function pushRemedy({ sides }: LoadedConfig): string {
  return sides.ci.pushRemedy ?? PUSH_REMEDY;
}

async function judge(
  world: World,
  { loaded, ...policy }: Policy,
  run: {
    faults: Faults;
    options: Gate;
    dryRun: boolean;
    signal: AbortSignal | undefined;
    surroundings: Promise<Surroundings>;
  },
): Promise<GateOutcome> {
  const { config, file = '' } = loaded;
  const { faults, options, dryRun, signal, surroundings } = run;
  const [ci, tracker] = [sideOf(loaded, 'ci'), sideOf(loaded, 'tracker')];
  const prepared = await prepareRun({ world, config, file, ci, tracker, asked: options, faults, dryRun, surroundings });
  const { state, subject } = prepared;
  // what is judged may write there from now on
  state.kept.hold();
  const published = await runGate({
    ...prepared,
    ...{ world, config, ci, tracker, dryRun, faults, policy },
    attempt: await attemptOf(options.attempt || world.env['PACE_ATTEMPT'], { state, subject, world }),
    secretNames: secretNames(loaded),
    ...defined({ signal }),
  });
  const { report } = published;
  return {
    ...published,
    exitCode: gateExitCode(report.decision, config.gate),
    reportPath: state.reportPath(report.subject),
  };
}

/** The configuration, which the gate cannot do without. Warnings go to the log. */
export async function gateConfig(world: World, path: string | undefined): Promise<LoadedConfig> {
  return usable(world, await loadConfig(world, path ? { path } : {}));
}

function usable(world: World, loaded: LoadedConfig): LoadedConfig {
  if (loaded.missing) {
    throw new PaceError({ kind: 'configuration', message: loaded.missing, remedy: '' });
  }
  for (const { file, line, column, message } of loaded.warnings)
    world.log.warn(`${file}:${line}:${column}: ${message}`);
  return loaded;
}

export function sideOf({ sides, side }: LoadedConfig, port: 'ci' | 'tracker'): Side {
  return side(sides[port]);
}

/** Names of the environment variables that may hold a credential. */
export function secretNames({ sides, variables }: LoadedConfig): string[] {
  const needs = [...sides.ci.needs, ...sides.tracker.needs].filter(({ secret }) => secret);
  return [...new Set([...needs.flatMap(({ env, envInJob = [] }) => [...env, ...envInJob]), ...variables])];
}

/** Given, else one more than the attempts of the day that are remembered, else the CI's run attempt. */
async function attemptOf(
  given: string | undefined,
  { state, subject, world }: { state: State; subject: Subject; world: World },
): Promise<number> {
  if (given) return positive(given);
  const earlier = subject.kind === 'day' ? (await state.attempts(subject.day.day)).map(({ run }) => run) : [];
  if (earlier.length > 0) return earlier.reduce((last, run) => Math.max(last, run), 0) + 1;
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
