/** Whole runs of the bundle, as a child process of its own with a clean environment. */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { beforeAll, vi } from 'vitest';
import { parseOutputs } from './outputs-file.ts';

const root = join(import.meta.dirname, '..', '..');

/** Bundles of earlier sources stay here as well, for a while. */
const BUNDLES = join(tmpdir(), 'pace-test-bundles');
const KEPT_MS = 3_600_000;
const SOURCES = ['core', 'src', 'platforms', 'package-lock.json', 'tsconfig.json', '.ci/build.ts'];
const BUILD_TIMEOUT_MS = 240_000;

let built: Promise<string> | undefined;

// a test makes several runs, each of which may take seconds on a busy machine
vi.setConfig({ testTimeout: 120_000 });
// not within the time of the first test
beforeAll(() => bundle().then(() => undefined), BUILD_TIMEOUT_MS);

/** The sources run as they are, without a bundle: sooner, while one writes them. */
const ENTRY = process.env['PACE_TEST_ENTRY'] === 'src' ? join(root, 'src', 'main.ts') : undefined;

/**
 * Path of a bundle of the sources as they are now: built at most once per state of the sources, also when several test
 * processes want it at the same time. That `dist/` equals such a build is what `npm run check:dist` shows.
 */
export function bundle(): Promise<string> {
  built ??= ENTRY === undefined ? buildOnce() : Promise.resolve(ENTRY);
  return built;
}

async function buildOnce(): Promise<string> {
  const folder = join(BUNDLES, await digestOfSources());
  const program = join(folder, 'index.js');
  const lock = `${folder}.lock`;
  const deadline = Date.now() + BUILD_TIMEOUT_MS;
  await mkdir(BUNDLES, { recursive: true });
  while (!existsSync(program)) {
    if (Date.now() > deadline) throw new Error(`No bundle after ${BUILD_TIMEOUT_MS / 1000} s. Is ${lock} left over?`);
    if (await taken(lock)) {
      await setTimeout(200);
      continue;
    }
    try {
      await build(folder);
    } finally {
      await rm(lock, { force: true });
    }
  }
  // whoever builds another one removes those that nobody has used for long
  const now = new Date();
  await utimes(folder, now, now);
  return program;
}

/** `false` when the lock is now ours. */
async function taken(lock: string): Promise<boolean> {
  const age = await stat(lock).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (age > BUILD_TIMEOUT_MS) await rm(lock, { force: true });
  return writeFile(lock, String(process.pid), { flag: 'wx' }).then(
    () => false,
    () => true,
  );
}

async function build(folder: string): Promise<void> {
  for (const name of await readdir(BUNDLES)) {
    const path = join(BUNDLES, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > KEPT_MS) await rm(path, { recursive: true, force: true });
  }
  const draft = `${folder}.draft`;
  await promisify(execFile)(process.execPath, [join(root, '.ci', 'build.ts'), '--out', draft], { cwd: root });
  await rename(draft, folder);
}

async function digestOfSources(): Promise<string> {
  const digest = createHash('sha256');
  for (const source of SOURCES) {
    const path = join(root, source);
    const isFolder = (await stat(path)).isDirectory();
    const names = isFolder ? (await readdir(path, { recursive: true })).filter((name) => name.endsWith('.ts')) : [''];
    for (const name of names.sort()) {
      digest.update(`${source}/${name}\0`).update(await readFile(join(path, name)));
    }
  }
  return digest.digest('hex').slice(0, 20);
}

export interface RunOptions {
  readonly cwd: string;
  /** Everything the program sees besides `PATH`, `HOME` and the files of Actions. */
  readonly env?: Readonly<Record<string, string>>;
  /** `[]` in Actions, where inputs are variables. */
  readonly args?: readonly string[];
  /** What is piped into it; nothing when absent. */
  readonly input?: string;
  /** Of Node itself, before the program. */
  readonly nodeArgs?: readonly string[];
  readonly timeoutMs?: number;
  /** Kills the program at once. */
  readonly killedBy?: AbortSignal;
}

export interface BundleRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What was written to the outputs file of Actions. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What was written to the summary file of Actions. */
  readonly summary: string;
}

/** Ends with the program; one that does not end in time is killed, and its code is `null`. */
export async function runBundle({
  cwd,
  env = {},
  args = [],
  input,
  nodeArgs = [],
  timeoutMs = 60_000,
  killedBy,
}: RunOptions): Promise<BundleRun> {
  const program = await bundle();
  const home = await mkdtemp(join(tmpdir(), 'pace-home-'));
  const [outputFile, summaryFile] = [join(home, 'output'), join(home, 'summary')];
  const inActions = env['GITHUB_ACTIONS'] === 'true';
  // as a runner makes them for every step
  if (inActions) await Promise.all([outputFile, summaryFile].map((path) => writeFile(path, '')));
  try {
    const child = spawn(process.execPath, [...nodeArgs, program, ...args], {
      cwd,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: home,
        GIT_CONFIG_NOSYSTEM: '1',
        ...(inActions ? { GITHUB_OUTPUT: outputFile, GITHUB_STEP_SUMMARY: summaryFile } : {}),
        ...env,
      },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      ...(killedBy ? { signal: killedBy } : {}),
    });
    // it may end before it has read everything
    child.stdin?.on('error', () => undefined).end(input);
    const streams = Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    const code = await new Promise<number | null>((done, failed) => {
      child.on('close', done).on('error', (error) => killedBy?.aborted || failed(error));
    });
    const [stdout, stderr] = await streams;
    const written = await readFile(outputFile, 'utf8').catch(() => '');
    const summary = await readFile(summaryFile, 'utf8').catch(() => '');
    return { code, stdout, stderr, outputs: parseOutputs(written), summary };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  if (stream === null) return text;
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += chunk;
  return text;
}
