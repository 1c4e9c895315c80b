import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Report } from '../../../../src/gate/report.ts';
import { createState } from '../../../../src/gate/state/state.ts';
import { testWorld } from '../../../support/world.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-state-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

const REPORT: Report = {
  schemaVersion: 1,
  product: 'Hats',
  repository: 'hats',
  ...{ gate: 'gate', subject: { kind: 'day', id: '1' }, day: 1, branch: '', sprint: '' },
  date: '2026-03-02',
  attempt: 2,
  sha: '',
  decision: 'HOLD',
  holdReason: 'unit: a "quoted" thing\nand a second line',
  mode: 'enforce',
  dryRun: false,
  humanGate: false,
  clearanceDay: false,
  findings: [{ source: 'unit', check: 'adds', result: 'FAIL', evidence: 'expected 1,\ngot 2' }],
  ci: { conclusion: 'not_asked', url: '', checks: [] },
  escalation: { key: '7', url: 'https://example.test/7' },
  review: { url: '' },
  advisories: { open: 0, new: 0, cleared: 0, url: '' },
  coverage: { lines: 81.5 },
  notes: [],
  faults: [],
  pending: [],
  requests: [],
};
/** The same of another day. */
function reportOfDay(day: number, more: Partial<Report> = {}): Report {
  return { ...REPORT, subject: { kind: 'day', id: String(day) }, day, ...more };
}
const BACKLOG = [
  { id: 'scan-day1-1', day_raised: 1, agent: 'scan', finding: 'a: first', status: 'open' },
  { id: 'scan-day1-2', day_raised: 1, agent: 'scan', finding: 'second', status: 'cleared' },
] as const;
const FILES = ['day-1/decision.yaml', 'day-1/attempts.yaml', 'advisory_backlog.yaml'] as const;

function workspace(files: Record<string, string | Uint8Array> = {}) {
  const world = testWorld({ cwd: mkdtempSync(join(TEMPORARY, 'one-')) });
  mkdirSync(join(world.cwd, '.pace/day-1'), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(world.cwd, '.pace', name), content);
  const inPace = (name: string) => readFileSync(join(world.cwd, '.pace', name));
  const names = () => readdirSync(join(world.cwd, '.pace'), { recursive: true, encoding: 'utf8' }).sort();
  return { world, inPace, names };
}

async function readAll(state: ReturnType<typeof createState>) {
  return [await state.decision(1), await state.attempts(1), await state.backlog(), await state.decidedDays()] as const;
}

async function saved(): Promise<Record<(typeof FILES)[number], Buffer>> {
  const { world, inPace } = workspace();
  const state = createState(world);
  await state.save({ ...REPORT, attempt: 1 }, BACKLOG);
  await state.save(REPORT, BACKLOG);
  return Object.fromEntries(FILES.map((name) => [name, inPace(name)])) as Record<(typeof FILES)[number], Buffer>;
}

test('what was saved is read again, and nothing is said', async () => {
  const { world } = workspace(await saved());
  const state = createState(world);
  const attempt = { date: '2026-03-02', cost_usd: 0, outcome: 'HOLD', hold_reason: REPORT.holdReason };
  expect(await readAll(state)).toEqual([
    REPORT,
    [
      { run: 1, ...attempt },
      { run: 2, ...attempt },
    ],
    BACKLOG,
    [1],
  ]);
  expect([state.faults, world.lines, await state.backlogGap()]).toEqual([[], [], undefined]);
});

test('what a later run has delivered is not pending any more; the rest of the decision stays', async () => {
  const { world } = workspace();
  const state = createState(world);
  const pending = ['openEscalationIssue', 'setCommitStatus'].map((operation) => ({
    operation,
    reason: 'see the faults',
    day: 1,
  }));
  await state.save({ ...REPORT, escalation: { key: '', url: '' }, pending }, undefined);
  await state.delivered(1, 'openEscalationIssue', REPORT.escalation);
  expect(await createState(world).decision(1)).toEqual({ ...REPORT, pending: pending.slice(1) });
});

test('what a later run has delivered, or found closed, makes no decision of a day that has none, or of another sprint', async () => {
  const { world, names, inPace } = workspace();
  await createState(world, { sprint: 'one' }).save({ ...REPORT, sprint: 'one' }, undefined);
  const before = inPace('day-1/decision.yaml');
  const state = createState(world, { sprint: 'two' });
  for (const day of [1, 2]) {
    await state.delivered(day, 'openEscalationIssue', REPORT.escalation);
    await state.escalationClosed(day);
  }
  expect(names()).toEqual(['day-1', 'day-1/attempts.yaml', 'day-1/decision.yaml']);
  expect(inPace('day-1/decision.yaml').equals(before)).toBe(true);
});

test('an escalation that was found closed is remembered as such, with its key', async () => {
  const { world } = workspace();
  await createState(world).save(REPORT, undefined);
  await createState(world).escalationClosed(1);
  expect(await createState(world).decision(1)).toEqual({ ...REPORT, escalation: { ...REPORT.escalation, closed: true } });
  await createState(world).save({ ...REPORT, schemaVersion: 1 }, undefined);
  writeFileSync(join(world.cwd, '.pace/day-1/decision.yaml'), 'decision: HOLD\n');
  await createState(world).escalationClosed(1);
  expect((await createState(world).decision(1))?.escalation).toEqual({ key: '', url: '', closed: true });
}); // biome-ignore format: one line

describe('what others have written into the state', () => {
  test.each([
    ['1', true],
    ['999999', true],
    ['0', false],
    ['-5', false],
    ['1.5', false],
    ['1000000', false],
    ['"1"', false],
  ])('attempt %s counts: %s', async (run, counts) => {
    const { world } = workspace({ 'day-1/attempts.yaml': `- { run: ${run}, outcome: HOLD }\n` });
    expect((await createState(world).attempts(1)).length).toBe(counts ? 1 : 0);
  });

  test.each(['{ key: 7 }', '{ url: [] }', '{ key: "1", tracker: {} }', '[]', 'x', `{ url: ${'x'.repeat(8001)} }`])(
    'a decision with the escalation %s is damaged',
    async (escalation) => {
      const { world } = workspace({ 'day-1/decision.yaml': stringify({ ...REPORT, escalation: parse(escalation) }) });
      const state = createState(world);
      await state.decision(1);
      expect(state.faults.map(({ operation }) => operation)).toEqual(['readState']);
    },
  );

  test('a decision of a commit that is no text is damaged', async () => {
    const { world } = workspace({ 'day-1/decision.yaml': stringify({ ...REPORT, sha: 7 }) });
    const state = createState(world);
    await state.decision(1);
    expect(state.faults).toHaveLength(1);
  });
});

describe('the days of another sprint', () => {
  async function twoSprints() {
    const { world } = workspace();
    const one = createState(world, { sprint: 'one' });
    for (const day of [1, 2]) await one.save(reportOfDay(day, { sprint: 'one', attempt: 1 }), undefined);
    return { world, one, two: createState(world, { sprint: 'two' }) };
  }

  test('are not seen: neither decision nor attempts nor days', async () => {
    const { one, two } = await twoSprints();
    expect([await two.decision(1), await two.attempts(1), await two.decidedDays()]).toEqual([undefined, [], []]);
    expect([(await one.decision(1))?.sprint, (await one.attempts(1)).length, await one.decidedDays()]).toEqual([...['one', 1], [1, 2]]);
    expect(await two.keptDays()).toEqual([{ day: 1, sprint: 'one' }, { day: 2, sprint: 'one' }]);
  }); // biome-ignore format: one line

  test('do not lend their attempts to a day of the same number', async () => {
    const { two } = await twoSprints();
    await two.save(reportOfDay(1, { sprint: 'two', attempt: 1, decision: 'SHIP' }), undefined);
    expect((await two.attempts(1)).map(({ run, outcome }) => `${run} ${outcome}`)).toEqual(['1 SHIP']);
    expect([await two.decidedDays(), await two.keptDays()]).toEqual([[1], [{ day: 1, sprint: 'two' }, { day: 2, sprint: 'one' }]]);
  }); // biome-ignore format: one line

  test('that were decided before sprints were kept apart belong to the present one, whatever that is called', async () => {
    const { sprint: _, ...before } = REPORT;
    const { world } = workspace({ 'day-1/decision.yaml': stringify(before) });
    const state = createState(world, { sprint: 'two' });
    expect([await state.decidedDays(), (await state.decision(1))?.decision]).toEqual([[1], 'HOLD']);
  });
});

describe('the state of two gates and of two branches', () => {
  const FOLDERS = ['', 'gates/shop', 'branches/release/1.2', 'gates/shop/branches/release/1.2'];

  test('does not meet: each has its days, its attempts and its backlog', async () => {
    const { world } = workspace();
    for (const [index, folder] of FOLDERS.entries()) {
      await createState(world, { folder }).save({ ...REPORT, attempt: index + 1 }, BACKLOG.slice(0, index % 2));
    }
    for (const [index, folder] of FOLDERS.entries()) {
      const state = createState(world, { folder });
      expect((await state.attempts(1)).map(({ run }) => run)).toEqual([index + 1]);
      expect([(await state.decision(1))?.attempt, await state.decidedDays(), (await state.backlog()).length]).toEqual([...[index + 1, [1]], index % 2]);
    }
  }); // biome-ignore format: one line

  test('has one root, and agents write about a day in one place for all of them', async () => {
    const { world } = workspace({ 'day-1/story-ticket.yaml': 'key: PACE-1\n' });
    const pace = join(world.cwd, '.pace');
    const shop = createState(world, { folder: 'gates/shop' });
    expect([shop.root, shop.dir, shop.folder]).toEqual([pace, join(pace, 'gates/shop'), '.pace/gates/shop']);
    expect([shop.dayDir(1), shop.agentsDir(1)]).toEqual([join(pace, 'gates/shop/day-1'), join(pace, 'day-1')]);
    expect(await shop.hasStoryTicket(1)).toBe(true);
    const usual = createState(world);
    expect([usual.root, usual.dir, usual.folder, usual.dayDir(1)]).toEqual([pace, pace, '.pace', usual.agentsDir(1)]);
  });
});

test('a change has a report of its own, and neither attempts nor a backlog', async () => {
  const { world, names } = workspace();
  const state = createState(world, { folder: 'branches/next' });
  const report: Report = { ...REPORT, subject: { kind: 'change', id: '12' }, day: null };
  await state.save(report, BACKLOG);
  expect(names().filter((name) => /\.yaml$/.test(name))).toEqual(['branches/next/change-12/decision.yaml']);
  expect(state.reportPath(report.subject)).toBe(join(state.dir, 'change-12/decision.yaml'));
  expect(state.reportPath(REPORT.subject)).toBe(join(state.dayDir(1), 'decision.yaml'));
  expect(await state.decidedDays()).toEqual([]);
});

describe('the attempts of a day', () => {
  const attempt = (run: number, outcome: string) => ({
    run,
    date: '2026-03-01',
    cost_usd: 0,
    outcome,
    hold_reason: '',
  });
  async function after(before: object[], report: Partial<Report>) {
    const { world } = workspace({ 'day-1/attempts.yaml': stringify(before) });
    await createState(world).save({ ...REPORT, holdReason: '', ...report }, undefined);
    return (await createState(world).attempts(1)).map(({ run, date, outcome }) => `${run} ${date} ${outcome}`);
  }

  test.each<[string, object[], number, string[]]>([
    ['are added up', [attempt(1, 'HOLD')], 2, ['1 2026-03-01 HOLD', '2 2026-03-02 SHIP']],
    ['may leave a gap', [attempt(1, 'HOLD')], 4, ['1 2026-03-01 HOLD', '4 2026-03-02 SHIP']],
    ['that have a gap keep it', [attempt(1, 'HOLD'), attempt(4, 'HOLD')], 5, ['1 2026-03-01 HOLD', '4 2026-03-01 HOLD', '5 2026-03-02 SHIP']],
    ['of the same number are replaced by the newest', [attempt(1, 'HOLD'), attempt(2, 'HOLD')], 1, ['2 2026-03-01 HOLD', '1 2026-03-02 SHIP']],
    ['that were counted twice by two runs are left to them', [attempt(1, 'HOLD'), attempt(1, 'UNKNOWN')], 2, ['1 2026-03-01 HOLD', '1 2026-03-01 UNKNOWN', '2 2026-03-02 SHIP']],
    ['that were counted twice are one again when that one is run again', [attempt(2, 'HOLD'), attempt(2, 'UNKNOWN'), attempt(3, 'HOLD')], 2, ['3 2026-03-01 HOLD', '2 2026-03-02 SHIP']],
  ])('%s', async (_, before, number, expected) => {
    expect(await after(before, { attempt: number, decision: 'SHIP' })).toEqual(expected);
  }); // biome-ignore format: a table

  test('say why they held, in 120 characters and no half of one', async () => {
    const { world } = workspace();
    await createState(world).save({ ...REPORT, holdReason: `${'x'.repeat(119)}👍` }, undefined);
    expect((await createState(world).attempts(1))[0]?.hold_reason).toBe(`${'x'.repeat(119)}\ufffd`);
    await createState(world).save({ ...REPORT, holdReason: 'x'.repeat(120) }, undefined);
    expect((await createState(world).attempts(1))[0]?.hold_reason).toBe('x'.repeat(120));
  });
});

test('the decided days are in order of number, without folders that are none and days without a decision', async () => {
  const { world } = workspace();
  const state = createState(world);
  for (const day of [10, 9, 2, 0]) await state.save(reportOfDay(day), undefined);
  for (const name of ['day-3', 'day-x', 'day-1.5', 'xday-4', 'day-5 ']) mkdirSync(join(world.cwd, '.pace', name));
  writeFileSync(join(world.cwd, '.pace/day-3/attempts.yaml'), '[]');
  writeFileSync(join(world.cwd, '.pace/day-7'), 'a file');
  expect([await state.decidedDays(), state.faults]).toEqual([[0, 2, 9, 10], []]);
});

test('the story of a day has an issue where its ticket names one', async () => {
  const { world } = workspace({ 'day-1/story-ticket.yaml': 'key: PACE-1\n' });
  mkdirSync(join(world.cwd, '.pace/day-2'));
  writeFileSync(join(world.cwd, '.pace/day-2/story-ticket.yaml'), 'id: 7\n');
  mkdirSync(join(world.cwd, '.pace/day-3'));
  writeFileSync(join(world.cwd, '.pace/day-3/story-ticket.yaml'), 'title: none\n');
  const state = createState(world);
  expect(await Promise.all([1, 2, 3, 4].map((day) => state.hasStoryTicket(day)))).toEqual([true, true, false, false]);
  await state.markEscalated(4);
  expect(readdirSync(join(world.cwd, '.pace/day-4'))).toEqual(['escalated']);
});

test('a backlog that is not known is left as it is', async () => {
  const { world } = workspace();
  const state = createState(world);
  await state.save(REPORT, BACKLOG);
  await state.save(REPORT, undefined);
  expect(await state.backlog()).toEqual(BACKLOG);
  await state.save(REPORT, []);
  expect(await state.backlog()).toEqual([]);
});

describe('a decision', () => {
  const whole = { ...REPORT };
  test.each<[string, object, string]>([
    ['of an older PACE, without a version, is taken as it is', { decision: 'SHIP', day: 1 }, 'SHIP'],
    ['of a word that is none is not used', { decision: 'MAYBE' }, 'torn'],
    ['with a version, but without its last entry, was torn', { ...whole, pending: undefined }, 'HOLD torn'],
    ['with a version, but without faults, was torn', { ...whole, faults: undefined }, 'HOLD torn'],
    ['with a coverage that is not a number is not used', { ...whole, coverage: { lines: 'high' } }, 'torn'],
    ['with a coverage that is a list is not used', { ...whole, coverage: [81] }, 'torn'],
    ['with an escalation that is a text is not used', { ...whole, escalation: 'K-1' }, 'torn'],
    ['with a reason that is a number is not used', { ...whole, holdReason: 7 }, 'torn'],
    ['with a sprint that is a number is not used', { ...whole, sprint: 12 }, 'torn'],
    [
      'of another tool, with a sprint that is a number, is one of the present sprint',
      { decision: 'SHIP', sprint: 12 },
      'SHIP',
    ],
    ['of the same version is used', { ...whole, schemaVersion: 1 }, 'HOLD'],
    ['of an earlier version is used', { ...whole, schemaVersion: 0 }, 'HOLD'],
    ['of a version that is not a number is used', { ...whole, schemaVersion: '2' }, 'HOLD'],
  ])('%s', async (_, data, expected) => {
    const { world } = workspace({ 'day-1/decision.yaml': stringify(data) });
    const state = createState(world);
    const decision = await state.decision(1);
    const torn = state.faults.some(({ message }) => message.includes('is torn'));
    expect([decision?.decision, torn && 'torn'].filter(Boolean).join(' ')).toBe(expected);
  });
});

test.each<[string, object, boolean]>([
  ['of an id, an agent, a finding and a status', {}, true],
  ['without an id', { id: undefined }, false],
  ['whose agent is a number', { agent: 7 }, false],
  ['without a finding', { finding: null }, false],
  ['of another status', { status: 'closed' }, false],
  ['that is cleared', { status: 'cleared' }, true],
])('an entry of the backlog %s is one: %s', async (_, change, counts) => {
  const { world } = workspace({ 'advisory_backlog.yaml': stringify([...BACKLOG, { ...BACKLOG[0], ...change }]) });
  expect(await createState(world).backlog()).toHaveLength(counts ? 3 : 2);
});

test.each<[string, object, boolean]>([
  ['with a number and an outcome', { run: 3, outcome: 'SHIP' }, true],
  ['whose number is none', { run: 1.5, outcome: 'SHIP' }, false],
  ['whose number is a text', { run: '3', outcome: 'SHIP' }, false],
  ['without an outcome', { run: 3 }, false],
])('an attempt %s is one: %s', async (_, entry, counts) => {
  const { world } = workspace({ 'day-1/attempts.yaml': stringify([{ run: 1, outcome: 'HOLD' }, entry]) });
  expect(await createState(world).attempts(1)).toHaveLength(counts ? 2 : 1);
});

test('a file that is too large is none of ours', async () => {
  const { world, names } = workspace({ 'day-1/attempts.yaml': `- { run: 1, outcome: SHIP }\n${'#'.repeat(16 * 1024 * 1024)}` });
  const state = createState(world);
  expect([await state.attempts(1), state.faults.length]).toEqual([[], 1]);
  expect(names()).toEqual(['day-1', 'day-1/attempts.yaml.unreadable-1']);
}); // biome-ignore format: one line

test('a file that is not there is empty, and nothing is said', async () => {
  const { world } = workspace();
  const state = createState(world);
  expect([await readAll(state), state.faults, world.lines]).toEqual([[undefined, [], [], []], [], []]);
});

describe('a damaged file', () => {
  test('is set aside once, with one message; what was whole of a list is kept', async () => {
    const text = `${stringify(BACKLOG)}- id: scan-day2-3\n  finding: "tor`;
    const { world, names, inPace } = workspace({ 'advisory_backlog.yaml': text });
    const state = createState(world);
    expect(await state.backlog()).toEqual(BACKLOG);
    expect(await state.backlog()).toEqual(BACKLOG);
    expect(names()).toEqual(['advisory_backlog.yaml', 'advisory_backlog.yaml.unreadable-1', 'day-1']);
    expect(inPace('advisory_backlog.yaml.unreadable-1').toString()).toBe(text);
    expect(state.faults).toEqual([
      {
        operation: 'readState',
        message:
          '.pace/advisory_backlog.yaml is torn or is not what PACE writes. What was whole of it is used. It is kept as advisory_backlog.yaml.unreadable-1.',
        remedy: 'Please compare the two files, then remove the kept one.',
      },
    ]);
    expect(world.lines).toHaveLength(1);
    expect(await createState(world).backlogGap()).toMatchObject({
      message: expect.stringContaining('advisory_backlog.yaml.unreadable-1'),
      remedy: expect.stringContaining('remove the kept file'),
    });
  });

  test('is not overwritten in the place of another one', async () => {
    const { world, names } = workspace({ 'day-1/attempts.yaml': '{', 'day-1/attempts.yaml.unreadable-1': 'older' });
    expect(await createState(world).attempts(1)).toEqual([]);
    expect(names()).toEqual(['day-1', 'day-1/attempts.yaml.unreadable-1', 'day-1/attempts.yaml.unreadable-2']);
  });

  test('of a newer PACE is kept for it, and not guessed at', async () => {
    const text = stringify({ ...REPORT, schemaVersion: 2 });
    const { world, inPace } = workspace({ 'day-1/decision.yaml': text });
    const state = createState(world);
    expect([await state.decision(1), await state.decidedDays()]).toEqual([undefined, []]);
    expect(inPace('day-1/decision.yaml.unreadable-1').toString()).toBe(text);
    expect(state.faults[0]?.message).toContain('was written by a newer PACE (format 2, and this one knows 1)');
  });

  test('is left where it is in a dry run, and said once', async () => {
    const { world, names } = workspace({ 'day-1/decision.yaml': 'schemaVersion: 1\ndecision: HOLD\nfind' });
    const state = createState(world, { dryRun: true });
    expect(await state.decision(1)).toEqual({ schemaVersion: 1, decision: 'HOLD' });
    expect([await state.decidedDays(), state.faults.length]).toEqual([[1], 1]);
    expect(names()).toEqual(['day-1', 'day-1/decision.yaml']);
  });

  test('that cannot be read at all is not written over', async () => {
    const { world, names } = workspace();
    mkdirSync(join(world.cwd, '.pace/advisory_backlog.yaml'));
    const state = createState(world);
    expect(await state.backlog()).toEqual([]);
    expect([state.faults.length, (await state.backlogGap())?.operation]).toEqual([1, 'readBacklog']);
    await expect(state.save(REPORT, [])).rejects.toThrow('was not written anew');
    expect(names()).toContain('advisory_backlog.yaml');
  });
});

/** Every byte string that was there must still be there, in some file. */
function isKept(bytes: Uint8Array, { names, inPace }: ReturnType<typeof workspace>): boolean {
  const files = names().filter((name) => name.includes('.yaml'));
  return files.some((name) => inPace(name).equals(bytes));
}

test('any truncation: no error, no byte lost, a new file can be written', async () => {
  const whole = await saved();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...FILES), fc.nat(), async (name, at) => {
      const bytes = whole[name].subarray(0, at % whole[name].length);
      const place = workspace({ ...whole, [name]: bytes });
      const state = createState(place.world);
      const [decision, attempts, backlog] = await readAll(state);
      expect(isKept(bytes, place)).toBe(true);
      expect(attempts.every(({ run, outcome }) => run <= 2 && outcome !== undefined)).toBe(true);
      expect(BACKLOG.map(({ id }) => id)).toEqual(expect.arrayContaining(backlog.map(({ id }) => id)));
      if (decision) expect(decision.decision).toBe('HOLD');
      if (name === 'advisory_backlog.yaml' && backlog.length < 2 && bytes.length > 0)
        expect(state.faults.length + backlog.length).toBeGreaterThan(0);
      await state.save(REPORT, backlog);
      expect(await createState(place.world).decision(1)).toEqual(REPORT);
    }),
    { numRuns: 150 },
  );
});

test('any bytes: no error, no byte lost', async () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: fc.constantFrom('-', ' ', ':', '\n', '[', '{', '&a', '*a', '"', 'run', '1', '!!', '|', '\t', '\0'), maxLength: 80 }).map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(text)),
  ); // biome-ignore format: a list
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...FILES), noise, async (name, bytes) => {
      const place = workspace({ [name]: bytes });
      const state = createState(place.world);
      await readAll(state);
      expect(isKept(bytes, place)).toBe(true);
      await state.save(REPORT, await state.backlog());
    }),
    { numRuns: 150 },
  );
});

describe('failures of a day', () => {
  const shipped = { ...REPORT, decision: 'SHIP' } as const;

  test('that ships are kept; without any there is no file', async () => {
    const { world, names } = workspace();
    const state = createState(world);
    await state.save(shipped, BACKLOG);
    expect(names()).not.toContain('day-1/failures.yaml');
    expect(await state.failures(1)).toEqual({});
    await state.save(REPORT, BACKLOG, { unit: ['a'] });
    expect(names()).not.toContain('day-1/failures.yaml');
    await state.save(shipped, BACKLOG, { unit: ['a', 'a'] });
    expect(await state.failures(1)).toEqual({ unit: ['a', 'a'] });
    // what is mended is not known any more
    await state.save(shipped, BACKLOG, {});
    expect(await state.failures(1)).toEqual({});
  });

  test('in a damaged file are all new', async () => {
    const { world } = workspace({ 'day-1/failures.yaml': 'unit: [a, 7]\n' });
    expect(await createState(world).failures(1)).toEqual({});
  });
});
