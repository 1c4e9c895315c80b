/** Whole runs in this process, on the embedded platform. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { collect } from '../../../core/tracker/collect.ts';
import { openTracker } from '../../../platforms/index.ts';
import local from '../../../platforms/local/index.ts';
import { gate } from '../../../src/commands/gate.ts';
import type { Report } from '../../../src/gate/report.ts';
import { junitXml } from '../../support/workspace.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';
import { checkout } from './parts.support.ts';

const LOCAL = 'platform: { ci: local, tracker: local }\nci: { enabled: false }\n';
const JUNIT = 'evidence: [{ name: unit, type: junit, path: report.xml }]\n';
const START = Date.parse('2026-03-02T09:00:00Z');

interface Sprint {
  readonly cwd: string;
  write(files: Readonly<Record<string, string>>): void;
  /** A later run, an hour after the one before. */
  run(day: number, options?: { attempt?: string; dryRun?: boolean }): Promise<{ report: Report; world: TestWorld }>;
  issues(): Promise<string[]>;
}

function sprint(config: string, files: Readonly<Record<string, string>> = {}): Sprint {
  const cwd = checkout({ 'pace.config.yaml': `${LOCAL}${config}`, 'report.xml': junitXml('adds'), ...files });
  let hours = 0;
  function worldNow(): TestWorld {
    hours += 1;
    const env = { PATH: process.env['PATH'], HOME: cwd, GIT_CEILING_DIRECTORIES: join(cwd, '..'), PACE_AGENT: 'tester' };
    return testWorld({ cwd, env, random: Math.random, start: START + hours * 3_600_000 });
  }
  return {
    cwd,
    write: (wanted) => {
      for (const [name, text] of Object.entries(wanted)) {
        mkdirSync(join(cwd, name, '..'), { recursive: true });
        writeFileSync(join(cwd, name), text);
      }
    },
    run: async (day, options = {}) => {
      const world = worldNow();
      const { report } = await gate(world, { day: String(day), ...options });
      return { report, world };
    },
    issues: async () => {
      const tracker = await openTracker(worldNow(), { platform: local });
      const all = await collect(tracker.listIssues({ sort: { by: 'created', direction: 'asc' } }));
      return all.map(({ title, state }) => `${state} ${title}`);
    },
  };
} // biome-ignore format: one place

const SHIPS = { 'report.xml': junitXml() };
const HOLDS = { 'report.xml': junitXml('adds') };

describe('the attempt of a run', () => {
  const attempts = (numbers: number[]) =>
    stringify(numbers.map((run) => ({ run, date: '2026-03-01', cost_usd: 0, outcome: 'HOLD', hold_reason: '' })));

  test.each([
    ['is the first where none is known', [], 1],
    ['follows the last one', [1, 2], 3],
    ['follows the highest where there are gaps', [1, 4], 5],
    ['follows the highest where one was counted twice', [1, 2, 2], 3],
    ['follows the highest, in whatever order they stand', [3, 1, 2], 4],
  ])('%s', async (_, known, expected) => {
    const { run, cwd } = sprint(`${JUNIT}gate: { mode: observe }\n`, known.length > 0 ? { '.pace/day-1/attempts.yaml': attempts(known) } : {});
    expect((await run(1)).report.attempt).toBe(expected);
    const kept = parse(readFileSync(join(cwd, '.pace/day-1/attempts.yaml'), 'utf8')) as { run: number }[];
    expect(kept.map((one) => one.run)).toEqual([...known, expected]);
  }); // biome-ignore format: one line

  test('decides with the retries when a HOLD is escalated', async () => {
    const { run, issues } = sprint(`${JUNIT}gate: { retries: 2 }\n`);
    const urls = [];
    for (let count = 0; count < 3; count += 1) urls.push((await run(1)).report.escalation.url);
    expect(urls).toEqual(['', '', '.pace/day-1/escalation-issue.md']);
    expect(await issues()).toHaveLength(1);
  });
});

describe('a change of mode', () => {
  const ENFORCE = `${LOCAL}${JUNIT}`;
  const OBSERVE = `${LOCAL}${JUNIT}gate: { mode: observe }\n`;

  test('what enforcing could not do is not done while the gate observes, and is done when it enforces again', async () => {
    const one = sprint(JUNIT, { '.pace/pace.db/in-the-way': '' });
    expect((await one.run(1)).report.pending).toMatchObject([{ operation: 'openEscalationIssue', day: 1 }]);
    rmSync(join(one.cwd, '.pace/pace.db'), { recursive: true });
    one.write({ 'pace.config.yaml': OBSERVE });
    for (const day of [1, 2]) {
      const { report } = await one.run(day);
      expect([report.decision, report.pending]).toMatchObject(['HOLD', [{ operation: 'openEscalationIssue', day: 1 }]]);
    }
    expect(await one.issues()).toEqual([]);
    one.write({ 'pace.config.yaml': ENFORCE });
    const { report } = await one.run(2);
    expect([report.decision, report.escalation.key, report.pending]).toEqual(['PAUSED', '1', []]);
    expect(await one.issues()).toEqual(['open [PACE HOLD] Day 1 — unit: app adds']);
  });

  test('a day that has shipped, although only observed, is not escalated afterwards', async () => {
    const one = sprint(JUNIT, { '.pace/pace.db/in-the-way': '' });
    await one.run(1);
    rmSync(join(one.cwd, '.pace/pace.db'), { recursive: true });
    one.write({ 'pace.config.yaml': OBSERVE, ...SHIPS });
    expect((await one.run(1)).report.pending).toEqual([]);
    one.write({ 'pace.config.yaml': ENFORCE });
    const { report } = await one.run(2);
    expect([report.decision, report.pending, await one.issues()]).toEqual(['SHIP', [], []]);
  });

  test('observing neither pauses for an escalation nor closes it', async () => {
    const one = sprint(JUNIT);
    await one.run(1);
    one.write({ 'pace.config.yaml': OBSERVE, ...SHIPS });
    expect((await one.run(2)).report.decision).toBe('SHIP');
    expect((await one.run(1)).report.decision).toBe('SHIP');
    expect(await one.issues()).toEqual(['open [PACE HOLD] Day 1 — unit: app adds']);
  });
});

describe('SHIP and then HOLD', () => {
  test('the issue that planned the day is closed once it ships, and not by a SHIP that was taken back', async () => {
    const plan = 'days: [{ day: 1, issue: 1 }, { day: 2 }]\n';
    const one = sprint(JUNIT, { 'plan.yaml': plan, ...SHIPS });
    const tracker = await openTracker(testWorld({ cwd: one.cwd, env: { PACE_AGENT: 'tester' } }), { platform: local });
    // the issue comes only after the first run, which cannot close it
    const first = await one.run(1);
    expect([first.report.decision, first.report.pending]).toMatchObject(['SHIP', [{ operation: 'closePlanIssue' }]]);
    await tracker.createIssue({ title: 'Day 1', body: '' });
    one.write(HOLDS);
    expect((await one.run(1)).report).toMatchObject({ decision: 'HOLD', pending: [] });
    expect((await one.run(2)).report.decision).toBe('PAUSED');
    expect((await one.issues())[0]).toBe('open Day 1');
    one.write(SHIPS);
    expect((await one.run(1)).report).toMatchObject({ decision: 'SHIP', pending: [] });
    expect(await one.issues()).toEqual(['done Day 1', 'done [PACE HOLD] Day 1 — unit: app adds']);
  });
});

describe('what is judged', () => {
  test('is nothing where neither CI nor evidence is configured, and that is no SHIP', async () => {
    const { report } = await sprint('').run(1);
    expect([report.decision, report.findings]).toMatchObject([
      'UNKNOWN',
      [{ source: 'gate', check: 'evidence', result: 'UNKNOWN' }],
    ]);
  });

  const COVERAGE =
    'evidence: [{ name: lines, type: coverage, path: cov.info, max_drop: 1 }]\ngate: { mode: observe }\n';
  const lcov = (hit: number) => ({
    'cov.info': `SF:a.ts\n${Array.from({ length: 100 }, (_, index) => `DA:${index + 1},${index < hit ? 1 : 0}`).join('\n')}\nend_of_record\n`,
  });

  test('is coverage against the last day before that shipped: neither this day nor a later one nor one that held', async () => {
    const one = sprint(COVERAGE, lcov(80));
    const proof = async (day: number) => {
      const { findings, decision } = (await one.run(day)).report;
      return `${decision} ${/first run|than the [\d.]+ %/.exec(findings[0]?.evidence ?? '')?.[0]}`;
    };
    expect(await proof(1)).toBe('SHIP first run');
    expect(await proof(1)).toBe('SHIP first run');
    one.write(lcov(90));
    expect(await proof(2)).toBe('SHIP than the 80.00 %');
    one.write(lcov(50));
    expect(await proof(3)).toBe('HOLD than the 90.00 %');
    one.write(lcov(95));
    expect(await proof(4)).toBe('SHIP than the 90.00 %');
    one.write(lcov(85));
    expect(await proof(2)).toBe('SHIP than the 80.00 %');
  });

  test('is the backlog on a clearance day: every seventh day by default, none where it is 0', async () => {
    const days = async (config: string, wanted: number[]) => {
      const one = sprint(`${JUNIT}gate: { mode: observe${config} }\n`, SHIPS);
      const found = [];
      for (const day of wanted) if ((await one.run(day)).report.clearanceDay) found.push(day);
      return found;
    };
    expect(await days('', [6, 7, 8, 14])).toEqual([7, 14]);
    expect(await days(', clearance_every: 3', [3, 4, 6])).toEqual([3, 6]);
    expect(await days(', clearance_every: 0', [7])).toEqual([]);
  });

  test('is not a backlog that was damaged: on a clearance day the day cannot be judged, on others it can', async () => {
    const damaged = { ...SHIPS, '.pace/advisory_backlog.yaml': '{' };
    const held = (await sprint(JUNIT, damaged).run(7)).report;
    expect(held.decision).toBe('UNKNOWN');
    expect(held.findings.at(-1)).toMatchObject({ source: 'gate', check: 'advisory backlog', result: 'UNKNOWN' });
    expect((await sprint(JUNIT, damaged).run(6)).report.decision).toBe('SHIP');
  });

  test('is not held by an advisory whose issue a person has closed; they are asked for on a clearance day alone', async () => {
    const config =
      "evidence: [{ name: scan, type: report, path: '.pace/day-{day}/scan.md', on_missing: ship }]\nadvisory: { push_to_issues: true }\n";
    const report = 'decision: ADVISORY\nadvisories: [an old cipher]\n';
    const one = sprint(config, { '.pace/day-1/scan.md': report });
    expect((await one.run(1)).report).toMatchObject({ decision: 'SHIP', advisories: { open: 1, new: 1, cleared: 0 } });
    expect((await one.run(7)).report).toMatchObject({
      decision: 'HOLD',
      holdReason: 'Clearance day: 1 advisory is still open',
    });
    const tracker = await openTracker(testWorld({ cwd: one.cwd, env: { PACE_AGENT: 'ann' } }), { platform: local });
    await tracker.transitionIssue('1', 'done');
    expect((await one.run(6)).report.advisories).toMatchObject({ open: 1, cleared: 0 });
    expect((await one.run(7)).report).toMatchObject({ decision: 'SHIP', advisories: { open: 0, cleared: 1 } });
  });
});

describe('what is published', () => {
  test('a paused day keeps its decision, its progress and its attempts, and has a summary', async () => {
    const one = sprint(JUNIT);
    await one.run(1);
    const files = ['.pace/day-1/decision.yaml', '.pace/day-1/attempts.yaml', 'PROGRESS.md'];
    const before = files.map((name) => readFileSync(join(one.cwd, name), 'utf8'));
    const { report } = await one.run(2);
    expect(report.decision).toBe('PAUSED');
    expect(files.map((name) => readFileSync(join(one.cwd, name), 'utf8'))).toEqual(before);
    expect(existsSync(join(one.cwd, '.pace/day-2'))).toBe(false);
    expect(readFileSync(join(one.cwd, 'pace-summary.md'), 'utf8')).toContain('# PACE Day 2 — ⏳ PAUSED');
  });

  test('PROGRESS.md has every decided day, and is written by PACE alone', async () => {
    const one = sprint(`${JUNIT}gate: { mode: observe }\nproduct: { name: Shop }\n`, {
      ...{ 'plan.yaml': 'days: [{ day: 1, target: First }, { day: 8, target: "a | b" }]\n' },
      '.pace/day-1/gate.md': 'deferred: [one, two]\n',
    });
    await one.run(1);
    one.write(SHIPS);
    await one.run(8);
    const text = readFileSync(join(one.cwd, 'PROGRESS.md'), 'utf8');
    expect(text).toMatch(/^# Shop — PACE Sprint Progress\n/);
    expect(text).toContain('**Last updated:** 2026-03-02');
    expect(text).toContain(
      '| Days complete | 1/8 |\n| SHIP rate | 50% |\n| Deferred items | 2 |\n| Escalated holds | 1 |',
    );
    expect(text).toContain('| 1 | First | 🔴 HOLD | unit: app adds |\n');
    expect(text).toMatch(/\| 8 \| a \\?.*b \| ✅ SHIP \| {2}\|\n/);
    expect(text).toContain('### Week 1\n\n0 of 1 decided days shipped.\n\n### Week 2\n\n1 of 1 decided days shipped.');
    one.write({ 'PROGRESS.md': '# My own notes\n' });
    const { world, report } = await one.run(8);
    expect(readFileSync(join(one.cwd, 'PROGRESS.md'), 'utf8')).toBe('# My own notes\n');
    expect(world.lines).toContain('warn: PROGRESS.md was not written by PACE and is left as it is.');
    expect(report.faults).toEqual([]);
  });

  test('a dry run writes nothing, and says what it would decide', async () => {
    const one = sprint(JUNIT);
    const { report } = await one.run(1, { dryRun: true });
    expect([report.decision, report.dryRun, report.pending]).toEqual(['HOLD', true, []]);
    for (const name of ['.pace', 'PROGRESS.md', 'pace-summary.md']) expect(existsSync(join(one.cwd, name))).toBe(false);
  });

  test('a file that cannot be written is a fault, once, and changes no decision', async () => {
    const one = sprint(JUNIT, { ...SHIPS, 'PROGRESS.md/in-the-way': '', '.pace/day-1/decision.yaml/in-the-way': '' });
    const { report } = await one.run(1);
    expect(report.decision).toBe('SHIP');
    expect(report.faults.map(({ operation }) => operation)).toEqual(expect.arrayContaining(['saveDecision', 'writeProgress']));
    const said = report.faults.map(({ operation, message }) => `${operation} ${message}`);
    expect(new Set(said).size).toBe(said.length);
  }); // biome-ignore format: one line
});

test.each([
  [15, 25],
  [335, 345],
  [350, 345],
])('a run with %i minutes for CI ends its waits after %i: the rest takes ten, and a token lives six hours', async (minutes, most) => {
  const one = sprint(JUNIT);
  one.write({ 'pace.config.yaml': `${LOCAL.replace('false', `false, timeout_minutes: ${minutes}`)}${JUNIT}` });
  const { world } = await one.run(1);
  expect((world.traffic.deadline - world.now()) / 60_000).toBe(most);
}); // biome-ignore format: one line
