/** Whether a start takes longer the more platforms there are: this bundle against one of the same sources with four of them. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.ts';
import { BUNDLE, interleaved } from './processes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const FEW = ['github', 'gitlab', 'jira', 'local'];
const LINE = /^ {2}(\w+): \(\) => import\('\.\/\w+\/index\.ts'\),\n/gm;

/** Noise of a machine that is quiet. */
const LIMIT = 1.05;

export async function* platformCount(): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'pace-few-platforms-'));
  try {
    const few = buildFew(folder);
    const cwd = join(folder, 'empty');
    mkdirSync(cwd);
    for (const args of [['--version'], ['issue', 'list'], ['gate', '--day', '1', '--dry-run']]) {
      if (args[0] === 'gate') writeFileSync(join(cwd, 'pace.config.yaml'), 'ci: { enabled: false }\n');
      const [all = 0, four = 0] = await interleaved([BUNDLE, few].map((bundle) => ({ args: [bundle, ...args], cwd })));
      yield {
        what: `pace ${args.join(' ')}: all platforms`,
        measured: all / four,
        unit: '× four',
        limit: LIMIT,
        detail: `${all.toFixed(1)} ms : ${four.toFixed(1)} ms`,
      };
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function buildFew(folder: string): string {
  for (const name of ['core', 'src', 'platforms', '.ci', 'package.json', 'tsconfig.json', 'bench', 'tests'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const registry = join(folder, 'platforms', 'index.ts');
  const text = readFileSync(registry, 'utf8');
  const fewer = text.replace(LINE, (line, name: string) => (FEW.includes(name) ? line : ''));
  if (fewer === text) throw new Error('The registry is not where it was.');
  writeFileSync(registry, fewer);
  execFileSync(process.execPath, [join(folder, '.ci', 'build.ts')], { cwd: folder, stdio: 'ignore' });
  return join(folder, 'dist', 'index.js');
}
