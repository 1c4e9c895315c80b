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

  constructor(details: PaceErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.remedy = details.remedy;
    this.operation = details.operation;
    this.status = details.status;
    this.vendorMessage = details.vendorMessage;
    this.retryAfter = details.retryAfter;
  }
}

/** The nearest `PaceError` in the chain of causes (SDKs wrap what our fetch throws), else a new one of kind `unexpected`. */
export function asPaceError(error: unknown): PaceError {
  for (let link = error, depth = 0; depth < 10 && link instanceof Error; link = link.cause, depth += 1) {
    if (link instanceof PaceError) return link;
  }
  if (isFileTrouble(error)) return fileTrouble(error);
  return new PaceError({
    kind: 'unexpected',
    message: error instanceof Error ? error.message : String(error),
    remedy: 'This looks like a defect of PACE. Please report it with the log of this run.',
    cause: error,
  });
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

/** The machine's trouble, not a defect. */
function fileTrouble(error: FileTrouble): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${error.path ?? 'A file'} cannot be used (${error.message.split(',')[0] ?? error.code}).`,
    remedy: FILE_REMEDIES[error.code] ?? 'Please check that the job may read and write there.',
    cause: error,
  });
}

const FILE_REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: please make room.',
  EDQUOT: 'The quota is used up: please make room.',
  EROFS: 'It is read-only there: please run PACE in a folder that may be written.',
  ENOTDIR: 'A file stands where a folder is needed: please move it away.',
  EEXIST: 'A file stands where a folder is needed: please move it away.',
  EISDIR: 'A folder stands where a file is needed: please move it away.',
};

/** The same error with the operation named and, where the platform knows better, another message or remedy. */
export function withOperation(
  error: PaceError,
  operation: string,
  better: { message?: string; remedy?: string; kind?: ErrorKind } = {},
): PaceError {
  return new PaceError({
    kind: better.kind ?? error.kind,
    message: better.message ?? error.message,
    remedy: better.remedy ?? error.remedy,
    operation,
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(error.vendorMessage === undefined ? {} : { vendorMessage: error.vendorMessage }),
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    cause: error,
  });
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
