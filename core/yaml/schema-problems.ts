/** What zod says, in words for the person who wrote the file, at the place where it stands. */

import type { z } from 'zod';
import { PROBLEMS_READ, type Problem, type Redact, show } from './problems.ts';
import { describedSchema, schemaAt, shapeOf } from './schema-shape.ts';
import { didYouMean } from './suggest.ts';
import type { YamlFile } from './yaml-file.ts';

type SchemaIssue = z.core.$ZodIssue;

export interface SchemaCheck {
  readonly yaml: YamlFile;
  readonly schema: z.ZodType;
  /** The data that was checked. */
  readonly value: unknown;
  readonly error: z.ZodError;
  readonly redact: Redact;
  /** What to do about keys that were known once, by their place: `gate.status_context`. */
  readonly former?: Readonly<Record<string, string>>;
}

/** One problem per mistake; those that a fault of the YAML may have caused are left out. */
export function schemaProblems(check: SchemaCheck): Problem[] {
  return check.error.issues
    .flatMap(withinUnion)
    .slice(0, PROBLEMS_READ)
    .flatMap((issue) => problemsOf(check, issue));
}

/** A list among the choices, with a mistake in one item: the item is wrong, not the choice. */
function withinUnion(issue: SchemaIssue): SchemaIssue[] {
  const meant =
    issue.code === 'invalid_union'
      ? issue.errors.find((inner) => inner.every(({ path }) => path.length > 0))
      : undefined;
  if (!meant || meant.length === 0) return [issue];
  return meant.flatMap((inner) => withinUnion({ ...inner, path: [...issue.path, ...inner.path] }));
}

function problemsOf(check: SchemaCheck, issue: SchemaIssue): Problem[] {
  const { yaml } = check;
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.slice(0, PROBLEMS_READ).filter((key) => yaml.isTrusted([...issue.path, key], 'key'));
    return keys.map((key) => unknownKey(check, issue.path, key));
  }
  if (!yaml.isTrusted(issue.path)) return [];
  const value = valueAt(check.value, issue.path);
  const message =
    value === undefined ? missing(check, issue) : `${nameOf(issue.path)} ${wrong(issue, value, check.redact)}`;
  return [yaml.problemAt(issue.path, message)];
}

function unknownKey(check: SchemaCheck, path: readonly PropertyKey[], key: string): Problem {
  const { yaml, schema, value, redact } = check;
  const section = schemaAt(schema, path, value);
  const known = section ? Object.keys(shapeOf(section)) : [];
  const safe = redact(key);
  const where = path.length === 0 ? '' : ` in ${nameOf(path)}`;
  const hint =
    formerly(check, [...path, key]) || didYouMean(safe, known) || elsewhere(schema, safe) || knownKeys(known);
  return yaml.problemAt([...path, key], `Unknown key \`${safe}\`${where}.${hint}`, 'key');
}

function formerly({ former = {} }: SchemaCheck, path: readonly PropertyKey[]): string {
  const place = path.join('.');
  return Object.hasOwn(former, place) ? ` ${former[place]}` : '';
}

/** A known key that was written one level too high or too low. */
function elsewhere(schema: z.ZodType, key: string): string {
  const sections = shapeOf(schema);
  if (Object.hasOwn(sections, key)) return ` \`${key}\` belongs at the left margin of the file.`;
  const section = Object.keys(sections).find((name) => Object.hasOwn(shapeOf(sections[name] ?? schema), key));
  return section === undefined ? '' : ` \`${key}\` belongs under \`${section}\`.`;
}

function knownKeys(known: readonly string[]): string {
  return known.length === 0 || known.length > 12 ? '' : ` Known keys: ${known.join(', ')}.`;
}

function missing({ schema, value }: SchemaCheck, issue: SchemaIssue): string {
  const key = issue.path.at(-1);
  const options = allowed(issue);
  const section = schemaAt(schema, issue.path.slice(0, -1), value);
  const why = section ? describedSchema(shapeOf(section)[String(key)] ?? schema).description : '';
  const oneOf = options.length > 0 ? ` Please write one of ${list(options)}.` : '';
  return `\`${String(key)}\` is missing${issue.path.length > 1 ? ` in ${nameOf(issue.path.slice(0, -1))}` : ''}.${oneOf}${why ? ` ${why}` : ''}`;
}

function wrong(issue: SchemaIssue, value: unknown, redact: Redact): string {
  const shown = show(value, redact);
  if (value === null) return 'is empty. Please write a value, or remove the key.';
  const options = allowed(issue);
  if (options.length > 0) {
    const hint = typeof value === 'string' ? didYouMean(redact(value), options) : '';
    return `is ${shown}, which is not one of ${list(options)}.${hint}`;
  }
  if (issue.code === 'invalid_type')
    return `must be ${typeWords(issue.expected)}, not ${shown}.${typeHint(issue.expected, value)}`;
  if (issue.code === 'invalid_union') return `must be ${unionWords(issue)}, not ${shown}.`;
  if (issue.code === 'too_small') return tooSmall(issue, shown);
  if (issue.code === 'too_big')
    return `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}, not ${shown}.`;
  if (issue.code === 'invalid_format' && issue.format === 'date')
    return `must be a date such as 2026-01-31, not ${shown}.`;
  return `${issue.message}. It is ${shown}.`;
}

function tooSmall(issue: Extract<SchemaIssue, { code: 'too_small' }>, shown: string): string {
  if (issue.origin === 'string') return 'is empty. Please write some text.';
  if (issue.origin === 'array') return `must have at least ${issue.minimum} item${issue.minimum === 1 ? '' : 's'}.`;
  return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}, not ${shown}.`;
}

function allowed(issue: SchemaIssue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return issue.options.map(String);
  return [];
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping (`key: value` lines)',
  record: 'a mapping (`key: value` lines)',
};

function typeWords(expected: string): string {
  return TYPE_WORDS[expected] ?? expected;
}

function unionWords(issue: Extract<SchemaIssue, { code: 'invalid_union' }>): string {
  const expected = issue.errors.flatMap(([first]) => {
    if (first?.code === 'invalid_type') return [typeWords(first.expected)];
    return first?.code === 'invalid_value' ? [list(first.values.map(String))] : [];
  });
  return [...new Set(expected)].join(', or ');
}

function typeHint(expected: string, value: unknown): string {
  if (expected === 'number' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
    return ' Please remove the quotes.';
  if (expected === 'boolean' && typeof value === 'string' && /^(yes|no|on|off)$/i.test(value)) {
    return ` Please write ${/^(yes|on)$/i.test(value) ? 'true' : 'false'}.`;
  }
  if (expected === 'string' && typeof value !== 'object') return ' Please put it in quotes.';
  if (expected === 'array') return ' Please begin each item with `- `.';
  return '';
}

function list(options: readonly string[]): string {
  return options.map((option) => `\`${option}\``).join(', ');
}

/** `sprint.working_days[0]`, in back-ticks. */
export function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'The file';
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return `\`${text.replace(/^\./, '')}\``;
}

export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const step of path) {
    // a list has its places as names
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = Reflect.get(current, step);
  }
  return current;
}
