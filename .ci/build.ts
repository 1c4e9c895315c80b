/**
 * Builds `dist/` from scratch: TypeScript to JavaScript, then one bundle with a chunk per platform and per heavy part.
 * The bundler neither compiles with this TypeScript nor empties its output, hence the three steps.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const run = (command: string, args: string[]) =>
  execFileSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });

for (const folder of ['build', 'dist']) rmSync(join(root, folder), { recursive: true, force: true });
run(bin('tsc'), ['-p', 'tsconfig.json', '--noEmit', 'false', '--outDir', 'build']);
run(bin('ncc'), ['build', 'build/src/main.js', '--out', 'dist', '--license', 'licenses.txt', '--quiet']);

// the bundler keeps trailing blanks of what it bundles, and a last line without an end
for (const name of readdirSync(join(root, 'dist'))) {
  const path = join(root, 'dist', name);
  writeFileSync(path, `${readFileSync(path, 'utf8').trimEnd()}\n`);
}
