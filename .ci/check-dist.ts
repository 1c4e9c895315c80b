/** Builds `dist/` again and fails when that leaves a difference to what is committed. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

await import('./build.ts');
const cwd = join(import.meta.dirname, '..');
const changed = execFileSync('git', ['status', '--porcelain', '--', 'dist'], { cwd, encoding: 'utf8' }).trimEnd();
if (changed !== '') {
  process.stderr.write(`dist/ is not what the sources give. Please run \`npm run build\` and commit it:\n${changed}\n`);
  process.exitCode = 1;
}
