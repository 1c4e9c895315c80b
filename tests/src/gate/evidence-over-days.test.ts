/** What whole runs make of waivers, quarantine, and what the last SHIP had. */
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../src/gate/report.ts';
import { junitXml } from '../../support/workspace.ts';
import { commitIn } from './parts.support.ts';
import { sprint } from './sprint.support.ts';

const source = (more = '') => `evidence: [{ name: unit, type: junit, path: report.xml${more} }]\n`;
const NEW_ONLY = source(', new_only: true');
const report = (...failing: string[]) => ({ 'report.xml': junitXml(...failing) });
/** Without those about the commit and the change, of which there are none. */
const notesOf = ({ notes }: Report) =>
  notes.filter((note) => !/^(?:There is no commit|Change 12 is not known)/.test(note));
const words = (findings: readonly { result: string; check: string }[]) =>
  findings.map(({ result, check }) => `${result} ${check}`);

describe('only what is new', () => {
  test('holds, from the first day that shipped on; what that day had is shown', async () => {
    const { run, write } = sprint(source(', on_fail: advisory'), report('adds'));
    expect((await run(1)).report.decision).toBe('SHIP');
    write({ 'pace.config.yaml': `platform: { ci: local, tracker: local }\nci: { enabled: false }\n${NEW_ONLY}` });
    const second = await run(2);
    expect(second.report.decision).toBe('SHIP');
    expect(words(second.report.findings)).toEqual(['OBSERVED app adds']);
    expect(notesOf(second.report)).toEqual([]);
    write(report('adds', 'pays'));
    const third = await run(3);
    expect(third.report.decision).toBe('HOLD');
    expect(words(third.report.findings)).toEqual(['FAIL app pays', 'OBSERVED app adds']);
    write(report());
    expect((await run(3)).report.decision).toBe('SHIP');
    // what was mended once is new when it comes back
    write(report('adds'));
    expect((await run(4)).report.decision).toBe('HOLD');
  });

  test('is everything where nothing is remembered, and that is said', async () => {
    const { run } = sprint(NEW_ONLY, report('adds'));
    const { report: first } = await run(1);
    expect(first.decision).toBe('HOLD');
    expect(notesOf(first)).toEqual(['No day that shipped is remembered: every failure of unit counts as new.']);
  });

  test('is for a change what the last day that shipped did not have', async () => {
    const { run, change, write } = sprint(source(', on_fail: advisory'), report('adds'));
    await run(1);
    write({ 'pace.config.yaml': `platform: { ci: local, tracker: local }\nci: { enabled: false }\n${NEW_ONLY}` });
    expect((await change('12')).report.decision).toBe('SHIP');
    write(report('adds', 'pays'));
    expect((await change('12')).report.decision).toBe('HOLD');
  });

  test('does not let a waived failure become an old one when its waiver ends', async () => {
    const waiver = (expires: string) =>
      `waivers: [{ check: "unit: app adds", reason: r, owner: ann, expires: "${expires}" }]\n`;
    const { run, write } = sprint(NEW_ONLY + waiver('2026-03-02'), report('adds'));
    expect(words((await run(1)).report.findings)).toEqual(['WAIVED app adds']);
    write({
      'pace.config.yaml': `platform: { ci: local, tracker: local }\nci: { enabled: false }\n${NEW_ONLY}${waiver('2026-03-01')}`,
    });
    const { report: second } = await run(2);
    expect(second.decision).toBe('HOLD');
    expect(notesOf(second)).toEqual([
      'The waiver of ann for `unit: app adds` ended on 2026-03-01. Please remove it, or set a new end.',
    ]);
  });
});

describe('waivers and quarantine', () => {
  const quarantine = 'quarantine: [{ test: "unit: app adds", owner: team, expires: "2026-03-02" }]\n';

  test('let a test be that is known to be unreliable, and say so', async () => {
    const { run } = sprint(source() + quarantine, report('adds'));
    const { report: first } = await run(1);
    expect(first.decision).toBe('SHIP');
    expect(first.findings).toMatchObject([
      {
        result: 'WAIVED',
        check: 'app adds',
        waiver: { reason: 'in quarantine', owner: 'team', expires: '2026-03-02' },
      },
    ]);
  });

  test('are told to a day where they match nothing, and not to a change, which has not everything', async () => {
    const { run, change } = sprint(source() + quarantine, report());
    const note = 'The quarantine of team for `unit: app adds` matched nothing. Please correct or remove it.';
    expect(notesOf((await run(1)).report)).toEqual([note]);
    expect(notesOf((await change('12')).report)).toEqual([]);
  });

  test('cover the checks of the commit and trouble with files as well', async () => {
    const waivers = 'waivers: [{ check: "unit: presence", reason: r, owner: ann, expires: "2026-03-02" }]\n';
    const { run } = sprint(`evidence: [{ name: unit, type: junit, path: none.xml }]\n${waivers}`);
    expect((await run(1)).report.findings).toMatchObject([
      { result: 'UNKNOWN' },
      { result: 'WAIVED', check: 'presence' },
    ]);
  });
});

test('a test that failed and passed on one commit is proposed for quarantine', async () => {
  const { cwd, run, write } = sprint(source(), report('adds'));
  commitIn(cwd);
  expect(notesOf((await run(1)).report)).toEqual([]);
  write({ 'report.xml': junitXml('adds').replace(/<failure[^>]*>/, '').replace('failures="1"', '') });
  const { report: again } = await run(1);
  expect(again.decision).toBe('SHIP');
  expect(notesOf(again)).toEqual([
    'Both failed and passed on this commit. To let them be while they are mended: `quarantine: [{ test: "unit: app adds", owner: …, expires: … }]`.',
  ]);
  // what has passed since is no news
  expect(notesOf((await run(1)).report)).toEqual([]);
}); // biome-ignore format: one thought
