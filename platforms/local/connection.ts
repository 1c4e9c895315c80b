/** One open SQLite file, in the few words that the embedded tracker needs. https://nodejs.org/api/sqlite.html */
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;
export type Values = Record<string, SQLInputValue>;

/** Statements are prepared once. */
export interface Connection {
  get(sql: string, values?: Values): Row | undefined;
  all(sql: string, values?: Values): Row[];
  /** Returns the row id of an insert. Values in their order are bound in a third of the time of named ones. */
  run(sql: string, values?: Values | readonly SQLInputValue[]): number;
  exec(sql: string): void;
  /** All or nothing; waits for other writers. */
  transaction<Result>(work: () => Result): Result;
  /** Words that are known to be stored. Forgotten when something is undone. */
  readonly memory: Set<string>;
  close(): void;
}

/** More words than this are not remembered at once. */
const MEMORY = 200_000;

/** `functions`: what statements can call beside SQLite's own, by name. */
export function connect(
  db: DatabaseSync,
  functions: Readonly<Record<string, (...values: SQLOutputValue[]) => SQLInputValue>> = {},
): Connection {
  for (const [name, call] of Object.entries(functions)) {
    db.function(name, { deterministic: true, varargs: false }, call);
  }
  const statements = new Map<string, StatementSync>();
  function prepared(sql: string): StatementSync {
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }
  const connection: Connection = {
    get: (sql, values = {}) => prepared(sql).get(values),
    all: (sql, values = {}) => prepared(sql).all(values),
    run: (sql, values = []) => {
      const statement = prepared(sql);
      const { lastInsertRowid } = isList(values) ? statement.run(...values) : statement.run(values);
      return Number(lastInsertRowid);
    },
    exec: (sql) => db.exec(sql),
    transaction: (work) => {
      connection.run('BEGIN IMMEDIATE');
      try {
        const result = work();
        connection.run('COMMIT');
        if (connection.memory.size > MEMORY) connection.memory.clear();
        return result;
      } catch (error) {
        rollBack(connection);
        throw error;
      }
    },
    memory: new Set(),
    close: () => db.close(),
  };
  return connection;
}

function isList(values: Values | readonly SQLInputValue[]): values is readonly SQLInputValue[] {
  return Array.isArray(values);
}

/** The values that a statement has a place for: others are refused. */
export function usedIn(sql: string, values: Values): Values {
  const names = new Set(Array.from(sql.matchAll(/:(\w+)/g), ([, name]) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

function rollBack(db: Connection): void {
  db.memory.clear();
  try {
    db.run('ROLLBACK');
  } catch {
    // some errors, such as a full disk, have ended the transaction already; the caller throws the error that matters
  }
}
