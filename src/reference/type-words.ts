/** A zod type in words for people. */
import { z } from 'zod';
import { describedSchema } from '../../core/yaml/schema-shape.ts';
import { code } from './markdown.ts';

export function typeWords(given: z.ZodType): string {
  const { schema } = describedSchema(given);
  const { title } = schema.meta() ?? {};
  if (title !== undefined) return title;
  if (schema instanceof z.ZodRecord) return 'mapping';
  if (schema instanceof z.ZodEnum) return oneOf(schema.options.map(String));
  if (schema instanceof z.ZodLiteral) return code(String(schema.value));
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodNumber) return numberWords(schema);
  if (schema instanceof z.ZodISODate) return 'date';
  if (schema instanceof z.ZodArray) return `list of ${itemWords(schema.element as z.ZodType)}`;
  return schema instanceof z.ZodObject ? 'mapping' : 'text';
}

function oneOf(words: readonly string[]): string {
  const last = words.at(-1);
  return last === undefined || words.length < 2
    ? words.map(code).join('')
    : `${words.slice(0, -1).map(code).join(', ')} or ${code(last)}`;
}

function itemWords(element: z.ZodType): string {
  const { schema } = describedSchema(element);
  if (schema instanceof z.ZodObject || schema instanceof z.ZodDiscriminatedUnion) return 'mappings';
  if (schema instanceof z.ZodISODate) return 'dates';
  return schema instanceof z.ZodEnum ? typeWords(schema) : 'texts';
}

function numberWords(schema: z.ZodNumber): string {
  const { minimum, exclusiveMinimum, maximum, type } = z.toJSONSchema(schema);
  const kind = type === 'integer' ? 'whole number' : 'number';
  if (exclusiveMinimum !== undefined) return `${kind} above ${exclusiveMinimum}, up to ${maximum}`;
  return minimum === undefined || maximum === undefined ? kind : `${kind}, ${minimum} to ${maximum}`;
}
