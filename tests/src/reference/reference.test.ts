import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Platform } from '../../../core/ports/index.ts';
import { describedSchema, shapeOf } from '../../../core/yaml/schema-shape.ts';
import { loadPlatform, platformNames } from '../../../platforms/index.ts';
import { configSchema, foreignSections } from '../../../src/config/schema.ts';
import { actionTables } from '../../../src/reference/action-table.ts';
import { renewBlocks } from '../../../src/reference/blocks.ts';
import { exampleConfig } from '../../../src/reference/example.ts';
import { generatedFiles } from '../../../src/reference/files.ts';
import { configJsonSchema } from '../../../src/reference/json-schema.ts';
import { configurationPage } from '../../../src/reference/page.ts';
import { platformTable } from '../../../src/reference/platform-table.ts';
import { check } from '../config/check.ts';

const platforms: Platform[] = await Promise.all(platformNames.map(loadPlatform));
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { date: true } });
const valid = ajv.compile(configJsonSchema(platforms));
const example = exampleConfig(platforms);
const uncommented = example.replace(/^( *)#(?! )/gm, '$1');
const env = Object.fromEntries(
  platforms.flatMap(({ needs }) => needs.flatMap((need) => need.env.map((name) => [name, 'x']))),
);

describe('the example', () => {
  test('gives exactly the defaults as it stands', async () => {
    const { config, warnings } = await check(example);
    expect({ config, warnings }).toEqual({ config: configSchema.parse({}), warnings: [] });
  });

  test('begins with the line that editors look for', () => {
    expect(example).toMatch(/^# yaml-language-server: \$schema=\.\/pace\.schema\.json\n/);
  });

  test('is valid with every setting uncommented, and then sets every key there is', async () => {
    const { config } = await check(uncommented, { everyPlatform: true, env });
    expect(config.evidence.map(({ type }) => type)).toEqual([
      'junit',
      'sarif',
      'coverage',
      'command',
      'report',
      'checklist',
      'http',
      'approval',
    ]);
    const data = parse(uncommented);
    const others = [...platformNames, ...foreignSections] as string[];
    const own = Object.entries(shapeOf(configSchema)).filter(([key]) => !others.includes(key));
    expect(Object.keys(data)).toEqual([
      ...own.map(([key]) => key),
      ...platforms.filter(({ needs }) => needs.length > 0).map(({ name }) => name),
    ]);
    for (const [key, schema] of own) {
      const keys = Object.keys(shapeOf(describedSchema(schema).schema));
      if (keys.length > 0) expect(Object.keys(data[key])).toEqual(keys);
    }
    for (const { name, needs } of platforms) expect(Object.keys(data[name] ?? {})).toEqual(needs.map(({ key }) => key));
  });

  test('has exactly one comment above each key', () => {
    const lines = example.split('\n').slice(3).filter(Boolean);
    const isKey = (line: string) => /^ *#?(- )?[a-z_]+:( |$)/.test(line);
    const withoutComment = lines.filter((line, index) => isKey(line) && !/^ *# /.test(lines[index - 1] ?? ''));
    const twice = lines.filter((line, index) => /^ *# /.test(line) && /^ *# /.test(lines[index + 1] ?? ''));
    expect({ withoutComment, twice }).toEqual({ withoutComment: [], twice: [] });
  });

  test('every key of the schema says what it is for', () => {
    expect(example).not.toMatch(/^ *# *$/m);
    expect(example).not.toContain('undefined');
  });
});

describe('the JSON schema', () => {
  test('accepts the example, with and without its comments, and an empty file', () => {
    for (const text of [example, uncommented, '']) expect([valid(parse(text)), valid.errors]).toEqual([true, null]);
  });

  test('knows the settings of every platform', () => {
    for (const { name, needs } of platforms) {
      expect(valid({ [name]: { no_such_setting: 'x' } })).toBe(false);
      const secret = needs.find((need) => need.secret);
      if (!secret) continue;
      expect(valid({ [name]: { [secret.key]: 'plain' } })).toBe(false);
      expect(valid({ [name]: { [secret.key]: 'env:NAME' } })).toBe(true);
    }
  });

  test('takes a mapping where a setting of a platform is one, and nowhere else', () => {
    const mapping = { in_progress: ['Doing', 'Fixing'], canceled: 'Dropped' };
    const settings = platforms.flatMap(({ name, needs }) => needs.map(({ key, map }) => ({ name, key, map })));
    const taken = settings.filter(({ name, key }) => valid({ [name]: { [key]: mapping } }));
    expect(taken).toEqual(settings.filter(({ map }) => map));
    expect(taken.length).toBeGreaterThan(0);
    expect(valid({ asana: { states: { in_progress: { a: 'b' } } } })).toBe(false);
  });

  // what JSON Schema cannot say is left out of the generated values: time zones, names that differ
  const value = fc.oneof(
    ...[
      fc.constantFrom(
        'hold',
        'pass',
        'fail',
        'enforce',
        'mon',
        'junit',
        'x',
        '',
        '2026-02-29',
        '2026-02-28',
        'abcdef0',
      ),
    ],
    ...[fc.constantFrom<unknown>(0, 1, 1.5, -1, 30, 5000, true, false, null, {}, [], ['mon'], ['x'], [''], [1])],
  );
  const sections = Object.entries(shapeOf(configSchema)).filter(([key]) => !platformNames.some((name) => name === key));
  const mutation = fc.constantFrom(...sections).chain(([section, schema]) => {
    const keys = Object.keys(shapeOf(describedSchema(schema).schema)).filter((key) => key !== 'timezone');
    const content = fc.dictionary(fc.constantFrom(...keys, 'unknown'), value, { maxKeys: 3 });
    const item = fc.dictionary(
      fc.constantFrom('type', 'name', 'path', 'run', 'minimum', 'sha', 'expires', 'check'),
      value,
    );
    return fc.oneof(content, value, fc.array(item, { maxLength: 1 })).map((inner) => ({ [section]: inner }));
  });

  test('accepts what the loader accepts, and nothing else', () => {
    fc.assert(
      fc.property(mutation, (data) => {
        const sectionsWithContent = Object.fromEntries(Object.entries(data).filter(([, content]) => content !== null));
        expect(valid(data)).toBe(configSchema.safeParse(sectionsWithContent).success);
      }),
      { numRuns: 2000 },
    );
  });

  test('names every section with a description', () => {
    const { properties } = configJsonSchema(platforms) as { properties: Record<string, { description?: string }> };
    const silent = Object.keys(properties).filter((key) => !properties[key]?.description);
    expect(silent).toEqual([]);
  });
});

describe('pages', () => {
  test('the reference names every key and every setting', () => {
    const page = configurationPage(platforms);
    const keys = sectionKeys();
    const settings = platforms.flatMap(({ needs }) => needs.flatMap((need) => [need.key, ...need.env]));
    expect([...keys, ...settings].filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
    expect(page).not.toMatch(/undefined|\[object/);
  });

  test('the platform table says what each offers and needs', () => {
    const offered: Platform[] = [
      {
        ...{ name: 'forge', title: 'Forge', createHost: () => Promise.reject(), createTracker: () => Promise.reject() },
        needs: [
          {
            key: 'token',
            env: ['FORGE_TOKEN', 'F'],
            why: 'a | b',
            scope: '`api`',
            for: 'both',
            required: true,
            secret: true,
          },
          {
            key: 'url',
            env: ['FORGE_URL'],
            why: 'the server',
            for: 'both',
            required: true,
            default: 'https://forge.test',
          },
        ],
      },
      { name: 'desk', title: 'Desk', createTracker: () => Promise.reject(), needs: [] },
    ];
    expect(lean(platformTable(offered))).toBe(
      [
        '| Platform | Code and CI | Issues | Needs |',
        '| --- | --- | --- | --- |',
        '| [Forge](docs/platforms/forge.md) (`forge`) | yes | yes | `FORGE_TOKEN` |',
        '| [Desk](docs/platforms/desk.md) (`desk`) | – | yes | nothing |',
      ].join('\n'),
    );
  });

  test('the tables of the action come from its file', () => {
    const text = `name: x
inputs:
  day: {description: "The day.\\nElse from the plan.", required: true}
  config: {description: The file., default: pace.config.yaml}
  token: {description: A token., default: ''}
outputs:
  decision: {description: SHIP or HOLD.}
`;
    expect(lean(actionTables(text))).toBe(
      [
        ...[
          '| Input | Default | Meaning |',
          '| --- | --- | --- |',
          '| `day` | required | The day. Else from the plan. |',
        ],
        ...['| `config` | `pace.config.yaml` | The file. |', '| `token` | | A token. |', ''],
        ...['| Output | Meaning |', '| --- | --- |', '| `decision` | SHIP or HOLD. |'],
      ].join('\n'),
    );
  });
});

describe('blocks in pages', () => {
  const page = 'a\n<!-- generated:x -->\nold\n<!-- /generated:x -->\nb\n<!-- generated:y -->\n<!-- /generated:y -->\n';

  test('are replaced, and nothing else is', () => {
    expect(renewBlocks(page, { x: 'new $&', y: 'z' })).toBe(
      'a\n<!-- generated:x -->\nnew $&\n<!-- /generated:x -->\nb\n<!-- generated:y -->\nz\n<!-- /generated:y -->\n',
    );
    expect(renewBlocks('no block', {})).toBe('no block');
  });

  test('stay the same the second time', () => {
    const once = renewBlocks(page, { x: '1', y: '2' });
    expect(renewBlocks(once, { x: '1', y: '2' })).toBe(once);
  });

  test('that are unknown or have no end are errors', () => {
    expect(() => renewBlocks(page, { x: '1' })).toThrow('There is no block "y". Known: x.');
    expect(() => renewBlocks('<!-- generated:x -->\nold', { x: '1' })).toThrow('The block "x" has no end.');
  });
});

test('all generated files come in one list', () => {
  const pages = [{ path: 'README.md', content: '<!-- generated:platforms -->\n<!-- /generated:platforms -->\n' }];
  const files = generatedFiles({ platforms, pages });
  expect(files.map(({ path }) => path)).toEqual([
    ...[
      'src/commands/described.json',
      'pace.schema.json',
      'pace.config.example.yaml',
      'docs/configuration.md',
      'README.md',
    ],
  ]);
  expect(lean(files.at(-1)?.content ?? '')).toContain('| Platform | Code and CI |');
});

/** Without the alignment of tables. */
function lean(text: string): string {
  return text.replace(/ +/g, ' ').replace(/-{3,}(?= \|)/g, '---');
}

function sectionKeys(): string[] {
  const others = [...platformNames, ...foreignSections] as string[];
  const walk = (prefix: string, shape: ReturnType<typeof shapeOf>): string[] =>
    Object.entries(shape).flatMap(([key, schema]) => {
      const inner = shapeOf(describedSchema(schema).schema);
      return Object.keys(inner).length > 0 ? walk(`${prefix}${key}.`, inner) : [prefix + key];
    });
  return Object.entries(shapeOf(configSchema))
    .filter(([key]) => !others.includes(key))
    .flatMap(([key, schema]) => [key, ...walk('', shapeOf(describedSchema(schema).schema))]);
}
