import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reviewBranch, reviewPeriod, reviewRequest } from '../../../../core/adapters/ci/review-request.ts';
import type { ReviewRequest } from '../../../../core/adapters/ports.ts';
import { openKept } from '../../../../core/kept/open-kept.ts';
import { testWorld } from '../../../support/world.ts';

const ONLY = { gate: 'gate', branch: '', sprint: '' };
const LIMIT = { max: 65_536, unit: 'characters' } as const;

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pace-review-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

function request(more: Partial<ReviewRequest> = {}): ReviewRequest {
  return { day: 14, stateDir: join(root, 'state'), agentsDir: join(root, 'agents'), folder: '.pace', ...more };
}

const known = () => ({ kept: openKept(testWorld(), join(root, 'state')), bodyLimit: LIMIT });

describe('the branch of a review', () => {
  test.each([
    [ONLY, 'pace/review-day-14'],
    [{ ...ONLY, sprint: '2026-03-02' }, 'pace/review-2026-03-02-day-14'],
    [{ ...ONLY, gate: 'web' }, 'pace/review-gate.web-day-14'],
    [{ ...ONLY, branch: 'release' }, 'pace/review-on.release-day-14'],
    [{ gate: 'web', branch: 'release', sprint: 's1' }, 'pace/review-gate.web.on.release.s1-day-14'],
  ])('of %j is %s', (owner, branch) => {
    expect(reviewBranch(owner, 14)).toBe(branch);
  });

  test('says what git would not take in other letters, and keeps different names apart', () => {
    const names = ['a/b', 'a-b', 'a b', 'a.b', 'a..b', '/a/b/', 'ä', 'ö', '~', 'a_b'];
    const branches = names.map((branch) => reviewBranch({ ...ONLY, branch }, 14));
    expect(new Set(branches).size).toBe(names.length);
    for (const branch of branches) expect(branch).toMatch(/^pace\/review-on\.[A-Za-z0-9_-]+-day-14$/);
  });

  const name = fc.oneof(
    fc.stringMatching(/^[abn-]{0,5}$/),
    fc.constantFrom('', 'gate', 'on', 'gate.a', 'on.b', 'a.on.b', 'a-b', 'day-1', '@{', 'x.lock'),
    fc.string({ maxLength: 5 }),
  );
  const someone = fc.record({
    owner: fc.record({ gate: name.filter((gate) => gate !== ''), branch: name, sprint: name }),
    day: fc.integer({ min: 1, max: 99 }),
  });

  test('is another one for another gate, branch, sprint or day', () => {
    fc.assert(
      fc.property(someone, someone, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(reviewBranch(one.owner, one.day) === reviewBranch(other.owner, other.day)).toBe(isSame);
      }),
      { numRuns: 2000 },
    );
  });

  test('is one that git takes, whatever it is named after', () => {
    for (const { owner, day } of fc.sample(someone, 20)) {
      const asked = spawnSync('git', ['check-ref-format', `refs/heads/${reviewBranch(owner, day)}`]);
      expect(asked.status).toBe(0);
    }
  });
});

test.each([
  [1, 1, 'Days 1–1'],
  [14, 1, 'Days 1–14'],
  [15, 15, 'Days 15–15'],
  [28, 15, 'Days 15–28'],
  [29, 29, 'Days 29–29'],
  [40, 29, 'Days 29–40'],
])('a review on day %i covers the days from %i on', (day, from, label) => {
  expect(reviewPeriod(day)).toEqual({ from, to: day, label });
});

describe('the request', () => {
  test('of days of which nothing is known says just that', async () => {
    expect(await reviewRequest(ONLY, request({ sha: 'a'.repeat(40), reviewers: ['ada'] }), known())).toEqual({
      branch: 'pace/review-day-14',
      from: 'a'.repeat(40),
      files: [
        { path: '.pace/day-14/review-pr.md', content: expect.stringMatching(/^# PACE Review Gate — Days 1–14\n/) },
      ],
      commitMessage: 'Add the PACE review of Days 1–14',
      title: '[PACE Review Gate] Days 1–14',
      body: expect.stringContaining('| Stories completed | 0/0 |\n| SHIP rate | N/A |'),
      labels: ['pace-review'],
      reviewers: ['ada'],
    });
  });

  test('of another gate on another branch goes to that branch, and to its own folder', async () => {
    const owner = { gate: 'web', branch: 'release/1', sprint: '' };
    const folder = '.pace/gates/web/branches/release/1';
    const found = await reviewRequest(owner, request({ folder }), known());
    expect(found).toMatchObject({
      base: 'release/1',
      from: '',
      title: '[PACE Review Gate] web: Days 1–14 of release/1',
    });
    expect(found.files.map(({ path }) => path)).toEqual([`${folder}/day-14/review-pr.md`]);
    expect(found.reviewers).toEqual([]);
  });

  test('counts what was decided in the state, and reads beside it what agents have reported', async () => {
    put('state/day-1/decision.yaml', 'decision: SHIP\n');
    put('agents/day-1/gate.md', 'gate_decision: HOLD\ndeferred:\n  - dark mode\n');
    put('agents/day-2/gate.md', 'gate_decision: SHIP\ndeferred:\n  - printing\n');
    put('state/day-3/decision.yaml', 'decision: HOLD\n');
    put('state/day-14/decision.yaml', 'decision: HOLD\n');
    const openAdvisories = [{ id: 'scan`-1', finding: 'weak *hash*' }];
    const { body } = await reviewRequest(ONLY, request({ openAdvisories, contextNote: 'The first weeks.' }), known());
    for (const line of [
      '| Stories completed | 2/3 |',
      '| SHIP rate | 67% |',
      '| Escalated HOLDs | 1 |',
      '| Deferred items | 2 |',
      '| Open advisories | 1 |',
      '## Context\n\nThe first weeks.',
      '- dark mode\n- printing',
      '- `scan-1` weak \\*hash\\*',
    ]) {
      expect(body).toContain(line);
    }
  });

  test('says what lists leave out, and is cut to what the host takes while the file has it whole', async () => {
    const openAdvisories = Array.from({ length: 201 }, (_, index) => ({
      id: `a-${index}`,
      finding: 'x'.repeat(400),
    }));
    const { body, files } = await reviewRequest(ONLY, request({ openAdvisories }), known());
    expect(body.length).toBeLessThan(LIMIT.max);
    expect(body).toContain('- … and 1 more');
    expect(files[0]?.content).toContain('x'.repeat(400));
    expect(body).not.toContain('x'.repeat(400));
  });
});
