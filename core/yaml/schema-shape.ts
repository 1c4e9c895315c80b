/** A zod schema as a reader sees it: sections, keys, types, defaults. Base of suggestions and of every generated file. */

import { z } from 'zod';
import { isRecord } from '../record.ts';

export interface Described {
  /** Without the wrappers for default and absence. */
  readonly schema: z.ZodType;
  readonly optional: boolean;
  /** Absent where there is none. A section whose keys all have defaults has `{}`. */
  readonly default?: unknown;
  readonly description: string;
  /** A value to show; absent where the default says enough. */
  readonly example?: unknown;
}

export function describedSchema(schema: z.ZodType): Described {
  let inner = schema;
  let optional = false;
  let fallback: { default?: unknown } = {};
  let { description = '', examples } = schema.meta() ?? {};
  while (isWrapper(inner)) {
    optional ||= !(inner instanceof z.ZodNullable);
    if (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) fallback = { default: inner.def.defaultValue };
    inner = inner.def.innerType as z.ZodType;
    description ||= inner.description ?? '';
    examples ??= inner.meta()?.examples;
  }
  const example = Array.isArray(examples) ? { example: examples[0] as unknown } : {};
  return { schema: inner, optional, ...fallback, description, ...example };
}

function isWrapper(schema: z.ZodType): schema is z.ZodOptional | z.ZodNullable | z.ZodDefault | z.ZodPrefault {
  const wrappers = [z.ZodOptional, z.ZodNullable, z.ZodDefault, z.ZodPrefault];
  return wrappers.some((wrapper) => schema instanceof wrapper);
}

/** The keys of an object schema; none for anything else. */
export function shapeOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> {
  const { schema: inner } = describedSchema(schema);
  return inner instanceof z.ZodObject ? (inner.shape as Record<string, z.ZodType>) : {};
}

/** The schema at a path of the data; `undefined` where the schema says nothing about it. */
export function schemaAt(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): z.ZodType | undefined {
  const [step, ...rest] = path;
  const { schema: inner } = describedSchema(schema);
  if (inner instanceof z.ZodDiscriminatedUnion) {
    const option = optionFor(inner, value);
    return option && schemaAt(option, path, value);
  }
  if (step === undefined) return inner;
  const below = isRecord(value) || Array.isArray(value) ? Reflect.get(value, step) : undefined;
  if (inner instanceof z.ZodArray) return schemaAt(inner.element as z.ZodType, rest, below);
  const shape = shapeOf(inner);
  const next = Object.hasOwn(shape, step) ? shape[String(step)] : undefined;
  return next && schemaAt(next, rest, below);
}

function optionFor(union: z.ZodDiscriminatedUnion, value: unknown): z.ZodType | undefined {
  const key = union.def.discriminator;
  const word: unknown = isRecord(value) ? value[key] : undefined;
  return (union.options as z.ZodType[]).find((option) => shapeOf(option)[key]?.safeParse(word).success);
}
