import { describe, expect } from 'vitest';
import type { Issue, IssueFilter, LinkType } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { claiming, claims } from './abilities.ts';
import { newIssue, refusedUnsent, type Suite } from './suite.ts';
import { unique } from './texts.ts';

const HOUR = 3_600_000;

export function readinessCases(suite: Suite): void {
  /** Of those with these words in their titles: a tracker may have many others. */
  async function ready(text: string): Promise<string[]> {
    return (await collect(suite.tracker.listReady({ text }))).map(({ key }) => key);
  }
  async function listed(filter: IssueFilter): Promise<string[]> {
    return (await collect(suite.tracker.listIssues(filter))).map(({ key }) => key).sort();
  }
  async function two(): Promise<{ text: string; one: Issue; other: Issue }> {
    const text = `ready${unique()}`;
    const one = await newIssue(suite, { title: `${text} one` });
    suite.world.advance(1000);
    return { text, one, other: await newIssue(suite, { title: `${text} other` }) };
  }

  describe('what can be begun', () => {
    suite.it('is open, claimed by nobody and not deferred, the oldest first', async () => {
      const { text, one, other } = await two();
      const { tracker, world } = suite;
      expect(new Set(await ready(text))).toEqual(new Set([one.key, other.key]));
      if (claims(suite)) {
        await tracker.claim(one.key, { agent: 'ann', forMs: HOUR });
        expect(await ready(text)).toEqual([other.key]);
        expect([await listed({ text, claimed: true }), await listed({ text, claimed: false })]).toEqual([
          [one.key],
          [other.key],
        ]);
        await tracker.release(one.key, 'ann');
      }
      await tracker.transitionIssue(other.key, 'done');
      expect(await ready(text)).toEqual([one.key]);
      if (suite.can.unsupported.metadata !== undefined) return;
      const deferUntil = world.now() + HOUR;
      const deferred = await tracker.updateIssue(one.key, { deferUntil });
      // some trackers keep whole seconds
      expect(Math.abs((deferred.deferUntil ?? 0) - deferUntil)).toBeLessThan(1000);
      expect(await ready(text)).toEqual([]);
      expect(await listed({ text, deferred: true })).toEqual([one.key]);
      expect((await tracker.updateIssue(one.key, { deferUntil: null })).deferUntil).toBeUndefined();
      expect(await ready(text)).toEqual([one.key]);
    });

    suite.it('waits for what is linked before it', async ({ skip }) => {
      const waits: readonly LinkType[] = ['is blocked by', 'depends on'];
      const type = waits.find((one) => suite.can.linkTypes.includes(one));
      if (type === undefined) return skip(`${suite.name} has no links that say what comes first`);
      const { text, one, other } = await two();
      const { tracker } = suite;
      await tracker.createLink(other.key, { type, target: one.key });
      expect(await ready(text)).toEqual([one.key]);
      const blocked = await collect(tracker.listBlocked({ text }));
      expect(blocked.map(({ key, blockedBy }) => [key, blockedBy])).toEqual([
        [other.key, [{ key: one.key, title: one.title, state: 'open' }]],
      ]);
      expect(await listed({ text, blocked: true })).toEqual([other.key]);
      expect(await tracker.explainReadiness(other.key)).toMatchObject({
        ready: false,
        why: [`it waits for ${one.key} (open)`],
      });
      await tracker.transitionIssue(one.key, 'done');
      expect([await ready(text), await collect(tracker.listBlocked({ text }))]).toEqual([[other.key], []]);
      expect((await tracker.explainReadiness(other.key)).why).toEqual([
        `open, unclaimed, not deferred; what it waited for is closed: ${one.key} (done)`,
      ]);
    });

    claiming(suite).it('is taken once, by whoever is first', async () => {
      const { text, one, other } = await two();
      const take = async (agent: string) =>
        (await suite.tracker.claimReady({ text }, { agent, forMs: HOUR }))?.issue.key;
      const taken = [await take('ann'), await take('ben'), await take('eve')];
      expect([taken.slice(0, 2).sort(), taken[2]]).toEqual([[one.key, other.key].sort(), undefined]);
    });

    claiming(suite).it('is taken and begun, and given back as it is then', async () => {
      const { tracker } = suite;
      const text = `begun${unique()}`;
      const { key } = await newIssue(suite, { title: `${text} one` });
      const begin = () => tracker.claimReady({ text }, { agent: 'ann', forMs: HOUR, start: true });
      if (!suite.can.states.includes('in_progress')) {
        await refusedUnsent(suite, begin, ['unsupported']);
        return;
      }
      const { issue, claim } = (await begin()) ?? {};
      expect(claim).toEqual(await tracker.currentClaim(key));
      expect(issue).toEqual(await tracker.getIssue(key));
      expect(issue?.state).toBe('in_progress');
      expect(await ready(text)).toEqual([]);
    });
  });
}
