import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { announce } from '../../../src/gate/act.ts';
import { keepUndelivered } from '../../../src/gate/deliver.ts';
import type { Delivery } from '../../../src/gate/delivery.ts';
import type { GateParts } from '../../../src/gate/parts.ts';
import { deliverEarlier, deliverLeft, wasRefused } from '../../../src/gate/redeliver.ts';
import type { Report } from '../../../src/gate/report.ts';
import { deeds, gateParts, type Outside, outside, type RunOptions, reportOf } from './parts.support.ts';

const PAUSED = { config: { pause: { by: 'both' } } };

const escalate = (day: number): Delivery => ({
  ...{ kind: 'escalate', day, sha: '', reason: 'unit: adds', report: '| a table |' },
  jobUrl: 'https://host.test/job/7',
});
const pause = (day: number): Delivery => ({ kind: 'pause', day });
const hash = (day: number) => String(day).padStart(40, '0');
const status = (day: number, sha = hash(day)): Delivery => ({
  ...{ kind: 'status', day, sha },
  status: { context: 'pace/gate', state: 'failure', description: `Day ${day} HOLD: unit: adds` },
});

const pending = ({ journal }: GateParts) => journal.pending().map(({ delivery: { kind, day } }) => `${kind} ${day}`);

/** A checkout in which these days have held, and these deliveries could not be made. */
async function leftOver(held: readonly number[], ...deliveries: Delivery[]): Promise<string> {
  const parts = await gateParts(outside());
  for (const day of held) await decided(parts, { day, sha: hash(day) });
  for (const delivery of deliveries) await keepUndelivered(parts, delivery);
  return parts.world.cwd;
}

function decided({ state }: GateParts, report: Partial<Report>): Promise<void> {
  return state.save(reportOf(report), undefined);
}

async function laterRun(
  cwd: string,
  options: Omit<RunOptions, 'change'> = PAUSED,
): Promise<{ parts: Awaited<ReturnType<typeof gateParts>>; around: Outside }> {
  const around = outside();
  return { around, parts: await gateParts(around, { ...options, cwd }) };
}

describe('a later run', () => {
  const left = [escalate(1), { kind: 'resolve', day: 3, sha: '' }, pause(4)] as const;

  async function withLeft(): Promise<string> {
    const cwd = await leftOver([1, 4], ...left);
    await decided((await laterRun(cwd)).parts, { day: 3, sha: '', decision: 'SHIP', holdReason: '' });
    return cwd;
  }

  test('delivers what is left of other days, earlier and later ones, in the order in which it was meant', async () => {
    const { parts, around } = await laterRun(await withLeft());
    await deliverEarlier(parts);
    expect([deeds(around), pending(parts)]).toEqual([['openEscalationIssue', 'setVariable'], ['resolve 3']]);
  });

  test.each<[string, RunOptions]>([
    ['that observes', { config: { pause: { by: 'both' }, gate: { mode: 'observe' } } }],
    ['that is a dry run', { ...PAUSED, dryRun: true }],
  ])('%s delivers nothing, and leaves it for one that may', async (_, options) => {
    const cwd = await withLeft();
    const { parts, around } = await laterRun(cwd, options);
    await deliverEarlier(parts);
    expect([around.calls, pending(parts)]).toEqual([[], ['escalate 1', 'resolve 3', 'pause 4']]);
    const next = await laterRun(cwd);
    await deliverEarlier(next.parts);
    expect(deeds(next.around)).toEqual(['openEscalationIssue', 'setVariable']);
  });

  test('asks for nothing where nothing is left', async () => {
    const { parts, around } = await laterRun(await leftOver([1]));
    await deliverEarlier(parts);
    await deliverLeft(parts, []);
    expect([around.calls, parts.world.lines]).toEqual([[], []]);
  });

  test('that fails too leaves it pending, with the newer reason', async () => {
    const { parts, around } = await laterRun(await leftOver([1], escalate(1)));
    around.fails.add('openEscalationIssue');
    await deliverEarlier(parts);
    expect(parts.journal.pending()).toMatchObject([{ reason: 'openEscalationIssue went wrong.', tries: 2 }]);
  });

  test('leaves out what it decides anew, also where that is the opposite', async () => {
    const cwd = await leftOver([], escalate(3), { kind: 'story', day: 3 });
    const { parts, around } = await laterRun(cwd);
    await deliverLeft(parts, [{ kind: 'resolve', day: 3, sha: '' }]);
    // nothing says that the day has shipped
    expect([deeds(around), pending(parts)]).toEqual([[], ['escalate 3']]);
    await keepUndelivered(parts, { kind: 'story', day: 3 });
    await decided(parts, { decision: 'SHIP', holdReason: '' });
    await deliverLeft(parts, [{ kind: 'resolve', day: 3, sha: '' }]);
    expect([deeds(around), pending(parts)]).toEqual([['updateStoryStatus'], ['escalate 3']]);
  });

  test('tells the decision of the day which issue holds it, and when none does any more', async () => {
    const around = outside();
    const first = await gateParts(around, { day: { day: 1 } });
    await decided(first, { day: 1, pending: [{ operation: 'openEscalationIssue', reason: 'x', day: 1 }] });
    await keepUndelivered(first, escalate(1));
    const { cwd } = first.world;
    const second = await gateParts(around, { cwd, day: { day: 2 } });
    await deliverEarlier(second);
    const opened = { key: 'K-1', url: 'https://tracker.test/1', tracker: 'test' };
    expect(await second.state.decision(1)).toMatchObject({ escalation: opened, pending: [] });

    await decided(second, { day: 1, decision: 'SHIP', holdReason: '', escalation: opened });
    await keepUndelivered(second, { kind: 'resolve', day: 1, sha: 'c0ffee' });
    const third = await gateParts(around, { cwd, day: { day: 2 } });
    around.fails.add('resolveEscalation');
    await deliverEarlier(third);
    expect((await third.state.decision(1))?.escalation?.key).toBe('K-1');
    around.fails.clear();
    await deliverEarlier(third);
    expect((await third.state.decision(1))?.escalation).toEqual({ key: '', url: '' });
  });

  test('that cannot write down what it has delivered says so, and goes on', async () => {
    const { parts, around } = await laterRun(await leftOver([1, 2], escalate(1), pause(2)));
    const state = { ...parts.state, delivered: () => Promise.reject(new Error('the disk is full')) };
    await deliverEarlier({ ...parts, state });
    expect([deeds(around), pending(parts)]).toEqual([['openEscalationIssue', 'setVariable'], []]);
    expect(parts.faults.list.map(({ operation }) => operation)).toEqual(['saveDecision']);
  });

  test('does not touch the decision of a day for anything else', async () => {
    const parts = await gateParts(outside(), { day: { day: 1 } });
    const before = reportOf({ day: 1, decision: 'SHIP', pending: [{ operation: 'updateStoryStatus', reason: 'x', day: 1 }] });
    await parts.state.save(before, undefined);
    await keepUndelivered(parts, { kind: 'story', day: 1 });
    const { parts: later } = await laterRun(parts.world.cwd, { day: { day: 2 } });
    await deliverEarlier(later);
    expect([await later.state.decision(1), pending(later)]).toEqual([before, []]);
  }); // biome-ignore format: one line
});

describe('what this gate does not write', () => {
  test('is dropped, kept beside the journal and said once, and nothing is asked for because of it', async () => {
    const foreign = [status(2, 'c0ffee'), { kind: 'plan-issue', day: 1, key: '7' }] as const;
    const cwd = await leftOver([1, 2], ...foreign);
    const { parts, around } = await laterRun(cwd);
    await deliverEarlier(parts);
    expect([deeds(around), pending(parts)]).toEqual([[], []]);
    expect(parts.world.lines).toEqual([
      "warn: 2 entries of the journal are not this gate's own and were dropped: kept in journal.jsonl.unreadable-1.",
    ]);
    const kept = readFileSync(join(parts.state.dir, 'journal.jsonl.unreadable-1'), 'utf8').trim().split('\n');
    expect(kept.map((line) => JSON.parse(line).intent)).toEqual(foreign);
    const next = await laterRun(cwd);
    await deliverEarlier(next.parts);
    expect([deeds(next.around), next.parts.world.lines]).toEqual([[], []]);
  });

  test('is said of one entry too', async () => {
    const { parts } = await laterRun(await leftOver([], escalate(9)));
    await deliverEarlier(parts);
    expect(parts.world.lines).toEqual([
      "warn: An entry of the journal is not this gate's own and was dropped: kept in journal.jsonl.unreadable-1.",
    ]);
  });
});

describe('what nobody waits for any more', () => {
  test('is given up, and that is said; an old summary without a word', async () => {
    const cwd = await leftOver(
      [1],
      ...[status(1, hash(8)), status(1, hash(9)), status(2)],
      { kind: 'story', day: 1 },
      { kind: 'summary', day: 1, markdown: '# Day 1' },
    );
    const { parts, around } = await laterRun(cwd);
    await deliverEarlier(parts);
    expect([deeds(around), pending(parts)]).toEqual([[], []]);
    expect(parts.world.lines).toEqual([
      'info: Not delivered, and given up, as later runs have decided otherwise or no decision speaks for it: setCommitStatus (3), updateStoryStatus (1).',
    ]);
    const next = await laterRun(await leftOver([1], { kind: 'summary', day: 1, markdown: '# Day 1' }));
    await deliverEarlier(next.parts);
    expect([pending(next.parts), next.parts.world.lines]).toEqual([[], []]);
  });
});

describe('the bounds', () => {
  const days = Array.from({ length: 40 }, (_, index) => index + 1);
  const run = { day: { day: 50 } };

  test('a refusal for want of a right is asked for once a run, and neither is the judging announced', async () => {
    const { parts, around } = await laterRun(await leftOver(days, ...days.map((day) => status(day))), run);
    around.denies.add('setCommitStatus');
    await deliverEarlier(parts);
    expect(deeds(around)).toEqual(['setCommitStatus']);
    expect(pending(parts)).toHaveLength(40);
    expect(wasRefused(parts, 'setCommitStatus')).toBe(true);
    await announce(parts);
    expect(deeds(around)).toEqual(['setCommitStatus']);
  });

  test('one operation that is refused does not keep back another', async () => {
    const { parts, around } = await laterRun(await leftOver([1, 2, 3], ...[status(1), status(2), escalate(3)]), run);
    around.denies.add('setCommitStatus');
    await deliverEarlier(parts);
    expect([deeds(around), pending(parts)]).toEqual([
      ['setCommitStatus', 'openEscalationIssue'],
      ['status 1', 'status 2'],
    ]);
  });

  test('trouble that may pass is met by twelve, and said of the rest; the next run begins with that', async () => {
    const cwd = await leftOver(days.slice(0, 13), ...days.slice(0, 13).map((day) => status(day)));
    const { parts, around } = await laterRun(cwd, run);
    around.fails.add('setCommitStatus');
    await deliverEarlier(parts);
    expect(around.calls.filter(([operation]) => operation === 'setCommitStatus').map(([, sha]) => sha)).toEqual(
      days.slice(0, 12).map(hash),
    );
    expect(parts.world.lines.at(-1)).toBe('info: 1 more that earlier runs could not deliver is left for the next run.');
    const next = await laterRun(cwd, run);
    next.around.fails.add('setCommitStatus');
    await deliverEarlier(next.parts);
    const asked = next.around.calls.filter(([operation]) => operation === 'setCommitStatus').map(([, sha]) => sha);
    expect(asked.slice(0, 2)).toEqual([hash(13), hash(1)]);
  });

  test.each([
    ['two minutes', Number.POSITIVE_INFINITY, 120_000, 1],
    ['as long as the run may', 60_000, 60_000, 1],
    ['two minutes', Number.POSITIVE_INFINITY, 119_999, 2],
  ])('it takes %s', async (_, deadline, each, done) => {
    const { parts, around } = await laterRun(await leftOver([1, 2, 3], ...[1, 2, 3].map((day) => status(day))), run);
    parts.world.traffic.deadline = parts.world.now() + deadline;
    around.during = (operation) => {
      if (operation === 'setCommitStatus') parts.world.advance(each);
    };
    await deliverEarlier(parts);
    expect(deeds(around)).toHaveLength(done);
    const rest = 3 - done;
    expect(parts.world.lines.at(-1)).toBe(
      `info: ${rest} more that earlier runs could not deliver ${rest === 1 ? 'is' : 'are'} left for the next run.`,
    );
  });

  test('a variable that pauses is set for a day that holds, as a decision or the tracker says', async () => {
    const cwd = await leftOver([1], pause(1), pause(2));
    const { parts, around } = await laterRun(cwd);
    await deliverEarlier(parts);
    expect([deeds(around), pending(parts)]).toEqual([['setVariable'], ['pause 2']]);
    around.escalations.set(2, { key: 'K-2', url: 'https://tracker.test/2', day: 2, open: true });
    await deliverEarlier(parts);
    expect([deeds(around), pending(parts)]).toEqual([['setVariable', 'setVariable'], []]);
  });
});
