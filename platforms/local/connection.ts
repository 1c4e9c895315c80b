/** One open SQLite file, in the few words that the embedded tracker needs. https://nodejs.org/api/sqlite.html */
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;
export type Values = Record<string, SQLInputValue>;

/** Statements are prepared once. */
export interface Connection {
  get(sql: string, values?: Values): Row | undefined;
  all(sql: string, values?: Values): Row[];
  /** Returns the row id of an insert. */
  run(sql: string, values?: Values): number;
  exec(sql: string): void;
  /** All or nothing; waits for other writers. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

export function connect(db: DatabaseSync): Connection {
  const statements = new Map<string, StatementSync>();
  function prepared(sql: string): StatementSync {
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }
  const connection: Connection = {
    get: (sql, values = {}) => prepared(sql).get(values),
    all: (sql, values = {}) => prepared(sql).all(values),
    run: (sql, values = {}) => Number(prepared(sql).run(values).lastInsertRowid),
    exec: (sql) => db.exec(sql),
    transaction: (work) => {
      connection.run('BEGIN IMMEDIATE');
      try {
        const result = work();
        connection.run('COMMIT');
        return result;
      } catch (error) {
        rollBack(connection);
        throw error;
      }
    },
    close: () => db.close(),
  };
  return connection;
}

function rollBack(db: Connection): void {
  try {
    db.run('ROLLBACK');
  } catch {
    // some errors, such as a full disk, have ended the transaction already; the caller throws the error that matters
  }
}
