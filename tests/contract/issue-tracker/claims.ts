import { describe, expect } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { Claim } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { acceptedOrRefused, refusal } from '../refusal.ts';
import { claiming, claims } from './abilities.ts';
import { newIssue, refusedUnsent, type Suite } from './suite.ts';

const MINUTE = 60_000;
const ROUNDS = 15;

export function claimCases(suite: Suite): void {
  const claim = (key: string, agent: string, forMs = 10 * MINUTE, tracker = suite.tracker) =>
    tracker.claim(key, { agent, forMs });

  const own = claiming(suite);

  describe('claims', () => {
    suite.it('are had, or refused in words', async () => {
      const { key } = await newIssue(suite);
      if (claims(suite)) return void (await claim(key, 'ann'));
      const tries = [
        () => claim(key, 'ann'),
        () => suite.tracker.renew(key, { agent: 'ann', forMs: MINUTE }),
        () => suite.tracker.claimReady({}, { agent: 'ann', forMs: MINUTE }),
      ];
      for (const each of tries) {
        const { remedy } = await refusedUnsent(suite, each, ['unsupported']);
        expect(remedy).toContain(suite.can.unsupported.comments);
      }
      expect(await suite.tracker.currentClaim(key)).toBeUndefined();
      expect(await suite.tracker.release(key, 'ann')).toBe(false);
      expect(await collect(suite.tracker.claims())).toEqual([]);
    });

    own.it('hold, and tell who has the issue until when', async () => {
      const { key } = await newIssue(suite);
      expect(await suite.tracker.currentClaim(key)).toBeUndefined();
      const until = suite.world.now() + 10 * MINUTE;
      const expected = { key, agent: 'ann', until };
      expect(await claim(key, 'ann')).toEqual(expected);
      expect(await suite.tracker.currentClaim(key)).toEqual(expected);
      expect(await (await suite.another()).currentClaim(key)).toEqual(expected);
    });

    own.it('keep other agents out, who learn whose the issue is', async () => {
      const { key } = await newIssue(suite);
      await claim(key, 'ann');
      const other = await suite.another();
      const { message } = await refusal(() => claim(key, 'ben', MINUTE, other), { kinds: ['conflict'] });
      expect(message).toContain('ann');
      expect((await suite.tracker.currentClaim(key))?.agent).toBe('ann');
    });

    own.it('are prolonged by the same agent, also from another process', async () => {
      const { key } = await newIssue(suite);
      await claim(key, 'ann', MINUTE);
      const longer = await claim(key, 'ann', 60 * MINUTE, await suite.another());
      expect(longer.until).toBe(suite.world.now() + 60 * MINUTE);
      suite.world.advance(30 * MINUTE);
      expect(await suite.tracker.currentClaim(key)).toEqual(longer);
      await refusal(() => claim(key, 'ben'), { kinds: ['conflict'] });
    });

    own.it('can be made shorter', async () => {
      const { key } = await newIssue(suite);
      await claim(key, 'ann', 60 * MINUTE);
      await claim(key, 'ann', MINUTE);
      suite.world.advance(2 * MINUTE);
      expect(await suite.tracker.currentClaim(key)).toBeUndefined();
      expect((await claim(key, 'ben')).agent).toBe('ben');
    });

    own.it('are given back by their agent only', async () => {
      const { key } = await newIssue(suite);
      await claim(key, 'ann');
      expect(await suite.tracker.release(key, 'ben')).toBe(false);
      expect((await suite.tracker.currentClaim(key))?.agent).toBe('ann');
      expect(await suite.tracker.release(key, 'ann')).toBe(true);
      expect(await suite.tracker.currentClaim(key)).toBeUndefined();
      expect(await suite.tracker.release(key, 'ann')).toBe(false);
      expect((await claim(key, 'ben')).agent).toBe('ben');
    });

    own.it('end with their time', async () => {
      const { key } = await newIssue(suite);
      await claim(key, 'ann', MINUTE);
      suite.world.advance(MINUTE - 1);
      expect((await suite.tracker.currentClaim(key))?.agent).toBe('ann');
      suite.world.advance(1);
      expect(await suite.tracker.currentClaim(key)).toBeUndefined();
      expect(await suite.tracker.release(key, 'ann')).toBe(false);
      expect((await claim(key, 'ben')).agent).toBe('ben');
      expect((await suite.tracker.currentClaim(key))?.agent).toBe('ben');
      await refusal(() => claim(key, 'ann'), { kinds: ['conflict'] });
    });

    own.it('on one issue are not on another', async () => {
      const [one, other] = [await newIssue(suite), await newIssue(suite)];
      await claim(one.key, 'ann');
      expect((await claim(other.key, 'ben')).agent).toBe('ben');
      expect((await suite.tracker.currentClaim(one.key))?.agent).toBe('ann');
    });

    own.it('leave the issue alone', async () => {
      const { key } = await newIssue(suite, { body: 'Text.', metadata: { a: 1 } });
      await claim(key, 'ann');
      const { body, metadata, state } = await suite.tracker.getIssue(key);
      expect([body, metadata, state]).toEqual(['Text.', { a: 1 }, 'open']);
    });

    for (const state of ['in_review', 'done', 'canceled'] as const)
      own.it(`are not had of an issue that is ${state}`, async ({ skip }) => {
        if (!suite.can.states.includes(state)) skip(`${suite.name} has no state ${state}`);
        const { key } = await newIssue(suite);
        await suite.tracker.transitionIssue(key, state);
        const { message } = await refusal(() => claim(key, 'ann'), { kinds: ['conflict'] });
        expect(message).toMatch(state === 'in_review' ? /is in review .* only an open/ : /is closed .* only an open/);
        expect(await suite.tracker.currentClaim(key)).toBeUndefined();
      });

    own.it('take over work under way that nobody has claimed', async ({ skip }) => {
      if (!suite.can.states.includes('in_progress')) skip(`${suite.name} has no state in_progress`);
      const { key } = await newIssue(suite);
      await suite.tracker.claim(key, { agent: 'ann', forMs: MINUTE, start: true });
      expect((await suite.tracker.getIssue(key)).state).toBe('in_progress');
      await refusal(() => claim(key, 'ben'), { kinds: ['conflict'] });
      suite.world.advance(MINUTE);
      expect((await claim(key, 'ben')).agent).toBe('ben');
    });

    own.it('end with the issue, and do not come back with it', async () => {
      const { key } = await newIssue(suite);
      await claim(key, 'ann');
      await suite.tracker.transitionIssue(key, 'done');
      expect(await suite.tracker.currentClaim(key)).toBeUndefined();
      await suite.tracker.endClaim(key);
      await suite.tracker.transitionIssue(key, 'open');
      expect(await suite.tracker.currentClaim(key)).toBeUndefined();
      expect((await claim(key, 'ben')).agent).toBe('ben');
    });

    own.it('are renewed by who has them, and by nobody else', async () => {
      const { key } = await newIssue(suite);
      const renew = (agent: string) => suite.tracker.renew(key, { agent, forMs: 60 * MINUTE });
      const { message } = await refusal(() => renew('ann'), { kinds: ['conflict'] });
      expect(message).toBe(`${key} is not claimed by ann.`);
      await claim(key, 'ann');
      const renewed = { key, agent: 'ann', until: suite.world.now() + 60 * MINUTE };
      expect(await renew('ann')).toEqual(renewed);
      expect((await refusal(() => renew('ben'), { kinds: ['conflict'] })).message).toContain('is claimed by ann');
      expect(await suite.tracker.currentClaim(key)).toEqual(renewed);
      suite.world.advance(60 * MINUTE);
      await refusal(() => renew('ann'), { kinds: ['conflict'] });
    });

    own.it('are listed, those that stand and those that nobody has released', async () => {
      const [standing, released, expired] = [await newIssue(suite), await newIssue(suite), await newIssue(suite)];
      await claim(expired.key, 'lost', MINUTE);
      suite.world.advance(MINUTE);
      const held = await claim(standing.key, 'ann', 60 * MINUTE);
      await claim(released.key, 'ben');
      await suite.tracker.release(released.key, 'ben');
      const own = [standing.key, released.key, expired.key];
      const listed = async (filter?: { expired: boolean }) =>
        (await collect(suite.tracker.claims(filter))).filter(({ key }) => own.includes(key));
      expect(await listed()).toEqual([held]);
      expect((await listed({ expired: true })).map(({ key, agent }) => [key, agent])).toEqual([[expired.key, 'lost']]);
      await claim(expired.key, 'ann');
      expect(await listed({ expired: true })).toEqual([]);
    });

    own.it('are never won by two at the same time', async () => {
      const processes = [suite.tracker, await suite.another(), await suite.another()];
      for (let round = 0; round < ROUNDS; round += 1) {
        const { key } = await newIssue(suite);
        const tries = processes.map((tracker, index) =>
          acceptedOrRefused(() => claim(key, `agent-${index}`, MINUTE, tracker), ['conflict']),
        );
        const results = await Promise.all(tries);
        const winners = results.filter((result): result is Claim => !(result instanceof PaceError));
        expect(winners.length, `round ${round}: ${JSON.stringify(winners)}`).toBeLessThanOrEqual(1);
        const [winner] = winners;
        if (winner) expect((await suite.tracker.currentClaim(key))?.agent).toBe(winner.agent);
        else expect((await claim(key, 'late')).agent).toBe('late');
      }
    });

    own.it('are never won by two when one ends', async () => {
      const processes = [suite.tracker, await suite.another()];
      for (let round = 0; round < ROUNDS; round += 1) {
        const { key } = await newIssue(suite);
        await claim(key, 'before', MINUTE);
        suite.world.advance(MINUTE);
        const results = await Promise.all(
          processes.map((tracker, index) =>
            acceptedOrRefused(() => claim(key, `agent-${index}`, MINUTE, tracker), ['conflict']),
          ),
        );
        expect(results.filter((result) => !(result instanceof PaceError)).length).toBeLessThanOrEqual(1);
      }
    });

    own.it('are not forged by names that look like something else', async () => {
      const { key } = await newIssue(suite);
      const agent = 'x` until `2999-01-01T00:00:00.000Z`. Claimed by `y';
      const held = await acceptedOrRefused(() => claim(key, agent), ['validation']);
      if (held instanceof PaceError) return;
      const current = await suite.tracker.currentClaim(key);
      expect(current).toEqual(held);
      expect(current?.until).toBe(suite.world.now() + 10 * MINUTE);
      expect(await suite.tracker.release(key, agent)).toBe(true);
    });

    own.it('by nobody, or for no time, are refused', async () => {
      const { key } = await newIssue(suite);
      for (const agent of ['', ' ', 'a\nb']) await refusedUnsent(suite, () => claim(key, agent), ['validation']);
      for (const forMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
        await refusedUnsent(suite, () => claim(key, 'ann', forMs), ['validation']);
      expect(await suite.tracker.currentClaim(key)).toBeUndefined();
    });

    own.it('on what is not there are refused', async () => {
      const { unknownKey } = suite.facts;
      await refusal(() => claim(unknownKey, 'ann'), { kinds: ['not-found'] });
      await refusal(() => suite.tracker.release(unknownKey, 'ann'), { kinds: ['not-found'] });
      await refusal(() => suite.tracker.currentClaim(unknownKey), { kinds: ['not-found'] });
    });
  });
}
