/** What a decision does to the pipeline: its exit code, and the state of the commit's status. Pure; the table of `docs/verdict.md`. */
import type { CommitStatus } from '../../core/ports/index.ts';
import type { PaceConfig } from '../config/schema.ts';
import type { Decision } from './report.ts';

type Rules = Pick<PaceConfig['gate'], 'mode' | 'on_hold' | 'on_paused' | 'on_unknown'>;

/** 0: the pipeline may go on. 1: it must not. `observe` never blocks. */
export function gateExitCode(decision: Decision, rules: Rules): 0 | 1 {
  if (rules.mode === 'observe') return 0;
  const blocks: Record<Decision, boolean> = {
    SHIP: false,
    HOLD: rules.on_hold === 'fail',
    PAUSED: rules.on_paused === 'fail',
    UNKNOWN: rules.on_unknown === 'hold',
  };
  return blocks[decision] ? 1 : 0;
}

const STATES: Record<Decision, CommitStatus['state']> = {
  SHIP: 'success',
  HOLD: 'failure',
  PAUSED: 'pending',
  UNKNOWN: 'error',
};

/** Nothing that was not judged is ever green; only `observe`, which blocks nothing, says in words what it would have been. */
export function statusState(decision: Decision, { mode }: Pick<Rules, 'mode'>): CommitStatus['state'] {
  return mode === 'observe' ? 'success' : STATES[decision];
}

/** `HOLD`; in `observe` mode `observed only, would be HOLD`. */
export function decisionWords(decision: Decision, { mode }: Pick<Rules, 'mode'>): string {
  return mode === 'observe' && decision !== 'SHIP' ? `observed only, would be ${decision}` : decision;
}
