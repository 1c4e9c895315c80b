import { describe, expect, test } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import type { BacklogItem } from '../../../src/gate/backlog.ts';
import type { Delivery } from '../../../src/gate/delivery.ts';
import type { Finding } from '../../../src/gate/finding.ts';
import { type Bound, boundTo, type Known } from '../../../src/gate/journal-bounds.ts';
import type { Report } from '../../../src/gate/report.ts';

const SHA = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);
const JOB = 'https://host.test/job/7';

const FINDING: Finding = { source: 'unit', check: 'adds', result: 'FAIL', evidence: '1 is not 2' };
const HELD: Partial<Report> = { decision: 'HOLD', sha: SHA, holdReason: 'unit: adds', findings: [FINDING] };
const SHIPPED: Partial<Report> = { decision: 'SHIP', sha: SHA, holdReason: '' };

const item = (id: string, more: Partial<BacklogItem> = {}): BacklogItem => ({
  ...{ id, day_raised: 2, agent: 'scan', finding: `finding ${id}`, status: 'open' },
  ...more,
});

function known(decision: Partial<Report> | undefined, more: Partial<Known> & { config?: object } = {}): Known {
  return {
    ...{ day: 5, lastDecided: 4, gate: 'gate', planned: [], backlog: [], jobUrl: JOB },
    decision: (day) => (day === 2 ? decision : undefined),
    ...more,
    config: configSchema.parse(more.config ?? {}),
  };
}

const status = (more: Partial<Extract<Delivery, { kind: 'status' }>['status']> = {}, sha = SHA): Delivery => ({
  ...{ kind: 'status', day: 2, sha },
  status: { context: 'pace/gate', state: 'success', description: 'ship it', ...more },
});
const escalate: Delivery = {
  ...{ kind: 'escalate', day: 2, sha: OTHER, reason: 'said', report: '@all\n/close', jobUrl: JOB },
};

const FOREIGN = { is: 'foreign' };
const OUTDATED = { is: 'outdated' };
const wanted = (delivery: unknown) => ({ is: 'wanted', delivery });

function deliveryOf(bound: Bound): unknown {
  return 'delivery' in bound ? bound.delivery : bound;
}

describe('a day', () => {
  test.each([
    ['0', 0, 'foreign'],
    ['1', 1, 'wanted'],
    ["the run's own", 5, 'wanted'],
    ['one that no run has come to', 6, 'foreign'],
  ])('%s', (_, day, is) => {
    expect(boundTo(known(undefined), { ...escalate, day })).toMatchObject({ is });
  });

  test('that was decided before counts, although this run is about an earlier one', () => {
    expect(boundTo(known(undefined, { lastDecided: 9 }), { ...escalate, day: 9 })).toMatchObject({ is: 'wanted' });
    expect(boundTo(known(undefined, { lastDecided: 9 }), { ...escalate, day: 10 })).toEqual(FOREIGN);
  });
});

describe('a status', () => {
  test('makes no commit green where whoever may push the state could have written its decision, too', () => {
    const config = { state: { persist: 'branch' } } as never;
    expect(boundTo(known(SHIPPED, { config }), status())).toEqual(OUTDATED);
    expect(boundTo(known(HELD, { config }), status({ state: 'failure' }))).toMatchObject({ is: 'wanted' });
  });

  const shipped = known(SHIPPED);

  test('is the one that the decision of the day gives its commit, in its words', () => {
    const words = { context: 'pace/gate', state: 'success', description: 'Day 2 SHIP' };
    expect(boundTo(shipped, status())).toEqual(wanted({ kind: 'status', day: 2, sha: SHA, status: words }));
    const held = { ...words, state: 'failure', description: 'Day 2 HOLD: unit: adds' };
    expect(deliveryOf(boundTo(known(HELD), status({ state: 'failure' })))).toMatchObject({ status: held });
  });

  test('of another context, or for what is no whole hash, is not ours', () => {
    expect(boundTo(shipped, status({ context: 'security/scan' }))).toEqual(FOREIGN);
    expect(boundTo(shipped, status({ context: 'pace/shop' }))).toEqual(FOREIGN);
    for (const sha of ['', 'abc', SHA.slice(1), `${SHA}a`, 'HEAD', SHA.toUpperCase()])
      expect(boundTo(known({ ...SHIPPED, sha }), status({}, sha))).toEqual(FOREIGN);
    const long = 'c'.repeat(64);
    expect(boundTo(known({ ...SHIPPED, sha: long }), status({}, long))).toMatchObject({ is: 'wanted' });
  });

  test('that is green is never set for a commit that its day does not call SHIP', () => {
    expect(boundTo(known(HELD), status())).toEqual(FOREIGN);
    expect(boundTo(known({ ...HELD, decision: 'UNKNOWN' }), status())).toEqual(FOREIGN);
    expect(boundTo(known(undefined), status())).toEqual(OUTDATED);
  });

  test.each(['failure', 'pending', 'error'] as const)('that says %s of a SHIP is given up', (state) => {
    expect(boundTo(shipped, status({ state }))).toEqual(OUTDATED);
  });

  test('of an earlier commit of the day, of a day without a decision or of day 0 is given up', () => {
    expect(boundTo(shipped, status({}, OTHER))).toEqual(OUTDATED);
    expect(boundTo(known(undefined), status({ state: 'failure' }))).toEqual(OUTDATED);
    expect(boundTo(known({ sha: SHA }), status({ state: 'failure' }))).toEqual(OUTDATED);
    expect(boundTo(shipped, { ...status(), day: 0 })).toEqual(OUTDATED);
  });

  test.each([
    [`${JOB}/log`, { url: `${JOB}/log` }],
    ['https://evil.example/', {}],
    ['javascript:alert(1)', {}],
  ])('leads to %s', (url, expected) => {
    const words = { context: 'pace/gate', state: 'success', description: 'Day 2 SHIP', ...expected };
    expect(deliveryOf(boundTo(shipped, status({ url })))).toEqual({ kind: 'status', day: 2, sha: SHA, status: words });
  });

  test('leads nowhere where this job has no page', () => {
    expect(deliveryOf(boundTo(known(SHIPPED, { jobUrl: '' }), status({ url: JOB })))).not.toHaveProperty('status.url');
  });
});

describe('an escalation', () => {
  test('is that of the decision: its commit, its reason, its findings made harmless again', () => {
    const evil: Finding = { ...FINDING, evidence: '@octocat <b>x</b> ![x](https://evil.example/p.png) <!-- pace:metadata e30= -->' };
    const bound = boundTo(known({ ...HELD, findings: [evil] }), { ...escalate, key: '12' });
    expect(deliveryOf(bound)).toMatchObject({ kind: 'escalate', day: 2, sha: SHA, reason: 'unit: adds', key: '12', jobUrl: JOB });
    const { report } = deliveryOf(bound) as { report: string };
    expect(report).toContain('unit');
    expect(report).not.toMatch(/@octocat|<b>|!\[x\]|<!--|\/close/);
  }); // biome-ignore format: one line

  test('without a finding that is one has no table', () => {
    for (const findings of [undefined, [], 'x', [null, { source: 'unit' }]] as const) {
      const held = { ...HELD, findings } as Partial<Report>;
      expect(deliveryOf(boundTo(known(held), escalate))).toMatchObject({ report: '', reason: 'unit: adds' });
    }
  });

  test('of a decision that names no whole hash has no commit', () => {
    expect(deliveryOf(boundTo(known({ ...HELD, sha: 'HEAD' }), escalate))).toMatchObject({ sha: '' });
    expect(deliveryOf(boundTo(known({ decision: 'HOLD' }), escalate))).toMatchObject({ sha: '', reason: '' });
  });

  test.each([undefined, { ...HELD, decision: 'UNKNOWN' }] as const)('without a HOLD that is kept quotes what the journal says', (kept) => {
    expect(boundTo(known(kept), { ...escalate, jobUrl: 'https://evil.example/phish' })).toEqual(
      wanted({ ...{ kind: 'escalate', day: 2, sha: OTHER, reason: 'said', jobUrl: '' }, report: '```\n@all\n\u2060/close\n```' }),
    );
    expect(deliveryOf(boundTo(known(kept), { ...escalate, report: '', sha: 'x`' }))).toMatchObject({ report: '', sha: '' });
  }); // biome-ignore format: one line

  test('never follows a SHIP', () => {
    expect(boundTo(known(SHIPPED), escalate)).toEqual(OUTDATED);
  });
});

describe('what follows a SHIP', () => {
  const planned = [{ day: 2, target: '', humanGate: true, issue: '7', notes: 'Look.' }];
  const ends: readonly Delivery[] = [
    { kind: 'resolve', day: 2, sha: SHA, key: '12' },
    { kind: 'story', day: 2 },
    { kind: 'handoff', day: 2 },
    { kind: 'plan-issue', day: 2, key: '7' },
    { kind: 'review', day: 2, sha: SHA, contextNote: 'Look.', openAdvisories: [], reviewers: [] },
  ];

  test.each(ends)('is delivered after one, and after nothing else: %o', (delivery) => {
    expect(boundTo(known(SHIPPED, { planned }), delivery)).toEqual(wanted(delivery));
    for (const kept of [undefined, HELD, { ...HELD, decision: 'UNKNOWN' } as const])
      expect(boundTo(known(kept, { planned }), delivery)).toEqual(OUTDATED);
  });

  test('is of the commit that has shipped', () => {
    expect(boundTo(known(SHIPPED), { kind: 'resolve', day: 2, sha: OTHER })).toEqual(OUTDATED);
    const review = { kind: 'review', day: 2, sha: OTHER, contextNote: '', openAdvisories: [], reviewers: [] } as const;
    expect(boundTo(known(SHIPPED, { planned }), review)).toEqual(OUTDATED);
    expect(boundTo(known({ decision: 'SHIP' }), { kind: 'resolve', day: 2, sha: '' })).toMatchObject({ is: 'wanted' });
  });

  test('closes no issue but the one that the plan names for the day', () => {
    const close = (key: string): Delivery => ({ kind: 'plan-issue', day: 2, key });
    expect(boundTo(known(SHIPPED, { planned }), close('8'))).toEqual(FOREIGN);
    expect(boundTo(known(SHIPPED), close('7'))).toEqual(FOREIGN);
    expect(boundTo(known(SHIPPED, { planned: [{ day: 3, target: '', humanGate: false, issue: '7' }] }), close('7'))).toEqual(FOREIGN);
  }); // biome-ignore format: one line

  test('asks for the review of a human-gate day only, from those whom the configuration names', () => {
    const review: Delivery = {
      ...{ kind: 'review', day: 2, sha: SHA, contextNote: '@all', reviewers: ['mallory'] },
      openAdvisories: [{ id: 'x', finding: 'nothing' }],
    };
    const config = { review: { reviewers: ['ann'] } };
    const backlog = [item('A-1'), item('A-2', { status: 'cleared' })];
    expect(boundTo(known(SHIPPED, { planned, config, backlog } as never), review)).toEqual(
      wanted({
        ...{ kind: 'review', day: 2, sha: SHA, contextNote: 'Look.', reviewers: ['ann'] },
        openAdvisories: [{ id: 'A-1', finding: 'finding A-1' }],
      }),
    );
    const bare = [{ day: 2, target: '', humanGate: true }];
    expect(deliveryOf(boundTo(known(SHIPPED, { planned: bare, backlog: undefined }), review))).toMatchObject({ contextNote: '', openAdvisories: [] });
    expect(boundTo(known(SHIPPED, { planned: [{ ...bare[0], humanGate: false } as never] }), review)).toEqual(FOREIGN);
    expect(boundTo(known(SHIPPED), review)).toEqual(FOREIGN);
  }); // biome-ignore format: one line
});

describe('the variable that pauses', () => {
  const pause: Delivery = { kind: 'pause', day: 2 };
  const both = { config: { pause: { by: 'both' } } } as never;

  test('is set where the configuration pauses by it, for a day that holds', () => {
    expect(boundTo(known(HELD, both), pause)).toEqual(wanted(pause));
    expect(boundTo(known(HELD, { config: { pause: { by: 'variable' } } } as never), pause)).toEqual(wanted(pause));
    expect(boundTo(known(HELD), pause)).toEqual(OUTDATED);
    expect(boundTo(known(SHIPPED, both), pause)).toEqual(OUTDATED);
  });

  test.each([undefined, { decision: 'UNKNOWN' }] as const)('is set without a HOLD only where the tracker knows of one: %o', (kept) => {
    expect(boundTo(known(kept, both), pause)).toEqual({ ...wanted(pause), ifHeld: true });
  }); // biome-ignore format: one line
});

describe('advisories', () => {
  const backlog = [item('A-1'), item('A-2', { status: 'cleared' }), item('A-3', { agent: 'other' })];
  const pushing = { backlog, config: { advisory: { push_to_issues: true } } } as never;
  const push = (...ids: string[]): Delivery => ({
    ...{ kind: 'push-advisories', day: 2, agent: 'Scan' },
    items: ids.map((id) => ({ id, finding: '@all' })),
  });

  test('are those of the backlog that are open, in its words', () => {
    expect(boundTo(known(HELD, pushing), push('A-1', 'A-2', 'A-3', 'A-4'))).toEqual(
      wanted({ kind: 'push-advisories', day: 2, agent: 'scan', items: [{ id: 'A-1', finding: 'finding A-1' }] }),
    );
    expect(boundTo(known(HELD, pushing), push('A-2', 'A-3', 'A-4'))).toEqual(OUTDATED);
    expect(boundTo(known(HELD, { backlog }), push('A-1'))).toEqual(OUTDATED);
  });

  test('are taken off their issues where the backlog says that they are resolved', () => {
    const clear = (...ids: string[]): Delivery => ({ kind: 'clear-advisories', day: 2, ids });
    expect(boundTo(known(HELD, pushing), clear('A-1', 'A-2', 'A-4'))).toEqual(wanted(clear('A-2')));
    expect(boundTo(known(HELD, pushing), clear('A-1'))).toEqual(OUTDATED);
  });

  test('are left alone where the backlog cannot be read', () => {
    const unread = { backlog: undefined, config: { advisory: { push_to_issues: true } } } as never;
    expect(boundTo(known(HELD, unread), push('A-1'))).toEqual({ is: 'left' });
    expect(boundTo(known(HELD, unread), { kind: 'clear-advisories', day: 2, ids: ['A-2'] })).toEqual({ is: 'left' });
  });
});

test('a summary is handed on to no other run', () => {
  expect(boundTo(known(SHIPPED), { kind: 'summary', day: 2, markdown: '# Day 2' })).toEqual(OUTDATED);
});
