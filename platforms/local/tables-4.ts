/** The fourth version of the tables: by what the file is known, wherever it lies and whatever it is called. */
import type { Connection } from './connection.ts';

/** A database of version 3 keeps all its data. A copy has the same id: it has the same issues. */
export function ownId(db: Connection, id: string): void {
  db.exec('CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID');
  db.run(`INSERT INTO about (name, value) VALUES ('id', :id)`, { id });
}

export function findOwnId(db: Connection): string {
  return String(db.get(`SELECT value FROM about WHERE name = 'id'`)?.['value']);
}
