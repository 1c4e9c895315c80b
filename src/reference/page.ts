/** `docs/configuration.md`: the reference for people. */

import { z } from 'zod';
import type { Platform } from '../../core/ports/index.ts';
import { describedSchema, shapeOf } from '../../core/yaml/schema-shape.ts';
import { configPaths } from '../config/locate.ts';
import { configSchema, evidenceSchema, foreignSections } from '../config/schema.ts';
import { code, paragraphs, table } from './markdown.ts';
import { settingTable } from './platform-table.ts';
import { typeWords } from './type-words.ts';

const INTRODUCTION = `<!-- Written by \`npm run generate\` from src/config/schema.ts and the platforms' own needs: please change those. -->

# Configuration

PACE reads ${configPaths.map(code).join(', else ')} in the workspace, or the file that \`--config\` (the input \`config\`) names. \`pace init\` writes
a minimal one; [pace.config.example.yaml](../pace.config.example.yaml) shows every key. An empty file, or an empty section, means
the defaults below. With the line

\`\`\`yaml
# yaml-language-server: $schema=./pace.schema.json
\`\`\`

at the top, and [pace.schema.json](../pace.schema.json) beside it, editors complete and check the file while you type.

Mistakes are reported all at once, each as \`file:line:column: what, why, and what was probably meant\`, and PACE exits 2. \`pace validate\`
does the same without judging anything, for all platforms.`;

const PRECEDENCE = `## Where a value comes from

1. the file,
2. else the environment (for platforms: the variables listed below, the first one that is set),
3. else the default.

\`platform.ci\` and \`platform.tracker\` win over the older \`platform.type\`. With \`auto\`, the CI side is the platform whose CI variables are set,
else the one that the git remote belongs to, else \`local\`. The tracker is a platform that only tracks issues when everything it needs is
set, else the platform of the CI side, else \`local\`. The log says what was chosen and why.`;

const SECRETS = `## Secrets

A secret is never written in the file. Write the name of an environment variable in its place, as \`env:NAME\` or \`\${NAME}\`; inside a longer text of a
platform's section \`\${NAME}\` works too. A variable that is not set is reported with the line that names it. Anything that looks like a credential
(a token of a known form, a private key, a URL with a password, a literal under a key such as \`token\` or \`password\`), also in a comment, is refused
without being shown.`;

export function configurationPage(platforms: readonly Platform[]): string {
  const others = new Set<string>([...platforms.map(({ name }) => name), ...foreignSections]);
  const sections = Object.entries(shapeOf(configSchema)).filter(([key]) => !others.has(key));
  const foreign = `## Sections of other PACE tools\n\nAccepted and not looked at: ${foreignSections.map(code).join(', ')}. Any other unknown key is a mistake.`;
  return `${paragraphs(
    INTRODUCTION,
    PRECEDENCE,
    ...sections.map(([key, schema]) => section(key, schema)),
    SECRETS,
    platformSections(platforms),
    foreign,
  )}\n`;
}

function section(key: string, schema: z.ZodType): string {
  const { description, schema: inner } = describedSchema(schema);
  const head = `## \`${key}\`\n\n${description}`;
  if (key === 'evidence')
    return paragraphs(`${head} A list; \`type\` says what an item is.`, ...evidenceSchema.options.map(evidence));
  if (inner instanceof z.ZodArray) return paragraphs(`${head} A list of:`, keyTable(rows(inner.element as z.ZodType)));
  // what has no keys of its own says in its description what it holds
  return Object.keys(shapeOf(inner)).length === 0 ? head : paragraphs(head, keyTable(rows(inner)));
}

function evidence(option: z.ZodType): string {
  const { type, ...rest } = shapeOf(option);
  if (!(type instanceof z.ZodLiteral)) return '';
  return paragraphs(`### \`type: ${String(type.value)}\``, type.description ?? '', keyTable(shapeRows(rest, '')));
}

function keyTable(content: readonly (readonly string[])[]): string {
  return table(['Key', 'Type', 'Default', 'Meaning'], content);
}

function rows(schema: z.ZodType): string[][] {
  return shapeRows(shapeOf(schema), '');
}

function shapeRows(shape: Readonly<Record<string, z.ZodType>>, prefix: string): string[][] {
  return Object.entries(shape).flatMap(([key, schema]) => {
    const described = describedSchema(schema);
    const inner = shapeOf(described.schema);
    if (Object.keys(inner).length > 0) return shapeRows(inner, `${prefix}${key}.`);
    const fallback =
      described.default === undefined ? (described.optional ? '' : 'required') : valueText(described.default);
    return [[code(prefix + key), typeWords(schema), fallback, described.description]];
  });
}

function valueText(value: unknown): string {
  if (typeof value === 'object' && value !== null && Object.keys(value).length === 0) return 'none';
  if (!Array.isArray(value)) return code(String(value));
  return value.length === 0 ? 'none' : value.map((item) => code(String(item))).join(', ');
}

function platformSections(platforms: readonly Platform[]): string {
  const tables = platforms
    .filter(({ needs }) => needs.length > 0)
    .map((platform) => paragraphs(`### \`${platform.name}\``, settingTable(platform)));
  return paragraphs(
    '## Platforms',
    'Each platform has a section of its own name. Every setting may come from the environment.',
    ...tables,
  );
}
