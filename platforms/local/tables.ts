/** The tables of the embedded tracker, as steps: the n-th step leads from version n to n + 1. Never change a published one. */
import { PaceError } from '../../core/errors.ts';
import type { Connection } from './connection.ts';
import { everyField } from './tables-2.ts';
import { graphAndTime } from './tables-3.ts';
import { ownId } from './tables-4.ts';

/** "PACE" in ASCII, in the header of the file. https://sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x50414345;

/** `id`: what a file that has none yet is known by from then on. */
type Step = (db: Connection, id: string) => void;

const firstTables: Step = (db) =>
  db.exec(`
  CREATE TABLE issue (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'in_progress', 'in_review', 'blocked', 'done', 'canceled')),
    closed INTEGER NOT NULL GENERATED ALWAYS AS (state IN ('done', 'canceled')) STORED,
    purpose TEXT,
    author TEXT,
    assignees TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(assignees)),
    metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    closed_at INTEGER
  ) STRICT;
  CREATE INDEX issue_by_state ON issue (closed, number);
  CREATE INDEX issue_by_age ON issue (created_at, number);
  CREATE INDEX issue_by_mark ON issue (metadata ->> '$.pace.kind', metadata ->> '$.pace.day')
    WHERE metadata ->> '$.pace.kind' IS NOT NULL;

  CREATE TABLE label (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE issue_label (
    number INTEGER NOT NULL REFERENCES issue (number) ON DELETE CASCADE,
    label INTEGER NOT NULL REFERENCES label (id),
    closed INTEGER NOT NULL,
    PRIMARY KEY (number, label)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX issue_by_label ON issue_label (label, closed, number);
  CREATE TRIGGER label_follows_state AFTER UPDATE OF state ON issue WHEN old.closed <> new.closed
  BEGIN
    UPDATE issue_label SET closed = new.closed WHERE number = new.number;
  END;

  CREATE TABLE comment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES issue (number) ON DELETE CASCADE,
    body TEXT NOT NULL,
    author TEXT,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX comment_by_issue ON comment (number, id);

  CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('created', 'updated', 'moved', 'commented')),
    -- what the changed members were before
    before TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(before))
  ) STRICT;
  CREATE INDEX event_by_issue ON event (number, id);
  `);

const steps: readonly Step[] = [firstTables, everyField, graphAndTime, ownId];

/** Whether the file has our tables in a version that this program knows; `false` when it is empty or older. */
export function isCurrent(db: Connection, path: string): boolean {
  const version = Number(db.get('PRAGMA user_version')?.['user_version']);
  const owner = Number(db.get('PRAGMA application_id')?.['application_id']);
  const tables = Number(db.get('SELECT count(*) AS n FROM sqlite_schema')?.['n']);
  if (tables > 0 && owner !== APPLICATION_ID) throw foreignFile(path);
  if (version > steps.length) throw newerFile(path, version);
  return version === steps.length;
}

/** Creates or raises the tables, in one transaction that also settles who of several processes does it. */
export function migrate(db: Connection, path: string, id: string): void {
  if (isCurrent(db, path)) return;
  db.transaction(() => {
    if (isCurrent(db, path)) return;
    const version = Number(db.get('PRAGMA user_version')?.['user_version']);
    for (const step of steps.slice(version)) step(db, id);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${steps.length};`);
  });
}

function foreignFile(path: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${path} is a SQLite database of another program.`,
    remedy: 'Please set `local.database` in pace.config.yaml (or PACE_DATABASE) to another file.',
  });
}

function newerFile(path: string, version: number): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${path} was written by a newer PACE: its version is ${version}, and this program knows up to ${steps.length}.`,
    remedy: 'Please update PACE. The file was left as it is.',
  });
}
