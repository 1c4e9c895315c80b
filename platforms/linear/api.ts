/** Linear's GraphQL API on our fetch. https://linear.app/developers/graphql */
import { asPaceError, PaceError } from '../../core/errors.ts';
import { createGraphQl, type Variables } from '../../core/http/graphql.ts';
import type { Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { explained, KINDS, kindInWords, type Operation } from './refusals.ts';

export interface LinearApi {
  /** Reads; `document` is the inside of the query, `declared` its variables as GraphQL declares them: `$id: String!`. */
  query<Data>(operation: Operation, document: string, declared?: string, variables?: Variables): Promise<Data>;
  mutate<Data>(operation: Operation, document: string, declared: string, variables: Variables): Promise<Data>;
  /** Runs one port method: what it throws names the method. */
  attempt<Result>(operation: Operation, calls: () => Promise<Result>): Promise<Result>;
}

export function connect(world: World, settings: Settings): LinearApi {
  const { token = '', team = '', api_url: url = '' } = settings;
  const headers = { authorization: authorizationOf(token) };
  const api = createGraphQl(world, { title: 'Linear', url: apiUrl(url), headers, kinds: KINDS, kindInWords });

  async function attempt<Result>(operation: Operation, calls: () => Promise<Result>): Promise<Result> {
    try {
      return await calls();
    } catch (error) {
      throw explained(asPaceError(error), operation, team);
    }
  }

  return {
    query: (operation, document, declared = '', variables = {}) =>
      attempt(operation, () => api.query(`query ${parameters(declared)}{ ${document} }`, variables)),
    mutate: (operation, document, declared, variables) =>
      attempt(operation, () => api.mutate(`mutation ${parameters(declared)}{ ${document} }`, variables)),
    attempt,
  };
}

function parameters(declared: string): string {
  return declared === '' ? '' : `(${declared}) `;
}

/** API keys stand alone, access tokens behind `Bearer`. https://linear.app/developers/graphql#authentication */
export function authorizationOf(token: string): string {
  return /^lin_api_/.test(token) || /^Bearer /.test(token) ? token : `Bearer ${token}`;
}

function apiUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).username === '') return text;
  throw new PaceError({
    kind: 'configuration',
    message: 'The address of Linear’s API (`linear.api_url`) is not a URL, or has a user name in it.',
    remedy: 'Please remove it, or write the whole address of the GraphQL API: https://api.linear.app/graphql.',
    operation: 'configure',
  });
}
