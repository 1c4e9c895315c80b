/**
 * How long large reports take, and how much memory the whole process needs: `node bench/evidence.ts`.
 * The limits are 3 s and 400 MB each. Every line is measured in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createTraffic } from '../core/traffic.ts';
import type { World } from '../core/world.ts';
import { evidenceSchema } from '../src/config/schema.ts';
import { readEvidence } from '../src/gate/evidence/index.ts';
import { createWaivers } from '../src/gate/waivers.ts';
import { type Figure, show } from './figure.ts';

const cases = {
  'junit, 100,000 cases, 100 fail': { config: { type: 'junit', path: 'junit.xml' }, write: junit },
  'junit, 100,000 cases, all fail': { config: { type: 'junit', path: 'failing.xml' }, write: failing },
  'sarif, 50,000 results': { config: { type: 'sarif', path: 'scan.sarif' }, write: sarif },
};

const LIMIT = { seconds: 3, megabytes: 400 };

export async function* evidence(): AsyncGenerator<Figure> {
  const temporary = mkdtempSync(join(tmpdir(), 'pace-bench-'));
  try {
    for (const [title, { config, write }] of Object.entries(cases)) {
      await pipeline(Readable.from(write()), createWriteStream(join(temporary, config.path)));
      const { status, stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, temporary, title], {
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`${title}: ${stderr}`);
      const { seconds, peak, read }: Measured = JSON.parse(stdout);
      yield { what: title, measured: seconds, unit: 's', limit: LIMIT.seconds, detail: `${read.toFixed(1)} MB read` };
      yield { what: `${title}: peak of the process`, measured: peak, unit: 'MB', limit: LIMIT.megabytes };
    }
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

interface Measured {
  readonly seconds: number;
  /** Megabytes. */
  readonly peak: number;
  readonly read: number;
}

async function measure(cwd: string, title: string): Promise<Measured> {
  const entry = Object.entries(cases).find(([one]) => one === title)?.[1];
  if (entry === undefined) throw new Error(`no case ${title}`);
  const start = performance.now();
  const config = evidenceSchema.parse({ name: 'bench', ...entry.config });
  const waivers = createWaivers({ waivers: [], quarantine: [], sha: '', date: '2026-01-01' });
  await readEvidence([config], { world: worldOf(cwd), day: 1, sha: '', baseline: {}, waivers, secretNames: [] });
  const seconds = (performance.now() - start) / 1_000;
  const read = statSync(join(cwd, entry.config.path)).size / 1024 ** 2;
  return { seconds, peak: process.resourceUsage().maxRSS / 1024, read };
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

function* junit(): Generator<string> {
  yield* suites((index) => index % 1_000 === 0);
}

function* failing(): Generator<string> {
  yield* suites(() => true);
}

function* suites(fails: (index: number) => boolean): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n';
  for (let suite = 0; suite < 1_000; suite += 1) {
    yield `<testsuite name="com.acme.shop.Suite${suite}" tests="100" timestamp="2026-03-02T09:00:00">\n`;
    for (let test = 0; test < 100; test += 1) yield testCase(suite, test, fails(suite * 100 + test));
    yield `<system-out><![CDATA[${'a line that a test printed\n'.repeat(20)}]]></system-out></testsuite>\n`;
  }
  yield '</testsuites>\n';
}

function testCase(suite: number, test: number, fails: boolean): string {
  const attributes = `classname="com.acme.shop.Suite${suite}" name="answers request ${test} with 200 OK" time="0.0${test}"`;
  if (!fails) return `<testcase ${attributes}/>\n`;
  const trace = '    at com.acme.shop.Cart.total(Cart.java:42)\n'.repeat(8);
  return `<testcase ${attributes}><failure message="expected 3 but was 4" type="AssertionError">${trace}</failure></testcase>\n`;
}

function* sarif(): Generator<string> {
  const rules = Array.from({ length: 200 }, (_, index) => ({
    id: `js/rule-${index}`,
    shortDescription: { text: `Rule number ${index}` },
    defaultConfiguration: { level: ['error', 'warning', 'note'][index % 3] },
  }));
  const tool = { driver: { name: 'Scanner', rules } };
  yield `{"version":"2.1.0","runs":[{"tool":${JSON.stringify(tool)},"results":[`;
  for (let index = 0; index < 50_000; index += 1)
    yield `${index > 0 ? ',' : ''}\n${JSON.stringify(result(index), null, 1)}`;
  yield ']}]}\n';
}

function result(index: number): unknown {
  return {
    ruleId: `js/rule-${index % 200}`,
    ruleIndex: index % 200,
    message: { text: `The value of variable${index} is used before it was checked, see [here](1).` },
    locations: [{ physicalLocation: location(index) }],
    partialFingerprints: { primaryLocationLineHash: `${(index * 7919).toString(16)}:1` },
    codeFlows: [
      {
        threadFlows: [
          { locations: [1, 2].map((step) => ({ location: { physicalLocation: location(index + step) } })) },
        ],
      },
    ],
  };
}

function location(index: number): unknown {
  return {
    artifactLocation: {
      uri: `src/module-${index % 900}/file-${index % 37}.ts`,
      uriBaseId: '%SRCROOT%',
      index: index % 900,
    },
    region: { startLine: (index % 800) + 1, startColumn: 3, endColumn: 40 },
  };
}

if (import.meta.main) {
  const [, , folder, title] = process.argv;
  if (folder === undefined || title === undefined) await show(evidence);
  else process.stdout.write(JSON.stringify(await measure(folder, title)));
}
