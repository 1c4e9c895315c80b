/**
 * What is kept of a local program’s issues, beside the person’s credentials: Spec Kitty’s own tables, in a file for each provider and
 * workspace. https://nodejs.org/api/sqlite.html
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PaceError } from '../../core/errors.ts';
import { hostedHome } from '../../core/hosted/address.ts';
import { credentialTables } from '../../core/hosted/credentials.ts';
import { lookAtFile } from '../../core/kept/plain-file.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { type CanonicalIssue, type Home, identityOf } from './canonical.ts';

export interface Mapping {
  readonly wp_id: string;
  readonly system: string;
  readonly workspace: string;
  readonly external_id: string;
  readonly external_key: string | null;
  readonly external_url: string | null;
}

export interface LocalStore {
  readonly path: string;
  readonly hasCredentials: boolean;
  issues(): CanonicalIssue[];
  issue(identity: string): CanonicalIssue | undefined;
  keep(issue: CanonicalIssue): void;
  forget(identity: string): void;
  /** The largest time of a change that was seen. */
  updatedSince(): string | undefined;
  setUpdatedSince(time: string): void;
  mappings(): Mapping[];
  /** Throws `conflict` where another work package has that issue. */
  addMapping(mapping: Mapping, at: string): void;
  counts(): { readonly issues: number; readonly mappings: number };
  close(): void;
}

const TABLES = `
CREATE TABLE IF NOT EXISTS tracker_issues (
  identity TEXT PRIMARY KEY, system TEXT NOT NULL, workspace TEXT NOT NULL, issue_id TEXT NOT NULL,
  payload TEXT NOT NULL, updated_at TEXT
);
CREATE TABLE IF NOT EXISTS tracker_checkpoints (checkpoint_key TEXT PRIMARY KEY, cursor TEXT, updated_since TEXT);
CREATE TABLE IF NOT EXISTS tracker_mappings (
  wp_id TEXT NOT NULL, system TEXT NOT NULL, workspace TEXT NOT NULL, external_id TEXT NOT NULL,
  external_key TEXT, external_url TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  PRIMARY KEY (wp_id, system), UNIQUE (system, workspace, external_id)
);`;

/** Made when it is opened. */
export function openLocalStore(world: Pick<World, 'env'>, home: Home): LocalStore {
  const { path, hasCredentials } = placeOf(world, home);
  const db = new DatabaseSync(path, { timeout: 15_000 });
  db.exec(TABLES);
  const checkpoint = `${home.system}:${home.workspace}`;
  const one = (sql: string, ...values: string[]) => db.prepare(sql).get(...values);
  return {
    ...{ path, hasCredentials },
    issues: () =>
      db
        .prepare('SELECT payload FROM tracker_issues ORDER BY identity')
        .all()
        .map(({ payload }) => issueIn(payload)),
    issue: (identity) => {
      const row = one('SELECT payload FROM tracker_issues WHERE identity = ?', identity);
      return row && issueIn(row['payload']);
    },
    keep: (issue) => {
      const { system, workspace, id } = issue.ref;
      db.prepare('INSERT OR REPLACE INTO tracker_issues VALUES (?, ?, ?, ?, ?, ?)').run(
        ...[identityOf(issue.ref), system, workspace, id, JSON.stringify(issue), issue.updated_at],
      );
    },
    forget: (identity) => void db.prepare('DELETE FROM tracker_issues WHERE identity = ?').run(identity),
    updatedSince: () => {
      const row = one('SELECT updated_since FROM tracker_checkpoints WHERE checkpoint_key = ?', checkpoint);
      return typeof row?.['updated_since'] === 'string' ? row['updated_since'] : undefined;
    },
    setUpdatedSince: (time) =>
      void db.prepare('INSERT OR REPLACE INTO tracker_checkpoints VALUES (?, NULL, ?)').run(checkpoint, time),
    mappings: () =>
      db
        .prepare(
          'SELECT wp_id, system, workspace, external_id, external_key, external_url FROM tracker_mappings ORDER BY wp_id, system',
        )
        .all()
        .map((row) => mappingIn(row)),
    addMapping: (mapping, at) => {
      const { wp_id: wp, system, workspace, external_id: id, external_key: key, external_url: url } = mapping;
      const other = one(
        'SELECT wp_id FROM tracker_mappings WHERE system = ? AND workspace = ? AND external_id = ? AND wp_id <> ?',
        ...[system, workspace, id, wp],
      );
      if (other) throw takenBy(id, String(other['wp_id']));
      db.prepare(
        `INSERT INTO tracker_mappings VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (wp_id, system) DO UPDATE SET workspace = excluded.workspace, external_id = excluded.external_id,
         external_key = excluded.external_key, external_url = excluded.external_url, updated_at = excluded.updated_at`,
      ).run(wp, system, workspace, id, key, url, at, at);
    },
    counts: () => {
      const of = (table: string) => Number(one(`SELECT COUNT(*) AS n FROM ${table}`)?.['n'] ?? 0);
      return { issues: of('tracker_issues'), mappings: of('tracker_mappings') };
    },
    close: () => db.close(),
  };
}

function placeOf(world: Pick<World, 'env'>, { system, workspace }: Home) {
  const folder = join(hostedHome(world.env), 'trackers');
  const known = credentialTables(world).get(`tracker.providers.${system}`) ?? new Map<string, string>();
  const server = known.get('server_url') ?? known.get('base_url') ?? 'local';
  const user = known.get('username') ?? known.get('email') ?? 'anonymous';
  const scope = [system, workspace, server, user, known.get('team_slug') ?? 'no-team'].join('|').toLowerCase();
  const name = `${createHash('sha256').update(scope).digest('hex').slice(0, 16)}.db`;
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  // SQLite itself would follow a link
  lookAtFile(folder, name);
  return { path: join(folder, name), hasCredentials: known.size > 0 };
}

function issueIn(payload: unknown): CanonicalIssue {
  return JSON.parse(String(payload));
}

function mappingIn(row: Readonly<Record<string, unknown>>): Mapping {
  const word = (name: string) => String(row[name]);
  const orNull = (name: string) => (typeof row[name] === 'string' ? row[name] : null);
  return {
    ...{ wp_id: word('wp_id'), system: word('system'), workspace: word('workspace'), external_id: word('external_id') },
    ...{ external_key: orNull('external_key'), external_url: orNull('external_url') },
  };
}

function takenBy(id: string, wp: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `${plainLine(id, 60)} belongs to ${plainLine(wp, 60)} already.`,
    remedy: 'Please map that work package to another issue first.',
  });
}
