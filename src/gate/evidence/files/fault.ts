/** The one place where evidence that is not there, or cannot be used, becomes a finding. */
import type { Effect } from '../../../config/schema.ts';
import type { Finding, FindingResult } from '../../finding.ts';
import { checkText, proofText } from '../finding-text.ts';

/** What is checked when nothing was found to read. */
export const PRESENCE = 'presence';

/** Where in the evidence something is wrong; the path is relative to the workspace, line and column start at 1. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Evidence that is there and cannot be used: unreadable, malformed, hostile, or saying nothing. */
export class EvidenceFault extends Error {
  override readonly name = 'EvidenceFault';
  readonly place: Place;

  constructor(message: string, place: Place = {}) {
    super(message);
    this.place = place;
  }
}

/** What is said here of a source's configuration. */
export interface Source {
  readonly name: string;
  readonly on_missing: Effect;
  readonly on_broken: 'hold' | 'advisory';
}

const missingResults = { hold: 'FAIL', advisory: 'ADVISORY', ship: 'PASS' } satisfies Record<Effect, FindingResult>;
const unusableResults = { hold: 'FAIL', advisory: 'ADVISORY' } satisfies Record<Source['on_broken'], FindingResult>;

/** Evidence that never came: the configured effect, and `ship` says so in words. */
export function missing(source: Pick<Source, 'name' | 'on_missing'>, check: string, why: string): Finding {
  const allowed = source.on_missing === 'ship' ? 'missing, and allowed to be: ' : '';
  return {
    source: source.name,
    check: checkText(check),
    result: missingResults[source.on_missing],
    evidence: proofText(`${allowed}${why}`),
  };
}

/** Evidence that cannot be used: the configured effect, but never a pass. */
export function unusable(source: Source, check: string, why: string, place: Place = {}): Finding {
  return {
    source: source.name,
    check: checkText(check),
    result: unusableResults[source.on_broken],
    evidence: proofText(`${at(place)}${why}`),
    ...place,
  };
}

/** Whether a source says nothing about the commit: nothing of it could be read, and that is not called a pass. */
export function saysNothing(source: Pick<Source, 'on_missing'>, hasRead: boolean): boolean {
  return !hasRead && source.on_missing !== 'ship';
}

/** The finding for a fault that a parser threw. */
export function faultFinding(source: Source, fault: EvidenceFault): Finding {
  const { file } = fault.place;
  return unusable(source, file === undefined ? 'reading the evidence' : `reading ${file}`, fault.message, fault.place);
}

function at({ file, line, column }: Place): string {
  if (file === undefined) return '';
  return `${[file, line, column].filter((part) => part !== undefined).join(':')}: `;
}
