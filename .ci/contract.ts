/**
 * `npm run contract -- gitea [tracker|host] [options of vitest]`: the contract suites against a server of one's own, which they write
 * to. `PACE_CONTRACT_URL`, `PACE_CONTRACT_TOKEN` and further variables say where; see docs/adding-a-platform.md.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { contractRun } from '../tests/contract/real/places.ts';

const [name = '', ...rest] = process.argv.slice(2);
const side = rest[0] === 'tracker' || rest[0] === 'host' ? rest.shift() : undefined;
const asked = [name, ...(side === undefined ? [] : [side])];
const run = await contractRun(asked, process.env);

if ('platform' in run) {
  const root = join(import.meta.dirname, '..');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const env = {
    ...process.env,
    PACE_CONTRACT_ARGS: asked.join(' '),
    PACE_CONTRACT_RUN: process.env['PACE_CONTRACT_RUN'] || randomBytes(3).toString('hex'),
  };
  const args = [vitest, 'run', '--config', 'tests/vitest.contract.config.ts', ...rest];
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
} else {
  process.stderr.write(`${['Not run. What is missing:', ...run.map((line) => `  ${line}`)].join('\n')}\n`);
  process.exitCode = 2;
}
