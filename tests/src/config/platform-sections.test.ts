// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to the environment are written this way
import { describe, expect, test } from 'vitest';
import type { Platform } from '../../../core/ports/index.ts';
import { parseYaml } from '../../../core/yaml/yaml-file.ts';
import { resolveSection, sectionProblems, variablesIn } from '../../../src/config/platform-sections.ts';
import { check, problemsIn } from './check.ts';

const desk: Platform = {
  ...{ name: 'desk', title: 'Desk' },
  needs: [
    { key: 'base_url', env: ['DESK_URL'], why: 'the server', for: 'tracker', required: true },
    { key: 'pass', env: ['DESK_PASS'], why: 'to sign in', for: 'tracker', required: true, secret: true },
    { key: 'board', env: ['DESK_BOARD'], why: 'the board', for: 'tracker', required: false },
  ],
};

function problems(section: Record<string, unknown>): string[] {
  const yaml = parseYaml('f.yaml', `desk: ${JSON.stringify(section)}`);
  const found = sectionProblems({ yaml, platform: desk, section, redact: (text) => text.replaceAll('canary', '***') });
  return found.map(({ column, message }) => `${column}: ${message}`);
}

describe('a section', () => {
  test('with what the platform knows is fine', () => {
    expect(problems({ base_url: 'https://${HOST}/x', pass: 'env:DESK_PASS', board: 3 })).toEqual([]);
    expect(problems({ pass: '${DESK_PASS}' })).toEqual([]);
  });

  test('with an unknown key says which are known, or which was meant', () => {
    expect(problems({ baseurl: 'x', colour: 'red', canary: 1 })).toEqual([
      '8: Unknown key `baseurl` in `desk`. Did you mean "base_url"?',
      '22: Unknown key `colour` in `desk`. Known keys: base_url, pass, board.',
      '37: Unknown key `***` in `desk`. Known keys: base_url, pass, board.',
    ]);
  });

  test('never holds a secret itself, under whatever key the platform keeps it', () => {
    expect(problems({ pass: 'canary', board: 1 })).toEqual([
      '15: `desk.pass` is a secret and must not be in this file. Please write `env:DESK_PASS`.',
    ]);
    expect(problems({ pass: 'x${DESK_PASS}' })).toHaveLength(1);
    expect(problems({ pass: 12345 })).toHaveLength(1);
  });

  test('with something like a reference says how one is written', () => {
    expect(problems({ board: '${{ secrets.X }}' })).toEqual([
      '16: `desk.board` is not a reference to a variable: "${{ secrets.X }}". Please write `env:NAME`, or `${NAME}` inside a text.',
    ]);
  });
});

test('references are replaced, and each variable that is not set is named with its place', () => {
  const section = { base_url: 'https://${HOST}/${NOPE}', pass: 'env:EMPTY', board: 'env:BOARD', flag: true };
  const yaml = parseYaml('f.yaml', `desk:\n  base_url: x\n  pass: y\n`);
  expect(resolveSection({ yaml, place: ['desk'], section, env: { HOST: 'h', BOARD: '7', EMPTY: '' } })).toEqual({
    settings: { board: '7', flag: 'true' },
    problems: [
      {
        ...{ file: 'f.yaml', line: 2, column: 13 },
        message:
          'The environment variable NOPE is not set, or empty. Please set it in the environment, in CI that of the job.',
      },
      {
        ...{ file: 'f.yaml', line: 3, column: 9 },
        message:
          'The environment variable EMPTY is not set, or empty. Please set it in the environment, in CI that of the job.',
      },
    ],
  });
  expect(variablesIn(section)).toEqual(['HOST', 'NOPE', 'EMPTY', 'BOARD']);
});

describe('in a whole configuration', () => {
  const text = 'platform: {ci: local, tracker: local}\nlocal: {databse: x}\ngithub: {repo: x}\n';

  test('only the platforms in use are looked at', async () => {
    expect(await problemsIn(text)).toEqual(['2:9: Unknown key `databse` in `local`. Did you mean "database"?']);
  });

  test('a secret is reported once, with the variable to use', async () => {
    expect(await problemsIn('platform: {ci: github, tracker: github}\ngithub: {token: canary123}')).toEqual([
      '2:17: `github.token` is a secret and must not be in this file. Please write `env:PACE_GITHUB_TOKEN`.',
    ]);
  });

  test('unless all are asked for', async () => {
    expect(await problemsIn(text, { everyPlatform: true })).toHaveLength(2);
  });

  test('a variable that is not set stops the gate, and only warns where the file is merely checked', async () => {
    const unset = 'platform: {ci: local, tracker: local}\nlocal: {database: "env:NOPE"}\n';
    const message =
      'The environment variable NOPE is not set, or empty. Please set it in the environment, in CI that of the job.';
    expect(await problemsIn(unset)).toEqual([`2:19: ${message}`]);
    expect((await check(unset, { everyPlatform: true })).warnings).toMatchObject([{ line: 2, column: 19, message }]);
  });

  test('settings come out with their values, and the variables behind them by name', async () => {
    const { sections, variables, sides, config } = await check(
      'platform: {ci: local, tracker: local}\nlocal: {database: "${DIR}/x.db"}\ngithub: {token: "env:MY_TOKEN"}\n',
      { env: { DIR: '/data', MY_TOKEN: 'canary' } },
    );
    expect({ sections, variables }).toEqual({
      sections: { local: { database: '/data/x.db' } },
      variables: ['MY_TOKEN', 'DIR'].sort().reverse(),
    });
    expect([sides.ci.name, sides.tracker.name]).toEqual(['local', 'local']);
    // a resolved value never gets into what may be printed
    expect(JSON.stringify(config)).not.toContain('canary');
  });
});

test('terminal escapes and line breaks in a file cannot speak through a message', async () => {
  const [problem = ''] = await problemsIn('gate: {mode: "\\e[31m\\n::error::x"}');
  expect(problem).toBe('1:14: `gate.mode` is " ::error::x", which is not one of `enforce`, `observe`.');
});

test('an existing PACE configuration loads as it is', async () => {
  const { config, sides } = await check(`framework_version: "1.0"
product: {name: Acme, description: "Sells hats.", github_org: acme}
sprint: {duration_days: 14}
releases: [{name: r1, release_days: 90, sprint_days: 7, plan_file: plan.yaml, status: active}]
source: {dirs: [{name: core, path: src/, language: Python, description: Core}], docs_dir: null}
tech: {primary_language: Python 3.12, secondary_language: null, test_command: pytest, build_command: null}
platform: {type: local}
advisory: {push_to_issues: false}
reporter: {timezone: UTC}
llm: {provider: anthropic, model: m, base_url: null, limits: {forge_input: 160000}}
cost_control: {max_story_ac: 5}
forge: {tdd_enforcement: true}
updates: {channel: stable}
cron: {pace_pipeline: "0 9 * * 1-5"}
notifications: {slack: {webhook_url: "\${SLACK_WEBHOOK}"}, teams: null, email: {smtp_port: 587, password: "\${SMTP_PASSWORD}"}}
alerts: [{event: hold_opened, channels: [slack]}]
plugins: []
training: {export_on_ship: true}
`);
  expect([config.sprint.duration_days, sides.ci.name, sides.tracker.name]).toEqual([14, 'local', 'local']);
});
