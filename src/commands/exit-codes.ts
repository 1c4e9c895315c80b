/** What the command's end means: the one table of exit codes, for the program, its help and the documentation. */
import { asPaceError, type ErrorKind, PaceError } from '../../core/errors.ts';
import { FileNotFound } from '../tracker/files.ts';

export const EXIT_DECLINED = 80;

export interface ExitCode {
  readonly code: number;
  readonly meaning: string;
  readonly kinds?: readonly ErrorKind[];
}

/** Of every verb. */
const ENDED: readonly ExitCode[] = [
  { code: 74, meaning: 'the output cannot be written', kinds: ['output'] },
  { code: 130, meaning: 'interrupted' },
  { code: 143, meaning: 'ended from outside' },
];

/** Of `issue`, `label`, `milestone`, `user` and `backend`. */
export const TRACKER_EXIT_CODES: readonly ExitCode[] = [
  { code: 0, meaning: 'done' },
  { code: 1, meaning: 'a defect of PACE; or a check of `pace backend test` has failed' },
  { code: 2, meaning: 'wrong usage or configuration', kinds: ['configuration'] },
  { code: 3, meaning: 'a file that was named is not there' },
  { code: 4, meaning: 'the tracker cannot be reached, or is in trouble', kinds: ['transient'] },
  { code: 5, meaning: 'the tracker does not accept the token', kinds: ['authentication'] },
  {
    code: 6,
    meaning: 'refused: a value that does not fit, or a move that is not possible from where the issue is',
    kinds: ['validation', 'transition'],
  },
  { code: 7, meaning: 'the token lacks a permission', kinds: ['permission'] },
  {
    code: 8,
    meaning: 'the tracker limits requests, or gives an unexpected answer',
    kinds: ['rate-limit', 'unexpected'],
  },
  { code: 9, meaning: 'what was named is not there', kinds: ['not-found'] },
  { code: 10, meaning: 'taken by somebody else, or in conflict with what is there', kinds: ['conflict'] },
  { code: 11, meaning: 'not supported there', kinds: ['unsupported'] },
  { code: 64, meaning: 'some of it was done, and some of it failed' },
  ...ENDED,
];

/** Of `sync`: as those, but for what the end says of the trackers. */
const SYNC_MEANINGS: Readonly<Record<number, string>> = {
  0: 'in step; or what was asked for is done',
  1: 'a defect of PACE',
  64: 'something is left: a conflict, what failed, what waits for a yes; of status: what is not in step',
};
const SYNC_EXIT_CODES: readonly ExitCode[] = TRACKER_EXIT_CODES.map((each) => ({
  ...each,
  meaning: SYNC_MEANINGS[each.code] ?? each.meaning,
}));

/** Of `epic`: the same, where a person can say no. */
const EPIC_MEANINGS: Readonly<Record<number, string>> = {
  0: 'done; or what was asked for would be',
  1: 'a defect of PACE',
  6: 'the file has faults, and nothing was sent; or a value was refused',
  64: 'some of it is left: a conflict, or what failed',
};
const DECLINED: ExitCode = {
  code: EXIT_DECLINED,
  meaning: 'a person has looked at it and said no: nothing was written',
};
const EPIC_EXIT_CODES: readonly ExitCode[] = [...TRACKER_EXIT_CODES, DECLINED]
  .map((each) => ({ ...each, meaning: EPIC_MEANINGS[each.code] ?? each.meaning }))
  .toSorted((one, other) => one.code - other.code);

/** Of `gate`. */
const GATE_EXIT_CODES: readonly ExitCode[] = [
  { code: 0, meaning: 'SHIP, PAUSED or UNKNOWN' },
  { code: 1, meaning: 'HOLD; without a report a defect of PACE' },
  { code: 2, meaning: 'wrong usage or configuration, or another run is under way here' },
  // the decision's own code stands, whatever becomes of its report
  ...ENDED.filter(({ code }) => code !== 74),
];

/** Of `doctor`. */
const DOCTOR_EXIT_CODES: readonly ExitCode[] = [
  { code: 0, meaning: 'all is well, as far as can be seen' },
  { code: 1, meaning: 'the gate would be degraded' },
  { code: 2, meaning: 'wrong usage or configuration' },
  ...ENDED,
];

/** Of those that only read or write files here. */
const PLAIN_EXIT_CODES: readonly ExitCode[] = [
  { code: 0, meaning: 'done' },
  { code: 1, meaning: 'a defect of PACE' },
  { code: 2, meaning: 'wrong usage or configuration' },
  ...ENDED,
];

/** Of `tracker`, as Spec Kitty’s command line has them. */
const FACADE_EXIT_CODES: readonly ExitCode[] = [
  { code: 0, meaning: 'done' },
  { code: 1, meaning: 'refused, or it has failed: standard error says why' },
  { code: 2, meaning: 'wrong usage' },
  ...ENDED,
];

/** By the kind of verb. */
export const EXIT_CODES = {
  tracker: TRACKER_EXIT_CODES,
  sync: SYNC_EXIT_CODES,
  epic: EPIC_EXIT_CODES,
  gate: GATE_EXIT_CODES,
  doctor: DOCTOR_EXIT_CODES,
  plain: PLAIN_EXIT_CODES,
  facade: FACADE_EXIT_CODES,
} as const;

export type ExitCodeTable = keyof typeof EXIT_CODES;

export const EXIT_USAGE = 2;
export const EXIT_PARTIAL = 64;
export const EXIT_OUTPUT = 74;
/** What was given is not what it should be: a line of a file, say. */
export const EXIT_INVALID = 6;

/** The code for what went wrong. */
export function errorExitCode(error: unknown): number {
  if (error instanceof FileNotFound) return 3;
  const known = asPaceError(error);
  if (isPartial(known)) return EXIT_PARTIAL;
  if (known.kind === 'unexpected' && isDefect(error)) return 1;
  return TRACKER_EXIT_CODES.find(({ kinds }) => kinds?.includes(known.kind))?.code ?? 1;
}

/** Some of it was done before the rest failed. */
export function isPartial({ done = [] }: Pick<PaceError, 'done'>): boolean {
  return done.length > 0;
}

/** Nobody has thrown it on purpose. */
function isDefect(error: unknown): boolean {
  for (let link = error, depth = 0; depth < 10 && link instanceof Error; link = link.cause, depth += 1) {
    if (link instanceof PaceError) return false;
  }
  return true;
}

/** A table for people. */
export function exitCodeHelp(codes: readonly ExitCode[]): string {
  return codes.map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`).join('\n');
}
