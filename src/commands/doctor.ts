/** `pace doctor`: whether a gate run would do all that it promises here. Reads only; never throws for what it finds. */
import { isTeam } from '../../core/adapters/named-people.ts';
import { type LookResult, looksAt } from '../../core/drivers/diagnosis-looks.ts';
import { asPaceError } from '../../core/errors.ts';
import type { CodeHost, Diagnosis, GateNeeds, IssueTracker } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { openHost, openTracker } from '../../platforms/index.ts';
import type { PaceConfig } from '../config/schema.ts';
import { diagnoseConfiguration } from '../doctor/configuration.ts';
import { diagnoseMachine } from '../doctor/machine.ts';
import { diagnoseState } from '../doctor/state-branch.ts';
import { sideOf } from './gate.ts';
import type { Doctor } from './options.ts';

export interface DoctorOutcome {
  readonly diagnoses: readonly Diagnosis[];
  /** 0: all is well, as far as it can be seen. 1: the gate would be degraded. 2: the configuration is wrong. */
  readonly exitCode: 0 | 1 | 2;
}

/** A person is waiting: no retry and no limit of a server may take longer. */
const MOST_PATIENCE_MS = 60_000;

export async function doctor(world: World, options: Doctor): Promise<DoctorOutcome> {
  world.traffic.deadline = world.now() + MOST_PATIENCE_MS;
  const clocks = watchClocks(world);
  const [machine, configured] = await Promise.all([
    diagnoseMachine(world),
    diagnoseConfiguration(world, options.config),
  ]);
  const { loaded, needs } = configured;
  // one dead host must not hide the other's result
  const [state, host, tracker] = await Promise.all([
    diagnoseState(world, loaded.config),
    diagnosePort('code host', needs, () => openHost(clocks.world, sideOf(loaded, 'ci'))),
    diagnosePort('tracker', needs, async () => {
      const opened = await openTracker(clocks.world, sideOf(loaded, 'tracker'));
      return withResumers(opened, loaded.config.escalation.resume_by);
    }),
  ]);
  const diagnoses = [...machine, ...configured.diagnoses, ...state, ...clocks.diagnoses(), ...host, ...tracker];
  return { diagnoses, exitCode: doctorExitCode(diagnoses) };
}

/** Says what the tracker cannot tell of those who may resume: each look for a hold would end in "unknown". */
function withResumers(tracker: IssueTracker, resumeBy: PaceConfig['escalation']['resume_by']): IssueTracker {
  const { diagnose, name } = tracker;
  const lack = resumeBy === 'anyone' ? undefined : lackOfResumers(tracker, resumeBy);
  if (lack === undefined) return tracker;
  const looks = looksAt('tracker');
  const remedy = 'Please set `escalation.resume_by: anyone`, or list people.';
  looks.note('escalation.resume_by', { state: 'broken', detail: `${name} ${lack}.`, remedy });
  return { ...tracker, diagnose: async (needs) => [...looks.diagnoses, ...((await diagnose?.(needs)) ?? [])] };
}

function lackOfResumers({ closedBy, isTeamMember }: IssueTracker, resumeBy: readonly string[]): string | undefined {
  if (!closedBy) return 'does not tell who closed an issue';
  return resumeBy.some(isTeam) && !isTeamMember ? 'does not tell who belongs to a team' : undefined;
}

async function diagnosePort(
  area: string,
  needs: GateNeeds,
  open: () => Promise<CodeHost | IssueTracker>,
): Promise<Diagnosis[]> {
  const looks = looksAt(area);
  try {
    const port = await open();
    if (port.diagnose) return await port.diagnose(needs);
    looks.note(port.platform, { state: 'unknown', detail: 'This platform cannot be looked at yet.' });
  } catch (error) {
    const { message, remedy } = asPaceError(error);
    looks.note('settings', { state: 'broken', detail: message, remedy });
  }
  return looks.diagnoses;
}

/** More makes tokens and signatures invalid, and puts the day's border in the wrong place. */
const MOST_SKEW_SECONDS = 60;

/** Every answer tells its server's time, also one that refuses. */
function watchClocks(world: World): { world: World; diagnoses(): Diagnosis[] } {
  const skews = new Map<string, number>();
  const watching: World = {
    ...world,
    fetch: async (input, init) => {
      const response = await world.fetch(input, init);
      const date = Date.parse(response.headers.get('date') ?? '');
      const { host } = new URL(input instanceof Request ? input.url : input);
      if (Number.isFinite(date)) skews.set(host, Math.round((world.now() - date) / 1000));
      return response;
    },
  };
  return {
    world: watching,
    diagnoses: () => {
      const looks = looksAt('network');
      for (const [host, skew] of skews) looks.note(`clock against ${host}`, clockFinding(skew));
      return looks.diagnoses;
    },
  };
}

function clockFinding(skew: number): LookResult {
  if (Math.abs(skew) <= MOST_SKEW_SECONDS) return { state: 'ok', detail: `at most ${MOST_SKEW_SECONDS} s apart` };
  const detail = `This machine is ${Math.abs(skew)} s ${skew > 0 ? 'ahead' : 'behind'}.`;
  return { state: 'degraded', detail, remedy: 'Please set the clock of the runner, e.g. by NTP.' };
}

function doctorExitCode(diagnoses: readonly Diagnosis[]): DoctorOutcome['exitCode'] {
  if (diagnoses.some(({ area, state }) => area === 'configuration' && state === 'broken')) return 2;
  return diagnoses.some(({ state }) => state === 'broken' || state === 'degraded') ? 1 : 0;
}
