import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reviewRequest } from '../../../core/adapters/ci/review-request.ts';
import { fitBody, fitText } from '../../../core/adapters/fit-body.ts';
import { advisoryBody, advisoryTitle } from '../../../core/adapters/issues/advisory-text.ts';
import { ESCALATION_COMMENTS, escalationBody, escalationTitle } from '../../../core/adapters/issues/escalation-text.ts';
import { handoffComment, storyBody, storyTitle } from '../../../core/adapters/issues/story-text.ts';
import { ownerMark } from '../../../core/adapters/owner.ts';
import { splitMetadata, withMetadata } from '../../../core/drivers/hidden-metadata.ts';
import { openKept } from '../../../core/kept/open-kept.ts';
import type { IssueTracker, Platform } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { loadPlatform, openHost, openTracker, platformNames } from '../../../platforms/index.ts';
import { findingsMarkdown } from '../../../src/gate/report/findings-table.ts';
import { exampleSettings } from '../../support/example-settings.ts';
import { hostileText, POWERS, QUICK_ACTION } from '../../support/hostile-text.ts';
import { testWorld } from '../../support/world.ts';

/** Names as long as they get. */
const OWNER = { gate: 'services/checkout'.repeat(4), branch: 'release/2026-03'.repeat(6), sprint: 's'.repeat(60) };
const MARK = ownerMark({ ...OWNER, repository: { name: `acme/${'x'.repeat(90)}`, id: '1234567890' } });

const loaded = await Promise.all(platformNames.map(loadPlatform));
const trackers = loaded.filter(({ createTracker }) => createTracker);

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pace-limits-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** Short and very long texts, of one line and of many. */
const longText = fc
  .tuple(hostileText(), fc.constantFrom('', '\n'), fc.constantFrom(1, 1, 50, 5_000, 60_000))
  .map(([text, end, times]) => `${text}${end}`.repeat(times).slice(0, 200_000));

function trackerOf(platform: Platform): Promise<IssueTracker> {
  return openTracker(testWorld({ cwd: dir }), { platform, section: exampleSettings(platform) });
}

describe.each(trackers)('on $name', (platform) => {
  function keepsTo(tracker: IssueTracker, body: string, metadata?: Record<string, unknown>): void {
    expect(tracker.measureBody(body, metadata)).toBeLessThanOrEqual(tracker.bodyLimit.max);
    expect(body).not.toBe('');
    expect(body.split('\n').filter((line) => line.startsWith('```')).length % 2).toBe(0);
    expect(body).not.toMatch(QUICK_ACTION);
  }

  test('no body of an escalation is too long, nor has its title any power', async () => {
    const tracker = await trackerOf(platform);
    fc.assert(
      fc.property(longText, longText, longText, (reason, card, proof) => {
        const findings = Array.from({ length: 120 }, (_, index) => ({
          ...{ source: 'unit', check: `${index} ${reason.slice(0, 300)}`, result: 'FAIL' as const },
          evidence: proof.slice(0, 2000),
        }));
        const content = {
          ...{
            owner: OWNER,
            reportPath: '.pace/day-3/decision.yaml',
            day: 3,
            reason,
            sha: 'a'.repeat(40),
            jobUrl: 'https://ci/1',
            report: findingsMarkdown(findings),
          },
          files: { story: card, handoff: proof, gate: card },
        };
        const metadata = { pace: { kind: 'escalation', owner: MARK, body: 'x'.repeat(24) } };
        keepsTo(
          tracker,
          fitBody(tracker, (limit) => escalationBody(content, limit), metadata),
          metadata,
        );
        const title = escalationTitle(OWNER, 3, reason, tracker.titleLimit);
        expect(title.length).toBeLessThanOrEqual(tracker.titleLimit);
        for (const pattern of Object.values(POWERS)) expect(title).not.toMatch(pattern);
        keepsTo(tracker, ESCALATION_COMMENTS.news(OWNER, 3, reason, 'a'.repeat(40)));
      }),
      { numRuns: 12 },
    );
  });

  test('no body of an advisory or a story is too long', async () => {
    const tracker = await trackerOf(platform);
    fc.assert(
      fc.property(longText, longText, (finding, card) => {
        const items = Array.from({ length: 50 }, (_, index) => ({
          id: `unit-day3-${index}`,
          // as the mark keeps it
          finding: plainLine(finding, 200),
          digest: 'x'.repeat(24),
        }));
        const mark = { owner: MARK, day: 3, agent: plainLine(finding, 40), items, cleared: [] };
        const content = { ...mark, gate: OWNER };
        keepsTo(
          tracker,
          fitBody(tracker, (limit) => advisoryBody(content, limit), { pace: mark }),
          { pace: mark },
        );
        const map = {
          target: finding,
          acceptance: Array.from({ length: 60 }, () => card.slice(0, 1500)),
          summary: card,
        };
        keepsTo(
          tracker,
          fitBody(tracker, (limit) => storyBody(3, map, card, limit)),
        );
        keepsTo(
          tracker,
          fitBody(tracker, (limit) => handoffComment(3, map, card, limit)),
        );
        for (const title of [
          storyTitle(3, map, tracker.titleLimit),
          advisoryTitle({ ...content, agent: finding }, tracker.titleLimit),
        ]) {
          expect(title.length).toBeLessThanOrEqual(tracker.titleLimit);
          for (const pattern of Object.values(POWERS)) expect(title).not.toMatch(pattern);
        }
      }),
      { numRuns: 12 },
    );
  });
});

test.each(loaded.filter(({ createHost }) => createHost))('no review request on $name is too long', async (platform) => {
  const host = await openHost(testWorld({ cwd: dir }), { platform, section: exampleSettings(platform) });
  await fc.assert(
    fc.asyncProperty(longText, async (text) => {
      const openAdvisories = Array.from({ length: 300 }, (_, index) => ({
        id: `a-${index}`,
        finding: text.slice(0, 5000),
      }));
      const folders = { stateDir: join(dir, '.pace'), agentsDir: join(dir, '.pace'), folder: '.pace' };
      const request = { day: 14, ...folders, contextNote: text, sha: 'a'.repeat(40), openAdvisories };
      const { body } = await reviewRequest(OWNER, request, {
        kept: openKept(testWorld({ cwd: dir })),
        bodyLimit: host.bodyLimit,
      });
      expect(body.length).toBeLessThanOrEqual(host.bodyLimit.max);
      expect(body).toContain('## To Continue');
    }),
    { numRuns: 10 },
  );
});

test('whatever a text is made of, it fits in bytes and in characters', () => {
  fc.assert(
    fc.property(
      longText,
      fc.constantFrom('bytes', 'characters'),
      fc.integer({ min: 100, max: 5000 }),
      (text, unit, max) => {
        const fitted = fitText({ max, unit }, (limit) => text.slice(0, limit * 3));
        expect(unit === 'bytes' ? Buffer.byteLength(fitted) : fitted.length).toBeLessThanOrEqual(max);
      },
    ),
    { numRuns: 50 },
  );
});

test('metadata behind a body that was cut is still found', () => {
  const tracker = { bodyLimit: { max: 500, unit: 'characters' }, measureBody: (text: string) => text.length } as const;
  const body = fitBody(tracker, () => `\`\`\`yaml\n${'x\n'.repeat(1000)}\`\`\``);
  expect(splitMetadata(withMetadata(body, { a: 1 }))).toEqual({ body, metadata: { a: 1 } });
});
