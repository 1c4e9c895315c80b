import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { act } from '../../../src/gate/act.ts';
import { deliver } from '../../../src/gate/deliver.ts';
import type { Delivery } from '../../../src/gate/delivery.ts';
import type { DayParts, GateParts } from '../../../src/gate/parts.ts';
import { deliverEarlier } from '../../../src/gate/redeliver.ts';
import { deeds, gateParts, HOLD, type Outside, outside, type RunOptions, SHIP } from './parts.support.ts';

const STATUS = { context: 'pace/gate', state: 'success', description: 'Day 1 SHIP' } as const;
const escalate = (day: number): Delivery => ({
  kind: 'escalate',
  day,
  sha: 'abc',
  reason: 'unit: adds',
  report: '| a table |',
  jobUrl: 'https://host.test/job',
});

const pending = ({ journal }: GateParts) => journal.pending().map(({ delivery: { kind, day } }) => `${kind} ${day}`);

async function laterRun(
  cwd: string,
  options: Omit<RunOptions, 'change'> = {},
): Promise<{ parts: DayParts; around: Outside }> {
  const around = outside();
  return { around, parts: await gateParts(around, { ...options, cwd }) };
}

describe('what is delivered', () => {
  test.each<[Delivery, readonly unknown[]]>([
    [
      escalate(1),
      [
        'openEscalationIssue',
        {
          ...{ day: 1, dayDir: 'DAY-1', holdReason: 'unit: adds', sha: 'abc', report: '| a table |' },
          jobUrl: 'https://host.test/job',
          reportPath: '.pace/day-1/decision.yaml',
        },
      ],
    ],
    [{ kind: 'resolve', day: 1, sha: 'abc' }, ['resolveEscalation', { day: 1, sha: 'abc' }]],
    [
      { kind: 'resolve', day: 1, sha: 'abc', key: 'K-1' },
      ['resolveEscalation', { day: 1, sha: 'abc', rememberedKey: 'K-1' }],
    ],
    [{ kind: 'pause', day: 1 }, ['setVariable', 'PACE_PAUSED', 'true']],
    [{ kind: 'clear-advisories', day: 1, ids: ['a', 'b'] }, ['clearAdvisoryItems', { ids: ['a', 'b'] }]],
    [
      { kind: 'push-advisories', day: 1, agent: 'scan', items: [{ id: 'a', finding: 'x' }] },
      ['pushAdvisoryItems', { day: 1, agent: 'scan', items: [{ id: 'a', finding: 'x' }] }],
    ],
    [
      {
        kind: 'review',
        ...{ day: 1, sha: 'abc', contextNote: 'note', reviewers: ['ann'] },
        openAdvisories: [{ id: 'a', finding: 'x' }],
      },
      [
        'openReviewPr',
        {
          ...{ day: 1, sha: 'abc', contextNote: 'note', reviewers: ['ann'] },
          ...{ stateDir: 'PACE', agentsDir: 'PACE', folder: '.pace' },
          openAdvisories: [{ id: 'a', finding: 'x' }],
        },
      ],
    ],
    [{ kind: 'story', day: 1 }, ['updateStoryStatus', { day: 1, dayDir: 'DAY-1', status: 'done' }]],
    [{ kind: 'handoff', day: 1 }, ['postHandoffComment', { day: 1, dayDir: 'DAY-1' }]],
    [{ kind: 'plan-issue', day: 1, key: '7' }, ['closePlanIssue', '7']],
    [{ kind: 'summary', day: 1, markdown: '# Day 1' }, ['writeJobSummary', '# Day 1']],
    [{ kind: 'status', day: 1, sha: 'abc', status: STATUS }, ['setCommitStatus', 'abc', STATUS]],
  ])('is what was meant: %o', async (delivery, call) => {
    const around = outside();
    const parts = await gateParts(around);
    await deliver(parts, delivery);
    const shown = JSON.stringify(around.calls)
      .replaceAll(JSON.stringify(parts.state.dayDir(1)), '"DAY-1"')
      .replaceAll(JSON.stringify(parts.state.dir), '"PACE"');
    expect([JSON.parse(shown), pending(parts)]).toEqual([[call], []]);
  });

  test('leads agents and people to where this gate on this branch has written', async () => {
    const around = outside();
    const parts = await gateParts(around, { owner: { gate: 'shop', branch: 'next' } });
    await deliver(parts, escalate(1));
    await deliver(parts, { kind: 'review', day: 1, sha: 'abc', contextNote: '', openAdvisories: [], reviewers: [] });
    const { root, dir, folder } = parts.state;
    expect(folder).toBe('.pace/gates/shop/branches/next');
    expect(around.calls[0]?.[1]).toMatchObject({ dayDir: join(root, 'day-1'), reportPath: `${folder}/day-1/decision.yaml` });
    expect(around.calls[1]?.[1]).toMatchObject({ stateDir: dir, agentsDir: root, folder });
  }); // biome-ignore format: one line

  test('is written down before it is delivered, and what came of it afterwards', async () => {
    const around = outside();
    const parts = await gateParts(around);
    const onDisk = () => readFileSync(join(parts.state.dir, 'journal.jsonl'), 'utf8').trim().split('\n');
    around.during = () => {
      expect(onDisk()).toEqual([expect.stringContaining('"intent":{"kind":"pause","day":3}')]);
    };
    await deliver(parts, { kind: 'pause', day: 3 });
    expect(around.calls).toHaveLength(1);
    expect(onDisk()).toEqual([expect.stringContaining('"intent"'), expect.stringContaining('"done":"true"')]);
  });
});

describe('what was not delivered', () => {
  test.each([
    ['its last fault', 'fails', 'openEscalationIssue went wrong.'],
    ['that none is known', 'refuses', 'no reason is known'],
  ] as const)('is pending, with %s', async (_, how, reason) => {
    const around = outside();
    around.fails.add('jobUrl');
    around[how].add('openEscalationIssue');
    const parts = await gateParts(around);
    if (how === 'fails') await parts.ciAdapter.jobUrl();
    expect(await deliver(parts, escalate(3))).toBe('');
    expect(parts.journal.pending()).toMatchObject([{ delivery: escalate(3), reason }]);
  });

  test('is not so for the status of a host that has none, and is for one that has refused it', async () => {
    const around = outside();
    around.refuses.add('setCommitStatus');
    const parts = await gateParts(around);
    const status: Delivery = { kind: 'status', day: 3, sha: 'abc', status: STATUS };
    expect([await deliver(parts, status), pending(parts)]).toEqual([true, []]);
    around.refuses.clear();
    around.fails.add('setCommitStatus');
    expect([await deliver(parts, status), pending(parts)]).toEqual([false, ['status 3']]);
    around.fails.clear();
    // an earlier fault is not this one's
    expect([await deliver(parts, status), pending(parts)]).toEqual([true, []]);
  });
});

describe('after a change of mode', () => {
  const observe = { config: { gate: { mode: 'observe' } } };

  /** A run of day 3 that enforces, and can write nothing. */
  async function enforced(judged = HOLD, day: RunOptions['day'] = {}): Promise<string> {
    const around = outside();
    for (const operation of ['openEscalationIssue', 'resolveEscalation', 'closePlanIssue', 'openReviewPr'])
      around.fails.add(operation);
    const parts = await gateParts(around, { day });
    await act(parts, judged);
    return parts.world.cwd;
  }

  test('a run that observes sets its status, and delivers nothing that enforcing has left', async () => {
    for (const judged of [HOLD, SHIP, { ...HOLD, decision: 'UNKNOWN' } as const]) {
      const { parts, around } = await laterRun(await enforced(), observe);
      await deliverEarlier(parts);
      await act(parts, judged);
      expect(deeds(around)).toEqual(['setCommitStatus']);
      expect(around.calls.at(-1)).toMatchObject(['setCommitStatus', 'c0ffee', { state: 'success' }]);
    }
  });

  test('what a HOLD has left is delivered once the mode enforces again', async () => {
    const cwd = await enforced();
    await act((await laterRun(cwd, observe)).parts, HOLD);
    const { parts, around } = await laterRun(cwd, { day: { day: 4 } });
    await deliverEarlier(parts);
    expect([deeds(around), pending(parts)]).toEqual([['openEscalationIssue'], []]);
  });

  test('an escalation that was not opened in time never follows a SHIP, although that was only observed', async () => {
    const cwd = await enforced();
    await act((await laterRun(cwd, observe)).parts, SHIP);
    const { parts, around } = await laterRun(cwd, { day: { day: 4 } });
    await deliverEarlier(parts);
    expect([deeds(around), pending(parts)]).toEqual([[], []]);
  });

  test('one that was not closed in time stays open after a HOLD, although that was only observed', async () => {
    const cwd = await enforced(SHIP);
    await act((await laterRun(cwd, observe)).parts, HOLD);
    const { parts, around } = await laterRun(cwd, { day: { day: 4 } });
    await deliverEarlier(parts);
    expect([deeds(around), pending(parts)]).toEqual([[], []]);
  });

  test('when PACE could not judge, all that is left stays as it is', async () => {
    const cwd = await enforced(SHIP, { humanGate: true, planIssue: '7' });
    const { parts } = await laterRun(cwd, observe);
    await act(parts, { ...HOLD, decision: 'UNKNOWN' });
    expect(pending(parts)).toEqual(['resolve 3', 'review 3', 'plan-issue 3']);
  });
});
