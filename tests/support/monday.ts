/**
 * A stateful monday on 127.0.0.1: every query is executed against the vendor's own schema, which so checks both it and the answer.
 * Limits and refusals are as monday has them.
 */
import { execute, type GraphQLError, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { noteQuery, noteVariables } from './graphql-use.ts';
import { type Answer, type Asked, type Loopback, loopback } from './loopback.ts';
import { resolversOf } from './monday/resolvers.ts';
import { mondaySchema } from './monday/schema.ts';
import { type Account, type AccountOptions, createAccount, refuse } from './monday/state.ts';

export { USUAL_COLUMNS, USUAL_LABELS } from './monday/state.ts';

export interface MondayOptions extends AccountOptions {
  readonly token?: string;
}

/** Queries are sent by POST, too. */
export function isMutation({ body }: Asked): boolean {
  return /^mutation\b/.test(String((body as { query?: unknown } | undefined)?.query));
}

export interface Monday extends Pick<Loopback, 'origin' | 'exchanges' | 'trouble' | 'close'> {
  readonly token: string;
  readonly apiUrl: string;
  readonly account: Account;
  /** What shells and jobs set for this server. */
  readonly env: Readonly<Record<string, string>>;
  /** Fields of the root that the token may not use. */
  readonly denied: Set<string>;
  /** All cursors so far lead nowhere any more. */
  expireCursors(): void;
}

export async function startMonday(options: MondayOptions = {}): Promise<Monday> {
  const { token = 'eyJ0b2tlbiI6IjEifQ.monday' } = options;
  const account = createAccount(options);
  const cursors = { open: new Map<string, readonly string[]>() };
  const denied = new Set<string>();
  const schema = mondaySchema();

  async function answer({ body, headers }: Asked): Promise<Answer> {
    if (headers['authorization'] !== token) return { status: 401, json: { errors: ['Not Authenticated'] } };
    if (!/^\d{4}-\d{2}$/.test(headers['api-version'] ?? ''))
      return { status: 400, json: { errors: ['no API-Version'] } };
    const { query = '', variables = {} } = body as { query?: string; variables?: Record<string, unknown> };
    const { document, invalid } = lookAt(query);
    if (invalid.length > 0) return { status: 400, json: { errors: invalid.map(asInvalid) } };
    noteVariables('monday', schema, document, variables);
    const { selectionSet } = document.definitions[0] as OperationDefinitionNode;
    const stopped = selectionSet.selections.find((field) => field.kind === Kind.FIELD && denied.has(field.name.value));
    if (stopped)
      return { json: failure(refuse('User unauthorized to perform action', 'UserUnauthorizedException', 403)) };
    const rootValue = resolversOf(account, cursors);
    const result = await execute({ schema, document, rootValue, variableValues: variables });
    const status = result.errors?.some(({ extensions }) => extensions['code'] === undefined) ? 500 : 200;
    return { status, json: JSON.parse(JSON.stringify({ ...result, account_id: 1 })) };
  }

  const server = await loopback({ 'POST /v2': answer });
  const { origin, exchanges, trouble, close } = server;
  const apiUrl = `${origin}/v2`;
  const env = { PACE_MONDAY_TOKEN: token, PACE_MONDAY_BOARD: account.boardId, MONDAY_API_URL: apiUrl };
  return {
    ...{ origin, exchanges, trouble, close, token, apiUrl, account, env, denied },
    expireCursors: () => cursors.open.clear(),
  };
}

const looked = new Map<string, ReturnType<typeof look>>();

/** Servers are many, and queries the same: each is looked at once. */
function lookAt(query: string) {
  const known = looked.get(query) ?? look(query);
  looked.set(query, known);
  return known;
}

function look(query: string) {
  const document = parse(query, { noLocation: true });
  const invalid = validate(mondaySchema(), document);
  if (invalid.length === 0) noteQuery('monday', mondaySchema(), document);
  return { document, invalid };
}

function asInvalid(error: GraphQLError) {
  return { ...error.toJSON(), extensions: { code: 'INVALID_GRAPHQL_REQUEST' } };
}

function failure(error: GraphQLError) {
  return { errors: [error.toJSON()], account_id: 1 };
}
