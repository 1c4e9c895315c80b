#!/usr/bin/env node
/** The one entry: the bundled action, the GitLab job and the `pace` command. It reads the process: there is no world yet. */
import { enableCompileCache } from 'node:module';
import { VERSION } from '../core/version.ts';

const [first] = process.argv.slice(2);

// Node's own answer to this signal is to open its debugger, to every program of the same user: what is judged would say what is decided
process.on('SIGUSR1', () => undefined);
process.on('unhandledRejection', (error) => void said(error).catch(() => undefined));

if (isTooOld()) {
  process.stderr.write(
    `PACE needs Node 22.13 or newer; this is Node ${process.versions.node}. Please use a newer one.\n`,
  );
  process.exitCode = 2;
} else if (process.argv.length === 3 && (first === '--version' || first === '-V')) {
  // EPIPE: its reader has left, which is no trouble
  process.stdout.once('error', ({ code }: NodeJS.ErrnoException) => {
    process.exitCode = code === 'EPIPE' ? 0 : 74;
  });
  process.stdout.write(`${VERSION}\n`);
} else {
  // Node's own code for what comes to a stop without an answer: that must not pass for a SHIP
  process.exitCode = 13;
  process.exitCode = await run();
}

/** An older one lacks what is loaded later, and would say so in its own words. */
function isTooOld(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < 22 || (major === 22 && minor < 13);
}

/** What nothing waits for any more ends no run: its answer, and its exit code, stand. */
async function said(error: unknown): Promise<void> {
  process.stderr.on('error', () => undefined);
  const { sayLateRejection } = await import('./process/late-rejection.ts');
  sayLateRejection(error, process.stderr, process.env);
}

async function run(): Promise<number> {
  if (process.env['GITHUB_ACTIONS'] === 'true' && process.argv.length === 2) {
    const { runAction } = await import('./action.ts');
    return runAction(process);
  }
  // the next command of a person starts sooner; a CI's runner forgets, and would only pay for writing
  if (!process.env['CI']) enableCompileCache();
  const { runCli } = await import('./cli.ts');
  return runCli(process);
}
