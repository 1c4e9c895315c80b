/**
 * A stateful Linear on 127.0.0.1: every query is executed against the vendor's own schema, which so checks both it and the
 * answer. Limits of complexity and of pages, scopes and refusals are as Linear has them.
 */
import {
  execute,
  type FieldNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { noteQuery, noteVariables } from './graphql-use.ts';
import { resolversOf } from './linear/resolvers.ts';
import { complexityOf, linearSchema } from './linear/schema.ts';
import { createWorkspace, issueBy, moveIssue, refuse, type Workspace, type WorkspaceOptions } from './linear/state.ts';
import { type Answer, type Asked, type Loopback, loopback } from './loopback.ts';

export { identifierOf } from './linear/state.ts';

export interface LinearOptions extends WorkspaceOptions {
  readonly token?: string;
  /** Fewer points than Linear's 10,000. */
  readonly mostPoints?: number;
}

/** Queries are sent by POST, too. */
export function isMutation({ body }: Asked): boolean {
  return /^mutation\b/.test(String((body as { query?: unknown } | undefined)?.query));
}

export interface Linear extends Pick<Loopback, 'origin' | 'exchanges' | 'trouble' | 'close'> {
  readonly token: string;
  readonly apiUrl: string;
  readonly teamKey: string;
  readonly space: Workspace;
  /** As if a person had moved the issue to another team. */
  moveAway(key: string): void;
  /** As if a person had planned the issue. */
  putIntoCycle(key: string, name: string): void;
  /** The mutations that the token may not do, by name: the scope that each lacks. */
  readonly denied: Map<string, string>;
  /** The mutations that fail once by the server's own fault; nothing is changed by them. */
  readonly failing: Set<string>;
}

export async function startLinear(options: LinearOptions = {}): Promise<Linear> {
  const { token = 'lin_api_0123456789', teamKey = 'PACE', mostPoints = 10_000 } = options;
  const space = createWorkspace({ ...options, teamKey });
  const resolvers = resolversOf(space);
  const denied = new Map<string, string>();
  const failing = new Set<string>();
  const schema = linearSchema();

  async function answer({ body, headers }: Asked): Promise<Answer> {
    const { authorization = '' } = headers;
    if (/^Bearer lin_api_/.test(authorization)) return { status: 400, json: failure(NO_BEARER) };
    if (authorization !== token) return { status: 401, json: failure(UNAUTHENTICATED) };
    const { query = '', variables = {} } = body as { query?: string; variables?: Record<string, unknown> };
    const { document, invalid, complexity } = lookAt(query);
    if (invalid.length > 0)
      return {
        status: 400,
        json: {
          errors: invalid.map((error) => ({ ...error.toJSON(), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })),
        },
      };
    noteVariables('linear', schema, document, variables);
    const told = { 'x-complexity': String(complexity), 'x-ratelimit-complexity-limit': '250000' };
    if (complexity > mostPoints)
      return { status: 400, json: failure(refuse('Query too complex', 'INPUT_ERROR')), headers: told };
    const result = await execute({
      schema,
      document,
      rootValue: guarded(document.definitions[0] as OperationDefinitionNode),
      variableValues: variables,
    });
    const status = result.errors?.some(({ extensions }) => extensions['code'] === undefined) ? 500 : 200;
    return { status, json: JSON.parse(JSON.stringify(result)), headers: told };
  }

  /** The resolvers of a mutation without what its token may not do. */
  function guarded({ operation, selectionSet }: OperationDefinitionNode): Record<string, unknown> {
    if (operation !== 'mutation') return resolvers;
    const names = selectionSet.selections
      .filter((field): field is FieldNode => field.kind === Kind.FIELD)
      .map(({ name }) => name.value);
    const stopped = names.flatMap((name) => {
      const scope = denied.get(name);
      if (scope)
        return [
          [
            name,
            () => {
              throw refuse(`Invalid scope: \`${scope}\` required`, 'FORBIDDEN', 'forbidden', 403);
            },
          ],
        ];
      if (failing.delete(name))
        return [
          [
            name,
            () => {
              throw refuse('Internal server error', 'INTERNAL_SERVER_ERROR', 'internal error', 500);
            },
          ],
        ];
      return [];
    });
    return { ...resolvers, ...Object.fromEntries(stopped) };
  }

  function putIntoCycle(key: string, name: string): void {
    issueBy(space, key).cycle = { name, number: 7 };
  }

  const server = await loopback({ 'POST /graphql': answer });
  const { origin, exchanges, trouble, close } = server;
  return {
    origin,
    exchanges,
    trouble,
    close,
    putIntoCycle,
    moveAway: (key) => moveIssue(space, key),
    token,
    teamKey,
    space,
    denied,
    failing,
    apiUrl: `${origin}/graphql`,
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
  const invalid = validate(linearSchema(), document);
  if (invalid.length === 0) noteQuery('linear', linearSchema(), document);
  return { document, invalid, complexity: complexityOf(document) };
}

const NO_BEARER = refuse(
  "It looks like you're trying to use an API key as a Bearer token. Remove the Bearer prefix.",
  'AUTHENTICATION_ERROR',
  'authentication error',
  400,
);
const UNAUTHENTICATED = refuse(
  'Authentication required, not authenticated',
  'AUTHENTICATION_ERROR',
  'authentication error',
  401,
);

function failure(error: GraphQLError) {
  return { errors: [error.toJSON()], data: null };
}
