import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPlan, parsePlan } from '../../../core/plan/read-plan.ts';
import { ConfigError } from '../../../core/yaml/problems.ts';
import { parseYaml } from '../../../core/yaml/yaml-file.ts';

function plan(text: string) {
  return parsePlan(parseYaml('plan.yaml', text));
}

async function refusal(work: () => unknown): Promise<string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
}

describe('the shapes of a plan', () => {
  test('days with a target', () => {
    const text = `pace_version: "1.0"
product: My Product
start_date: "2026-01-05"
days:
  - day: 1
    week: 1
    week_label: Foundation
    target: Repository scaffold
    gate_criterion: Build passes in CI
    human_gate: false
    issue: "#12"
    story_branch: story/day-1
  - {day: 14, week: 2, target: Review, human_gate: true, notes: Prepare a demo, issue: 13}
`;
    const loaded = plan(text);
    expect(loaded).toEqual({
      ...{ file: 'plan.yaml', startDate: '2026-01-05' },
      days: [
        {
          ...{ day: 1, target: 'Repository scaffold', humanGate: false, gateCriterion: 'Build passes in CI' },
          ...{ issue: '12', storyBranch: 'story/day-1', week: 1, weekLabel: 'Foundation' },
        },
        { day: 14, target: 'Review', humanGate: true, notes: 'Prepare a demo', issue: '13', week: 2 },
      ],
    });
  });

  test('stories, one per day', () => {
    const text = `release: r1
context_version: 3
stories:
  - {id: story-1, title: Scaffold, status: shipped, shipped_at: "2026-01-05"}
  - {id: story-2, title: Login, status: pending, human_gate: true}
  - {title: Without an id, status: pending}
`;
    expect(plan(text).days).toEqual([
      { day: 1, target: 'Scaffold', humanGate: false },
      { day: 2, target: 'Login', humanGate: true },
      { day: 3, target: 'Without an id', humanGate: false },
    ]);
  });

  test('days with a theme and stories', () => {
    const text = `sprint: {goal: Ship login, duration_days: 10, start_date: 2026-02-02}
days:
  - day: 2
    theme: Login endpoint
    notes: Use RS256.
    stories:
      - {title: Login, acceptance_criteria: [Returns 200, Returns 401], out_of_scope: [OAuth]}
      - {title: Expiry, acceptance_criteria: [Ends after 24 h], notes: See the spec.}
  - {day: 1, theme: Users, stories: []}
`;
    expect(plan(text)).toEqual({
      ...{ file: 'plan.yaml', startDate: '2026-02-02', goal: 'Ship login' },
      days: [
        { day: 1, target: 'Users', humanGate: false },
        {
          ...{ day: 2, target: 'Login endpoint', humanGate: false, notes: 'Use RS256.\nSee the spec.' },
          ...{ acceptance: ['Returns 200', 'Returns 401', 'Ends after 24 h'], outOfScope: ['OAuth'] },
        },
      ],
    });
  });

  test('the planning day 0 is no gate day', () => {
    expect(plan('days: [{day: 0, target: Plan}, {day: 1, target: Go}]').days.map(({ day }) => day)).toEqual([1]);
  });
});

describe('keys', () => {
  test('that PACE and its other tools write are known in every shape', () => {
    const days = `pace_version: "1.0"
product: { name: Hats }
start_date: 2026-01-05
days:
  - { day: 1, week: 1, week_label: a, target: b, gate_criterion: c, human_gate: false, notes: d, issue: 1, story_branch: e }
`;
    const stories = `release: r1
context_version: 3
stories:
  - { id: story-1, title: a, status: shipped, shipped_at: 2026-01-05, human_gate: false, day: 1, acceptance: [b] }
`;
    const ofDocs = `sprint: { name: One, goal: a, duration_days: 5, start_date: 2026-01-05 }
days:
  - day: 1
    theme: b
    stories: [{ title: c, acceptance_criteria: [d], out_of_scope: [e], notes: f }]
`;
    for (const text of [days, stories, ofDocs]) expect(plan(text).warnings).toBeUndefined();
  });

  test('that are not known are mistakes in days and stories, with what was meant, all at once', async () => {
    const text = `days:
  - { day: 1, gate_critereon: green, colour: red }
  - day: 2
    stories:
      - { title: a, acceptence: [b] }
stories:
  - { titel: a }
`;
    expect(await refusal(() => plan(text))).toEqual([
      'plan.yaml:2:15: Unknown key `gate_critereon` in `days[0]`. Did you mean "gate_criterion"?',
      'plan.yaml:2:38: Unknown key `colour` in `days[0]`.',
      'plan.yaml:5:21: Unknown key `acceptence` in `days[1].stories[0]`. Did you mean "acceptance"?',
      'plan.yaml:7:7: Unknown key `titel` in `stories[0]`. Did you mean "title"?',
    ]);
  });

  test('beside the days are mistakes where they are nearly a known one', async () => {
    const text = 'strat_date: 2026-01-05\nsprint: { gaol: a }\ndays: [{ day: 1, day_: 2 }]\n';
    expect(await refusal(() => plan(text))).toEqual([
      'plan.yaml:1:1: Unknown key `strat_date`. Did you mean "start_date"?',
      'plan.yaml:2:11: Unknown key `gaol` in `sprint`. Did you mean "goal"?',
      'plan.yaml:3:18: Unknown key `day_` in `days[0]`. Did you mean "day"?',
    ]);
    expect(await refusal(() => plan('stories_: []\ndays: [{ day: 1 }]'))).toHaveLength(1);
  });

  test('beside the days are otherwise left to other tools, and said', () => {
    const text = `owner: ann
days_per_week: 5
x-base: &base { target: a }
sprint: { velocity: 8 }
days: [{ <<: *base, day: 1 }]
`;
    expect(plan(text)).toEqual({
      file: 'plan.yaml',
      days: [{ day: 1, target: 'a', humanGate: false }],
      warnings: [
        { file: 'plan.yaml', line: 1, column: 1, message: 'Unknown key `owner`: it is left to other tools.' },
        { file: 'plan.yaml', line: 2, column: 1, message: 'Unknown key `days_per_week`: it is left to other tools.' },
        {
          ...{ file: 'plan.yaml', line: 4, column: 11 },
          message: 'Unknown key `velocity` in `sprint`: it is left to other tools.',
        },
      ],
    });
  });

  test('after a broken place are not guessed at', async () => {
    expect(await refusal(() => plan('dayz: 1\ndays: [{ day: 1 }\nsprintt: {}\n'))).toEqual([
      'plan.yaml:1:1: Unknown key `dayz`. Did you mean "days"?',
      expect.stringMatching(/^plan\.yaml:3:1: /),
    ]);
  });

  test('by the thousand give a short list', async () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `day${index}: 1\n`).join('');
    expect((await refusal(() => plan(`${keys}days: [{ day: 1 }]`))).length).toBeLessThanOrEqual(201);
  });
});

describe('a broken plan', () => {
  test.each([
    ['', ['1:1: This plan has no days. Please list them under `days`.']],
    ['days: [{day: 0}]', ['1:1: This plan has no days. Please list them under `days`.']],
    ['plan', ['1:1: The file must be a mapping (`key: value` lines), not "plan".']],
    ['days: [{day: 1, issue: [3]}]', ['1:24: `days[0].issue` must be text, or a number, not a list.']],
    ['days: [{day: ghp_0123456789abcdefABCD}]', ['1:14: `days[0].day` must be a number, not "***".']],
    ['days: []', ['1:1: This plan has no days. Please list them under `days`.']],
    ['days:\n\t- day: 1', ['2:1: A tab cannot indent YAML. Please use spaces.']],
    [
      'start_date: 2026-02-30\ndays:\n  - {day: one, target: 3}\n  - {target: x}\n  - {day: 1.5}\n  - {day: -1, human_gate: yes}',
      [
        '1:13: `start_date` must be a date such as 2026-01-31, not "2026-02-30".',
        '3:11: `days[0].day` must be a number, not "one".',
        '3:24: `days[0].target` must be text, not 3. Please put it in quotes.',
        '4:5: `day` is missing in `days[1]`. The number of the day.',
        '5:11: `days[2].day` must be a whole number, not 1.5.',
        '6:11: `days[3].day` must be at least 0, not -1.',
        '6:27: `days[3].human_gate` must be true or false, not "yes". Please write true.',
      ],
    ],
    ['days: [{day: 1}, {day: 2}, {day: 1}]', ['1:34: Day 1 is planned twice. Please keep one of them.']],
    ['stories: [{id: story-2}, {title: x}]', ['1:26: Day 2 is planned twice. Please keep one of them.']],
    ['days: {day: 1}', ['1:7: `days` must be a list, not a mapping. Please begin each item with `- `.']],
    ['__proto__: {days: []}', ['1:1: `__proto__` cannot be a key.']],
  ])('%j', async (text, problems) => {
    const found = await refusal(() => plan(text));
    expect(found).toEqual(problems.map((problem) => `plan.yaml:${problem}`));
  });
});

test('the plan is found in three places, in this order, or where it is configured', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'pace-plan-'));
  expect(await loadPlan({ cwd })).toBeUndefined();
  const found: unknown[] = [];
  for (const path of ['plan.yaml', '.pace/plan.yaml', 'pace/plan.yaml', 'docs/sprint.yaml']) {
    await mkdir(join(cwd, path, '..'), { recursive: true });
    await writeFile(join(cwd, path), `days: [{day: 1, target: ${path}}]`);
    found.push((await loadPlan({ cwd }))?.file);
  }
  expect(found).toEqual(['plan.yaml', '.pace/plan.yaml', 'pace/plan.yaml', 'pace/plan.yaml']);
  expect((await loadPlan({ cwd }, 'docs/sprint.yaml'))?.days[0]?.target).toBe('docs/sprint.yaml');
  expect(await refusal(() => loadPlan({ cwd }, 'nope.yaml'))).toEqual([
    'nope.yaml:1:1: This file does not exist. Please check the path.',
  ]);
  await rm(cwd, { recursive: true });
});

describe('what a day of the plan says', () => {
  test.each<[string, object]>([
    ['{ day: 1, target: a, theme: b, title: c }', { target: 'a' }],
    ['{ day: 1, theme: b, title: c }', { target: 'b' }],
    ['{ day: 1, title: c }', { target: 'c' }],
    ['{ day: 1 }', { target: '' }],
    ['{ day: 1, issue: "#7" }', { target: '', issue: '7' }],
    ['{ day: 1, issue: PACE-7 }', { target: '', issue: 'PACE-7' }],
    ['{ day: 1, issue: null, notes: "", acceptance: [] }', { target: '' }],
    ['{ day: 1, acceptance: [a], acceptance_criteria: [b] }', { target: '', acceptance: ['a'] }],
    ['{ day: 1, acceptance_criteria: [b], stories: [{ acceptance: [c] }] }', { target: '', acceptance: ['b', 'c'] }],
    ['{ day: 1, stories: [{ acceptance_criteria: [a], acceptance: [b] }] }', { target: '', acceptance: ['a'] }],
    ['{ day: 1, out_of_scope: [a], stories: [{ out_of_scope: [b] }] }', { target: '', outOfScope: ['a', 'b'] }],
    ['{ day: 1, stories: [{ notes: a }, { title: x }, { notes: b }] }', { target: '', notes: 'a\nb' }],
  ])('%s', (entry, expected) => {
    expect(plan(`days: [${entry}]`).days).toEqual([{ day: 1, humanGate: false, ...expected }]);
  });

  test.each([
    ['[{ id: story-12, day: 3 }]', [3]],
    ['[{ id: story-12 }, { title: x }]', [2, 12]],
    ['[{ id: story-12345 }, { id: xstory-7 }]', [1, 2]],
    ['[{ id: story-0 }, { title: x }]', [2]],
  ])('stories %s are the days %j', (stories, days) => {
    expect(plan(`stories: ${stories}`).days.map(({ day }) => day)).toEqual(days);
  });

  test('days go before stories, and the start of the plan before that of its sprint', () => {
    const text = 'start_date: 2026-01-05\nsprint: { start_date: 2026-02-02 }\ndays: [{ day: 4 }]\nstories: [{ title: x }]\n';
    expect(plan(text)).toMatchObject({ startDate: '2026-01-05', days: [{ day: 4 }] });
    expect(plan('days: []\nstories: [{ title: x }]').days).toHaveLength(1);
  }); // biome-ignore format: one line

  test('a day beyond ten years is a slip of the finger', async () => {
    expect(plan('days: [{ day: 3660 }]').days[0]?.day).toBe(3660);
    expect(await refusal(() => plan('days: [{ day: 3661 }]'))).toHaveLength(1);
    expect(await refusal(() => plan('stories: [{ day: 0 }]'))).toHaveLength(1);
  });
});

test('a file that stands in the way of a folder is no plan, and one that cannot be looked at is named', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'pace-plan-'));
  await writeFile(join(cwd, 'pace'), 'a file');
  await writeFile(join(cwd, 'plan.yaml'), 'days: [{ day: 1 }]');
  expect((await loadPlan({ cwd }))?.file).toBe('plan.yaml');
  await expect(loadPlan({ cwd }, '../elsewhere.yaml')).rejects.toThrow('elsewhere.yaml');
  await rm(cwd, { recursive: true });
});
