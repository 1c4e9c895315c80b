/**
 * Builds `lib/` (or `--out DIR`): PACE as a library and `pace-gate/testing`, as modules with their types. Run when the package is
 * packed; nothing of it is committed. What the package does not bring along (vitest) is the author's own.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'lib') } } });
const out = resolve(values.out);

rmSync(out, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  input: { index: 'src/library.ts', testing: 'tests/support/exports.ts' },
  platform: 'node',
  external: [/^node:/, /^vitest(\/|$)/, ...builtinModules],
  logLevel: 'warn',
});
await bundle.write({ dir: out, format: 'esm', chunkFileNames: 'chunks/[name]-[hash].js' });
await bundle.close();

const tsc = join(root, 'node_modules', '.bin', 'tsc');
const types = [
  '--declaration',
  '--emitDeclarationOnly',
  '--noEmit',
  'false',
  '--noCheck',
  '--outDir',
  join(out, 'types'),
];
execFileSync(tsc, ['-p', join(root, 'tsconfig.library.json'), ...types], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
