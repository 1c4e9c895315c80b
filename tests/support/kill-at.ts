/**
 * Loaded into a run with `--import file:…/kill-at.ts?…`: numbers the changes that the run makes on the disk, SQLite's
 * included. `log=<path>` lists them there; `step=<n>` kills the run with SIGKILL before the n-th of them, and `torn=1` in the
 * middle of it, where it writes text.
 */
import fs from 'node:fs';
import promises, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { StatementSync } from 'node:sqlite';

type AnyFunction = (...args: unknown[]) => unknown;
type Methods = Record<string, AnyFunction>;

const { searchParams } = new URL(import.meta.url);
const [killedAt, isTorn, log] = [
  Number(searchParams.get('step')),
  searchParams.has('torn'),
  searchParams.get('log') ?? '',
];
const { appendFileSync } = fs;
let step = 0;
let isLogging = false;

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

function counted(owner: object, name: string, { text, only = () => true }: Counted = {}): void {
  const methods = owner as Methods;
  const real = methods[name];
  if (!real) throw new Error(`there is no ${name}`);
  methods[name] = function (this: unknown, ...args: unknown[]): unknown {
    if (isLogging || !only(args, this)) return real.apply(this, args);
    step += 1;
    if (log) listed(`${text === undefined ? '' : '*'}${name} ${shown(args[0])}`);
    if (step !== killedAt) return real.apply(this, args);
    const whole = text === undefined ? undefined : args[text];
    if (!isTorn || typeof whole !== 'string') die();
    const half = args.with(text ?? 0, whole.slice(0, Math.ceil(whole.length / 2)));
    const done = real.apply(this, half);
    return done instanceof Promise ? done.then(die, die) : die();
  };
}

/** Written by the very functions that are counted. */
function listed(line: string): void {
  isLogging = true;
  appendFileSync(log, `${line}\n`);
  isLogging = false;
}

interface Counted {
  /** The place of the text among the arguments. */
  readonly text?: number;
  readonly only?: (args: unknown[], owner: unknown) => boolean;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value.split('\n', 1).join('').slice(0, 120) : '';
}

const handle: FileHandle = await promises.open(import.meta.filename, 'r');
const handles: object = Object.getPrototypeOf(handle);
await handle.close();

counted(handles, 'writeFile', { text: 0 });
counted(promises, 'writeFile', { text: 1 });
counted(fs, 'writeFileSync', { text: 1 });
for (const name of ['appendFile', 'rename', 'rm', 'unlink', 'copyFile']) counted(promises, name);
for (const name of ['renameSync', 'unlinkSync', 'copyFileSync']) counted(fs, name);
// what stands before it in a transaction is undone with it
counted(StatementSync.prototype, 'run', { only: (_, statement) => Object(statement).sourceSQL === 'COMMIT' });
syncBuiltinESMExports();
