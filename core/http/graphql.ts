/**
 * GraphQL for every vendor that speaks it: a query or a mutation goes out by POST, and its data come back. Refusals stand in the
 * body, with status 200 as well as others. https://graphql.github.io/graphql-over-http/draft/
 */

import { defined } from '../defined.ts';
import { type ErrorKind, PaceError, type PaceErrorDetails } from '../errors.ts';
import { isRecord } from '../record.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { Fetch, World } from '../world.ts';
import { createFetch, type HttpOptions, type WholeAnswer } from './fetch.ts';
import { untilReset, waitAskedFor } from './rate-limits.ts';
import { kindOf, REMEDIES } from './refusal.ts';
import { unexpectedAnswer } from './unexpected-answer.ts';

export type Variables = Readonly<Record<string, unknown>>;

export interface GraphQl {
  /** Reads: sent again after a transient failure, although it is a POST. The answer's form is not checked. */
  query<Data>(document: string, variables?: Variables): Promise<Data>;
  /** Writes: sent again only when the server has refused it for its rate. */
  mutate<Data>(document: string, variables?: Variables): Promise<Data>;
}

export interface GraphQlOptions extends Pick<HttpOptions, 'title' | 'limitedWaitMs' | 'maxWaitMs'> {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the vendor's own codes mean, in lower case; those of the servers that most vendors use are known. */
  readonly kinds?: Readonly<Record<string, ErrorKind>>;
  /** A kind that only the words of an error tell. */
  readonly kindInWords?: (words: string) => ErrorKind | undefined;
  /** An error that the vendor tells in another form or place than `errors`; `undefined` when there is none. */
  readonly errorIn?: (body: Readonly<Record<string, unknown>>) => WireError | undefined;
  /** For how many milliseconds the vendor asks us to stay away, where it says so in the error itself. */
  readonly waitIn?: (extensions: Readonly<Record<string, unknown>>, now: number) => number | undefined;
}

/** https://spec.graphql.org/October2021/#sec-Errors.Error-result-format */
export interface WireError {
  readonly message?: unknown;
  readonly path?: unknown;
  readonly extensions?: unknown;
}

/** A refusal in the words of GraphQL. */
export class GraphQlRefusal extends PaceError {
  /** The outermost field that was refused, by its alias; those before it were executed. `undefined`: the whole was refused. */
  readonly field: string | undefined;

  constructor(details: PaceErrorDetails, field: string | undefined) {
    super(details);
    this.field = field;
  }
}

/** The outermost field that an error is about, however often it has been wrapped; `undefined` when it is about no field. */
export function refusedField(error: unknown): string | undefined {
  for (let link = error; link instanceof Error; link = link.cause) {
    if (link instanceof GraphQlRefusal) return link.field;
  }
  return undefined;
}

/** https://www.apollographql.com/docs/apollo-server/data/errors#built-in-error-codes */
const USUAL_KINDS: Readonly<Record<string, ErrorKind>> = {
  unauthenticated: 'authentication',
  forbidden: 'permission',
  not_found: 'not-found',
  bad_user_input: 'validation',
  ratelimited: 'rate-limit',
  rate_limited: 'rate-limit',
  internal_server_error: 'transient',
  // our documents are at fault, or older than the service
  graphql_parse_failed: 'unexpected',
  graphql_validation_failed: 'unexpected',
};

const WORDS = 500;

export function createGraphQl(world: World, options: GraphQlOptions): GraphQl {
  const { title, url, limitedWaitMs = 0, maxWaitMs = 60_000 } = options;
  const http: HttpOptions = { title, json: true, limitedWaitMs, maxWaitMs };
  const reading = createFetch(world, {
    ...http,
    readsOnly: true,
    refusalIn: (answer) => refusalOf(options, answer, world.takesWholeAnswersOnly ? undefined : noteIn),
  });
  const writing = createFetch(world, { ...http, refusalIn: (answer) => refusalOf(options, answer) });

  function noteIn(errors: readonly WireError[]): void {
    world.log.warn(`${title} could not tell all that was asked for: ${partsOf(errors)}.`);
  }

  async function send<Data>(fetch: Fetch, query: string, variables: Variables): Promise<Data> {
    const headers = { ...options.headers, accept: 'application/json', 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await response.json()) as { readonly data?: unknown; readonly errors?: unknown };
    if (!isRecord(data)) throw unexpectedAnswer(title, 'there is no data in it');
    // what could not be told has been said
    return (Array.isArray(errors) && errors.length > 0 ? withoutMissing(data) : data) as Data;
  }

  return {
    query: (document, variables = {}) => send(reading, document, variables),
    mutate: (document, variables = {}) => send(writing, document, variables),
  };
}

/** Entries that are null stand for what could not be told. */
function withoutMissing(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((entry) => entry !== null).map(withoutMissing);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutMissing(inner)]));
}

/** Data beside errors are used by who reads, where each error says which part of an answer is missing: the rest is shown. */
function refusalOf(
  options: GraphQlOptions,
  { response, bytes, now }: WholeAnswer,
  noteIn?: (errors: readonly WireError[]) => void,
): PaceError | undefined {
  const { title } = options;
  const text = new TextDecoder().decode(bytes);
  const body = parsed(text);
  const errors = isRecord(body) && Array.isArray(body['errors']) ? body['errors'] : [];
  const told = isRecord(body) ? options.errorIn?.(body) : undefined;
  if (noteIn && told === undefined && isRecord(body) && areParts(options, errors, body['data'], response, now)) {
    noteIn(errors);
    return undefined;
  }
  // a limit is the reason for whatever else has failed
  const error = told ?? errors.find((one) => isRecord(one) && isLimit(options, one)) ?? errors[0];
  if (isRecord(error)) return toRefusal(options, error, response, now);
  if (errors.length > 0) return unexpectedAnswer(title, 'its errors are not errors');
  if (!response.ok) return undefined;
  if (text.trim() === '') return noAnswer(title, response.status);
  return text.trimStart().startsWith('<') ? noApi(options) : undefined;
}

/** What is about somebody's rights, or passes, is no oddity of a record. */
const OF_A_PART: readonly ErrorKind[] = ['permission', 'not-found', 'validation', 'unexpected', 'unsupported'];

function areParts(
  options: GraphQlOptions,
  errors: readonly unknown[],
  data: unknown,
  response: Response,
  now: number,
): errors is WireError[] {
  if (errors.length === 0 || !isRecord(data) || !response.ok) return false;
  return errors.every((error) => {
    if (!isRecord(error) || !Array.isArray(error['path'])) return false;
    const [field, ...deeper] = error['path'];
    const isThere = typeof field === 'string' && isRecord(data[field]) && deeper.length > 0;
    return isThere && OF_A_PART.includes(toRefusal(options, error, response, now).kind);
  });
}

const MOST_NAMED = 3;

function partsOf(errors: readonly WireError[]): string {
  const named = errors.slice(0, MOST_NAMED).map((error) => {
    const path = Array.isArray(error.path) ? error.path.join('.') : '';
    return `${plainLine(path, 80)} (${wordsOf(error, {}) || 'no reason was given'})`;
  });
  return [...named, ...(errors.length > MOST_NAMED ? [`and ${errors.length - MOST_NAMED} more`] : [])].join('; ');
}

function kindNamed(
  { kinds = {} }: GraphQlOptions,
  extensions: Readonly<Record<string, unknown>>,
): ErrorKind | undefined {
  const named = ['code', 'type'].map((name) => fold(extensions[name]));
  return named.map((name) => kinds[name] ?? USUAL_KINDS[name]).find((kind) => kind !== undefined);
}

function isLimit(options: GraphQlOptions, { extensions }: WireError): boolean {
  return isRecord(extensions) && kindNamed(options, extensions) === 'rate-limit';
}

function toRefusal(options: GraphQlOptions, error: WireError, { status, headers }: Response, now: number): PaceError {
  const { title, kindInWords, waitIn } = options;
  const extensions = isRecord(error.extensions) ? error.extensions : {};
  const words = wordsOf(error, extensions);
  const known = kindNamed(options, extensions);
  const told = Number(extensions['statusCode'] ?? extensions['status_code'] ?? status);
  const inWords = known === 'rate-limit' ? known : kindInWords?.(words);
  const kind = inWords ?? known ?? (told >= 400 ? kindOf(told) : 'unexpected');
  const [field] = Array.isArray(error.path) ? error.path : [];
  const limited = () => waitIn?.(extensions, now) ?? waitAskedFor(headers, now) ?? untilReset(headers, now);
  const retryAfter = kind === 'rate-limit' ? limited() : undefined;
  const where = typeof field === 'string' ? ` (${plainLine(field, 80)})` : '';
  return new GraphQlRefusal(
    {
      kind,
      status: told,
      message: `${title} refused the request${where}: ${words || 'no reason was given'}`,
      remedy: isUsual(kind) ? REMEDIES[kind] : REMEDIES.unexpected,
      vendorMessage: words,
      ...defined({ retryAfter }),
    },
    typeof field === 'string' ? field : undefined,
  );
}

/** The words for the developer, and those for people where they say more. */
function wordsOf(error: WireError, extensions: Readonly<Record<string, unknown>>): string {
  const parts = [error.message, extensions['userPresentableMessage']].filter((part) => typeof part === 'string');
  return plainLine([...new Set(parts)].join(' – '), WORDS);
}

function fold(name: unknown): string {
  return typeof name === 'string' ? name.toLowerCase() : '';
}

function isUsual(kind: ErrorKind): kind is keyof typeof REMEDIES {
  return Object.hasOwn(REMEDIES, kind);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noAnswer(title: string, status: number): PaceError {
  return new PaceError({
    kind: 'transient',
    status,
    message: `${title} answered with nothing.`,
    remedy: REMEDIES.transient,
  });
}

function noApi({ title, url }: GraphQlOptions): PaceError {
  return new PaceError({
    kind: 'unexpected',
    message: `${new URL(url).origin} did not answer like the API of ${title}, but with a web page.`,
    remedy: REMEDIES.unexpected,
  });
}
