import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../../core/yaml/problems.ts';
import { platformNames } from '../../../platforms/index.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { testWorld } from '../../support/world.ts';
import { check, problemsIn } from './check.ts';

const NAMES = ['auto', ...platformNames].map((name) => `\`${name}\``).join(', ');

let cwd = '';
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'pace-config-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(join(cwd, path, '..'), { recursive: true });
  await writeFile(join(cwd, path), content);
}

function load(path?: string) {
  return loadConfig(testWorld({ cwd }), path === undefined ? {} : { path });
}

async function refusal(path?: string): Promise<string> {
  return load(path).then(
    () => 'accepted',
    (error: unknown) => (error instanceof ConfigError ? error.message : Promise.reject(error)),
  );
}

describe('finding the file', () => {
  test('takes the one at the root', async () => {
    await put('pace.config.yaml', 'gate: {mode: observe}');
    expect(await load()).toMatchObject({
      file: 'pace.config.yaml',
      config: { gate: { mode: 'observe' } },
      warnings: [],
    });
  });

  test('else the one under pace/', async () => {
    await put('pace/pace.config.yaml', 'gate: {mode: observe}');
    expect(await load()).toMatchObject({ file: 'pace/pace.config.yaml', config: { gate: { mode: 'observe' } } });
  });

  test('says that the second of two is not read', async () => {
    await put('pace.config.yaml', 'gate: {mode: observe}');
    await put('pace/pace.config.yaml', 'gate: {mode: enforce}');
    const { config, warnings } = await load();
    expect(config.gate.mode).toBe('observe');
    expect(warnings).toEqual([
      {
        ...{ file: 'pace.config.yaml', line: 1, column: 1 },
        message: 'pace/pace.config.yaml exists too and is not read. Please keep one of the two.',
      },
    ]);
  });

  test('without any, gives the defaults, the places it looked at and the remedy', async () => {
    const { config, file, missing } = await load();
    expect({ config, file, missing }).toEqual({
      config: configSchema.parse({}),
      file: undefined,
      missing: `There is no configuration: neither pace.config.yaml nor pace/pace.config.yaml exists in ${cwd}. Please run \`pace init\` to write one, or name it with --config.`,
    });
  });

  test('a file by the name of the folder is no folder with one', async () => {
    await put('pace', 'a program');
    expect((await load()).missing).toContain('There is no configuration');
  });

  test('points at a file whose name is nearly right', async () => {
    await put('pace.config.yml', '');
    expect((await load()).missing).toContain('There is pace.config.yml: please rename it to pace.config.yaml');
  });

  test('reads a named file, relative or absolute, and names it as it lies', async () => {
    await put('ci/gate.yaml', 'nonsense: 1');
    expect(await refusal('ci/gate.yaml')).toMatch(/^ci\/gate\.yaml:1:1: Unknown key `nonsense`/);
    expect(await refusal(join(cwd, 'ci/gate.yaml'))).toMatch(/^ci\/gate\.yaml:1:1: /);
    const elsewhere = await mkdtemp(join(tmpdir(), 'pace-elsewhere-'));
    await writeFile(join(elsewhere, 'c.yaml'), 'nonsense: 1');
    expect(await refusal(join(elsewhere, 'c.yaml'))).toContain(`${elsewhere}/c.yaml:1:1: `);
    await rm(elsewhere, { recursive: true });
  });

  test('a named file that is missing does not fall back to another', async () => {
    await put('pace.config.yaml', '');
    expect(await refusal('nope.yaml')).toMatch(/^nope\.yaml:1:1: This file does not exist\. Please check the path\.$/);
  });
});

describe('files that cannot be read', () => {
  test.each([
    ['a UTF-16 file', Buffer.from('\ufeffgate: {}', 'utf16le'), 'is written in UTF-16. Please save it as UTF-8.'],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0x3a, 0xff, 0x80]), 'is not valid UTF-8. Please save it as UTF-8.'],
    ['a binary file', Buffer.from('a\0b'), 'is a binary file, not YAML.'],
    ['more than 1 MB', Buffer.alloc(1024 * 1024 + 1, 0x20), 'is larger than 1 MB, too large for a configuration.'],
  ])('%s', async (_, content, message) => {
    await put('pace.config.yaml', content);
    expect(await refusal()).toBe(`pace.config.yaml:1:1: This file ${message}`);
  });

  test('a directory', async () => {
    await mkdir(join(cwd, 'pace.config.yaml'));
    expect(await refusal()).toBe('pace.config.yaml:1:1: This file is a folder. Please name the file itself.');
  });

  test('a file without permission', async (context) => {
    await put('pace.config.yaml', '');
    await chmod(join(cwd, 'pace.config.yaml'), 0o000);
    if (process.getuid?.() === 0) context.skip('root may read everything');
    expect(await refusal()).toContain('may not be read by this user');
  });
});

describe('YAML', () => {
  test('a BOM and CRLF line ends change nothing, positions included', async () => {
    await put('pace.config.yaml', '\ufeffgate:\r\n  mode: observe\r\n  retires: 1\r\n');
    expect(await refusal()).toBe('pace.config.yaml:3:3: Unknown key `retires` in `gate`. Did you mean "retries"?');
  });

  test.each(['', '\n\n', '# only a comment\n', '---\n', '{}'])('an empty file is all defaults (%j)', async (text) => {
    const { config, warnings } = await check(text);
    expect(config).toEqual(configSchema.parse({}));
    expect(warnings.map(({ message }) => message)).toEqual(
      text === '{}' ? [] : ['This file is empty; the defaults apply.'],
    );
  });

  test('an empty section is its defaults', async () => {
    const { config } = await check('gate:\n  # mode: observe\nevidence:\nci:\n');
    expect(config).toEqual(configSchema.parse({}));
  });

  test('plain anchors, aliases and merge keys work', async () => {
    const { config } = await check(
      'llm: &base {mode: observe}\ngate:\n  <<: *base\n  retries: &n 2\nci: {grace_seconds: *n}\n',
    );
    expect([config.gate.mode, config.gate.retries, config.ci.grace_seconds]).toEqual(['observe', 2, 2]);
  });

  test.each([
    ['gate:\n\tmode: observe', ['2:1: A tab cannot indent YAML. Please use spaces.']],
    ['gate: {}\n---\nci: {}', ['2:1: A second document begins here (`---`). Please keep one per file.']],
    ['- gate', ['1:1: The file must be a mapping (`key: value` lines), not a list.']],
    ['gate', ['1:1: The file must be a mapping (`key: value` lines), not "gate".']],
    ['gate: {}\ngate: {}', ['2:1: This key appears here twice. Please remove one of them.']],
    ['gate: {mode: enforce, mode: observe}', ['1:23: This key appears here twice. Please remove one of them.']],
    ['gate: "x\nci: {}\n', ['1:7: This quote is never closed.']],
    ['product: {name: a: b}', ['1:17: A block cannot begin inside brackets: a text that contains `: ` needs quotes.']],
    ['product:\n  name: a: b', ['2:9: A mapping cannot begin here: a text that contains `: ` needs quotes.']],
    ['product: {name: @x}', ['1:17: A text may not begin with this character. Please put it in quotes.']],
    ['llm: !reference [a]', ['1:6: Tags (`!name`) are not understood here. Please remove the tag.']],
    ['llm: *x', ['1:6: There is no anchor (`&name`) of this name above. A text that begins with `*` needs quotes.']],
    ['llm: &x [*x]', ['1:10: This alias contains itself.']],
    ['<<: 3', ['1:1: `<<` takes a mapping, an alias of one, or a list of aliases.']],
    ['? [a]\n: 1', ['1:3: A key must be plain text, not a list or mapping.']],
    [
      '__proto__: {polluted: 1}\nllm: {constructor: 1}',
      ['1:1: `__proto__` cannot be a key.', '2:7: `constructor` cannot be a key.'],
    ],
  ])('%j', async (text, problems) => {
    expect(await problemsIn(text)).toEqual(problems);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('what stands before a broken place is still checked, what comes after is not guessed at', async () => {
    expect(await problemsIn('gate: {mode: obsrve}\nci: {skipped: maybe\nspint: {}\n')).toEqual([
      '1:14: `gate.mode` is "obsrve", which is not one of `enforce`, `observe`. Did you mean "observe"?',
      '2:15: `ci.skipped` is "maybe", which is not one of `pass`, `fail`.',
      '3:1: The indentation is wrong, or a bracket or quote above is not closed.',
    ]);
  });

  test.each([
    ['an alias bomb', aliasBomb()],
    ['thousands of aliases', `x: &x 1\nllm: [${'*x,'.repeat(50_000)}]`],
  ])('%s is refused', async (_, text) => {
    expect(await problemsIn(text)).toEqual(
      expect.arrayContaining(['1:1: The aliases (`*name`) here stand for too many values. Please write them out.']),
    );
  });

  test.each([
    ['nesting without end', `llm: ${'['.repeat(100_000)}`],
    ['nesting of dashes', `llm: ${'- '.repeat(100_000)}`],
    ['quotes without end', '"'.repeat(100_000)],
    ['one secret under a thousand aliases', `x: &x hunter2x\nllm:\n${'  - token: *x\n'.repeat(10_000)}`],
    [
      'thousands of secrets',
      Array.from({ length: 5000 }, (__, index) => `k${index}: {password: hunter${index}}`).join('\n'),
    ],
    [
      'thousands of wrong settings',
      `local:\n${Array.from({ length: 10_000 }, (__, index) => `  k${index}: env:A`).join('\n')}`,
    ],
    ['thousands of wrong items', `evidence:\n${'  - {type: junit, nam: x, path: 3}\n'.repeat(5000)}`],
    ['ten thousand unknown keys', Array.from({ length: 10_000 }, (__, index) => `key${index}: 1`).join('\n')],
  ])('%s gives a short list', async (_, text) => {
    const problems = await problemsIn(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(200);
  });
});

function aliasBomb(): string {
  const lines = ['llm: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let index = 1; index < 12; index += 1) {
    lines.push(
      `k${index}: &a${index} [${Array(9)
        .fill(`*a${index - 1}`)
        .join(', ')}]`,
    );
  }
  return lines.join('\n');
}

test('every mistake is reported at once, with its place and what was probably meant', async () => {
  const text = `product: {name: ""}
gate:
  mode: obsrve
  retires: -1
  timeout_minutes: 3
spint: {}
sprint:
  start_date: 2026-13-01
  timezone: Nowhere
  working_days: [mon, thursday]
  duration_days: "30"
evidence:
  - type: junitt
    name: a
  - type: junit
    nam: x
  - name: y
  - type: sarif
    name: s
    path: 3
  - type: sarif
    name: s
    path: x
waivers: {}
reporter: {change_note: yes}
platform: {ci: githb, tracker: local}
ci: {timeout_minutes: 0, grace_seconds: 9999}
pause: 3
enforce: 1
duration_days: 3
review: {reviewers: [~, 3]}
`;
  expect(await problemsIn(text)).toEqual([
    '1:17: `product.name` is empty. Please write some text.',
    '3:9: `gate.mode` is "obsrve", which is not one of `enforce`, `observe`. Did you mean "observe"?',
    '4:3: Unknown key `retires` in `gate`. Did you mean "retries"?',
    '5:3: Unknown key `timeout_minutes` in `gate`. `timeout_minutes` belongs under `ci`.',
    '6:1: Unknown key `spint`. Did you mean "sprint"?',
    '8:15: `sprint.start_date` must be a date such as 2026-01-31, not "2026-13-01".',
    '9:13: `sprint.timezone` is not a time zone; please write a name such as Europe/Berlin. It is "Nowhere".',
    '10:23: `sprint.working_days[1]` is "thursday", which is not one of `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`. Did you mean "thu"?',
    '11:18: `sprint.duration_days` must be a number, not "30". Please remove the quotes.',
    '13:11: `evidence[0].type` is "junitt", which is not one of `junit`, `sarif`, `coverage`, `command`, `report`, `checklist`, `http`, `approval`. Did you mean "junit"?',
    '15:5: `name` is missing in `evidence[1]`. Name shown in every table; the pattern of a waiver is matched against `name: check`.',
    '15:5: `path` is missing in `evidence[1]`. Path or glob below the workspace, or a list of them; `{day}` stands for the day.',
    '16:5: Unknown key `nam` in `evidence[1]`. Did you mean "name"?',
    '17:5: `type` is missing in `evidence[2]`. Please write one of `junit`, `sarif`, `coverage`, `command`, `report`, `checklist`, `http`, `approval`.',
    '20:11: `evidence[3].path` must be text, or a list, not 3.',
    '24:10: `waivers` must be a list, not a mapping. Please begin each item with `- `.',
    '25:25: `reporter.change_note` must be true or false, not "yes". Please write true.',
    `26:16: \`platform.ci\` is "githb", which is not one of ${NAMES}. Did you mean "github"?`,
    '27:23: `ci.timeout_minutes` must be more than 0, not 0.',
    '27:41: `ci.grace_seconds` must be at most 3600, not 9999.',
    '28:8: `pause` must be a mapping (`key: value` lines), not 3.',
    '29:1: Unknown key `enforce`.',
    '30:1: Unknown key `duration_days`. `duration_days` belongs under `sprint`.',
    '31:22: `review.reviewers[0]` is empty. Please write a value, or remove the key.',
    '31:25: `review.reviewers[1]` must be text, not 3. Please put it in quotes.',
  ]);
});

test('names of evidence must differ, and `ci` is taken', async () => {
  const item = (name: string) => `  - {type: junit, name: ${name}, path: x}\n`;
  expect(await problemsIn(`evidence:\n${item('a')}${item('a')}${item('ci')}`)).toEqual([
    '3:25: `evidence[1].name` is used twice; every name must differ. It is "a".',
    '4:25: `evidence[2].name` is kept for the checks of the commit. It is "ci".',
  ]);
});

test('sections of other PACE tools are accepted as they are', async () => {
  const text =
    'framework_version: "1.0"\nllm: {provider: x, model: null}\nsource: {dirs: []}\nplugins: ~\nreleases: [{name: a}]\n';
  expect(await problemsIn(text)).toEqual([]);
});
