import { afterAll, expect, test } from 'vitest';
import { junitXml } from '../support/workspace.ts';
import { type Bench, expectDescribedExchanges, JUNIT, newBench, QUICK_CI } from './github-bench.ts';

afterAll(expectDescribedExchanges);

const PLAN = `
sprint_start: 2026-11-02
days:
  - { day: 1, target: Sign in }
  - { day: 2, target: Look at it together, human_gate: true, notes: Please try the sign-in. }
  - { day: 3, target: Sign out }
`;

interface Pull {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly head: { readonly ref: string };
  readonly base: { readonly ref: string };
  readonly labels: readonly { readonly name: string }[];
}

async function pulls({ github }: Bench): Promise<Pull[]> {
  return (await github.api('GET', `/repos/${github.repository}/pulls?state=all`)) as Pull[];
}

function reviewBench(): Promise<Bench> {
  const config = `product: { name: Shop }\n${QUICK_CI}\n${JUNIT}\n`;
  return newBench({ 'pace.config.yaml': config, 'pace/plan.yaml': PLAN, 'report.xml': junitXml() });
}

test('a human-gate day opens one pull request with the review document, and refreshes it', async () => {
  const bench = await reviewBench();
  await bench.step({ day: '1' });
  const run = await bench.step({ day: '2' });
  const [pull] = await pulls(bench);
  expect([run.code, run.outputs['decision']]).toEqual([0, 'SHIP']);
  expect(run.outputs['review-url']).toBe(`${bench.github.origin}/octo-org/octo-repo/pull/${pull?.number}`);
  expect(pull).toMatchObject({
    title: '[PACE Review Gate] Days 1–2',
    state: 'open',
    head: { ref: 'pace/review-day-2' },
    base: { ref: 'main' },
    labels: [{ name: 'pace-review' }],
  });
  expect(pull?.body).toContain('| Stories completed | 1/1 |\n| SHIP rate | 100% |');
  expect(pull?.body).toContain('## Context\n\nPlease try the sign-in.');
  const document = (await bench.github.api(
    'GET',
    `/repos/${bench.github.repository}/contents/.pace/day-2/review-pr.md?ref=pace/review-day-2`,
  )) as { content: string };
  expect(Buffer.from(document.content, 'base64').toString('utf8')).toBe(
    `# PACE Review Gate — Days 1–2\n\n${pull?.body}\n`,
  );

  const again = await bench.step({ day: '2' });
  expect(again.outputs['review-url']).toBe(run.outputs['review-url']);
  expect(bench.writes()).toEqual(bench.statusWrites());

  await bench.workspace.write({ 'pace/plan.yaml': PLAN.replace('the sign-in', 'the sign-in twice') });
  await bench.step({ day: '2' });
  expect((await pulls(bench)).map(({ body }) => body)).toEqual([expect.stringContaining('the sign-in twice')]);
});

test('closed unmerged, the next day pauses; merged, it goes on', async () => {
  const bench = await reviewBench();
  const { github } = bench;
  await bench.step({ day: '2' });
  const number = (await pulls(bench))[0]?.number;
  const open = await bench.step({ day: '3' });
  expect([open.code, open.outputs['decision']]).toEqual([0, 'SHIP']);

  await github.api('PATCH', `/repos/${github.repository}/pulls/${number}`, { state: 'closed' });
  const paused = await bench.step({ day: '3' });
  expect([paused.code, paused.outputs['decision']]).toEqual([0, 'PAUSED']);
  expect(paused.outputs['hold-reason']).toContain('The review of day 2 was closed without merging.');
  expect(paused.outputs['review-url']).toMatch(new RegExp(`/pull/${number}$`));

  await github.api('PATCH', `/repos/${github.repository}/pulls/${number}`, { state: 'open' });
  await github.api('PUT', `/repos/${github.repository}/pulls/${number}/merge`, {});
  const merged = await bench.step({ day: '3' });
  expect([merged.code, merged.outputs['decision']]).toEqual([0, 'SHIP']);
});

test('a human-gate day that holds opens no pull request', async () => {
  const bench = await reviewBench();
  await bench.workspace.write({ 'report.xml': junitXml('adds') });
  const run = await bench.step({ day: '2' });
  expect([run.code, run.outputs['review-url'], await pulls(bench)]).toEqual([1, '', []]);
});

const WITH_AGENTS = `${QUICK_CI}
evidence:
  - { name: sentinel, type: report, on_missing: ship }
  - { name: unit, type: junit, path: report.xml }
advisory: { push_to_issues: true }
gate: { clearance_every: 3 }
`;

function sentinel(day: number, ...findings: string[]): string {
  const rows = findings.map((text) => `  - { check: ${text}, result: ADVISORY, evidence: seen in app.ts }\n`).join('');
  const decision = findings.length > 0 ? 'ADVISORY' : 'SHIP';
  return `day: ${day}\nagent: SENTINEL\nsentinel_decision: ${decision}\nfindings:\n${rows || '  - { check: all, result: PASS, evidence: nothing found }\n'}`;
}

test('advisories: a backlog and one issue per agent and day; a clearance day holds until they are resolved', async () => {
  const bench = await newBench({
    'pace.config.yaml': WITH_AGENTS,
    'report.xml': junitXml(),
    '.pace/day-1/sentinel.md': sentinel(1, 'weak cipher', 'no rate limit'),
  });
  const first = await bench.step({ day: '1' });
  expect([first.code, first.outputs['decision'], first.outputs['open-advisories']]).toEqual([0, 'SHIP', '2']);
  expect(first.outputs['advisory-url']).toMatch(/issues\/1$/);
  const [issue, ...others] = await bench.issues();
  expect(others).toEqual([]);
  expect(issue).toMatchObject({ title: '[PACE Advisory] SENTINEL Day 1 — 2 findings', state: 'open' });
  expect(issue?.labels.map(({ name }) => name).sort()).toEqual(['pace-advisory', 'pace-day-1', 'pace-sentinel']);
  expect(issue?.body).toContain('- [ ] \\[sentinel-day1-1\\] weak cipher\n- [ ] \\[sentinel-day1-2\\] no rate limit');

  await bench.step({ day: '2' });
  expect(bench.writes()).toEqual(bench.statusWrites());

  const held = await bench.step({ day: '3' });
  expect([held.code, held.outputs['hold-reason']]).toEqual([1, 'Clearance day: 2 advisories are still open']);
  expect((await bench.issues()).map(({ title }) => title).sort()).toEqual([
    '[PACE Advisory] SENTINEL Day 1 — 2 findings',
    '[PACE HOLD] Day 3 — Clearance day: 2 advisories are still open',
  ]);

  await bench.workspace.write({ '.pace/day-3/sentinel.md': sentinel(3) });
  const cleared = await bench.step({ day: '3' });
  expect([cleared.code, cleared.outputs['decision'], cleared.outputs['open-advisories']]).toEqual([0, 'SHIP', '0']);
  expect((await bench.issues()).map(({ state }) => state)).toEqual(['closed', 'closed']);
});

test('closing an advisory issue resolves its findings on the clearance day', async () => {
  const bench = await newBench({
    'pace.config.yaml': WITH_AGENTS,
    'report.xml': junitXml(),
    '.pace/day-1/sentinel.md': sentinel(1, 'weak cipher'),
  });
  await bench.step({ day: '1' });
  await bench.close(1);
  const run = await bench.step({ day: '3' });
  expect([run.code, run.outputs['decision'], run.outputs['open-advisories']]).toEqual([0, 'SHIP', '0']);
});

test('without push_to_issues advisories stay in the backlog', async () => {
  const bench = await newBench({
    'pace.config.yaml': WITH_AGENTS.replace('push_to_issues: true', 'push_to_issues: false'),
    'report.xml': junitXml(),
    '.pace/day-1/sentinel.md': sentinel(1, 'weak cipher'),
  });
  const run = await bench.step({ day: '1' });
  expect([run.outputs['open-advisories'], run.outputs['advisory-url'], await bench.issues()]).toEqual(['1', '', []]);
  expect(await bench.workspace.read('.pace/advisory_backlog.yaml')).toContain('id: sentinel-day1-1');
});
