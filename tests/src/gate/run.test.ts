/** Whole runs in this process, on the embedded platform. */
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { createFaults } from '../../../core/faults.ts';
import type { Check, CodeHost } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { openTracker, type Side } from '../../../platforms/index.ts';
import { createHost } from '../../../platforms/local/host.ts';
import local from '../../../platforms/local/index.ts';
import { gate } from '../../../src/commands/gate.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { prepareRun } from '../../../src/gate/identity/prepare.ts';
import { runGate } from '../../../src/gate/run.ts';
import { testWorld } from '../../support/world.ts';
import { checkout } from './parts.support.ts';
import { HOLDS, JUNIT, LOCAL, SHIPS, sprint } from './sprint.support.ts';

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
    expect(held.findings[0]).toMatchObject({ source: 'gate', check: 'advisory backlog', result: 'UNKNOWN' });
    expect((await sprint(JUNIT, damaged).run(6)).report.decision).toBe('SHIP');
  });

  test('is not held by an advisory whose issue a person has closed: the tracker tells of it on every day', async () => {
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
    expect((await one.run(6)).report.advisories).toMatchObject({ open: 0, cleared: 1 });
    expect((await one.run(7)).report).toMatchObject({ decision: 'SHIP', advisories: { open: 0, cleared: 0 } });
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

describe('nothing that was not judged is green', () => {
  const CI = 'platform: { ci: local, tracker: local }\n';
  const decision = async (config: string, files: Readonly<Record<string, string>> = {}) => {
    const one = sprint('');
    one.write({ 'pace.config.yaml': config, ...files });
    const { report, exitCode } = await one.run(1);
    return [report.decision, exitCode, ...report.findings.map(({ source, result }) => `${source} ${result}`)];
  };
  const evidence = (on_missing: string) =>
    `evidence: [{ name: unit, type: junit, path: none.xml, on_missing: ${on_missing} }]\n`;

  test('no check on the commit, and no evidence', async () => {
    expect(await decision(CI)).toEqual(['UNKNOWN', 0, 'gate UNKNOWN', 'ci ADVISORY']);
    expect(await decision(`${CI}ci: { on: { no_runs: hold } }\n`)).toEqual(['HOLD', 1, 'ci FAIL', 'gate UNKNOWN']);
    expect(await decision(`${CI}ci: { on: { no_runs: ship } }\n`)).toEqual(['SHIP', 0, 'ci PASS']);
  });

  test('evidence that is missing, and is no more than an advisory', async () => {
    expect(await decision(`${LOCAL}${evidence('advisory')}`)).toEqual(['UNKNOWN', 0, 'gate UNKNOWN', 'unit ADVISORY']);
    expect(await decision(`${CI}${evidence('advisory')}`)).toEqual([
      'UNKNOWN',
      0,
      'gate UNKNOWN',
      'ci ADVISORY',
      'unit ADVISORY',
    ]);
    expect(await decision(`${LOCAL}${evidence('ship')}`)).toEqual(['SHIP', 0, 'unit PASS']);
    expect(await decision(`${LOCAL}${evidence('hold')}`)).toEqual(['HOLD', 1, 'unit FAIL', 'gate UNKNOWN']);
  });

  test('one thing that was judged is enough', async () => {
    expect(await decision(`${CI}${JUNIT}`, SHIPS)).toEqual(['SHIP', 0, 'ci ADVISORY', 'unit PASS']);
    const both = `${LOCAL}${JUNIT.replace(' }]', ' }, { name: cov, type: junit, path: none.xml, on_missing: advisory }]')}`;
    expect(await decision(both, SHIPS)).toEqual(['SHIP', 0, 'cov ADVISORY', 'unit PASS']);
  });

  test('and what could not be judged blocks where that is wanted, and is UNKNOWN all the same', async () => {
    expect(await decision(`${CI}gate: { on_unknown: hold }\n`)).toEqual(['UNKNOWN', 1, 'gate UNKNOWN', 'ci ADVISORY']);
  });
});

describe('what pauses and cannot be known', () => {
  const BROKEN = { '.pace/pace.db/in-the-way': '' };

  test('is UNKNOWN where the evidence is green, and a HOLD where it is red', async () => {
    const green = await sprint(JUNIT, { ...BROKEN, ...SHIPS }).run(2);
    expect([green.report.decision, green.exitCode]).toEqual(['UNKNOWN', 0]);
    expect(green.report.findings[0]).toMatchObject({
      ...{ source: 'gate', check: 'what pauses', result: 'UNKNOWN' },
      evidence: expect.stringMatching(/^It cannot be known whether an earlier day is held: /),
    });
    const red = await sprint(JUNIT, BROKEN).run(2);
    expect([red.report.decision, red.exitCode]).toEqual(['HOLD', 1]);
  });

  test('is UNKNOWN where an earlier day is held in another tracker, until that day ships', async () => {
    const held = { decision: 'HOLD', escalation: { key: 'HAT-1', url: '', tracker: 'jira' } };
    const one = sprint(JUNIT, { ...SHIPS, '.pace/day-1/decision.yaml': stringify(held) });
    const { report } = await one.run(2);
    expect([report.decision, report.holdReason]).toEqual(['UNKNOWN', 'PACE could not judge: gate: what pauses']);
    expect(report.findings[0]?.evidence).toContain('whether day 1 is still held by HAT-1, which is in jira');
    expect((await one.run(1)).report.decision).toBe('SHIP');
    expect((await one.run(2)).report.decision).toBe('SHIP');
  });

  test('is no question of a change, which no day holds', async () => {
    const { report } = await sprint(JUNIT, { ...BROKEN, ...SHIPS }).change('12');
    expect([report.decision, report.faults]).toEqual(['SHIP', []]);
  });
});

test('a paused run exits as is configured, and leaves no decision', async () => {
  const config = 'freeze: [{ from: 2026-03-02, to: 2026-03-02, reason: Holidays }]\n';
  for (const [more, code] of [['', 0], ['gate: { on_paused: fail }\n', 1]] as const) {
    const one = sprint(`${JUNIT}${config}${more}`, SHIPS);
    for (const { report, exitCode } of [await one.run(1), await one.change('12')]) {
      expect([report.decision, report.holdReason, exitCode]).toEqual(['PAUSED', 'Frozen until 2026-03-02: Holidays', code]);
      expect([report.findings, report.ci.conclusion]).toEqual([[], 'not_asked']);
    }
    for (const name of ['day-1', 'change-12']) expect(existsSync(join(one.cwd, '.pace', name))).toBe(false);
  }
}); // biome-ignore format: one line

describe('a change', () => {
  const RAISES =
    'evidence: [{ name: unit, type: junit, path: report.xml }, { name: scan, type: report, path: scan.md }, { name: of the day, type: report }]\nadvisory: { push_to_issues: true }\n';
  const SCAN = { 'scan.md': 'decision: ADVISORY\nadvisories: [an old cipher]\n' };

  test('is judged and leaves a report: no progress, no attempts, no backlog, no issue, no journal', async () => {
    const one = sprint(RAISES, SCAN);
    const { report, exitCode, reportPath } = await one.change('12', { attempt: '2' });
    expect(report).toMatchObject({
      ...{ subject: { kind: 'change', id: '12' }, day: null, decision: 'HOLD', attempt: 2, pending: [] },
      ...{ escalation: { key: '', url: '' }, review: { url: '' }, humanGate: false, clearanceDay: false },
      advisories: { open: 1, new: 1, url: '' },
    });
    expect([exitCode, reportPath]).toEqual([1, join(one.cwd, '.pace/change-12/decision.yaml')]);
    expect(parse(readFileSync(reportPath, 'utf8'))).toMatchObject({ day: null, decision: 'HOLD' });
    expect(readdirSync(join(one.cwd, '.pace'))).toEqual(['change-12']);
    expect(readdirSync(join(one.cwd, '.pace/change-12'))).toEqual(['decision.yaml']);
    expect(existsSync(join(one.cwd, 'PROGRESS.md'))).toBe(false);
    expect(readFileSync(join(one.cwd, 'pace-summary.md'), 'utf8')).toMatch(/^# PACE Change 12 — 🔴 HOLD/);
    expect(await one.issues()).toEqual([]);
  });

  test('is not asked for evidence that only a day has, and that is said; without any other it is UNKNOWN', async () => {
    const one = sprint(RAISES, { ...SCAN, ...SHIPS });
    const { report } = await one.change('12');
    expect([report.decision, report.findings.map(({ source }) => source)]).toEqual(['SHIP', ['scan', 'unit']]);
    expect(report.notes).toContain('Not asked of a change, as only a day has it: of the day.');
    const day = await one.run(1);
    expect(day.report.notes.join()).not.toContain('Not asked');
    const alone = await sprint('evidence: [{ name: gate, type: report }]\n').change('12');
    expect(alone.report.decision).toBe('UNKNOWN');
  });

  test('is measured against the last day that shipped, and is no day that others are measured against', async () => {
    const config = 'evidence: [{ name: lines, type: coverage, path: cov.info, max_drop: 1 }]\n';
    const lcov = (hit: number) => `SF:a.ts\n${Array.from({ length: 100 }, (_, index) => `DA:${index + 1},${index < hit ? 1 : 0}`).join('\n')}\nend_of_record\n`;
    const one = sprint(config, { 'cov.info': lcov(80) });
    await one.run(1);
    one.write({ 'cov.info': lcov(70) });
    const { report } = await one.change('12');
    expect([report.decision, report.findings[0]?.evidence]).toEqual(['HOLD', expect.stringContaining('80.00 %')]);
    one.write({ 'cov.info': lcov(95) });
    expect((await one.change('12')).report.decision).toBe('SHIP');
    one.write({ 'cov.info': lcov(80) });
    expect((await one.run(2)).report.decision).toBe('SHIP');
  }); // biome-ignore format: one line

  test('is judged while a day is held, and delivers nothing that days have left', async () => {
    const one = sprint(JUNIT, { '.pace/pace.db/in-the-way': '' });
    await one.run(1);
    rmSync(join(one.cwd, '.pace/pace.db'), { recursive: true });
    one.write(SHIPS);
    const { report } = await one.change('12');
    expect([report.decision, report.pending, await one.issues()]).toEqual(['SHIP', [], []]);
  });

  test('in a dry run leaves nothing', async () => {
    const one = sprint(JUNIT);
    expect((await one.change('12', { dryRun: true })).report).toMatchObject({ decision: 'HOLD', dryRun: true });
    expect([existsSync(join(one.cwd, '.pace')), existsSync(join(one.cwd, 'pace-summary.md'))]).toEqual([false, false]);
  });

  test('and a day cannot be asked for at once', async () => {
    const one = sprint(JUNIT);
    await expect(gate(testWorld({ cwd: one.cwd }), { day: '1', change: '12' })).rejects.toThrow('--day and --change');
  });

  test('is judged, and written nowhere, where a link stands in its place; so is a day', async () => {
    const one = sprint(JUNIT, { '.pace/keep': '', 'elsewhere/keep': '' });
    symlinkSync(join(one.cwd, 'elsewhere'), join(one.cwd, '.pace/change-12'));
    symlinkSync(join(one.cwd, 'elsewhere'), join(one.cwd, '.pace/day-1'));
    for (const { report } of [await one.change('12'), await one.run(1)]) {
      expect([report.decision, report.notes.at(-1)]).toEqual([
        'HOLD',
        expect.stringMatching(/^PACE keeps no state here/),
      ]);
    }
    expect(readdirSync(join(one.cwd, 'elsewhere'))).toEqual(['keep']);
  });
});

describe('another sprint', () => {
  const named = (name: string) => ({ 'pace.config.yaml': `${LOCAL}${JUNIT}sprint: { name: ${name} }\n` });

  test('begins at its first day: what held the last one does not pause it, and that was filed is noted once', async () => {
    const one = sprint('', named('one'));
    for (const _ of [1, 2]) await one.run(1);
    one.write({ ...named('two'), ...SHIPS });
    const first = (await one.run(2)).report;
    expect([first.decision, first.sprint, first.attempt]).toEqual(['SHIP', 'two', 1]);
    expect(first.notes).toContain(
      'The sprint is now two: 1 day of the sprint one was filed under .pace/sprints/. Open advisories go on.',
    );
    expect((await one.run(2)).report.notes.join()).not.toContain('filed');
    expect((await one.run(1)).report).toMatchObject({ decision: 'SHIP', attempt: 1 });
    expect(readFileSync(join(one.cwd, 'PROGRESS.md'), 'utf8')).not.toContain('HOLD');
    expect(await one.issues()).toEqual(['open [PACE HOLD] Day 1 — unit: app adds']);
  });

  test('that is taken up again is held by what held it', async () => {
    const one = sprint('', named('one'));
    await one.run(1);
    one.write({ ...named('two'), ...SHIPS });
    await one.run(1);
    one.write(named('one'));
    expect((await one.run(2)).report).toMatchObject({ decision: 'PAUSED', escalation: { key: '1' } });
    expect((await one.run(1)).report).toMatchObject({ decision: 'SHIP', attempt: 2 });
    expect(await one.issues()).toEqual(['done [PACE HOLD] Day 1 — unit: app adds']);
  });

  test('is not filed by a dry run or by a change, which see none of its days', async () => {
    const one = sprint('', named('one'));
    await one.run(1);
    one.write(named('two'));
    for (const { report } of [await one.run(1, { dryRun: true }), await one.change('12')]) expect(report.notes.join()).not.toContain('filed');
    expect(existsSync(join(one.cwd, '.pace/sprints'))).toBe(false);
  }); // biome-ignore format: one line

  test('that cannot be filed is a fault, and the day is judged', async () => {
    const one = sprint('', named('one'));
    await one.run(1);
    one.write({ ...named('two'), ...SHIPS, '.pace/sprints': 'in the way' });
    const { report } = await one.run(2);
    expect([report.decision, report.faults.map(({ operation }) => operation)]).toEqual(['SHIP', ['fileSprint']]);
  });
});

describe('two gates, and two branches', () => {
  const inShop = { config: 'packages/shop/pace.config.yaml' };

  test('of one checkout have days, issues and pauses of their own', async () => {
    const one = sprint(JUNIT, { 'packages/shop/pace.config.yaml': `${LOCAL}${JUNIT}` });
    await one.run(1);
    const shop = await one.run(2, inShop);
    expect([shop.report.decision, shop.report.gate, shop.report.attempt]).toEqual(['HOLD', 'packages/shop', 1]);
    expect(shop.reportPath).toBe(join(one.cwd, '.pace/gates/packages/shop/day-2/decision.yaml'));
    expect((await one.run(3)).report).toMatchObject({ decision: 'PAUSED', escalation: { key: '1' } });
    expect((await one.run(3, inShop)).report).toMatchObject({ decision: 'PAUSED', escalation: { key: '2' } });
    one.write(SHIPS);
    expect((await one.run(2, inShop)).report.decision).toBe('SHIP');
    expect((await one.run(3, inShop)).report.decision).toBe('SHIP');
    expect((await one.run(3)).report.decision).toBe('PAUSED');
    expect(await one.issues()).toEqual([
      'open [PACE HOLD] Day 1 — unit: app adds',
      'done [PACE HOLD] packages/shop: Day 2 — unit: app adds',
    ]);
  });

  test('of a repository as well', async () => {
    const one = sprint(JUNIT);
    const on = (branch: string) => ({ env: { GITHUB_REF: `refs/heads/${branch}` } });
    expect((await one.run(1, on('main'))).report).toMatchObject({ decision: 'HOLD', branch: '', attempt: 1 });
    one.write(SHIPS);
    const release = await one.run(2, on('release/1.2'));
    expect(release.report).toMatchObject({ decision: 'SHIP', branch: 'release/1.2', attempt: 1 });
    expect(release.reportPath).toBe(join(one.cwd, '.pace/branches/release/1.2/day-2/decision.yaml'));
    expect((await one.run(2, on('main'))).report.decision).toBe('PAUSED');
  });
});

describe('the status of the commit', () => {
  const SHA = 'a'.repeat(40);
  const check = (name: string, state: Check['state']): Check => ({
    ...{ id: name, name, app: '', workflow: '', state, vendorState: state, optional: false, url: '' },
  });

  interface Around {
    readonly dryRun?: boolean;
    readonly env?: Record<string, string>;
    readonly signal?: AbortSignal;
    readonly calls?: string[];
  }

  /** A run on a host with checks and statuses: what it asked and said, in order. */
  async function judged(checks: readonly Check[], more: Around = {}) {
    const { dryRun = false, env = {}, signal, calls = [] } = more;
    const world = testWorld({ cwd: checkout(), env: { PATH: process.env['PATH'], ...env } });
    const host = (inner: World): CodeHost => ({
      ...createHost(inner),
      judgedCommit: async () => ({ sha: SHA, branch: 'main' }),
      listChecks: async () => {
        if (calls.at(-1) !== 'asks for checks') calls.push('asks for checks');
        return [...checks];
      },
      setCommitStatus: async (_, { state, description }) => void calls.push(`${state} ${description}`),
    });
    const ci: Side = { platform: { name: 'shop', title: 'Shop', needs: [], createHost: async (inner) => host(inner) } };
    const [config, faults, tracker] = [configSchema.parse({}), createFaults(world), { platform: local }];
    const prepared = await prepareRun({ world, config, file: 'pace.config.yaml', ci, tracker, asked: { day: '1' }, faults, dryRun });
    const run = { ...prepared, world, config, ci, tracker, dryRun, faults, attempt: 1, secretNames: [] };
    const { report } = await runGate({ ...run, ...(signal ? { signal } : {}) });
    return { calls, report };
  } // biome-ignore format: one thought

  test('is pending before anything is asked, and then what was decided', async () => {
    const { calls, report } = await judged([check('build', 'success')]);
    expect(calls).toEqual(['pending Judging day 1', 'asks for checks', 'success Day 1 SHIP']);
    expect([report.decision, report.faults]).toEqual(['SHIP', []]);
    const held = await judged([check('build', 'failure')]);
    expect(held.calls).toEqual(['pending Judging day 1', 'asks for checks', 'failure Day 1 HOLD: ci: build']);
  });

  test('is an error where no check has run on it, or all were skipped', async () => {
    const nothing = 'error Day 1 UNKNOWN: PACE could not judge: gate: evidence';
    expect((await judged([])).calls.at(-1)).toBe(nothing);
    expect((await judged([check('a', 'skipped'), check('b', 'skipped')])).calls.at(-1)).toBe(nothing);
    expect((await judged([check('a', 'skipped'), check('b', 'success')])).calls.at(-1)).toBe('success Day 1 SHIP');
  });

  test('is not touched by a dry run', async () => {
    const { calls, report } = await judged([check('build', 'success')], { dryRun: true });
    expect([calls, report.decision]).toEqual([['asks for checks'], 'SHIP']);
  });

  test('is pending alone where the run is paused, and nothing is asked', async () => {
    const { calls } = await judged([check('build', 'success')], { env: { PACE_PAUSED: 'yes' } });
    expect(calls).toEqual(['pending Day 1 PAUSED: PACE_PAUSED is set. To resume, set it to false.']);
  });

  test('stays pending where the run is stopped while it judges', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    const calls: string[] = [];
    await expect(judged([check('build', 'success')], { signal: stopped, calls })).rejects.toThrow('stopped');
    expect(calls.filter((call) => call !== 'asks for checks')).toEqual(['pending Judging day 1']);
  });
});
