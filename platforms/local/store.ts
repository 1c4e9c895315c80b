/** The SQLite file of the embedded tracker: opened when needed, shared by any number of processes. https://nodejs.org/api/sqlite.html */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { errorCode, fileError } from '../../core/errors.ts';
import { type Connection, connect } from './connection.ts';
import { BUSY, CANTOPEN, isSqliteError, READONLY, storeError } from './store-error.ts';
import { isCurrent, migrate } from './tables.ts';
import { findOwnId } from './tables-4.ts';
import { hasWords } from './text-index.ts';

/** Kibibytes, as far as they are used: a batch changes pages of a dozen trees. */
const CACHE = 32_768;

export interface Store {
  /** `none` answers when there is no database yet: looking does not create one. */
  read<Result>(work: (db: Connection) => Result, none: () => Result): Result;
  /** One transaction; on return the change is on disk. A missing file is created, unless `none` answers for it. */
  write<Result>(work: (db: Connection) => Result, none?: () => Result): Result;
  /** What the database is known by, wherever it lies: of one that is not there yet what it will be. */
  id(): string;
}

export interface StoreOptions {
  /** How long a writer waits for others, in milliseconds. */
  readonly patience?: number;
  /** Throws where the file may not be opened. */
  readonly check?: () => void;
  /** Done when it is opened to be written to, and is known to be ours. */
  readonly prepare?: () => void;
}

/**
 * The store at an absolute path. The file is open for
 * one turn of the event loop at most: closing folds the write-ahead log back, so that whoever copies or commits the file
 * between two turns has it whole.
 */
export function openStore(path: string, { patience = 15_000, check, prepare }: StoreOptions = {}): Store {
  let open: Connection | undefined;
  const newId = crypto.randomUUID();

  function connection(connect: () => Connection): Connection {
    if (open) return open;
    const opened = connect();
    open = opened;
    setImmediate(() => {
      open = undefined;
      opened.close();
    });
    return opened;
  }

  function read<Result>(work: (db: Connection) => Result, none: () => Result): Result {
    return translated(path, 'read', () => {
      if (!open) check?.();
      if (!exists(path)) return none();
      return work(connection(() => connectForReading(path, patience, newId)));
    });
  }

  return {
    read,
    id: () => read(findOwnId, () => newId),
    write: (work, none) =>
      translated(path, 'write', () => {
        if (!open) check?.();
        if (none && !exists(path)) return none();
        const isFirst = !open;
        const db = connection(() => connectForWriting(path, patience, newId));
        if (isFirst) prepare?.();
        return db.transaction(() => work(db));
      }),
  };
}

function exists(path: string): boolean {
  try {
    const found = statSync(path);
    // an empty file is a database without tables
    return found.isDirectory() || found.size > 0;
  } catch (error) {
    // a file in the place of its folder is trouble, not an empty tracker
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function connectForWriting(path: string, patience: number, newId: string): Connection {
  mkdirSync(dirname(path), { recursive: true });
  const db = connect(new DatabaseSync(path, { timeout: STEP }), { has_words: hasWords() });
  return configured(db, () => {
    retryWhileBusy(patience / STEP, () => db.exec('PRAGMA journal_mode = WAL'));
    db.exec(
      `PRAGMA busy_timeout = ${patience}; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -${CACHE}`,
    );
    migrate(db, path, newId);
  });
}

function connectForReading(path: string, patience: number, newId: string): Connection {
  try {
    return connectForWriting(path, patience, newId);
  } catch (error) {
    const locked = isSqliteError(error, CANTOPEN) || isSqliteError(error, READONLY);
    const frozen = locked && !existsSync(`${path}-wal`) ? connectToFrozen(path) : undefined;
    if (frozen) return frozen;
    throw error;
  }
}

/** A log needs a writable folder even for reading; but a file that nobody can write does not change either. */
function connectToFrozen(path: string): Connection | undefined {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  try {
    const db = connect(new DatabaseSync(url, { readOnly: true }), { has_words: hasWords() });
    if (isCurrent(db, path)) return db;
    db.close();
    return undefined;
  } catch {
    // the error that led here says more
    return undefined;
  }
}

function configured(db: Connection, configure: () => void): Connection {
  try {
    configure();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Milliseconds between two attempts. */
const STEP = 50;

/** SQLite does not always wait by itself before it changes to a write-ahead log. */
function retryWhileBusy(attempts: number, work: () => void): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      work();
      return;
    } catch (error) {
      if (!isSqliteError(error, BUSY) || attempt >= attempts) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP);
    }
  }
}

function translated<Result>(path: string, deed: 'read' | 'write', work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (isSqliteError(error)) throw storeError(error, deed, path);
    if (error instanceof Error && 'syscall' in error) throw fileError(error, deed, path);
    throw error;
  }
}
