import { defined } from './defined.ts';

/** The kinds of trouble a platform can meet. One vocabulary for every vendor. */
export type ErrorKind =
  | 'authentication'
  | 'permission'
  | 'not-found'
  | 'conflict'
  | 'rate-limit'
  | 'transient'
  | 'validation'
  | 'transition'
  | 'unsupported'
  | 'configuration'
  | 'output'
  | 'unexpected';

export interface PaceErrorDetails {
  kind: ErrorKind;
  /** What is wrong, in one sentence, without secrets. */
  message: string;
  /** What the reader can do about it. */
  remedy: string;
  /** The port's method that was under way, e.g. `createIssue`. */
  operation?: string;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** The server's own words, cut to a bounded length. */
  vendorMessage?: string;
  /** How long the server asks us to stay away, in milliseconds. */
  retryAfter?: number;
  /** What was done all the same, before the rest failed: some of it was written. */
  done?: readonly string[];
  /** Something was to be written, and no answer tells whether it was. */
  unsure?: boolean;
  /** The request never left: nothing was read or written. */
  neverSent?: boolean;
  cause?: unknown;
}

/** Every error that a platform throws on purpose; each one carries its remedy. */
export class PaceError extends Error {
  override readonly name = 'PaceError';
  readonly kind: ErrorKind;
  readonly remedy: string;
  readonly operation: string | undefined;
  readonly status: number | undefined;
  readonly vendorMessage: string | undefined;
  readonly retryAfter: number | undefined;
  readonly done: readonly string[] | undefined;
  readonly unsure: boolean;
  readonly neverSent: boolean;

  constructor(details: PaceErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.remedy = details.remedy;
    this.operation = details.operation;
    this.status = details.status;
    this.vendorMessage = details.vendorMessage;
    this.retryAfter = details.retryAfter;
    this.done = details.done;
    this.unsure = details.unsure ?? false;
    this.neverSent = details.neverSent ?? false;
  }
}

/** The nearest `PaceError` in the chain of causes (SDKs wrap what our fetch throws), else a new one of kind `unexpected`. */
export function asPaceError(error: unknown): PaceError {
  for (let link = error, depth = 0; depth < 10 && link instanceof Error; link = link.cause, depth += 1) {
    if (link instanceof PaceError) return link;
  }
  if (isFileTrouble(error)) return fileError(error, 'use', error.path ?? 'a file');
  if (isInterruption(error)) return cancelled(error);
  return new PaceError({
    kind: 'unexpected',
    message: error instanceof Error ? error.message : String(error),
    remedy: 'This looks like a defect of PACE. Please report it with the log of this run.',
    cause: error,
  });
}

/** Somebody has ended the run (`Interrupted` in `src/process/interrupt.ts`), or what does so by a signal has told it on. */
function isInterruption(error: unknown): boolean {
  return error instanceof Error && (error.name === 'Interrupted' || error.name === 'AbortError');
}

/** Stopped from outside, which is nobody's defect. */
export function cancelled(cause: unknown, message = 'It was cancelled.'): PaceError {
  return new PaceError({ kind: 'transient', message, remedy: 'Please start the run again.', cause });
}

interface FileTrouble extends Error {
  readonly code: string;
  /** Absent when the file was open already. */
  readonly path?: string;
}

/** What the operating system answers about a file. https://nodejs.org/api/errors.html#common-system-errors */
function isFileTrouble(error: unknown): error is FileTrouble {
  if (!(error instanceof Error) || !('code' in error) || error.code === 'ENOENT') return false;
  const hasPath = 'path' in error && typeof error.path === 'string' && /^E[A-Z0-9]+$/.test(String(error.code));
  return hasPath || error.code === 'ENOSPC' || error.code === 'EDQUOT';
}

/** What the file system refuses is the machine's trouble, not a defect: in our words, with its remedy. */
export function fileError(error: unknown, deed: 'read' | 'write' | 'use' | 'remove', path: string): PaceError {
  const { kind, remedy } = FILE_TROUBLE[errorCode(error)] ?? OTHER_FILE_TROUBLE;
  const reason = error instanceof Error ? error.message.split(',')[0] : String(error);
  return new PaceError({ kind, message: `Cannot ${deed} ${path} (${reason}).`, remedy, cause: error });
}

/** What the system, or a library, calls the error: `ENOENT`; `''` when it has no such name. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

type FileTroubleWords = Pick<PaceErrorDetails, 'kind' | 'remedy'>;

const DENIED: FileTroubleWords = {
  kind: 'permission',
  remedy: 'Please allow the user that runs PACE to read and write there.',
};
const FULL: FileTroubleWords = { kind: 'transient', remedy: 'The disk is full: please make room.' };
const FILE_IN_THE_WAY: FileTroubleWords = {
  kind: 'configuration',
  remedy: 'A file stands where a folder is needed: please move it away.',
};
const OTHER_FILE_TROUBLE: FileTroubleWords = {
  kind: 'configuration',
  remedy: 'Please check that the job may read and write there.',
};

const FILE_TROUBLE: Readonly<Record<string, FileTroubleWords>> = {
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: { kind: 'permission', remedy: 'It is read-only there: please run PACE in a folder that can be written.' },
  ENOSPC: FULL,
  EDQUOT: FULL,
  ENOTDIR: FILE_IN_THE_WAY,
  EEXIST: FILE_IN_THE_WAY,
  EISDIR: { kind: 'configuration', remedy: 'A folder stands where a file is needed: please move it away.' },
};

/** The same error with the operation named and, where the platform knows better, another message or remedy. */
export function withOperation(
  error: PaceError,
  operation: string,
  // may be an error, whose message is not listed among its members
  { message, remedy, kind }: { message?: string; remedy?: string; kind?: ErrorKind } = {},
): PaceError {
  return revised(error, defined({ operation, message, remedy, kind }));
}

/** The same error with other details; what it was is its cause. */
export function revised(error: PaceError, changes: Partial<PaceErrorDetails>): PaceError {
  const { kind, message, remedy, unsure, neverSent, operation, status, vendorMessage, retryAfter, done } = error;
  const told = defined({ operation, status, vendorMessage, retryAfter, done });
  return new PaceError({ kind, message, remedy, unsure, neverSent, ...told, cause: error, ...defined(changes) });
}

/** The same error of a write that may have been done all the same. */
export function asUnsure(error: PaceError): PaceError {
  return revised(error, { unsure: true });
}

/** An ability that the platform does not have: not "no", not "not yet", not "nothing there". */
export function unsupported(platform: string, ability: string, remedy: string): PaceError {
  return new PaceError({
    kind: 'unsupported',
    message: `${platform} cannot ${ability}.`,
    remedy,
    operation: ability,
  });
}
