/** Holds recorded requests and answers against a vendor's own API description (OpenAPI 3). */
import { Ajv, type Options, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { noteUse, readDescription } from './descriptions.ts';
import type { RecordedExchange } from './loopback.ts';

type Json = Record<string, unknown>;

export interface Spec {
  /** Every way in which these exchanges break the description, but for planned answers; `[]` when all is valid. */
  violations(exchanges: readonly RecordedExchange[]): string[];
  /** What the query parameter of this operation (`GET /things/{id}`) may be. */
  words(operation: string, parameter: string): string[];
}

export interface SpecOptions {
  /** Stripped from request paths before they are looked up, e.g. `/api/v3`. */
  readonly basePath?: string;
  /** Accept null anywhere in answers: some descriptions do not say which properties may be null. */
  readonly nullable?: boolean;
  /** Check the types of what is there, not that every documented property is (some descriptions require too much). */
  readonly lenientAnswers?: boolean;
}

/** The description `name`: `github`, `gitlab`, `jira`, … */
export function loadSpec(name: string, options: SpecOptions = {}): Spec {
  const document = JSON.parse(readDescription(`${name}.json`)) as Json;
  const source = (document['x-source'] ?? {}) as { globalQuery?: string[]; coerceBody?: boolean };
  const validators = {
    // GitLab converts simple types in bodies: "1" for 1, "a,b" for a list
    requests: newAjv(source.coerceBody ? { coerceTypes: 'array' } : {}),
    answers: newAjv({}),
  };
  validators.requests.addSchema(relaxed(document, {}) as Json, 'requests');
  validators.answers.addSchema(relaxed(document, options) as Json, 'answers');
  const operations = operationsOf(document, source.globalQuery ?? []);
  const places = [...placesLeftOut(document), ...operations].sort(byPlaceholders);
  const compiled = new Map<string, ValidateFunction>();

  function check(document: 'requests' | 'answers', pointer: string, value: unknown): string[] {
    const reference = `${document}#${pointer}`;
    const validate = compiled.get(reference) ?? validators[document].compile({ $ref: reference });
    compiled.set(reference, validate);
    if (validate(structuredClone(value))) return [];
    return (validate.errors ?? [])
      .slice(0, 5)
      .map((error) => `${error.instancePath || '(whole)'} ${error.message ?? ''}`);
  }

  return {
    violations: (exchanges) =>
      exchanges.flatMap(({ asked, answer, planned }) => {
        const path = asked.path.slice((options.basePath ?? '').length);
        const where = `${asked.method} ${asked.path}`;
        const place = places.find((entry) => entry.method === asked.method && entry.pattern.test(path));
        if (!place) return [`${where}: not in the description`];
        const operation = operations.find((entry) => entry === place);
        if (!operation) return [`${where}: cut away from the description, see tests/descriptions/README.md`];
        noteUse(name, operation.name);
        return [
          ...unknownQuery(operation, asked.query),
          ...bodyProblems(operation, asked.body, check),
          ...(planned ? [] : answerProblems(document, operation, answer, check)),
        ].map((problem) => `${where}: ${problem}`);
      }),
    words: (wanted, parameter) => {
      const operation = operations.find((entry) => entry.name === wanted);
      noteUse(name, wanted);
      const found = operation?.parameters.find((entry) => entry['name'] === parameter);
      return ((found?.['schema'] as Json | undefined)?.['enum'] ?? []) as string[];
    },
  };
}

function newAjv(options: Options): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, ...options });
  (addFormats as unknown as (target: Ajv) => void)(ajv);
  return ajv;
}

interface Place {
  /** As in the description: `GET /things/{id}`. */
  readonly name: string;
  readonly method: string;
  readonly pattern: RegExp;
}

interface Operation extends Place {
  readonly pointer: string;
  readonly definition: Json;
  readonly parameters: readonly Json[];
  readonly query: Set<string>;
  readonly requiredQuery: string[];
}

/** `everywhere`: query parameters that every operation takes. */
function operationsOf(document: Json, everywhere: readonly string[]): Operation[] {
  const paths = document['paths'] as Record<string, Json>;
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map(([method, definition]) => operationOf(document, path, method, item, definition as Json))
      .map((operation) => ({ ...operation, query: new Set([...operation.query, ...everywhere]) })),
  );
}

/** Operations that a request could be meant for, whose names are all that was kept: they are not read as another one. */
function placesLeftOut(document: Json): Place[] {
  const names = (document['x-left-out'] ?? []) as string[];
  return names.map((name) => placeOf(...(name.split(' ') as [string, string])));
}

/** Literal segments before parameters, so that `/issues/comments/1` is not read as an issue. */
function byPlaceholders(one: Place, other: Place): number {
  return placeholders(one.pattern) - placeholders(other.pattern);
}

function placeholders(pattern: RegExp): number {
  return pattern.source.split('[^/]+').length;
}

function operationOf(document: Json, path: string, method: string, item: Json, definition: Json): Operation {
  const parameters = [...((item['parameters'] as Json[]) ?? []), ...((definition['parameters'] as Json[]) ?? [])]
    .map((parameter) => resolve(document, parameter))
    .filter((parameter) => parameter['in'] === 'query');
  return {
    ...placeOf(method.toUpperCase(), path),
    pointer: `/paths/${escapePointer(path)}/${method}`,
    definition,
    parameters,
    query: new Set(parameters.map((parameter) => String(parameter['name']))),
    requiredQuery: parameters
      .filter((parameter) => parameter['required'])
      .map((parameter) => String(parameter['name'])),
  };
}

/** The path of a file has segments of its own, which descriptions cannot say. */
const FILE_PATH = /\{(?:path|filepath)\}$/;

function placeOf(method: string, path: string): Place {
  const escaped = path
    .replace(/[.+*?^$()|[\]]/g, '\\$&')
    .replace(FILE_PATH, '(?:[^/]+/)*[^/]+')
    .replace(/\{[^}]+\}/g, '[^/]+');
  return { name: `${method} ${path}`, method, pattern: new RegExp(`^${escaped}$`) };
}

function resolve(document: Json, value: Json): Json {
  const reference = value['$ref'];
  if (typeof reference !== 'string') return value;
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (at as Json)[key.replaceAll('~1', '/').replaceAll('~0', '~')], document) as Json;
}

function unknownQuery(operation: Operation, query: URLSearchParams): string[] {
  const names = [...new Set([...query.keys()])];
  return [
    ...names
      .filter(
        (name) =>
          !operation.query.has(name) &&
          !operation.query.has(name.replace(/\[.*\]$/, '')) &&
          !operation.query.has(`${name}[]`),
      )
      .map((name) => `query parameter ${name} is not described`),
    ...operation.requiredQuery
      .filter((name) => !names.includes(name))
      .map((name) => `query parameter ${name} is missing`),
  ];
}

type Check = (document: 'requests' | 'answers', pointer: string, value: unknown) => string[];

function bodyProblems(operation: Operation, body: unknown, check: Check): string[] {
  const described = operation.definition['requestBody'] as Json | undefined;
  if (body === undefined) return [];
  if (described === undefined) return ['a body is not described'];
  const reference = described['$ref'];
  const base = typeof reference === 'string' ? reference.slice(1) : `${operation.pointer}/requestBody`;
  const media = (described['content'] as Json | undefined) ?? {};
  const type = ['application/json', ...Object.keys(media)].find((name) => name in media) ?? 'application/json';
  return check('requests', `${base}/content/${escapePointer(type)}/schema`, body).map(
    (problem) => `request ${problem}`,
  );
}

function answerProblems(
  document: Json,
  operation: Operation,
  answer: RecordedExchange['answer'],
  check: Check,
): string[] {
  const responses = operation.definition['responses'] as Record<string, Json>;
  const described = responses[String(answer.status)] ?? responses['default'];
  if (!described) return answer.status >= 400 ? [] : [`status ${answer.status} is not described`];
  if (answer.json === undefined || answer.status >= 400) return [];
  const reference = described['$ref'];
  const key = responses[String(answer.status)] ? String(answer.status) : 'default';
  const base = typeof reference === 'string' ? reference.slice(1) : `${operation.pointer}/responses/${key}`;
  const content = resolve(document, described)['content'] as Json | undefined;
  const type = content && Object.keys(content).find((name) => name.includes('json'));
  if (!type || !(content[type] as Json)['schema']) return [];
  return check('answers', `${base}/content/${escapePointer(type)}/schema`, answer.json).map(
    (problem) => `answer ${problem}`,
  );
}

function escapePointer(text: string): string {
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** OpenAPI's own `nullable` in JSON Schema words, and what the options relax. */
function relaxed(value: unknown, options: SpecOptions): unknown {
  if (Array.isArray(value)) return value.map((item) => relaxed(item, options));
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'properties' && isMap(item) ? relaxedProperties(item, options) : relaxed(item, options),
    ]),
  );
  // one schema of GitLab's writes it so
  if (copy['type'] === 'text') copy['type'] = 'string';
  if (options.lenientAnswers && isMap(copy['properties'])) delete copy['required'];
  if (typeof copy['nullable'] !== 'boolean') return copy;
  const { nullable, ...schema } = copy;
  return nullable ? orNull(schema) : schema;
}

/** The names in this map are free: one may be called `properties` or `nullable` and is a schema all the same. */
function relaxedProperties(properties: Json, options: SpecOptions): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const own = relaxed(schema, options);
      return [name, options.nullable ? orNull(own) : own];
    }),
  );
}

function orNull(schema: unknown): unknown {
  return { anyOf: [schema, { type: 'null' }] };
}

function isMap(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
