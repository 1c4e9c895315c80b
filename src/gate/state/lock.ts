/** One gate run per checkout: `.pace/pipeline.lock` with the lines `pid=`, `started=` and `host=`, which other PACE tools read too. */
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { errorCode, fileError, PaceError } from '../../../core/errors.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';

const STALE_AFTER_MS = 4 * 3_600_000;
/** Another process takes no longer to write its three lines, or to remove a stale lock. */
const HALF_WRITTEN_MS = 10_000;
const LOOK_EVERY_MS = 250;

export interface LockOptions {
  /** Absolute path of `.pace`. */
  readonly dir: string;
  readonly waitSeconds: number;
  readonly signal?: AbortSignal;
}

type LockWorld = Pick<World, 'cwd' | 'now' | 'sleep' | 'log' | 'self'>;

/**
 * Waits for the lock and takes it; the answer gives it back. A lock is stale after four hours, or when its process is gone
 * from this machine. Throws a `PaceError` of kind `conflict` when another run keeps it for too long, and what the file
 * system throws when no lock can be written at all.
 */
export async function takeLock(world: LockWorld, options: LockOptions): Promise<() => Promise<void>> {
  const path = join(options.dir, 'pipeline.lock');
  const deadline = world.now() + options.waitSeconds * 1000;
  const text = lockText(world);
  let said = false;
  for (;;) {
    options.signal?.throwIfAborted();
    if (await created(path, text, options.dir)) return () => release(path, text);
    const holder = await holderOf(world, path);
    if (!holder) continue;
    if (holder.stale) {
      await removeStale(world, path, holder);
      continue;
    }
    if (world.now() >= deadline) throw stillHeld(world, path, holder, options.waitSeconds);
    if (!said)
      world.log.info(`Another gate run is under way in this checkout (${holder.words}). Waiting for it to end.`);
    said = true;
    await world.sleep(LOOK_EVERY_MS, options.signal).catch(() => options.signal?.throwIfAborted());
  }
}

function lockText({ self, now }: LockWorld): string {
  return `pid=${self.pid}\nstarted=${new Date(now()).toISOString()}\nhost=${self.host}\n`;
}

/** `false` when there is such a file already. */
async function created(path: string, text: string, dir: string): Promise<boolean> {
  try {
    await mkdir(dir, { recursive: true });
    const file = await open(path, 'wx');
    await file.writeFile(text).finally(() => file.close());
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && (await isFile(path))) return false;
    throw fileError(error, 'write', path);
  }
}

/** `true` also when it is gone by now. */
async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile(),
    // not so when a file stands in the folder's place
    (error: unknown) => errorCode(error) === 'ENOENT',
  );
}

/** Only our own: after four hours another run may have taken it. */
async function release(path: string, text: string): Promise<void> {
  if ((await textOf(path)) === text) await rm(path, { force: true });
}

interface Holder {
  readonly text: string;
  readonly stale: boolean;
  /** Who holds it, for people. */
  readonly words: string;
}

/** `undefined` when nobody holds it any more. */
async function holderOf(world: LockWorld, path: string): Promise<Holder | undefined> {
  const text = await textOf(path);
  const modified = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
  if (text === undefined || modified === undefined) return undefined;
  const { pid, started, host } = lines(text);
  const told = timeOf(started) ?? modified;
  const since = told > world.now() + HALF_WRITTEN_MS ? modified : told;
  const number = /^\d{1,10}$/.test(pid ?? '') ? Number(pid) : undefined;
  const gone = number !== undefined && host === world.self.host && !isOther(world, number);
  const unreadable = number === undefined && world.now() - modified > HALF_WRITTEN_MS;
  const words = [
    `pid ${plainLine(pid ?? 'unknown', 20)}`,
    ...(host ? [`on ${plainLine(host, 60)}`] : []),
    `since ${new Date(since).toISOString()}`,
  ];
  return { text, stale: gone || unreadable || world.now() - since > STALE_AFTER_MS, words: words.join(' ') };
}

/** A run that ended without giving the lock back may have had the number that we have now. */
function isOther({ self }: LockWorld, pid: number): boolean {
  return pid !== self.pid && self.isRunning(pid);
}

function lines(text: string): Partial<Record<string, string>> {
  return Object.fromEntries(
    text.split('\n').map((line) => [line.split('=', 1).join(''), line.slice(line.indexOf('=') + 1).trim()]),
  );
}

/** An ISO time, or seconds or milliseconds since 1970; other tools write it their way. */
function timeOf(started: string | undefined): number | undefined {
  if (!started) return undefined;
  const number = Number(started);
  const time = Number.isFinite(number) ? (number < 1e11 ? number * 1000 : number) : Date.parse(started);
  return Math.abs(time) < 8.64e15 ? time : undefined;
}

/** One remover at a time, who looks again: else the second one would remove the lock that the first one has just taken. */
async function removeStale(world: LockWorld, path: string, holder: Holder): Promise<void> {
  const removing = `${path}.removing`;
  const mine = await open(removing, 'wx').catch(() => undefined);
  if (!mine) {
    const age = await stat(removing).then(
      ({ mtimeMs }) => world.now() - mtimeMs,
      () => 0,
    );
    if (age > HALF_WRITTEN_MS) await rm(removing, { force: true });
    await world.sleep(LOOK_EVERY_MS);
    return;
  }
  try {
    await mine.close();
    if ((await textOf(path)) !== holder.text) return;
    world.log.warn(`The lock of an earlier gate run that did not end well (${holder.words}) was removed.`);
    await rm(path, { force: true });
  } finally {
    await rm(removing, { force: true });
  }
}

/** `undefined` when it is gone; a lock that may not be read is one all the same. */
async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => (errorCode(error) === 'ENOENT' ? undefined : ''));
}

function stillHeld(world: LockWorld, path: string, { words }: Holder, waitSeconds: number): PaceError {
  const name = relative(world.cwd, path);
  return new PaceError({
    kind: 'conflict',
    message: `Another gate run is under way in this checkout (${words}), also after waiting for ${waitSeconds} s. Nothing was judged.`,
    remedy: `Please let runs follow one another (\`concurrency:\` on GitHub, \`resource_group:\` on GitLab), or wait longer with \`state.lock_wait_seconds\`. If no other run is under way, remove ${name}.`,
  });
}
