/**
 * monday's GraphQL API on our fetch. Calls are few there (200 a day in a free account), so everything that is needed at once is
 * asked for at once, and each answer tells what is left of the minute's budget. https://developer.monday.com/api-reference/docs/rate-limits
 */
import { asPaceError, PaceError } from '../../core/errors.ts';
import { createGraphQl, type Variables } from '../../core/http/graphql.ts';
import type { Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { errorIn, explained, KINDS, kindInWords, type Operation, waitIn } from './refusals.ts';

/** The inside of a query or a mutation; variables are declared as GraphQL has them: `$id: ID!`. */
export interface Document {
  readonly fields: readonly string[];
  readonly declared?: readonly string[];
  readonly variables?: Variables;
}

export interface MondayApi {
  /** The board's id. */
  readonly board: string;
  query<Data>(operation: Operation, document: Document): Promise<Data>;
  mutate<Data>(operation: Operation, document: Document): Promise<Data>;
  /** Runs one port method: what it throws names the method. */
  attempt<Result>(operation: Operation, calls: () => Promise<Result>): Promise<Result>;
}

/** https://developer.monday.com/api-reference/docs/api-versioning */
const VERSION = '2026-07';
/** Costs nothing, and no call. https://developer.monday.com/api-reference/reference/complexity */
const BUDGET = 'complexity { query after reset_in_x_seconds }';
const LONGEST_PAUSE = 60_000;

interface Told {
  readonly complexity?: {
    readonly query?: number;
    readonly after?: number;
    readonly reset_in_x_seconds?: number;
  } | null;
}

export function connect(world: World, settings: Settings): MondayApi {
  const { token = '', board = '', api_url: url = '' } = settings;
  if (!/^[1-9]\d*$/.test(board)) throw badSetting(`"${board.slice(0, 60)}" is not the id of a board.`, BOARD);
  if (!isWebAddress(url))
    throw badSetting('The address of monday’s API is not a URL, or has a user name in it.', URL_REMEDY);
  const headers = { authorization: token, 'api-version': VERSION };
  const api = createGraphQl(world, { title: 'monday', url, headers, kinds: KINDS, kindInWords, errorIn, waitIn });
  let spent = { cost: 0, left: Number.POSITIVE_INFINITY, resetAt: 0 };

  async function attempt<Result>(operation: Operation, calls: () => Promise<Result>): Promise<Result> {
    try {
      return await calls();
    } catch (error) {
      throw explained(asPaceError(error), operation, board);
    }
  }

  function send<Data>(operation: Operation, kind: 'query' | 'mutation', document: Document): Promise<Data> {
    const { fields, declared = [], variables = {} } = document;
    const head = declared.length === 0 ? kind : `${kind} (${declared.join(', ')})`;
    const text = `${head} { ${[...fields, BUDGET].join(' ')} }`;
    return attempt(operation, async () => {
      await enoughLeft();
      const data = await api[kind === 'query' ? 'query' : 'mutate']<Data & Told>(text, variables);
      remember(data);
      return data;
    });
  }

  /** A refusal for complexity counts as a call too: rather a pause until the minute is over. */
  async function enoughLeft(): Promise<void> {
    const wait = Math.min(spent.resetAt - world.now(), LONGEST_PAUSE);
    if (spent.left >= spent.cost || wait <= 0) return;
    world.traffic.host(new URL(url).origin).waited(wait);
    await world.sleep(wait);
  }

  function remember({ complexity }: Told): void {
    const { query, after, reset_in_x_seconds: seconds } = complexity ?? {};
    if (typeof query !== 'number' || typeof after !== 'number' || typeof seconds !== 'number') return;
    spent = { cost: query, left: after, resetAt: world.now() + seconds * 1000 };
  }

  return {
    board,
    query: (operation, document) => send(operation, 'query', document),
    mutate: (operation, document) => send(operation, 'mutation', document),
    attempt,
  };
}

const BOARD = 'Please set `monday.board` (PACE_MONDAY_BOARD) to the number in the address of the board.';
const URL_REMEDY = 'Please remove `monday.api_url`, or write the whole address of the API: https://api.monday.com/v2.';

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '';
}

function badSetting(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'configuration', message, remedy, operation: 'configure' });
}
