/** Pipelines and their steps as checks. Pure. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/ */

import { neededNumber, neededText } from '../../core/http/unexpected-answer.ts';
import type { Check, CheckState } from '../../core/ports/index.ts';
import type { CiStep } from './job.ts';
import { times, type WirePipeline, type WireState, type WireStep } from './wire.ts';

const results = new Map<string, CheckState>([
  ['SUCCESSFUL', 'success'],
  ['FAILED', 'failure'],
  ['ERROR', 'failure'],
  ['STOPPED', 'cancelled'],
  ['EXPIRED', 'cancelled'],
  ['NOT_RUN', 'skipped'],
  ['SKIPPED', 'skipped'],
]);
const NOT_STARTED = ['PENDING', 'READY', 'PARSING'];
const HELD = ['PAUSED', 'HALTED'];

/** A word that is not in these lists is `unknown`. */
export function toCheckState(state: WireState | null | undefined): CheckState {
  const name = state?.name ?? '';
  if (name === 'COMPLETED') return results.get(state?.result?.name ?? '') ?? 'unknown';
  if (isHeld(state)) return 'waiting';
  return name === 'IN_PROGRESS' || NOT_STARTED.includes(name) ? 'pending' : 'unknown';
}

/** Waits for a person. */
function isHeld(state: WireState | null | undefined): boolean {
  return [state?.name, state?.stage?.name].some((word) => HELD.includes(word ?? ''));
}

/** What people read as the pipeline: the branch or tag, and what has selected the definition where that is not the branch. */
export function workflowOf({ target }: WirePipeline): string {
  const { type = '', pattern = '' } = target?.selector ?? {};
  const selected = ['', 'default', 'branches', 'tags'].includes(type ?? '') ? '' : `${type}: ${pattern}`;
  return [target?.ref_name || target?.source || '', selected].filter(Boolean).join(' ');
}

/** One pipeline with its steps in their order. */
export interface PipelineRun {
  readonly pipeline: WirePipeline;
  readonly steps: readonly WireStep[];
}

/** `own`: the step that PACE runs in, wherever that is. `webUrl`: the repository's page. */
export function pipelineToChecks({ pipeline, steps: all }: PipelineRun, webUrl: string, own?: CiStep): Check[] {
  const runs = lastRuns(all);
  const steps = runs.map(([last]) => last);
  const names = distinct(steps.map(({ name }, place) => name || `Step ${place + 1}`));
  const held = heldFrom(pipeline, steps, own);
  const hasPassed = toCheckState(pipeline.state) === 'success';
  const number = neededNumber('Bitbucket', 'build_number', pipeline.build_number);
  const url = `${webUrl}/pipelines/results/${number}`;
  const checks = runs.flatMap(([last, ...before], place) => {
    const known = (step: WireStep, attempt: string): Check => ({
      id: neededText('Bitbucket', 'uuid', step.uuid),
      name: names[place] ?? '',
      app: 'bitbucket-pipelines',
      workflow: workflowOf(pipeline),
      attempt,
      state: toCheckState(step.state),
      vendorState: wordsOf(step.state),
      // a step may fail where its definition says `on-fail: ignore`
      optional: hasPassed && toCheckState(step.state) === 'failure',
      url: `${url}/steps/${encodeURIComponent(step.uuid)}`,
      ...times(step.started_on, step.completed_on),
    });
    const check = known(last, String(number));
    const earlier = before.map((step) => ({
      ...known(step, `${number}-${step.run_number ?? 0}`),
      id: `${step.uuid} ${step.run_number ?? 0}`,
    }));
    return [{ ...check, ...notBegun(check, { steps, place, held }) }, ...earlier];
  });
  return stepsTellAll(pipeline, checks) ? checks : [...checks, pipelineCheck(pipeline, url)];
}

/** Of every step the last attempt; with those before it, from the newest on to one with a result, where nothing came of the last. */
function lastRuns(steps: readonly WireStep[]): [WireStep, ...WireStep[]][] {
  const runs = Map.groupBy(steps, ({ uuid }) => uuid).values();
  return [...runs].flatMap((same) => {
    const [last, ...before] = same.toSorted((a, b) => (b.run_number ?? 0) - (a.run_number ?? 0));
    if (last === undefined) return [];
    const told = before.findIndex((step) => hasResult(step.state));
    return [hasResult(last.state) || told < 0 ? [last] : [last, ...before.slice(told, told + 1)]];
  });
}

function hasResult(state: WireState | null | undefined): boolean {
  return ['success', 'failure'].includes(toCheckState(state));
}

/** Two steps of one name are two checks. */
function distinct(names: readonly string[]): string[] {
  return names.map((name, place) => {
    const earlier = names.slice(0, place).filter((other) => other === name).length;
    return earlier === 0 ? name : `${name} (${earlier + 1})`;
  });
}

interface StepAt {
  readonly steps: readonly WireStep[];
  readonly place: number;
  /** Nothing from here on starts by itself. */
  readonly held: Held;
}

interface Held {
  readonly from: number;
  /** The first of them waits for a person, and not for ourselves. */
  readonly byPerson: boolean;
}

/** What a step that has not started waits for: a person, or a step before it. */
function notBegun({ state }: Check, { steps, place, held }: StepAt): Pick<Check, 'state' | 'waitsFor'> {
  const step = steps[place];
  const isHeldUp = state === 'waiting' || (place >= held.from && isNotStarted(step?.state));
  if (!isHeldUp) return { state };
  const isFirst = place === steps.findIndex((each, other) => other >= held.from && isNotStarted(each.state));
  const isReached = steps.slice(0, place).every((before) => !isMoving(before.state));
  const waits = state === 'waiting' || (held.byPerson && isFirst && isReached);
  if (!waits) return { state: 'blocked' };
  const isBlocking = steps.slice(place + 1).some((behind) => isNotStarted(behind.state));
  return { state: 'waiting', waitsFor: { ...(isManual(step) ? BY_HAND : PAUSED), isBlocking } };
}

/** https://support.atlassian.com/bitbucket-cloud/docs/pipeline-triggers/ (manual steps) */
const BY_HAND = { kind: 'start', who: 'somebody who may write to the repository' } as const;
/** https://support.atlassian.com/bitbucket-cloud/docs/set-up-and-monitor-deployments/ */
const PAUSED = {
  kind: 'deployment',
  who: 'somebody who may deploy from the repository',
} as const;

function isManual(step: WireStep | undefined): boolean {
  return /manual/i.test(step?.trigger?.type ?? '');
}

function isNotStarted(state: WireState | null | undefined): boolean {
  return NOT_STARTED.includes(state?.name ?? '');
}

function isMoving(state: WireState | null | undefined): boolean {
  return toCheckState(state) === 'pending' || toCheckState(state) === 'unknown';
}

/** From which place on a step that has not started will not start by itself: behind a person's click, or behind PACE itself. */
function heldFrom({ state }: WirePipeline, steps: readonly WireStep[], own: CiStep | undefined): Held {
  if (isHeld(state)) return { from: 0, byPerson: true };
  const ours = steps.findIndex(({ uuid }) => uuid === own?.id);
  const manual = steps.findIndex((step) => (isManual(step) && isNotStarted(step.state)) || isHeld(step.state));
  const behindOurs = ours < 0 || !own ? steps.length : ours - own.parallel.place + own.parallel.count;
  const behindPerson = manual < 0 ? steps.length : manual;
  return { from: Math.min(behindOurs, behindPerson), byPerson: behindPerson < behindOurs };
}

/** A definition with a mistake has no steps, and a pipeline can fail outside of them. */
function stepsTellAll({ state }: WirePipeline, checks: readonly Check[]): boolean {
  if (checks.length === 0) return false;
  return !speaksAgainst(toCheckState(state)) || checks.some((check) => speaksAgainst(check.state));
}

function speaksAgainst(state: CheckState): boolean {
  return ['failure', 'cancelled', 'unknown'].includes(state);
}

function pipelineCheck(pipeline: WirePipeline, url: string): Check {
  return {
    id: neededText('Bitbucket', 'uuid', pipeline.uuid),
    name: 'pipeline',
    app: 'bitbucket-pipelines',
    workflow: workflowOf(pipeline),
    attempt: String(pipeline.build_number),
    state: toCheckState(pipeline.state),
    vendorState: wordsOf(pipeline.state),
    ...(isHeld(pipeline.state) ? { waitsFor: { ...PAUSED, isBlocking: false } } : {}),
    optional: false,
    url,
    ...times(pipeline.created_on, pipeline.completed_on),
  };
}

function wordsOf(state: WireState | null | undefined): string {
  return [state?.name, state?.result?.name ?? state?.stage?.name].filter(Boolean).join(' ') || 'none';
}
