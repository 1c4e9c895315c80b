/** Answers that came well and make no sense: from a proxy, a login page, another service, or in a form that nobody has described. */
import { PaceError, withOperation } from '../errors.ts';
import { plainLine } from '../text/untrusted-text.ts';

const REMEDY =
  'If something else answers at that address (a proxy, a login page), please correct the address; else please report this as a defect of PACE with the log of this run.';

export function unexpectedAnswer(title: string, what: string, cause?: unknown): PaceError {
  return new OddAnswer(title, plainLine(what, 200), cause);
}

class OddAnswer extends PaceError {
  readonly what: string;

  constructor(title: string, what: string, cause: unknown) {
    const message = `${title} gave an answer that makes no sense (${what}).`;
    super({ kind: 'unexpected', message, remedy: REMEDY, cause });
    this.what = what;
  }
}

/** What a reader has stumbled over in an answer; `undefined` for an error that is about something else. */
export function whatIsOdd(error: unknown): string | undefined {
  if (error instanceof OddAnswer) return error.what;
  return error instanceof TypeError || error instanceof RangeError ? plainLine(error.message, 200) : undefined;
}

/** Whether an answer came, and its form was the trouble: what was asked for may have been done. */
export function isOddAnswer(error: unknown): boolean {
  for (let link = error; link instanceof Error; link = link.cause) if (link instanceof OddAnswer) return true;
  return false;
}

/**
 * The data of a good answer; `undefined` where it has none. Throws `configuration` for what is not JSON, such as a web page: the
 * `remedy` names the setting that holds the address.
 */
export function dataOf<Data>(text: string, answer: { title: string; url: URL; remedy: string }): Data | undefined {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { title, url, remedy } = answer;
    throw new PaceError({
      kind: 'configuration',
      message: `The answer from ${url.origin}${url.pathname} is not one of ${title}'s API.`,
      remedy,
      cause,
    });
  }
}

/** The data of an answer that must have some. Throws where there are none. */
export function neededData<Data>(title: string, data: Data | undefined): Data {
  if (data !== undefined) return data;
  throw unexpectedAnswer(title, 'there are no data in it');
}

/** A field that people and later steps rely on: a text that is not empty. Throws for anything else. */
export function neededText(title: string, field: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw unexpectedAnswer(title, `${field} is not text`);
}

/** A number of an issue or of a request. Throws for anything else. */
export function neededNumber(title: string, field: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw unexpectedAnswer(title, `${field} is not a number`);
}

/** The same for a text that may be empty. */
export function anyText(title: string, field: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw unexpectedAnswer(title, `${field} is not text`);
}

/** Throws for a field that is neither absent nor a text. */
export function textOrNothing(title: string, field: string, value: unknown): string {
  return value === undefined || value === null ? '' : anyText(title, field, value);
}

/**
 * Every vendor's API here answers with an object or a list. A read must hold one, a write may answer with nothing. A web page
 * is left to the platform, which knows how its address is configured. Throws `transient`: half an answer is asked for again.
 */
export function requireJson(options: {
  title: string;
  method: string;
  url: string;
  status: number;
  bytes: ArrayBuffer;
}): void {
  const { title, method, status, bytes } = options;
  if (status === 204 || status === 205 || method === 'HEAD') return;
  const text = new TextDecoder().decode(bytes);
  if (text.trimStart().startsWith('<') || (text === '' && method !== 'GET')) return;
  if (isObject(text)) return;
  const { origin, pathname } = new URL(options.url);
  throw new PaceError({
    kind: 'transient',
    status,
    message: `${title} answered ${method} ${origin}${pathname} with ${text === '' ? 'nothing' : 'an incomplete answer'}.`,
    remedy: 'Please check the network and the proxy of the runner; the next run tries again.',
  });
}

function isObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
}

/** The same port; what its methods trip over in an answer becomes a `PaceError` that says so, and every error names its method. */
export function withUnexpectedAnswers<Port extends object>(port: Port, title: string): Port {
  const wrapped = Object.entries(port).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function') return [name, member];
    const translated = (error: unknown) =>
      named(isMisread(error) ? unexpectedAnswer(title, error.message, error) : error, name);
    return [name, (...given: unknown[]) => watched(member(...given), translated)];
  });
  return Object.fromEntries(wrapped) as Port;
}

function named(error: unknown, operation: string): unknown {
  return error instanceof PaceError && error.operation === undefined ? withOperation(error, operation) : error;
}

/** A vendor's answer is the only thing whose form is not checked before it is used. */
function isMisread(error: unknown): error is Error {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  // a platform may have named the method already
  return error instanceof PaceError && error.kind === 'unexpected' && isMisread(rootOf(error));
}

function rootOf(error: Error): unknown {
  let link: unknown = error;
  while (link instanceof PaceError && link.cause !== undefined) link = link.cause;
  return link instanceof PaceError ? undefined : link;
}

function watched(result: unknown, translated: (error: unknown) => unknown): unknown {
  if (result instanceof Promise) {
    return result.catch((error: unknown) => {
      throw translated(error);
    });
  }
  return isIterable(result) ? iterated(result, translated) : result;
}

function isIterable(result: unknown): result is AsyncIterable<unknown> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}

async function* iterated(items: AsyncIterable<unknown>, translated: (error: unknown) => unknown) {
  try {
    yield* items;
  } catch (error) {
    throw translated(error);
  }
}
