/** Paths and globs that are mistakes of the configuration, and those that must not be. */
import { describe, expect, test } from 'vitest';
import { findFiles } from '../../../src/gate/evidence/files/files.ts';
import { contextIn, workspace } from '../gate/evidence/workspace.support.ts';
import { check, problemsIn } from './check.ts';

const junit = (path: string, more = '') =>
  `evidence:\n  - { type: junit, name: unit, path: ${JSON.stringify(path)}${more} }\n`;

const RELATIVE = 'is not below the workspace; please write a path relative to it';
const OUT = 'leads out of the workspace; please write a path below it, without `..`';
const VARIABLE = 'has a variable in it, which is not replaced here; please write the path itself';
const SEPARATOR = 'has a `\\` in it; please write `/` between folders';
const CONTROL = 'has a line break or another control character in it, which no path here has';
const NEGATED = 'begins with `!`, which takes nothing away here; please name what is left out under `exclude`';
const unknown = (word: string) =>
  `has \`{${word}}\` in it, which is neither a placeholder (\`{day}\`, \`{name}\`) nor several alternatives`;
const open = (mark: string) =>
  `has a \`${mark}\` that is never closed; please add the other one, or write \`\\${mark.slice(-1)}\` for the character itself`;
const closed = (mark: string) =>
  `has a \`${mark}\` that is never opened; please add the other one, or write \`\\${mark}\` for the character itself`;
const folder = (glob: string) => `names a folder; please name the files in it, for example \`${glob}\``;

describe('a path of evidence', () => {
  test.each([
    ['/etc/*.xml', RELATIVE],
    ['//host/share/r.xml', RELATIVE],
    ['\\\\host\\r.xml', RELATIVE],
    ['~/r.xml', RELATIVE],
    ['~', RELATIVE],
    ['C:\\reports\\r.xml', RELATIVE],
    ['d:/reports/*.xml', RELATIVE],
    ['https://ci.example/r.xml', 'is an address, not a path in the workspace'],
    ['file:///tmp/r.xml', 'is an address, not a path in the workspace'],
    ['..', OUT],
    ['../r.xml', OUT],
    ['a/../../r.xml', OUT],
    ['a\\..\\..\\r.xml', OUT],
    ['{../a,b}/r.xml', OUT],
    ['a/{b,..}/*.xml', OUT],
    ['@(a|..)/r.xml', OUT],
    ['a/../r.xml', 'has `..` in it; please write the path without a step up'],
    ['reports/*.xml\n', CONTROL],
    ['a\tb.xml', CONTROL],
    ['!old/*.xml', NEGATED],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as people write it
    ['${CI_PROJECT_DIR}/r.xml', VARIABLE],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as people write it
    ['a/${{ github.sha }}.xml', VARIABLE],
    ['$HOME/r.xml', VARIABLE],
    ['%CD%/r.xml', VARIABLE],
    ['day-{Day}/r.xml', unknown('Day')],
    ['{Day}/r.xml', unknown('Day')],
    ['day-{{ day }}/r.xml', unknown('day')],
    ['**/*.{xml}', unknown('xml')],
    ['reports\\unit.xml', SEPARATOR],
    ['reports\\*.xml', SEPARATOR],
    ['reports\\?.xml', SEPARATOR],
    ['reports\\', SEPARATOR],
    ['{unit,e2e.xml', open('{')],
    ['reports/*.{xml,json', open('{')],
    ['.pace/day-{day/story.md', open('{')],
    ['reports/{a,{b,c}/*.xml', open('{')],
    ['reports/[ab*.xml', open('[')],
    ['reports/[]/*.xml', open('[')],
    ['reports/{}/*.xml', 'has `{}` in it, which is not a list of alternatives'],
    ['reports/@(a|b*.xml', open('@(')],
    ['reports/*.xml}', closed('}')],
    ['reports/*.xml]', closed(']')],
    ['reports/', folder('reports/**/*.xml')],
    ['**/surefire-reports/', folder('**/surefire-reports/**/*.xml')],
    ['.', 'is the workspace itself; please name files, for example `reports/**/*.xml`'],
    ['././', 'is the workspace itself; please name files, for example `reports/**/*.xml`'],
  ])('%j is a mistake at its place', async (path, words) => {
    const shown = path.trimEnd().replace(/\s/, ' ');
    expect(await problemsIn(junit(path))).toEqual([
      `2:38: \`evidence[0].path\` ${words}. It is "${path.endsWith('\n') ? `${shown} ` : shown}".`,
    ]);
  });

  const LEGAL: readonly (readonly [string, string])[] = [
    ['a//b/r.xml', 'a/b/r.xml'],
    ['a//**/*.xml', 'a/r.xml'],
    ['.//r.xml', 'r.xml'],
    ['odd (1).xml', 'odd (1).xml'],
    ['odd (*.xml', 'odd (1).xml'],
    ['[1].xml', '[1].xml'],
    ['{one.xml', '{one.xml'],
    ['{}/r.xml', '{}/r.xml'],
    ['{,}*r.xml', 'r.xml'],
    ['one}.xml', 'one}.xml'],
    ['[one.xml', '[one.xml'],
    ['\\[*.xml', '[one.xml'],
    ['r{,-x}.xml', 'r.xml'],
    ['{a,b}/{b,c}/*.xml', 'a/b/r.xml'],
    ['[]r].xml', 'r.xml'],
    ['@(r|s).xml', 'r.xml'],
    ['!(s).xml', 'r.xml'],
    ['a..b.xml', 'a..b.xml'],
    ['...xml', '...xml'],
    ['~r.xml', '~r.xml'],
    ['a:b.xml', 'a:b.xml'],
    ['TEST-Shop$Cart.xml', 'TEST-Shop$Cart.xml'],
    ['{0f-1}/r.xml', '{0f-1}/r.xml'],
    ['r{1..2}.xml', 'r1.xml'],
    ['a\\ b.xml', 'a b.xml'],
    ['day-{day}/{name}.xml', 'day-3/unit.xml'],
    ['**', 'r.xml'],
  ];
  const cwd = workspace(Object.fromEntries(LEGAL.map(([, file]) => [file, 'x'])));
  test.each(LEGAL)('%j is none, and finds %j', async (path, file) => {
    expect(await problemsIn(junit(path))).toEqual([]);
    const { files } = await findFiles({ path }, 'unit', contextIn(cwd));
    expect(files.map((found) => found.path)).toContain(file);
  });

  test('may be as long as a list of alternatives is', async () => {
    expect(await problemsIn(junit(`{${'a,'.repeat(5_000)}b}/*.xml`))).toEqual([]);
    for (const mark of ['{', '[', '@(', '{{ ', '.', '**[']) {
      expect(await problemsIn(junit(`${mark.repeat(100_000)}*`))).toEqual([]);
    }
  });
});

test('every key with a path is looked at, and all mistakes are said at once', async () => {
  const text = `sprint:
  plan: ../plan.yaml
  days: 3
evidence:
  - type: coverage
    name: lines
    path:
      - coverage/lcov.info
      - ../lcov.info
    exclude: [old/, /tmp/**, '!keep/**']
    minimum: 200
  - type: report
    name: gate
    path: '{../gate,x}.md'
  - type: checklist
    name: story
    story: ~/story.md
    handoff: .pace/
waivers:
  - { check: CVE-2026-1, reason: r, owner: o, expires: 2020-01-01 }
quarantine:
  - { test: 'story: {a*', owner: o, expires: 2020-01-01 }
`;
  expect(await problemsIn(text)).toEqual([
    `2:9: \`sprint.plan\` ${OUT}. It is "../plan.yaml".`,
    '3:3: Unknown key `days` in `sprint`. Known keys: name, duration_days, start_date, timezone, working_days, holidays, plan.',
    `9:9: \`evidence[0].path[1]\` ${OUT}. It is "../lcov.info".`,
    `10:21: \`evidence[0].exclude[1]\` ${RELATIVE}. It is "/tmp/**".`,
    `10:30: \`evidence[0].exclude[2]\` ${NEGATED}. It is "!keep/**".`,
    '11:14: `evidence[0].minimum` must be at most 100, not 200.',
    `14:11: \`evidence[1].path\` ${OUT}. It is "{../gate,x}.md".`,
    `17:12: \`evidence[2].story\` ${RELATIVE}. It is "~/story.md".`,
    `18:14: \`evidence[2].handoff\` ${folder('.pace/**/*.xml')}. It is ".pace/".`,
    '20:14: `waivers[0].check` matches nothing: it is compared with the whole of `source: check`. It is "CVE-2026-1".',
    '22:13: `quarantine[0].test` has a `{` that is never closed, so that it matches nothing. It is "story: {a*".',
  ]);
});

test('an empty path is one mistake', async () => {
  expect(await problemsIn(junit(''))).toEqual(['2:38: `evidence[0].path` is empty. Please write some text.']);
});

describe('the plan', () => {
  test.each(['plans/{a}.yaml', 'plans/[1].yaml', 'odd*.yaml'])('%j is no glob', async (plan) => {
    expect(await problemsIn(`sprint: { plan: ${JSON.stringify(plan)} }`)).toEqual([]);
  });

  test.each(['/plans/plan.yaml', '~/plan.yaml', 'C:/plan.yaml'])('%j is a mistake', async (plan) => {
    expect(await problemsIn(`sprint: { plan: ${JSON.stringify(plan)} }`)).toEqual([
      `1:17: \`sprint.plan\` ${RELATIVE}. It is "${plan}".`,
    ]);
  });
});

const SOURCES = junit('r.xml');
const waiver = (pattern: string) =>
  `${SOURCES}waivers:\n  - { check: ${JSON.stringify(pattern)}, reason: r, owner: o, expires: 2020-01-01 }\n`;

describe('the pattern of a waiver', () => {
  test.each([
    ['CVE-2026-1', 'matches nothing: it is compared with the whole of `source: check`'],
    ['unit: a\n', 'has a line break or another control character in it, which no `source: check` has'],
    ['unit: {a,b*', 'has a `{` that is never closed, so that it matches nothing'],
    ['unit: +(a*', 'has a `+(` that is never closed, so that it matches nothing'],
  ])('%j is a mistake', async (pattern, words) => {
    expect(await problemsIn(waiver(pattern))).toEqual([
      `4:14: \`waivers[0].check\` ${words}. It is "${pattern.replace('\n', ' ')}".`,
    ]);
  });

  test.each([
    'unit: *', 'unit: test_x[1*', 'unit: a]*', 'unit: {a', 'unit: (a*', 'unit: {a,b}*', '*CVE*', 'ci: build', 'unit*', '{unit,scan}: a',
    'scan: a|unit: b', '"unit": a',
  ])('%j is none', async (pattern) => {
    expect((await check(waiver(pattern))).warnings).toEqual([]);
  }); // biome-ignore format: a list

  test.each([
    ['units: adds', ' Did you mean "unit: …"?'],
    ['scan: CVE-*', ''],
    ['uni: x*', ' Did you mean "unit: …"?'],
  ])('%j is of no source: a warning', async (pattern, hint) => {
    expect((await check(waiver(pattern))).warnings).toEqual([
      {
        ...{ file: 'pace.config.yaml', line: 4, column: 14 },
        message: `\`waivers[0].check\` matches nothing: it is compared with \`source: check\`, and no source is called so.${hint}`,
      },
    ]);
  });

  test('in quarantine is looked at too', async () => {
    const text = `${SOURCES}quarantine: [{ test: 'other: a', owner: o, expires: 2020-01-01 }]\n`;
    expect((await check(text)).warnings.map(({ line, column }) => [line, column])).toEqual([[3, 22]]);
  });
});

test.each([
  ['**.xml', true],
  ['reports/**.xml', true],
  ['a/**b/r.xml', true],
  ['{**a,b}/r.xml', true],
  ['**/r.xml', false],
  ['{a/**,b}/r.xml', false],
  ['a/***/r.xml', false],
  ['a/[**]x.xml', false],
  ['**', false],
])('%j has `**` beside other text: %j, a warning', async (path, warned) => {
  const { warnings } = await check(junit('r.xml', `, exclude: [${JSON.stringify(path)}]`));
  expect(warnings).toEqual(
    warned
      ? [
          {
            ...{ file: 'pace.config.yaml', line: 2, column: 57 },
            message: '`evidence[0].exclude[0]` has `**` beside other text, where it means `*`. All folders are `**/`.',
          },
        ]
      : [],
  );
});

test('a story and a handoff have the same warning', async () => {
  const text = 'evidence:\n  - { type: checklist, name: a, story: "**.md", handoff: "x/**.md" }\n';
  expect((await check(text)).warnings.map(({ message }) => message.split(' ')[0])).toEqual([
    '`evidence[0].story`',
    '`evidence[0].handoff`',
  ]);
});
