/** What an answer other than success means, the same for every vendor; platforms refine message and remedy per operation. */

import { defined } from '../defined.ts';
import { PaceError } from '../errors.ts';
import { isRecord } from '../record.ts';
import { plainLine } from '../text/untrusted-text.ts';
import { isRateLimited, waitAskedFor } from './rate-limits.ts';

/** The vendor's own words in an error answer; some of them stand in headers. */
export type Describe = (body: unknown, headers: Headers) => string | undefined;

/** What to do about a refusal of a kind, where nobody knows better. */
export const REMEDIES = {
  authentication: 'Please check that the token is set, complete and not expired.',
  permission: 'Please give the token the permission that this operation needs.',
  'not-found':
    'Please check the name, and that the token may see it: many services answer 404 for a missing permission.',
  conflict: 'Something else changed the same thing at the same time; the next run tries again.',
  'rate-limit': 'Please run less often, or use a token with a larger budget; the next run tries again.',
  transient: 'The service is in trouble; the next run tries again.',
  validation: 'Please compare the named fields with what the project accepts.',
  unexpected: 'Please check that the configured URL is that of the API.',
} as const;

export type RefusalKind = keyof typeof REMEDIES;

const VENDOR_WORDS = 500;

export function refusal(options: {
  title: string;
  method: string;
  url: string;
  response: Response;
  bytes: ArrayBuffer;
  now: number;
  describe?: Describe | undefined;
}): PaceError {
  const { title, method, response, now } = options;
  const { status, headers } = response;
  const words = vendorWords(options.bytes, headers, options.describe);
  const kind = isRateLimited(status, headers, words) ? 'rate-limit' : kindOf(status);
  const retryAfter = waitAskedFor(headers, now);
  const reason = headers.get('ratelimit-reason');
  const { origin, pathname } = new URL(options.url);
  const said = [words, reason ? `(${plainLine(reason, 80)})` : ''].filter(Boolean).join(' ');
  return new PaceError({
    kind,
    status,
    message: `${title} answered ${status} to ${method} ${origin}${pathname}${said ? `: ${said}` : '.'}`,
    remedy: REMEDIES[kind],
    ...defined({ vendorMessage: words || undefined, retryAfter }),
  });
}

/** What a status other than 2xx means. */
export function kindOf(status: number): RefusalKind {
  if (status === 401 || status === 407) return 'authentication';
  if (status === 403) return 'permission';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 400 || status === 422) return 'validation';
  return status === 408 || status >= 500 ? 'transient' : 'unexpected';
}

function vendorWords(bytes: ArrayBuffer, headers: Headers, describe: Describe | undefined): string {
  const text = new TextDecoder().decode(bytes.slice(0, 65_536));
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // a proxy's or a server's page says nothing about the call
    if (/<html|<!doctype/i.test(text))
      return plainLine(describe?.(undefined, headers) || '(a web page instead of an API answer)', VENDOR_WORDS);
  }
  return plainLine(describe?.(body, headers) ?? (typeof body === 'string' ? body : messageIn(body)), VENDOR_WORDS);
}

function messageIn(body: unknown): string {
  if (!isRecord(body)) return '';
  const { message, error, errors } = body as Record<string, unknown>;
  const parts = [message, error, errors].filter((part) => part !== undefined && part !== null);
  return parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
}
