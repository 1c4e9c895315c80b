/** `pace.schema.json`: what editors and other programs check a configuration against. https://json-schema.org/draft/2020-12 */

import { z } from 'zod';
import { defined } from '../../core/defined.ts';
import type { Platform, Setting } from '../../core/ports/index.ts';
import { SCHEMA_URL } from '../../core/version.ts';
import { configSchema } from '../config/schema.ts';

type Json = Record<string, unknown>;

/** The schema as data. It accepts what the loader accepts, as far as JSON Schema can say it. */
export function configJsonSchema(platforms: readonly Platform[]): Json {
  const { $schema, properties, ...rest } = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-2020-12' });
  const sections = { ...(properties as Record<string, Json>) };
  for (const platform of platforms) sections[platform.name] = platformSection(platform);
  return {
    ...{ $schema, $id: SCHEMA_URL, title: 'Configuration of PACE', description: 'pace.config.yaml' },
    ...rest,
    // an empty file or section means its defaults
    type: ['object', 'null'],
    properties: Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, orEmpty(section)])),
  };
}

function orEmpty(section: Json): Json {
  return typeof section['type'] === 'string' ? { ...section, type: [section['type'], 'null'] } : section;
}

function platformSection(platform: Platform): Json {
  return {
    description: `Settings of ${platform.title}.`,
    type: 'object',
    properties: Object.fromEntries(platform.needs.map((need) => [need.key, setting(need)])),
    additionalProperties: false,
  };
}

const REFERENCE = '^(env:[A-Za-z_][A-Za-z0-9_]*|\\$\\{[A-Za-z_][A-Za-z0-9_]*\\})?$';

const PLAIN = { type: ['string', 'number', 'boolean'] };
/** One name to a key, or several. */
const MAPPING = { type: 'object', additionalProperties: { anyOf: [PLAIN, { type: 'array', items: PLAIN }] } };

function setting(need: Setting): Json {
  const description = settingMeaning(need);
  if (need.secret) {
    return { description, type: 'string', pattern: REFERENCE, examples: [`env:${need.env[0] ?? 'NAME'}`] };
  }
  return {
    description,
    ...(need.map ? { anyOf: [PLAIN, MAPPING] } : PLAIN),
    ...defined({ default: need.default, examples: need.example === undefined ? undefined : [need.example] }),
  };
}

/** One sentence about a setting of a platform. */
export function settingMeaning({ why, env, scope }: Setting): string {
  const sentence = `${why.charAt(0).toUpperCase()}${why.slice(1).replace(/\.$/, '')}.`;
  const from = env.length > 0 ? ` Environment: ${env.join(', ')}.` : '';
  return `${sentence}${scope ? ` Needs: ${scope}.` : ''}${from}`;
}
