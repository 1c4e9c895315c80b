import { describe, expect } from 'vitest';
import { INVERSE_LINK, LINK_TYPES } from '../../../core/ports/issue.ts';
import { keptLink } from '../../../core/tracker/kept-link.ts';
import { offers, onlyReadsLinks } from './abilities.ts';
import { NO_SUCH_ISSUE, newIssue, refusedUnsent, type Suite } from './suite.ts';

export function linkCases(suite: Suite): void {
  describe('links', () => {
    for (const type of LINK_TYPES) {
      suite.it(`“${type}” are seen from both ends, kept as another type, or refused`, async () => {
        const { tracker } = suite;
        const [one, other] = [await newIssue(suite), await newIssue(suite)];
        const link = { type, target: other.key };
        const create = () => tracker.createLink(one.key, link);
        if (!(await offers(suite, 'links', create))) return;
        const kept = keptLink(suite.can.linkTypes, link);
        if (!suite.can.linkTypes.includes(kept.type)) {
          const { remedy } = await refusedUnsent(suite, create, ['unsupported']);
          for (const known of suite.can.linkTypes) expect(remedy).toContain(known);
          return;
        }
        expect(await create()).toEqual(kept);
        const inverse = { type: INVERSE_LINK[kept.type], target: one.key };
        expect(await tracker.getIssueLinks(one.key)).toEqual([kept]);
        expect(await tracker.getIssueLinks(other.key)).toEqual([inverse]);
        // there already, from either end
        await create();
        await tracker.createLink(other.key, inverse);
        expect(await tracker.getIssueLinks(one.key)).toEqual([kept]);
        expect(await tracker.getIssueLinks(other.key)).toEqual([inverse]);
        await tracker.deleteLink(one.key, link);
        expect(await tracker.getIssueLinks(one.key)).toEqual([]);
        expect(await tracker.getIssueLinks(other.key)).toEqual([]);
        await tracker.deleteLink(other.key, inverse);
      });
    }

    suite.it('have types that can be read from both ends', async () => {
      const types = await suite.tracker.getLinkTypes();
      expect(types).toEqual(suite.can.linkTypes);
      expect(types.map((type) => INVERSE_LINK[type]).filter((type) => !types.includes(type))).toEqual([]);
    });

    suite.it('of one issue go to several', async ({ skip }) => {
      if (onlyReadsLinks(suite)) skip(`links of ${suite.name} are only read`);
      const one = await newIssue(suite);
      if (!(await offers(suite, 'links', () => suite.tracker.getIssueLinks(one.key)))) return;
      const [type] = suite.can.linkTypes;
      if (!type) throw new Error('links are there, and no type of them');
      const targets = [await newIssue(suite), await newIssue(suite), await newIssue(suite)].map(({ key }) => key);
      for (const target of targets) await suite.tracker.createLink(one.key, { type, target });
      const found = await suite.tracker.getIssueLinks(one.key);
      expect(found.map(({ target }) => target).sort()).toEqual(targets.toSorted());
      const { links = found } = await suite.tracker.getIssue(one.key);
      expect(links.map(({ target }) => target).sort()).toEqual(targets.toSorted());
    });

    suite.it('leave the issues as they are, or are refused', async ({ skip }) => {
      if (onlyReadsLinks(suite)) skip(`links of ${suite.name} are only read`);
      const [type = 'relates to'] = suite.can.linkTypes;
      const one = await newIssue(suite, { body: 'Text.', metadata: { a: 1 } });
      const other = await newIssue(suite);
      const create = () => suite.tracker.createLink(one.key, { type, target: other.key });
      if (!(await offers(suite, 'links', create))) return;
      await create();
      const found = await suite.tracker.getIssue(one.key);
      expect([found.title, found.body, found.metadata, found.state, found.labels]).toEqual([
        one.title,
        'Text.',
        { a: 1 },
        'open',
        [],
      ]);
    });

    suite.it('to the issue itself are refused', async () => {
      const { key } = await newIssue(suite);
      const type = suite.can.linkTypes[0] ?? 'relates to';
      const kinds = ['validation', 'unsupported'] as const;
      await refusedUnsent(suite, () => suite.tracker.createLink(key, { type, target: key }), kinds);
    });

    suite.it('to what is not there are refused', async () => {
      const { key } = await newIssue(suite);
      const type = suite.can.linkTypes[0] ?? 'relates to';
      const call = () => suite.tracker.createLink(key, { type, target: suite.facts.unknownKey });
      const sent = suite.bench.requests?.().writes;
      await refusedUnsentOrAsked(call);
      if (suite.can.linkTypes.length > 0) expect(await suite.tracker.getIssueLinks(key)).toEqual([]);
      else expect(suite.bench.requests?.().writes).toBe(sent);
    });

    /** The server itself may be the one who knows. */
    async function refusedUnsentOrAsked(call: () => Promise<unknown>): Promise<void> {
      const { refusal } = await import('../refusal.ts');
      await refusal(call, { kinds: [...NO_SUCH_ISSUE, 'unsupported'] });
    }
  });
}
