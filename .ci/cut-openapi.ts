/**
 * An OpenAPI description with some of its operations: each whole, and every component that it refers to, but for prose and for what no
 * test looks at (headers, answers that are errors, media types beside the one that is checked).
 */
type Json = Record<string, unknown>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** `used`: operations, as `GET /things/{id}`. */
export function cutOpenApi(text: string, used: ReadonlySet<string>): string {
  const whole = JSON.parse(text) as Json;
  const paths = Object.entries(whole['paths'] as Record<string, Json>);
  const all = paths.flatMap(([path, item]) => methodsOf(item).map((method) => nameOf(method, path)));
  const unknown = [...used].filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`The description does not have ${unknown.join(', ')}.`);

  const kept = Object.fromEntries(paths.map(([path, item]) => [path, cutPath(whole, path, item, used)]));
  const cut = Object.fromEntries(Object.entries(kept).filter(([, item]) => methodsOf(item).length > 0));
  return written({
    openapi: whole['openapi'],
    'x-source': sourceOf(whole),
    'x-left-out': all.filter((name) => !used.has(name) && [...used].some((other) => mayBeMeant(name, other))),
    info: withoutProse(whole['info'], 'schema'),
    paths: cut,
    components: componentsOf(whole, cut),
  });
}

function nameOf(method: string, path: string): string {
  return `${method.toUpperCase()} ${path}`;
}

function methodsOf(item: Json): string[] {
  return Object.keys(item).filter((key) => METHODS.includes(key));
}

const ORIGIN = ['source', 'path', 'rev', 'license', 'sha256', 'fixed', 'merged'];
const FOR_CHECKS = ['globalQuery', 'coerceBody'];

/** Where the file is from, and what the checks must know of it. */
function sourceOf(whole: Json): Json {
  const source = (whole['x-source'] ?? {}) as Json;
  const missing = ['source', 'license', 'sha256'].filter((key) => !source[key]);
  if (missing.length > 0)
    throw new Error(`\`x-source\` of the description lacks ${missing.join(', ')}: see tests/descriptions/README.md.`);
  const known = [...ORIGIN, ...FOR_CHECKS].filter((key) => source[key] !== undefined);
  return Object.fromEntries(known.map((key) => [key, source[key]]));
}

/** Whether a request can be meant for both. */
function mayBeMeant(one: string, other: string): boolean {
  const [parts, others] = [one.split('/'), other.split('/')];
  const isFree = (part: string | undefined) => part?.startsWith('{');
  return (
    parts.length === others.length &&
    parts.every((part, index) => part === others[index] || isFree(part) || isFree(others[index]))
  );
}

function cutPath(whole: Json, path: string, item: Json, used: ReadonlySet<string>): Json {
  const methods = methodsOf(item).filter((method) => used.has(nameOf(method, path)));
  const operations = methods.map((method) => [method, cutOperation(whole, item[method] as Json)]);
  const shared = item['parameters'] && { parameters: cutParameters(whole, item['parameters'] as Json[]) };
  return { ...(shared as Json | undefined), ...Object.fromEntries(operations) };
}

function cutOperation(whole: Json, operation: Json): Json {
  const { operationId, parameters, requestBody, responses } = operation as Record<string, Json>;
  const answers = Object.entries(responses ?? {}).filter(([status]) => !/^[45]/.test(status));
  return {
    ...(operationId ? { operationId } : {}),
    ...(parameters ? { parameters: cutParameters(whole, parameters as unknown as Json[]) } : {}),
    ...(requestBody ? { requestBody: cutBody(requestBody) } : {}),
    responses: Object.fromEntries(answers.map(([status, answer]) => [status, cutAnswer(answer as Json)])),
  };
}

/** Headers are not looked at. */
function cutParameters(whole: Json, parameters: readonly Json[]): unknown[] {
  const isSeen = (parameter: Json) => ['path', 'query'].includes(String(lookedUp(whole, parameter)['in']));
  return parameters.filter(isSeen).map((parameter) => withoutProse(parameter, 'schema'));
}

function lookedUp(whole: Json, value: Json): Json {
  const { $ref: reference } = value;
  return typeof reference === 'string' ? (at(whole, reference) as Json) : value;
}

/** Of several forms, the one that is checked. */
function cutBody(body: Json): unknown {
  const media = (body['content'] ?? {}) as Json;
  const type = 'application/json' in media ? 'application/json' : Object.keys(media)[0];
  return withMedia(body, media, type);
}

function cutAnswer(answer: Json): unknown {
  if (typeof answer['$ref'] === 'string') return { $ref: answer['$ref'] };
  const media = (answer['content'] ?? {}) as Json;
  const type = Object.keys(media).find((name) => name.includes('json'));
  // the form wants a description, be it empty
  return { description: '', ...withMedia(answer, media, type) };
}

function withMedia(value: Json, media: Json, type: string | undefined): Json {
  const { content: _, headers: __, links: ___, ...rest } = value;
  const kept = withoutProse(rest, 'schema') as Json;
  if (type === undefined) return kept;
  return { ...kept, content: { [type]: withoutProse(media[type], 'schema') } };
}

/** The components that are referred to, and those that they refer to. */
function componentsOf(whole: Json, paths: Json): Json {
  const found = new Map<string, unknown>();
  const waiting = referencesIn(paths);
  for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
    const component = reference.split('/').slice(0, 4).join('/');
    if (found.has(component)) continue;
    if (!component.startsWith('#/components/')) throw new Error(`${reference} is no component.`);
    const cut = cutComponent(component, at(whole, component) as Json);
    found.set(component, cut);
    waiting.push(...referencesIn(cut));
  }
  const components: Record<string, Json> = {};
  for (const [pointer, value] of [...found].sort()) {
    const [, , kind = '', name = ''] = pointer.split('/');
    components[kind] = { ...components[kind], [name]: value };
  }
  return components;
}

function cutComponent(pointer: string, value: Json): unknown {
  if (pointer.startsWith('#/components/responses/')) return cutAnswer(value);
  if (pointer.startsWith('#/components/requestBodies/')) return cutBody(value);
  return withoutProse(value, 'schema');
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === '$ref' && typeof item === 'string' ? [item] : referencesIn(item),
  );
}

function at(whole: Json, pointer: string): unknown {
  const keys = pointer.slice(2).split('/');
  return keys.reduce<unknown>((value, key) => (value as Json)[key.replaceAll('~1', '/').replaceAll('~0', '~')], whole);
}

const PROSE = /^(?:description|summary|title|examples?|externalDocs|discriminator|xml|x-.*)$/;
/** What stands in these has a name of its own choice, which may be one of the above. */
const MAPS = ['properties', 'patternProperties', 'definitions', '$defs'];
/** What stands in these is data. */
const DATA = ['enum', 'const', 'default', 'required'];

/** `inside`: a schema, whose keys are words of the form, or a map, whose keys are names. */
function withoutProse(value: unknown, inside: 'schema' | 'map'): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item, 'schema'));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => inside === 'map' || !PROSE.test(key));
  return Object.fromEntries(
    entries.map(([key, item]) => [key, inside === 'map' ? withoutProse(item, 'schema') : cutWord(key, item)]),
  );
}

function cutWord(key: string, item: unknown): unknown {
  if (DATA.includes(key)) return item;
  return withoutProse(item, MAPS.includes(key) ? 'map' : 'schema');
}

/** An operation or a component a line, so that a change of one can be read. */
function written(document: Json): string {
  return `${lines(document, 0)}\n`;
}

function lines(value: unknown, depth: number): string {
  if (depth > 2 || typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${lines(item, depth + 1)}`);
  return `{\n${entries.join(',\n')}\n}`;
}
