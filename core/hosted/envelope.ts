/** What a hosted tracker says when it refuses, in both spellings: `code` and `category`, `error_code` and `error_category`. */
import { defined } from '../defined.ts';
import { PaceError, type PaceErrorDetails } from '../errors.ts';
import type { WholeAnswer } from '../http/fetch.ts';
import { kindOf, REMEDIES } from '../http/refusal.ts';
import { isRecord } from '../record.ts';
import { plainLine } from '../text/untrusted-text.ts';

/** What its absent members mean: not said. */
export interface ErrorEnvelope {
  readonly code?: string;
  readonly message?: string;
  readonly retryable: boolean;
  /** A person has to do something at the service’s own pages. */
  readonly userActionRequired: boolean;
  /** Who has refused: the service, or the vendor behind it. */
  readonly source?: string;
  readonly retryAfterMs?: number;
  readonly operationId?: string;
  /** What a server for logins calls it. https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
  readonly oauth?: string;
  /** The server knows that nothing was done. */
  readonly hasNoEffect: boolean;
}

/** A refusal in the service’s own words. */
export class HostedRefusal extends PaceError {
  readonly envelope: ErrorEnvelope;

  constructor(details: PaceErrorDetails, envelope: ErrorEnvelope) {
    super(details);
    this.envelope = envelope;
  }
}

/** The refusal that stands behind an error: layers above have given it other words. */
export function refusalIn(error: unknown): HostedRefusal | undefined {
  for (let link = error, depth = 0; depth < 10 && link instanceof Error; link = link.cause, depth += 1) {
    if (link instanceof HostedRefusal) return link;
  }
  return undefined;
}

const LONGEST = 500;

/** `undefined` for a body that is no such envelope: a page of a proxy, or what a server says of a path that it does not have. */
export function readEnvelope(body: unknown): ErrorEnvelope | undefined {
  if (!isRecord(body)) return undefined;
  const word = (name: string) => {
    const value = body[name];
    return typeof value === 'string' && value !== '' ? plainLine(value, LONGEST) : undefined;
  };
  const code = word('error_category') ?? word('error_code') ?? word('category') ?? word('code');
  const message = word('message');
  const oauth = word('error');
  if ((code ?? message ?? oauth) === undefined) return undefined;
  const seconds = body['retry_after_seconds'];
  const isNumber = typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0;
  return {
    retryable: body['retryable'] === true,
    userActionRequired: body['user_action_required'] === true,
    hasNoEffect: body['effect_certainty'] === 'no_effect',
    ...defined({
      // the old spelling has its own word for what went wrong beside what kind of thing that is
      code: word('error_category') ?? word('error_code') ?? word('code') ?? code,
      message,
      source: word('source'),
      retryAfterMs: isNumber ? seconds * 1000 : undefined,
      operationId: word('operation_id'),
      oauth,
    }),
  };
}

export const NO_WORDS: ErrorEnvelope = { retryable: false, userActionRequired: false, hasNoEffect: false };

/** Of an answer that is no success; `undefined` for those that are, and for redirects. */
export function refusalOf({ response, bytes }: WholeAnswer): HostedRefusal | undefined {
  const { status } = response;
  if (status < 400) return undefined;
  const envelope = readEnvelope(parsed(bytes));
  return refusalWith(status, envelope ?? NO_WORDS);
}

function refusalWith(status: number, envelope: ErrorEnvelope): HostedRefusal {
  const kind = status === 429 ? 'rate-limit' : kindOf(status);
  return new HostedRefusal(
    {
      ...{ kind, status, message: messageOf(envelope) ?? `The hosted tracker answered HTTP ${status}.` },
      remedy: remedyOf(envelope) ?? REMEDIES[kind],
      ...defined({ vendorMessage: envelope.message, retryAfter: envelope.retryAfterMs }),
    },
    envelope,
  );
}

/** An operation that was taken and then failed: its own error, an object or a word. */
export function failedOperation(id: string, error: unknown): HostedRefusal {
  const envelope = readEnvelope(error) ?? {
    ...NO_WORDS,
    ...(typeof error === 'string' && error !== '' ? { message: plainLine(error, LONGEST) } : {}),
  };
  return new HostedRefusal(
    {
      kind: 'validation',
      message: messageOf(envelope) ?? `The operation ${id} of the hosted tracker has failed.`,
      remedy: remedyOf(envelope) ?? 'Please look at the service’s dashboard for what has failed.',
    },
    envelope,
  );
}

const STALE = ['binding_not_found', 'mapping_disabled', 'project_mismatch'];

function messageOf({ message, code, oauth, userActionRequired }: ErrorEnvelope): string | undefined {
  const words = message ?? code ?? oauth;
  if (words === undefined) return undefined;
  return userActionRequired ? `${words} (Please see the service’s dashboard.)` : words;
}

function remedyOf({ code = '' }: ErrorEnvelope): string | undefined {
  if (STALE.includes(code))
    return 'What this project is bound to is stale. Please bind it again: `pace tracker bind --provider …`.';
  if (code === 'legacy_flow_forbidden')
    return 'The service no longer takes what a client has read from the vendor itself: `pace tracker sync push` sends changes, and nothing else does.';
  return undefined;
}

function parsed(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes.slice(0, 65_536)));
  } catch {
    return undefined;
  }
}
