/** One question and its answer. Redirects are followed by hand, to the same host only. */
import { PaceError } from '../../../../core/errors.ts';
import { boundedAnswer } from '../../../../core/http/bounded-answer.ts';
import { waitAskedFor } from '../../../../core/http/rate-limits.ts';
import { plainLine } from '../../../../core/text/untrusted-text.ts';
import type { Fetch } from '../../../../core/world.ts';
import type { EvidenceContext } from '../reader.ts';
import type { Answer } from './answer.ts';
import type { Question } from './question.ts';

interface Asking {
  readonly context: EvidenceContext;
  readonly timeoutMs: number;
}

const LARGEST = 1024 * 1024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;
const SHOWN_TEXT = 80;

/** Throws `PaceError`: `configuration` for what no further question mends, `transient` for no answer. */
export async function ask(question: Question, asking: Asking): Promise<Answer> {
  let next = question;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const { answer, location } = await send(next, asking);
    if (location === undefined) return answer;
    next = redirected(next, answer.status, location);
  }
  throw new PaceError({
    kind: 'configuration',
    message: `${new URL(question.url).origin} redirects more than ${MOST_REDIRECTS} times.`,
    remedy: 'Please write the address to which it leads in `url`.',
  });
}

async function send(question: Question, { context, timeoutMs }: Asking) {
  const { world, signal } = context;
  const { url, method, headers, body } = question;
  const host = world.traffic.host(new URL(url).origin);
  // what is refused here is never sent
  const count = () => void host.take('read', world.now());
  try {
    const { response, bytes } = await boundedAnswer(
      {
        fetch: guarded(world.guardedFetch),
        after: world.after,
        title: 'The service',
        limits: { firstByteMs: timeoutMs, wholeMs: timeoutMs, maxResponseBytes: LARGEST },
      },
      { url, method, headers, body: body ?? null, signal: signal ?? null },
      count,
    );
    count();
    host.answered(response.status, undefined, world.now());
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
    const answer = {
      status: response.status,
      ...jsonIn(bytes),
      waitAskedFor: waitAskedFor(response.headers, world.now()),
    };
    return { answer, location: location ?? undefined };
  } catch (error) {
    // the status of an answer that is too large was there
    if (!(error instanceof PaceError) || error.status === undefined) throw error;
    count();
    return { answer: { status: error.status, noJson: 'is larger than 1 MiB' }, location: undefined };
  }
}

function jsonIn(bytes: ArrayBuffer): Pick<Answer, 'json' | 'noJson'> {
  const text = new TextDecoder().decode(bytes);
  try {
    return { json: { value: JSON.parse(text) } };
  } catch {
    return { noJson: text.trim() === '' ? 'is empty' : `is not JSON: ${plainLine(text, SHOWN_TEXT)}` };
  }
}

/** https://fetch.spec.whatwg.org/#http-redirect-fetch */
function redirected(question: Question, status: number, location: string): Question {
  const { origin } = new URL(question.url);
  const to = URL.parse(location, question.url);
  if (to?.origin !== origin) {
    throw new PaceError({
      kind: 'configuration',
      message: `${origin} redirects to ${to ? `${to.origin}, which is another host and is not asked` : `“${plainLine(location, SHOWN_TEXT)}”, which is not an address`}.`,
      remedy: 'If that is the service, please write its address in `url`.',
    });
  }
  const { method, headers } = question;
  const isAskedAnew = status === 303 ? method !== 'HEAD' : status < 303 && method === 'POST';
  if (!isAskedAnew) return { ...question, url: to.href };
  const rest = new Headers(headers);
  rest.delete('content-type');
  return { url: to.href, method: 'GET', headers: rest, body: undefined };
}

function guarded(fetch: Fetch | undefined): Fetch {
  if (fetch) return fetch;
  throw new PaceError({
    kind: 'unsupported',
    message: 'Services cannot be asked here: nothing looks at the addresses of its connections.',
    remedy: 'Please give the world a `guardedFetch`.',
  });
}
