/**
 * How long large reports take, as a multiple of what a bare parser takes for the same file, and how much memory the whole process
 * needs: `node bench/evidence.ts`. Every file is read in a process of its own, in turns with the bare parser. For plain text that
 * is one pattern for each line, which finds its numbers: to split a text into lines alone is no parser.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SaxesParser } from 'saxes';
import { createTraffic } from '../core/traffic.ts';
import type { World } from '../core/world.ts';
import { evidenceSchema } from '../src/config/schema.ts';
import type { EvidenceFile } from '../src/gate/evidence/files/files.ts';
import { textPieces } from '../src/gate/evidence/files/read-text.ts';
import { readEvidence } from '../src/gate/evidence/index.ts';
import { createWaivers } from '../src/gate/waivers.ts';
import { type LargeReport, largeReports } from './evidence-reports.ts';
import { type Figure, show } from './figure.ts';

const LIMIT = { times: 2, megabytes: 400 };
const ROUNDS = 5;

export async function* evidence(): AsyncGenerator<Figure> {
  const temporary = mkdtempSync(join(tmpdir(), 'pace-bench-'));
  try {
    for (const [title, report] of Object.entries(largeReports)) {
      await pipeline(Readable.from(report.write()), createWriteStream(join(temporary, report.path)));
      const { bare, seconds, peak, read } = measuredApart(temporary, title);
      const detail = `${seconds.toFixed(2)} s for ${read.toFixed(1)} MB; the bare parser ${bare.toFixed(2)} s`;
      yield { what: title, measured: seconds / bare, unit: '×', limit: report.limit ?? LIMIT.times, detail };
      yield { what: `${title}: peak of the process`, measured: peak, unit: 'MB', limit: LIMIT.megabytes };
      rmSync(join(temporary, report.path));
    }
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

interface Measured {
  /** Of the bare parser and of PACE, in seconds: the best of some rounds. */
  readonly bare: number;
  readonly seconds: number;
  /** Megabytes. */
  readonly peak: number;
  readonly read: number;
}

function measuredApart(folder: string, title: string): Measured {
  const measured = (what: string): Measured => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, folder, title, what], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${title}: ${stderr}`);
    return JSON.parse(stdout);
  };
  // the bare parser's memory must not count for PACE's
  return { ...measured('both'), peak: measured('once').peak };
}

async function measure(cwd: string, report: LargeReport, what: string | undefined): Promise<Measured> {
  const path = join(cwd, report.path);
  let [bare, seconds] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < (what === 'once' ? 1 : ROUNDS); round += 1) {
    if (what !== 'once') bare = Math.min(bare, await timed(() => readBare(path, report)));
    seconds = Math.min(seconds, await timed(() => readWhole(cwd, report)));
  }
  const read = statSync(path).size / 1024 ** 2;
  return { bare, seconds, peak: process.resourceUsage().maxRSS / 1024, read };
}

async function timed(act: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await act();
  return (performance.now() - start) / 1_000;
}

async function readWhole(cwd: string, { type, path }: LargeReport): Promise<void> {
  const config = evidenceSchema.parse({ name: 'bench', type, path });
  const waivers = createWaivers({ waivers: [], quarantine: [], sha: '', date: '2026-01-01' });
  const context = { world: worldOf(cwd), day: 1, sha: '', baseline: {}, waivers, secretNames: [] };
  const [reading] = await readEvidence([config], context);
  const trouble = reading?.findings.find(({ check }) => check.startsWith('reading'));
  if (trouble) throw new Error(`The report itself is wrong: ${trouble.evidence}`);
}

async function readBare(path: string, { bare }: LargeReport): Promise<void> {
  if (bare === 'json') return void JSON.parse(readFileSync(path, 'utf8'));
  const file: EvidenceFile = { path, realPath: path, size: statSync(path).size, writtenAt: 0 };
  if (bare === 'xml') {
    const parser = new SaxesParser();
    for await (const piece of textPieces(file)) parser.write(piece);
    return void parser.close();
  }
  let rest = '';
  for await (const piece of textPieces(file)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (bare === 'json lines') JSON.parse(line);
      else bare.exec(line);
    }
  }
}

function worldOf(cwd: string): World {
  const quiet = () => {};
  const log = { info: quiet, warn: quiet, debug: quiet, progress: quiet, group: () => quiet };
  return {
    env: {},
    cwd,
    fetch,
    now: () => 0,
    sleep: async () => {},
    random: () => 0,
    log,
    redact: (text) => text,
    conceal: () => undefined,
    self: { pid: 0, host: '', node: process.versions.node, isRunning: () => false },
    traffic: createTraffic(),
    atEnd: () => undefined,
  };
}

if (import.meta.main) {
  const [folder, title = '', what] = process.argv.slice(2);
  const report = largeReports[title];
  if (folder === undefined) await show(evidence);
  else if (report) process.stdout.write(JSON.stringify(await measure(folder, report, what)));
}
