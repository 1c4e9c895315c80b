/** One request and its whole answer, within bounds of time and size. Redirects come back as they are. */
import { PaceError } from '../errors.ts';
import { afterRealTime } from '../real-time.ts';
import type { After, AnswerLimits, Fetch } from '../world.ts';
import { unreachable } from './unreachable.ts';

export interface AnswerBounds {
  readonly fetch: Fetch;
  /** How the time of an answer passes: real time when absent. */
  readonly after?: After | undefined;
  /** Who answers, for messages. */
  readonly title: string;
  readonly limits: AnswerLimits;
}

export interface BoundedRequest extends RequestInit {
  readonly url: string;
}

/** `onUnreachable` hears of a request that got no whole answer. Throws `PaceError`; an aborted request ends with its signal's reason. */
export async function boundedAnswer(
  { fetch, after = afterRealTime, title, limits }: AnswerBounds,
  { url, signal, ...init }: BoundedRequest,
  onUnreachable: () => void = () => undefined,
): Promise<{ response: Response; bytes: ArrayBuffer }> {
  const timer = deadlines(limits, after);
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.any([...(signal ? [signal] : []), timer.signal]),
    });
    timer.firstByte();
    return { response, bytes: await readBounded(response, title, limits) };
  } catch (error) {
    if (error instanceof PaceError || signal?.aborted) throw error;
    onUnreachable();
    throw unreachable(title, new URL(url).origin, timer.passed(), error);
  } finally {
    timer.stop();
  }
}

/** Real time, not the world's clock: it bounds a socket that hangs. */
function deadlines({ firstByteMs, wholeMs }: AnswerLimits, after: After) {
  const controller = new AbortController();
  let passed: string | undefined;
  const end = (milliseconds: number, what: string) =>
    after(milliseconds, () => {
      passed = `${what} within ${milliseconds / 1000} s`;
      controller.abort();
    });
  const callOffFirst = end(firstByteMs, 'no answer');
  const callOffWhole = end(wholeMs, 'no complete answer');
  return {
    signal: controller.signal,
    passed: () => passed,
    firstByte: callOffFirst,
    stop: () => {
      callOffFirst();
      callOffWhole();
    },
  };
}

async function readBounded(
  response: Response,
  title: string,
  { maxResponseBytes }: AnswerLimits,
): Promise<ArrayBuffer> {
  const told = Number(response.headers.get('content-length') ?? Number.NaN);
  // what is told and not packed is not exceeded; reading it as a whole costs half
  if (told <= maxResponseBytes && !response.headers.has('content-encoding')) return response.arrayBuffer();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxResponseBytes) {
      throw new PaceError({
        kind: 'unexpected',
        status: response.status,
        message: `${title} sent an answer of more than ${maxResponseBytes} bytes.`,
        remedy: 'Please check that the configured URL is that of the API.',
      });
    }
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  // a small one shares its memory with others
  return whole.byteLength === whole.buffer.byteLength ? whole.buffer : new Uint8Array(whole).buffer;
}
