/** Runs the bundle in a pseudo-terminal, with somebody who types. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { lacking, testUnless } from './required.ts';

export interface TerminalOptions {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What is typed once the text has appeared, one after the other. */
  readonly answers?: readonly { readonly when: string; readonly type: string }[];
  readonly columns?: number;
}

export interface TerminalRun {
  readonly code: number | null;
  /** All that has appeared, with its escapes and with `\r\n`. */
  readonly screen: string;
}

/** A test that needs a pseudo-terminal. */
export const terminalTest = testUnless(
  lacking(spawnSync('python3', ['-c', 'import pty']).status === 0, 'there is no python3 with its module pty'),
);

// a child in a terminal of its own; what is typed comes from stdin, what appears goes to stdout
const TERMINAL = `
import fcntl, os, pty, select, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
typing = True
while True:
    ready, _, _ = select.select([fd] + ([0] if typing else []), [], [])
    if 0 in ready:
        typed = os.read(0, 65536)
        typing = bool(typed)
        if typed: os.write(fd, typed)
    if fd in ready:
        try: shown = os.read(fd, 65536)
        except OSError: break
        if not shown: break
        os.write(1, shown)
_, status = os.waitpid(pid, 0)
sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
`;
const TIMEOUT_MS = 60_000;

export async function runInTerminal({
  cwd,
  args,
  env = {},
  answers = [],
  columns = 80,
}: TerminalOptions): Promise<TerminalRun> {
  const program = await bundle();
  const home = await mkdtemp(join(tmpdir(), 'pace-home-'));
  const child = spawn('python3', ['-c', TERMINAL, String(columns), process.execPath, program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, TERM: 'xterm', GIT_CONFIG_NOSYSTEM: '1', ...env },
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  let screen = '';
  let seen = 0;
  const waiting = [...answers];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const [next] = waiting;
    const at = next ? screen.indexOf(next.when, seen) : -1;
    if (!next || at === -1) return;
    waiting.shift();
    seen = at + next.when.length;
    child.stdin.write(next.type);
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  await rm(home, { recursive: true, force: true });
  return { code, screen };
}
