/** `pace.config.example.yaml`: every key once, with its default and one comment. */
import { stringify } from 'yaml';
import { z } from 'zod';
import type { Platform, Setting } from '../../core/ports/index.ts';
import { type Described, describedSchema, shapeOf } from '../../core/yaml/schema-shape.ts';
import { configSchema, foreignSections } from '../config/schema.ts';
import { settingMeaning } from './json-schema.ts';

const HEADER = `# yaml-language-server: $schema=./pace.schema.json
# Every key of pace.config.yaml. What is written here is the default, so that a file may leave out whatever it does not change.
# A line that begins with # and no space has no default: remove the # to set it.`;

/** The text. With every \`#key\` uncommented it is still a valid configuration. */
export function exampleConfig(platforms: readonly Platform[]): string {
  const names = new Set<string>([...platforms.map(({ name }) => name), ...foreignSections]);
  const own = Object.entries(shapeOf(configSchema)).filter(([key]) => !names.has(key));
  const sections = own.map(([key, schema]) => keyLines(key, schema, '').join('\n'));
  const ofPlatforms = platforms
    .filter(({ needs }) => needs.length > 0)
    .map((platform) => platformLines(platform).join('\n'));
  const foreign = `# Sections of other PACE tools are accepted and left alone: ${foreignSections.join(', ')}.`;
  return `${[HEADER, ...sections, ...ofPlatforms, foreign].join('\n\n')}\n`;
}

function keyLines(key: string, schema: z.ZodType, indent: string): string[] {
  const described = describedSchema(schema);
  const comment = `${indent}# ${commentOf(described)}`;
  const shape = shapeOf(described.schema);
  if (Object.keys(shape).length > 0) {
    return [
      comment,
      `${indent}${key}:`,
      ...Object.entries(shape).flatMap(([name, inner]) => keyLines(name, inner, `${indent}  `)),
    ];
  }
  const items = itemSchemas(described.schema);
  if (items.length > 0)
    return [comment, `${indent}${key}:`, ...items.flatMap((item) => itemLines(item, `${indent}  `))];
  if (described.default !== undefined) return [comment, `${indent}${key}: ${inline(described.default)}`];
  return [comment, `${indent}#${key}: ${inline(described.example)}`];
}

function commentOf({ schema, description }: Described): string {
  const inner = schema instanceof z.ZodArray ? describedSchema(schema.element as z.ZodType).schema : schema;
  if (!(inner instanceof z.ZodEnum)) return description;
  const words = inner.options.filter((option) => !description.includes(`\`${option}\``));
  return words.length === 0 ? description : `${description} (${inner.options.join(', ')})`;
}

/** The kinds of item of a list of mappings; none for lists of plain values. */
function itemSchemas(schema: z.ZodType): z.ZodType[] {
  if (!(schema instanceof z.ZodArray)) return [];
  const { schema: item } = describedSchema(schema.element as z.ZodType);
  if (item instanceof z.ZodDiscriminatedUnion) return [...(item.options as z.ZodType[])];
  return item instanceof z.ZodObject ? [item] : [];
}

/** One item, all of it commented out. */
function itemLines(item: z.ZodType, indent: string): string[] {
  return Object.entries(shapeOf(item)).flatMap(([key, schema], index) => {
    const described = describedSchema(schema);
    const value =
      described.schema instanceof z.ZodLiteral ? described.schema.value : (described.default ?? described.example);
    const [margin, bullet] = index === 0 ? [indent, '- '] : [`${indent}  `, ''];
    return [`${margin}# ${commentOf(described)}`, `${margin}#${bullet}${key}: ${inline(value)}`];
  });
}

function platformLines({ name, title, needs }: Platform): string[] {
  const settings = needs.flatMap((need) => [
    `  # ${settingMeaning(need)}`,
    `  #${need.key}: ${inline(settingExample(need))}`,
  ]);
  return [`# Settings of ${title}.`, `#${name}:`, ...settings];
}

function settingExample(need: Setting): string {
  if (need.secret) return `env:${need.env[0] ?? 'NAME'}`;
  return need.example ?? need.default ?? `env:${need.env[0] ?? 'NAME'}`;
}

function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false }).trim();
}
