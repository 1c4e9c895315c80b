#!/usr/bin/env node
/** The one entry: the bundled action, the GitLab job and the `pace` command. */
import { enableCompileCache } from 'node:module';
import { VERSION } from '../platforms/version.ts';

const [first] = process.argv.slice(2);

if (process.argv.length === 3 && (first === '--version' || first === '-V')) {
  process.stdout.write(`${VERSION}\n`);
} else if (process.env['GITHUB_ACTIONS'] === 'true' && process.argv.length === 2) {
  const { runAction } = await import('./action.ts');
  process.exitCode = await runAction(process);
} else {
  // the next command of a person starts sooner; a CI's runner forgets, and would only pay for writing
  if (!process.env['CI']) enableCompileCache();
  const { runCli } = await import('./cli.ts');
  process.exitCode = await runCli(process);
}
