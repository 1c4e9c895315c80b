/** monday's published schema. */
import { buildSchema, GraphQLError, GraphQLScalarType, type GraphQLSchema, valueFromASTUntyped } from 'graphql';
import { readDescription } from '../descriptions.ts';

let built: GraphQLSchema | undefined;

/** Built once per test file. */
export function mondaySchema(): GraphQLSchema {
  built ??= strict(buildSchema(readDescription('monday.graphql'), { assumeValid: true, noLocation: true }));
  return built;
}

/** The description names its scalars only; times have a form, and JSON that is sent is a text. */
function strict(schema: GraphQLSchema): GraphQLSchema {
  const date = scalar(schema, 'Date');
  date.coerceOutputValue = (value) => {
    if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(value)) return value;
    throw new GraphQLError(`Date cannot represent ${JSON.stringify(value)}`);
  };
  const json = scalar(schema, 'JSON');
  json.coerceInputValue = textOnly;
  json.coerceInputLiteral = (node) => textOnly(valueFromASTUntyped(node));
  return schema;
}

function scalar(schema: GraphQLSchema, name: string): GraphQLScalarType {
  const type = schema.getType(name);
  if (type instanceof GraphQLScalarType) return type;
  throw new Error(`no scalar ${name}`);
}

/** https://developer.monday.com/api-reference/docs/change-column-values: a string of JSON. */
function textOnly(value: unknown): unknown {
  if (typeof value === 'string') return JSON.parse(value);
  throw new GraphQLError(`JSON is sent as a string, not as ${JSON.stringify(value)}`);
}
