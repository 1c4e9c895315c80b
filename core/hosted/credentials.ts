/**
 * Who is logged in at a hosted tracker: `credentials` in `~/.spec-kitty`, which belongs to Spec Kitty’s first client too. Other tables of
 * it stay as they are. The session file of newer Spec Kitty clients is theirs: it is neither read nor written.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { defined } from '../defined.ts';
import { PaceError } from '../errors.ts';
import { writeWholeSync } from '../files/write-whole.ts';
import { takeLock } from '../kept/lock.ts';
import { lookAtFile, readPlain } from '../kept/plain-file.ts';
import type { World } from '../world.ts';
import { hostedHome } from './address.ts';
import { readTables, type Tables, withoutTable, withValues } from './toml.ts';

export interface Credentials {
  readonly access: string;
  readonly refresh?: string;
  /** Milliseconds since 1970. */
  readonly accessExpiresAt?: number;
  readonly refreshExpiresAt?: number;
  readonly username?: string;
  /** What goes into `X-Team-Slug`. */
  readonly team?: string;
  /** The origin that gave them, and the only one that they are sent to. */
  readonly server: string;
  /** How they were got, and so how they are renewed. */
  readonly login: 'password' | 'device';
}

const FILE = 'credentials';
const MAX_BYTES = 1024 * 1024;

type CredentialsWorld = Pick<World, 'env' | 'conceal'>;

/** `undefined` where nobody is logged in. Throws `PaceError` for a file that others can read. */
export function readCredentials(world: CredentialsWorld): Credentials | undefined {
  const tables = credentialTables(world);
  const value = (table: string, key: string) => tables.get(table)?.get(key) || undefined;
  const access = value('tokens', 'access');
  const server = value('server', 'url');
  if (access === undefined || server === undefined) return undefined;
  const refresh = value('tokens', 'refresh');
  world.conceal([access, ...(refresh ? [refresh] : [])]);
  return {
    ...{ access, server, login: value('server', 'login') === 'device' ? 'device' : 'password' },
    ...defined({
      refresh,
      accessExpiresAt: timeIn(value('tokens', 'access_expires_at')),
      refreshExpiresAt: timeIn(value('tokens', 'refresh_expires_at')),
      username: value('user', 'username'),
      team: value('user', 'team_slug'),
    }),
  };
}

/** Everything that the file has. */
export function credentialTables(world: Pick<World, 'env'>): Tables {
  return readTables(readFile(world));
}

export function writeCredentials(world: CredentialsWorld, credentials: Credentials): void {
  const { access, refresh, accessExpiresAt, refreshExpiresAt, username, team, server, login } = credentials;
  world.conceal([access, ...(refresh ? [refresh] : [])]);
  let text = readFile(world);
  text = withValues(text, 'tokens', {
    ...{ access, refresh },
    access_expires_at: isoTime(accessExpiresAt),
    refresh_expires_at: isoTime(refreshExpiresAt),
  });
  text = withValues(text, 'user', { username, team_slug: team });
  writeFile(world, withValues(text, 'server', { url: server, login }));
}

/** Nobody is logged in any more; credentials of local programs stay. */
export function clearCredentials(world: Pick<World, 'env'>): void {
  const text = readFile(world);
  if (text !== '') writeFile(world, ['tokens', 'user', 'server'].reduce(withoutTable, text));
}

/** What a local program needs, as a person has given it: `[tracker.providers.NAME]`. */
export function setProviderCredentials(
  world: Pick<World, 'env'>,
  provider: string,
  values: Readonly<Record<string, string>> | undefined,
): void {
  const table = `tracker.providers.${provider}`;
  const text = withoutTable(readFile(world), table);
  if (values || text !== readFile(world)) writeFile(world, values ? withValues(text, table, values) : text);
}

type LockWorld = Pick<World, 'env' | 'cwd' | 'now' | 'sleep' | 'log' | 'self'>;

/** Who works with the credentials of a folder in this process, and all who wait: a lock says nothing to its own process. */
const turns = new Map<string, Promise<unknown>>();

/** One at a time, in all processes: a token to renew with counts once. */
export async function withCredentialsLock<Result>(world: LockWorld, work: () => Promise<Result>): Promise<Result> {
  const dir = hostedHome(world.env);
  const turn = (turns.get(dir) ?? Promise.resolve()).then(() => locked(world, dir, work));
  turns.set(
    dir,
    turn.catch(() => undefined),
  );
  return turn;
}

async function locked<Result>(world: LockWorld, dir: string, work: () => Promise<Result>): Promise<Result> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const release = await takeLock(world, { dir, file: `${FILE}.pace.lock`, waitSeconds: 30, words: WORDS });
  try {
    return await work();
  } finally {
    await release();
  }
}

const WORDS = {
  held: 'Another run of PACE is logging in',
  undone: 'Nothing was sent.',
  remedy: 'Please try again when it has ended.',
};

function readFile({ env }: Pick<World, 'env'>): string {
  const home = hostedHome(env);
  const found = lookAtFile(home, FILE);
  if (!found) return '';
  // on Windows the mode tells nothing
  if (env['OS'] !== 'Windows_NT' && (found.mode & 0o077) !== 0) throw openToOthers(join(home, FILE));
  return readPlain(home, FILE, MAX_BYTES)?.toString('utf8') ?? '';
}

function writeFile({ env }: Pick<World, 'env'>, text: string): void {
  const home = hostedHome(env);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  lookAtFile(home, FILE);
  writeWholeSync(join(home, FILE), text, { mode: 0o600 });
}

function openToOthers(path: string): PaceError {
  return new PaceError({
    kind: 'permission',
    message: `${path} holds tokens, and others on this machine can read it.`,
    remedy: `Please run \`chmod 600 ${path}\`, and log in again where others may have read it.`,
  });
}

function timeIn(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isFinite(time) ? time : undefined;
}

function isoTime(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
