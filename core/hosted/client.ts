/**
 * The calls of a hosted tracker (the PRI-12 contract of Spec Kitty), with what every one of them does about an expired session, a limit, an answer that
 * comes later and one that never came.
 */
import { defined } from '../defined.ts';
import { asPaceError, PaceError } from '../errors.ts';
import { unexpectedAnswer } from '../http/unexpected-answer.ts';
import { isRecord } from '../record.ts';
import type { World } from '../world.ts';
import { failedOperation, refusalIn } from './envelope.ts';
import { type Exchange, type HostedAnswer, type HostedRequest, TITLE } from './exchange.ts';
import { type HostedJournal, type HostedOperation, OPERATION_ID } from './journal.ts';
import { monotonic } from './monotonic.ts';
import { type HostedSession, sessionExpired } from './session.ts';

/** What the service is asked about: what a project is bound to. */
export interface Routing {
  readonly provider: string;
  readonly bindingRef?: string | undefined;
  readonly projectSlug?: string | undefined;
}

export type Body = Readonly<Record<string, unknown>>;

/** What a write has come to. */
export interface WriteOutcome {
  readonly body: Body;
  /** The service had done it before: this is what it answered then. */
  readonly isReplayed: boolean;
  /** An earlier run had begun it. */
  readonly isResumed: boolean;
}

export interface PullRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly filters?: Body | undefined;
}

export interface HostedClient {
  readonly origin: string;
  readonly session: HostedSession;
  pull(routing: Routing, request: PullRequest): Promise<Body>;
  push(routing: Routing, items: readonly unknown[]): Promise<WriteOutcome>;
  run(routing: Routing, limit: number): Promise<WriteOutcome>;
  /** Without what a project is bound to: of the whole installation. */
  status(routing: Routing): Promise<Body>;
  mappings(routing: Routing): Promise<Body>;
  search(routing: Routing, request: { readonly text: string; readonly limit: number }): Promise<Body>;
  tickets(routing: Routing, limit: number): Promise<Body>;
  resources(provider: string): Promise<Body>;
  resolveBinding(provider: string, identity: Body): Promise<Body>;
  confirmBinding(provider: string, candidateToken: string, identity: Body): Promise<WriteOutcome>;
  validateBinding(provider: string, bindingRef: string, identity: Body): Promise<Body>;
  /** Who it is. A service of the first generation does not tell: 404. */
  me(): Promise<Body>;
}

export interface HostedParts {
  readonly exchange: Exchange;
  readonly session: HostedSession;
  readonly journal: HostedJournal;
}

/** One write, as far as it is known what has become of it. */
interface Attempt {
  readonly operation: HostedOperation;
  readonly path: string;
  readonly body: Body;
  /** It was sent before, and nobody knows whether it came through. */
  mayBeDone: boolean;
}

const API = '/api/v1/tracker';
/** How long an operation is asked for. */
const DEADLINE_MS = 300_000;
const LONGEST_DELAY_MS = 30_000;
/** A key as people write it, which is searched for as such. */
const ISSUE_KEY = /^[A-Za-z][A-Za-z0-9_]*-\d+$/;

export function createHostedClient(world: World, { exchange, session, journal }: HostedParts): HostedClient {
  /** One renewal, then the same request once more. */
  async function asked(request: HostedRequest): Promise<HostedAnswer> {
    for (let isRenewed = false; ; isRenewed = true) {
      const token = session.token();
      const headers = { ...request.headers, authorization: `Bearer ${token}`, 'x-team-slug': session.team };
      try {
        return await exchange.send({ ...request, headers });
      } catch (error) {
        if (refusalIn(error)?.status !== 401) throw error;
        if (isRenewed || !(await session.renew(token))) throw sessionExpired(asPaceError(error));
      }
    }
  }

  const read = async (path: string, query: Readonly<Record<string, string>>): Promise<Body> =>
    (await asked({ method: 'GET', path: `${API}/${path}`, query })).body;
  const question = async (path: string, body: Body): Promise<Body> =>
    (await asked({ method: 'POST', path: `${API}/${path}`, body })).body;

  async function write(name: string, body: Body): Promise<WriteOutcome> {
    const path = `${API}/${name}`;
    const operation = journal.begin({ origin: exchange.origin, team: session.team, path, body });
    const { isEarlier: isResumed } = operation;
    const attempt: Attempt = { operation, path, body, mayBeDone: isResumed };
    try {
      const known = operation.operationId === undefined ? undefined : await remembered(operation.operationId);
      const answer = known ?? (await sent(attempt));
      journal.ended(operation, 'answered');
      return { ...answer, isResumed };
    } catch (error) {
      if (isSettled(error, attempt.mayBeDone)) {
        journal.ended(operation, 'refused');
        throw error;
      }
      journal.left(operation);
      throw unsettled(error);
    }
  }

  /** Of an earlier run; `undefined` where the server does not know it any more, and takes the write itself again. */
  async function remembered(id: string): Promise<Omit<WriteOutcome, 'isResumed'> | undefined> {
    try {
      return { body: await polled(id), isReplayed: false };
    } catch (error) {
      if (refusalIn(error)?.status === 404) return undefined;
      throw error;
    }
  }

  async function sent(attempt: Attempt): Promise<Omit<WriteOutcome, 'isResumed'>> {
    const { operation, path, body } = attempt;
    const request = {
      method: 'POST',
      path,
      body,
      headers: { 'idempotency-key': operation.key },
      writes: true,
    } as const;
    const answer = await asked(request).catch((error: unknown) => {
      // the key makes it harmless to send it again where nobody knows whether it came through
      if (!isLost(error)) throw error;
      attempt.mayBeDone = true;
      world.log.debug(`${asPaceError(error).message} The same is sent once more, with the same key.`);
      return asked(request);
    });
    const { isReplayed } = answer;
    if (answer.status !== 202) return { body: told(answer.body), isReplayed };
    const id = answer.body['operation_id'];
    if (typeof id !== 'string' || !OPERATION_ID.test(id))
      throw unexpectedAnswer(TITLE, 'an answer that is to come later has no `operation_id`');
    journal.accepted(operation, id);
    return { body: await polled(id), isReplayed };
  }

  /** Asks until it has ended: 1 s, 2 s, 4 s … 30 s, each a fifth more or less. */
  async function polled(id: string): Promise<Body> {
    const deadline = monotonic(world) + DEADLINE_MS;
    for (let delay = 1000; ; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
      const body = await operationNow(id);
      const status = body?.['status'];
      if (status === 'completed') return resultOf(body ?? {});
      if (status === 'failed') throw failedOperation(id, body?.['error']);
      if (body && status !== 'pending' && status !== 'running')
        throw unexpectedAnswer(TITLE, 'the state of an operation is not known');
      const wait = delay * (0.8 + 0.4 * world.random());
      if (monotonic(world) + wait > deadline) throw takesLong(id);
      await world.sleep(wait);
    }
  }

  /** `undefined` where there was no answer: the operation goes on without us. */
  async function operationNow(id: string): Promise<Body | undefined> {
    try {
      const { body } = await asked({ method: 'GET', path: `${API}/operations/${encodeURIComponent(id)}` });
      const told = body['operation_id'];
      if (told !== undefined && told !== id) throw unexpectedAnswer(TITLE, 'the answer is about another operation');
      return body;
    } catch (error) {
      const met = asPaceError(error);
      if (met.kind !== 'transient' && met.kind !== 'rate-limit') throw notKnown(id, met);
      world.log.debug(met.message);
      return undefined;
    }
  }

  return {
    origin: exchange.origin,
    session,
    pull: async (routing, { limit, cursor, filters }) =>
      question('pull', { ...routed(routing), limit, ...defined({ cursor, filters }) }),
    push: async (routing, items) => write('push', { ...routed(routing), items }),
    run: async (routing, limit) => write('run', { ...routed(routing), pull_first: true, limit }),
    status: (routing) => read('status', named(routing)),
    mappings: (routing) => read('mappings', named(routing)),
    search: (routing, { text, limit }) => {
      const key = ISSUE_KEY.test(text) ? { query_key: text } : {};
      return question('issue-search', { ...named(routing), limit, ...key, query_text: text });
    },
    tickets: (routing, limit) => question('list-tickets', { ...named(routing), limit }),
    resources: (provider) => read('resources', { provider }),
    resolveBinding: (provider, identity) => question('bind-resolve', { provider, project_identity: identity }),
    confirmBinding: (provider, candidate, identity) =>
      write('bind-confirm', { provider, candidate_token: candidate, project_identity: identity }),
    validateBinding: (provider, reference, identity) =>
      question('bind-validate', { provider, binding_ref: reference, project_identity: identity }),
    me: async () => (await asked({ method: 'GET', path: '/api/v1/me', isPlain: true })).body,
  };
}

/** The binding where there is one, else the project’s own name. */
function named({ provider, bindingRef, projectSlug }: Routing): { provider: string } & Record<string, string> {
  if (bindingRef) return { provider, binding_ref: bindingRef };
  return { provider, ...(projectSlug ? { project_slug: projectSlug } : {}) };
}

function routed(routing: Routing): Body {
  if (routing.bindingRef || routing.projectSlug) return named(routing);
  throw new PaceError({
    kind: 'configuration',
    message: 'This project is not bound to anything at the hosted tracker.',
    remedy: 'Please bind it: `pace tracker bind --provider …`.',
    neverSent: true,
  });
}

/** An answer that says nothing says nothing of what was done either. */
function told(body: Body): Body {
  if (Object.keys(body).length > 0) return body;
  throw unexpectedAnswer(TITLE, 'the answer to a change is empty');
}

function resultOf(body: Body): Body {
  return isRecord(body['result']) ? body['result'] : body;
}

/** Sent, and no answer tells what has become of it. */
function isLost(error: unknown): boolean {
  const { kind, neverSent } = asPaceError(error);
  return kind === 'transient' && !neverSent && refusalIn(error) === undefined;
}

/** The service has said what has become of it, or it never left. */
function isSettled(error: unknown, mayBeDone: boolean): boolean {
  if (error instanceof StillUnderWay) return false;
  const { kind, neverSent } = asPaceError(error);
  const refused = refusalIn(error);
  // why it is not taken now says nothing of the first time, unless it can never have been
  if (mayBeDone) return refused !== undefined && kind === 'validation';
  if (neverSent) return true;
  if (refused) return refused.envelope.hasNoEffect || kind !== 'transient';
  // no token, or too many requests: it was not looked at
  return kind === 'authentication' || kind === 'rate-limit';
}

const GOES_ON = 'The same command goes on where this one has ended: nothing is done twice.';

function unsettled(error: unknown): PaceError {
  const met = asPaceError(error);
  return new PaceError({
    kind: met.kind,
    message: met.message,
    remedy: met.remedy.includes(GOES_ON) ? met.remedy : `${met.remedy} ${GOES_ON}`,
    unsure: true,
    ...defined({ status: met.status, vendorMessage: met.vendorMessage }),
    cause: error,
  });
}

/** What was asked for is under way: why nobody may ask says nothing of it. */
class StillUnderWay extends PaceError {}

function notKnown(id: string, error: PaceError): PaceError {
  const { kind, message, remedy, status } = error;
  return new StillUnderWay({
    ...{ kind, remedy, cause: error },
    message: `What has become of the operation ${id} is not known: ${message}`,
    ...defined({ status }),
  });
}

function takesLong(id: string): PaceError {
  return new PaceError({
    kind: 'transient',
    message: `The operation ${id} of the hosted tracker has not ended within 5 minutes.`,
    remedy: GOES_ON,
  });
}
