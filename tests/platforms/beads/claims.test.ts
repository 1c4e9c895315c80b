/** Claims beside those of bd itself: whoever is assigned has the issue. */
import { describe, expect, test } from 'vitest';
import type { Claim } from '../../../core/ports/index.ts';
import type { RunProgram } from '../../../core/programs/program.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { createTracker } from '../../../platforms/beads/issues.ts';
import { acceptedOrRefused, refusal } from '../../contract/refusal.ts';
import { type BdState, type BdVersion, bd, newBd } from '../../support/bd.ts';
import { testWorld } from '../../support/world.ts';

const MINUTE = 60_000;
const VERSIONS: readonly BdVersion[] = ['0.47.1', '0.49.1', '1.0.5'];

async function bench(version: BdVersion) {
  const state = newBd(version, { numbered: true });
  const calls: string[] = [];
  const world = testWorld({ cwd: import.meta.dirname });
  const run: RunProgram = async (args, input) => {
    calls.push(args.filter((arg) => arg !== '--json').join(' '));
    return bd(state, args, { BEADS_ACTOR: 'release-bot' }, () => input ?? '');
  };
  const tracker = createTracker(world, { actor: 'release-bot' }, run);
  await tracker.createIssue({ title: 'One', body: '' });
  const { claims } = tracker;
  if (!claims) throw new Error('beads has claims');
  calls.length = 0;
  return { state, calls, world, tracker, claims, issue: issueOf(state) };
}

function issueOf(state: BdState) {
  const [issue] = state.issues;
  if (!issue) throw new Error('there is an issue');
  return issue;
}

/** What somebody does with bd beside PACE. */
function byHand(state: BdState, actor: string, ...args: string[]) {
  const { code, stderr } = bd(state, args, { BEADS_ACTOR: actor });
  return { code, words: stderr.trim() };
}

describe.each(VERSIONS)('a claim on an issue of bd %s', (version) => {
  test('is the assignee, in the name of the agent, and keeps out whoever uses bd itself', async () => {
    const { claims, issue, state } = await bench(version);
    await claims.claim('bd-1', { agent: 'ann', forMs: MINUTE });
    expect([issue.assignee, issue.status]).toEqual(['ann', 'open']);
    const { code, words } = byHand(state, 'ben', 'update', 'bd-1', '--claim');
    expect([code, words]).toEqual([1, expect.stringContaining('already claimed by ann')]);
    expect(issue.assignee).toBe('ann');
  });

  test('is refused where somebody has taken the issue with bd', async () => {
    const { claims, issue, state } = await bench(version);
    byHand(state, 'ben', 'update', 'bd-1', '--claim');
    const error = await refusal(() => claims.claim('bd-1', { agent: 'ann', forMs: MINUTE }), { kinds: ['conflict'] });
    expect(error.message).toBe('bd-1 is assigned to ben.');
    expect(error.remedy).toBe(
      'Please take another issue, or let whoever has it give it back: `bd update ID --assignee ""`.',
    );
    expect([issue.assignee, issue.status]).toEqual(['ben', 'in_progress']);
    const held = { key: 'bd-1', agent: 'ben', until: Date.UTC(9999, 11, 31) };
    expect(await claims.current('bd-1')).toEqual(held);
    expect(await claims.release('bd-1', 'ann')).toBe(false);
  });

  test('is refused where a person has assigned somebody, and given to whom it is assigned', async () => {
    const { claims, tracker, world } = await bench(version);
    await tracker.updateIssue('bd-1', { assignees: ['ben'] });
    await refusal(() => claims.claim('bd-1', { agent: 'ann', forMs: MINUTE }), { kinds: ['conflict'] });
    const held = await claims.claim('bd-1', { agent: 'ben', forMs: MINUTE });
    expect(held).toEqual({ key: 'bd-1', agent: 'ben', until: world.now() + MINUTE });
    expect(await claims.current('bd-1')).toEqual(held);
  });

  test('whose time is up goes to one of those who want it', async () => {
    const { claims, issue, world } = await bench(version);
    for (let round = 0; round < 10; round += 1) {
      await claims.claim('bd-1', { agent: `before-${round}`, forMs: MINUTE });
      world.advance(MINUTE);
      const tries = ['ann', 'ben', 'cleo'].map((name) =>
        acceptedOrRefused(() => claims.claim('bd-1', { agent: `${name}-${round}`, forMs: MINUTE }), ['conflict']),
      );
      const winners = (await Promise.all(tries)).filter((result): result is Claim => 'agent' in result);
      expect(winners).toHaveLength(1);
      expect([issue.assignee, await claims.current('bd-1')]).toEqual([winners[0]?.agent, winners[0]]);
      world.advance(MINUTE);
    }
  });

  test('ends with the work, and leaves the assignee', async () => {
    const { claims, tracker, issue } = await bench(version);
    await claims.claim('bd-1', { agent: 'ann', forMs: MINUTE });
    await tracker.transitionIssue('bd-1', { state: 'done' });
    expect(await claims.current('bd-1')).toBeUndefined();
    expect(await claims.release('bd-1', 'ann')).toBe(false);
    expect(issue).toMatchObject({ assignee: 'ann', status: 'closed' });
    const error = await refusal(() => claims.claim('bd-1', { agent: 'ben', forMs: MINUTE }), { kinds: ['conflict'] });
    expect(error.message).toBe('bd-1 is closed (closed): only an open issue can be claimed.');
  });

  test('that was ended with the work is nobody’s when the issue is opened again', async () => {
    const { claims, tracker, issue } = await bench(version);
    await claims.claim('bd-1', { agent: 'ann', forMs: 60 * MINUTE });
    await tracker.transitionIssue('bd-1', { state: 'done' });
    if (!canEnd(claims)) throw new Error('claims of beads can be ended');
    await claims.end('bd-1');
    await claims.end('bd-1');
    await tracker.transitionIssue('bd-1', { state: 'open' });
    expect([issue.assignee, await claims.current('bd-1')]).toEqual(['ann', undefined]);
    expect((await claims.claim('bd-1', { agent: 'ben', forMs: MINUTE })).agent).toBe('ben');
  });

  test('of a person stays when the issue is opened again', async () => {
    const { claims, tracker } = await bench(version);
    await tracker.updateIssue('bd-1', { assignees: ['ben'] });
    await tracker.transitionIssue('bd-1', { state: 'canceled' });
    if (!canEnd(claims)) throw new Error('claims of beads can be ended');
    await claims.end('bd-1');
    await tracker.transitionIssue('bd-1', { state: 'open' });
    expect((await claims.current('bd-1'))?.agent).toBe('ben');
  });

  test('on an issue in review is refused', async () => {
    const { state, world } = await bench(version);
    state.statuses.push('review');
    byHand(state, 'ben', 'update', 'bd-1', '--status=review');
    const { claims } = createTracker(world, { actor: 'x', states: 'in_review=review' }, async (args) =>
      bd(state, args),
    );
    const error = await refusal(async () => claims?.claim('bd-1', { agent: 'ann', forMs: MINUTE }), {
      kinds: ['conflict'],
    });
    expect(error.message).toBe('bd-1 is in review (review): only an open issue can be claimed.');
  });

  test('that is given back leaves nobody, and the issue among those that can be begun', async () => {
    const { claims, issue, state } = await bench(version);
    await claims.claim('bd-1', { agent: 'ann', forMs: MINUTE });
    byHand(state, 'ann', 'update', 'bd-1', '--status=in_progress');
    expect(await claims.release('bd-1', 'ann')).toBe(true);
    expect([issue.assignee, issue.status]).toEqual(['', 'open']);
    expect(await claims.current('bd-1')).toBeUndefined();
    expect(byHand(state, 'ben', 'update', 'bd-1', '--claim').code).toBe(0);
  });

  test.each(['in_progress', 'blocked', 'deferred'])(
    'leaves the status %s of an issue that is nobody’s',
    async (status) => {
      const { claims, issue, state } = await bench(version);
      byHand(state, 'ben', 'update', 'bd-1', `--status=${status}`);
      await claims.claim('bd-1', { agent: 'ann', forMs: MINUTE });
      expect([issue.assignee, issue.status]).toEqual(['ann', status]);
      await claims.claim('bd-1', { agent: 'ann', forMs: 2 * MINUTE });
      expect([issue.assignee, issue.status]).toEqual(['ann', status]);
    },
  );

  test('leaves the metadata of others and of PACE, which leave the claim', async () => {
    const { claims, tracker, issue } = await bench(version);
    await tracker.updateIssue('bd-1', { metadata: { a: 1 } });
    if (version === '1.0.5') issue.metadata = { ...issue.metadata, team: 'platform' };
    const held = await claims.claim('bd-1', { agent: 'ann', forMs: MINUTE });
    expect((await tracker.getIssue('bd-1')).metadata).toEqual({ a: 1 });
    const changed = await tracker.updateIssue('bd-1', { metadata: { b: 2 }, body: 'Text.' });
    expect([changed.metadata, changed.body]).toEqual([{ b: 2 }, 'Text.']);
    expect(await claims.current('bd-1')).toEqual(held);
    await claims.release('bd-1', 'ann');
    if (version === '1.0.5') expect(issue.metadata).toEqual({ team: 'platform', pace_issue: '{"b":2}' });
  });
});

test.each<[BdVersion, number]>([
  ['1.0.5', 2],
  ['0.47.1', 4],
])('all claims of bd %s are told in at most %i runs of the program', async (version, most) => {
  const { claims, calls, tracker, state, world } = await bench(version);
  for (const title of ['Two', 'Three', 'Four', 'Five']) await tracker.createIssue({ title, body: '' });
  await claims.claim('bd-1', { agent: 'ann', forMs: MINUTE });
  await claims.claim('bd-2', { agent: 'ben', forMs: 9 * MINUTE });
  byHand(state, 'cleo', 'update', 'bd-3', '--claim');
  await claims.claim('bd-4', { agent: 'dora', forMs: 9 * MINUTE });
  await tracker.transitionIssue('bd-4', { state: 'done' });
  world.advance(2 * MINUTE);
  const all = createTracker(world, {}, async (args) => {
    calls.push(args.join(' '));
    return bd(state, args, {});
  }).claims as unknown;
  expect(hasList(all)).toBe(true);
  if (!hasList(all)) return;
  calls.length = 0;
  const agents = async (filter: { expired?: boolean }) =>
    (await collect(all.list(filter))).map(({ agent }) => agent).sort();
  expect(await agents({})).toEqual(['ben', 'cleo']);
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(most);
  expect(await agents({ expired: true })).toEqual(['ann']);
});

function canEnd(claims: object): claims is { end(key: string): Promise<void> } {
  return 'end' in claims;
}

interface Listing {
  list(filter: { expired?: boolean }): AsyncIterable<Claim>;
}

function hasList(claims: unknown): claims is Listing {
  return typeof claims === 'object' && claims !== null && 'list' in claims;
}

test('a claim in a comment holds no longer than anywhere else', async () => {
  const { claims, state } = await bench('0.47.1');
  byHand(state, 'ann', 'update', 'bd-1', '--assignee=ann');
  byHand(state, 'ann', 'comments', 'add', 'bd-1', 'Claimed by `ann` until `9999-01-01T00:00:00.000Z`.');
  const written = Date.parse(state.comments[0]?.created_at ?? '');
  expect(await claims.current('bd-1')).toMatchObject({ agent: 'ann', until: written + 30 * 24 * 60 * MINUTE });
});

test('version 1 takes the issue in one act, with its end', async () => {
  const { claims, calls, issue, world } = await bench('1.0.5');
  await claims.claim('bd-1', { agent: 'ann', forMs: MINUTE });
  const until = new Date(world.now() + MINUTE).toISOString();
  expect(calls).toEqual([
    'show bd-1',
    'update --help',
    `--actor=ann update bd-1 --claim --status=open --set-metadata=pace_claim=${until} ann`,
    'show bd-1',
  ]);
  expect(issue.metadata).toEqual({ pace_claim: `${until} ann` });
});

test('version 1 is not told to open what is under way: of several who want it the others leave its state', async () => {
  const { claims, calls, issue, state } = await bench('1.0.5');
  byHand(state, 'cleo', 'update', 'bd-1', '--status=blocked');
  const tries = ['ann', 'ben'].map((agent) =>
    acceptedOrRefused(() => claims.claim('bd-1', { agent, forMs: MINUTE, start: true }), ['conflict']),
  );
  const [winner, ...others] = (await Promise.all(tries)).filter((result): result is Claim => 'agent' in result);
  expect(others).toEqual([]);
  expect([issue.assignee, issue.status]).toEqual([winner?.agent, 'in_progress']);
  expect(calls.filter((call) => call.includes('--status=open'))).toEqual([]);
});

test('version 1 makes a claim longer by its end alone where the issue waits', async () => {
  const { claims, calls, issue, state, world } = await bench('1.0.5');
  await claims.claim('bd-1', { agent: 'ann', forMs: MINUTE });
  byHand(state, 'ann', 'update', 'bd-1', '--status=blocked');
  calls.length = 0;
  await claims.claim('bd-1', { agent: 'ann', forMs: 2 * MINUTE });
  const until = new Date(world.now() + 2 * MINUTE).toISOString();
  expect(calls.filter((call) => !call.startsWith('show'))).toEqual([
    `--actor=ann update bd-1 --set-metadata=pace_claim=${until} ann`,
  ]);
  expect([issue.assignee, issue.status]).toEqual(['ann', 'blocked']);
});

test('a claim that is taken while the metadata are changed keeps its end', async () => {
  const { state, world, issue } = await bench('1.0.5');
  const claim = `pace_claim=${new Date(world.now() + MINUTE).toISOString()} ben`;
  let isTaken = false;
  const tracker = createTracker(world, { actor: 'x' }, async (args, input) => {
    // between the look and the change
    if (!isTaken && args.includes('update')) {
      isTaken = true;
      byHand(state, 'ben', 'update', 'bd-1', '--claim', `--set-metadata=${claim}`);
    }
    return bd(state, args, {}, () => input ?? '');
  });
  for (const a of [1, 2]) {
    const changed = await tracker.updateIssue('bd-1', { metadata: { a } });
    expect(changed.metadata).toEqual({ a });
  }
  expect(await tracker.claims?.current('bd-1')).toEqual({ key: 'bd-1', agent: 'ben', until: world.now() + MINUTE });
  expect(issue.metadata).toEqual({ pace_claim: claim.replace('pace_claim=', ''), pace_issue: '{"a":2}' });
});

test('a time that was written for somebody else says nothing about who is assigned now', async () => {
  const { claims, state, world } = await bench('1.0.5');
  await claims.claim('bd-1', { agent: 'ann', forMs: MINUTE });
  byHand(state, 'cleo', 'update', 'bd-1', '--assignee=ben');
  world.advance(2 * MINUTE);
  expect((await claims.current('bd-1'))?.agent).toBe('ben');
  await refusal(() => claims.claim('bd-1', { agent: 'ann', forMs: MINUTE }), { kinds: ['conflict'] });
});

test('who was overtaken between two looks is told so', async () => {
  const state = newBd('1.0.5', { numbered: true });
  const world = testWorld({ cwd: import.meta.dirname });
  let isOvertaken = false;
  const run: RunProgram = async (args, input) => {
    const answer = bd(state, args, {}, () => input ?? '');
    // a server that lets two win says afterwards whose it is
    if (isOvertaken && args.includes('--claim')) byHand(state, 'ben', 'update', 'bd-1', '--assignee=ben');
    return answer;
  };
  const { claims, createIssue } = createTracker(world, { actor: 'x' }, run);
  await createIssue({ title: 'One', body: '' });
  isOvertaken = true;
  const error = await refusal(async () => claims?.claim('bd-1', { agent: 'ann', forMs: MINUTE }), {
    kinds: ['conflict'],
  });
  expect(error.message).toBe('bd-1 is assigned to ben.');
});
