/** The calls of the hosted tracker that issues need, over the client of `core/hosted`. */

import { PaceError } from '../../core/errors.ts';
import type { Binding } from '../../core/hosted/binding.ts';
import { readProjectFile } from '../../core/hosted/binding.ts';
import type { Body, HostedClient, Routing } from '../../core/hosted/client.ts';
import { openHosted, serverInUse } from '../../core/hosted/open.ts';
import { isHostedProvider, unknownProvider } from '../../core/hosted/providers.ts';
import { createPageGuard } from '../../core/http/page-guard.ts';
import { neededText, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { keyOf, type WireIssue, type WireRef } from './wire.ts';

export const TITLE = 'The hosted tracker';

const PAGE = 100;
/** Where one issue is looked for, all of them come: the contract has no call for one. */
const LARGE_PAGE = 1000;

export interface Api {
  readonly client: HostedClient;
  readonly routing: Routing;
  /** All of them that the service gives for these filters, in its own order. */
  pages(filters?: Body): AsyncGenerator<WireIssue>;
  /** Every issue by its key, asked for now; those who ask at the same moment share the answer. */
  all(): Promise<ReadonlyMap<string, WireIssue>>;
  /** Throws `not-found`. */
  one(key: string): Promise<WireIssue>;
  /** What the service calls the issue; known from an earlier answer, or looked for. */
  refOf(key: string): Promise<WireRef>;
  /** The reference that a new issue is asked for with; `mark` stands for the id that it does not have yet. */
  newRef(mark: string): Promise<WireRef>;
  /** One change; gives the reference of what it was made to. */
  push(item: Body): Promise<WireRef | undefined>;
}

export async function connect(world: World, settings: Settings): Promise<Api> {
  const binding = await boundTo(world, settings);
  const { url = serverInUse(world), token, team } = settings;
  if (!url) throw noServer();
  const client = openHosted(world, { address: url, token, team });
  return apiOver(client, binding, settings['workspace']);
}

/** Where the issues are, as people are told: nothing where that is not known. */
export async function placeOf(world: Pick<World, 'cwd'>, settings: Settings): Promise<string> {
  const bound = await boundTo(world, settings).catch(() => undefined);
  return [settings['url'], bound?.provider, bound?.bindingRef ?? bound?.projectSlug].filter(Boolean).join(' ');
}

type Bound = Pick<Binding, 'provider' | 'bindingRef' | 'projectSlug' | 'providerContext'>;

/** What is set goes before the file that a commit may have brought. */
async function boundTo(world: Pick<World, 'cwd'>, settings: Settings): Promise<Bound> {
  const { provider, binding } = settings;
  if (provider !== undefined && binding !== undefined) {
    requireHosted(provider);
    return { provider, bindingRef: binding };
  }
  const { binding: found } = await readProjectFile(world);
  const name = provider ?? found?.provider;
  if (name === undefined) throw notBound();
  requireHosted(name);
  const own = found?.provider === name ? found : undefined;
  if (binding !== undefined) return { provider: name, bindingRef: binding };
  if (!own?.bindingRef && !own?.projectSlug) throw notBound();
  return own;
}

function requireHosted(provider: string): void {
  if (!isHostedProvider(provider)) throw unknownProvider(provider);
}

function apiOver(client: HostedClient, bound: Bound, workspace: string | undefined): Api {
  const routing: Routing = bound;
  const refs = new Map<string, WireRef>();
  let next: Promise<ReadonlyMap<string, WireIssue>> | undefined;

  async function* pages(filters?: Body, limit = PAGE): AsyncGenerator<WireIssue> {
    const guard = createPageGuard(TITLE);
    for (let cursor: string | undefined, goesOn = true; goesOn; ) {
      const body = await client.pull(routing, { limit, cursor, filters });
      const { items, has_more: more, next_cursor: following } = body;
      if (!Array.isArray(items)) throw unexpectedAnswer(TITLE, 'a list of issues was expected');
      for (const item of items) {
        if (!isRecord(item)) throw unexpectedAnswer(TITLE, 'an issue was expected');
        const issue: WireIssue = item;
        refs.set(keyOf(issue), refIn(issue.ref));
        yield issue;
      }
      goesOn = more === true;
      if (goesOn && typeof following !== 'string')
        throw unexpectedAnswer(TITLE, 'a list has no next page although it says so');
      cursor = goesOn ? String(following) : undefined;
      if (cursor !== undefined) guard.next(cursor);
    }
  }

  async function allNow(): Promise<ReadonlyMap<string, WireIssue>> {
    const found = new Map<string, WireIssue>();
    for await (const issue of pages(undefined, LARGE_PAGE)) found.set(keyOf(issue), issue);
    return found;
  }

  function all(): Promise<ReadonlyMap<string, WireIssue>> {
    // nobody who asks after the request has left is given its answer: something may have been written since
    next ??= Promise.resolve().then(() => {
      next = undefined;
      return allNow();
    });
    return next;
  }

  async function one(key: string): Promise<WireIssue> {
    const issue = (await all()).get(key);
    if (issue) return issue;
    throw noSuchIssue(key);
  }

  return {
    ...{ client, routing, pages, all, one },
    refOf: async (key) => refs.get(key) ?? refIn((await one(key)).ref),
    newRef: async (mark) => {
      const place = workspace ?? workspaceIn(bound.providerContext) ?? [...refs.values()][0]?.workspace;
      const known = place ?? [...(await all()).values()].map(({ ref }) => refIn(ref).workspace)[0];
      const named = known ?? bound.projectSlug ?? bound.bindingRef ?? bound.provider;
      return { system: bound.provider, id: mark, workspace: named };
    },
    push: async (item) => {
      const { body } = await client.push(routing, [item]);
      return pushedTo(body);
    },
  };
}

/** The words that the four of them use. */
const WORKSPACES = ['project_key', 'workspace', 'team_key', 'repository', 'repo', 'project_path'];

function workspaceIn(context: Bound['providerContext']): string | undefined {
  const names = WORKSPACES.filter((name) => typeof context?.[name] === 'string');
  return names[0] === undefined ? undefined : String(context?.[names[0]]);
}

/** Whole, or nothing can be written to it. */
export function refIn(ref: unknown): WireRef {
  if (!isRecord(ref)) throw unexpectedAnswer(TITLE, 'an issue has no reference');
  const { system, id, workspace, key, url } = ref;
  if (typeof system !== 'string' || typeof id !== 'string' || typeof workspace !== 'string')
    throw unexpectedAnswer(TITLE, 'the reference of an issue is not whole');
  return {
    system,
    id,
    workspace,
    ...(typeof key === 'string' ? { key } : {}),
    ...(typeof url === 'string' ? { url } : {}),
  };
}

const DONE = new Set(['created', 'updated', 'deleted', 'unchanged', 'skipped', 'ok', 'success', 'succeeded']);

/** Of one item. Throws where it was not done, and for a word that nobody has described: that must not read as success. */
function pushedTo(body: Body): WireRef | undefined {
  const items = Array.isArray(body['items']) ? body['items'] : [];
  const [item] = items.filter(isRecord);
  const errors: unknown[] = Array.isArray(body['item_errors']) ? body['item_errors'] : [];
  const outcome = neededText(TITLE, 'status', item?.['outcome'] ?? body['status']).toLowerCase();
  if (errors.length === 0 && DONE.has(outcome)) {
    const remote = item?.['remote_ref'];
    return isRecord(remote) ? refIn(remote) : undefined;
  }
  const words = [item, ...errors].flatMap((each) =>
    isRecord(each) && typeof each['message'] === 'string' ? [each['message']] : [],
  );
  throw new PaceError({
    kind: 'validation',
    message: `${TITLE} has not taken the change: ${plainLine(words[0] ?? outcome, 300)}`,
    remedy: 'Please compare what was written with what the tracker behind the service accepts.',
  });
}

export function noSuchIssue(key: string): PaceError {
  return new PaceError({
    kind: 'not-found',
    message: `There is no issue ${plainLine(key, 60)}.`,
    remedy: 'Please check the key: `pace issue list` shows the existing ones.',
  });
}

function notBound(): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: 'This project is not bound to anything at the hosted tracker.',
    remedy: 'Please bind it with `pace tracker bind --provider …`, or set `hosted.provider` and `hosted.binding`.',
    operation: 'configure',
  });
}

function noServer(): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: 'It is not known where the hosted tracker is.',
    remedy: 'Please set PACE_HOSTED_URL (SPEC_KITTY_SAAS_URL), or log in: `pace tracker login --server URL`.',
    operation: 'configure',
  });
}
