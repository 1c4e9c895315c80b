/**
 * What an export of 100,000 issues takes of memory: the bundle writes them, with their comments, to a file. However many issues
 * there are, it holds some pages of them. Run: `node bench/export-memory.ts`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TakenIssue } from '../core/ports/index.ts';
import { createTracker } from '../platforms/local/issues.ts';
import { testWorld } from '../tests/support/world.ts';
import { type Figure, show } from './figure.ts';
import { BUNDLE } from './processes.ts';

const ROWS = 100_000;
const BATCH = 1_000;
const LIMIT_MB = 120;

export async function* exportMemory(): AsyncGenerator<Figure> {
  if (!existsSync(BUNDLE)) throw new Error('dist/index.js is missing. Please run `npm run build` first.');
  const folder = mkdtempSync(join(tmpdir(), 'pace-bench-'));
  try {
    await fill(folder);
    const [small, whole] = [await exported(folder, ['--limit', '1000']), await exported(folder, [])];
    if (whole.lines !== ROWS) throw new Error(`The export has ${whole.lines} lines.`);
    yield {
      what: `export of ${ROWS} issues: peak of the process`,
      measured: whole.megabytes,
      unit: 'MB',
      limit: LIMIT_MB,
      detail: `${small.megabytes.toFixed(0)} MB for 1000 of them; 444 MB before pages were let go`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(cwd: string): Promise<void> {
  const tracker = createTracker(testWorld({ cwd, env: { PACE_AGENT: 'bench' } }), { database: '.pace/pace.db' });
  for (let start = 0; start < ROWS; start += BATCH) {
    await tracker.intake?.take(Array.from({ length: BATCH }, (_, index) => issueOf(start + index)));
  }
}

/** About 500 characters, and a comment on every fourth. */
function issueOf(number: number): TakenIssue {
  const body = `Text of issue ${number}. `.repeat(20);
  return {
    draft: { title: `Issue ${number}`, body, labels: [`area-${number % 10}`, `team-${number % 7}`] },
    ...(number % 4 === 0 ? { comments: [{ body: `A comment on ${number}`, nth: 1 }] } : {}),
  };
}

/** Says at its end how much it held at most. */
const TELLING = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => process.stderr.write("\\npeak " + process.resourceUsage().maxRSS))',
)}`;

async function exported(cwd: string, flags: readonly string[]): Promise<{ megabytes: number; lines: number }> {
  const path = join(cwd, 'out.jsonl');
  const child = spawn(process.execPath, ['--import', TELLING, BUNDLE, 'issue', 'export', ...flags], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, PACE_BACKEND: 'local' },
    stdio: ['ignore', openSync(path, 'w'), 'pipe'],
  });
  let words = '';
  child.stderr?.on('data', (chunk) => {
    words += chunk;
  });
  const [code] = await once(child, 'close');
  const [, kibibytes] = /\npeak (\d+)$/.exec(words) ?? [];
  if (code !== 0 || kibibytes === undefined) throw new Error(`The export ended with ${String(code)}: ${words}`);
  return { megabytes: Number(kibibytes) / 1024, lines: readFileSync(path).toString('latin1').split('\n').length - 1 };
}

if (import.meta.main) await show(exportMemory);
