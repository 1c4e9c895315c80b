/** Notes which fields, arguments and inputs of a schema a query uses. */
import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInputType,
  Kind,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { noteUse } from './descriptions.ts';

/** `document` must be valid. */
export function noteQuery(description: string, schema: GraphQLSchema, document: DocumentNode): void {
  const types = new TypeInfo(schema);
  const note = (part: string) => {
    if (!part.includes('.__')) noteUse(description, part);
  };
  const field = () => `${types.getParentType()?.name}.${types.getFieldDef()?.name}`;
  visit(
    document,
    visitWithTypeInfo(types, {
      Directive: () => false,
      Field: () => note(field()),
      Argument: ({ name }) => note(`${field()}(${name.value})`),
      ObjectField: ({ name }) => note(`${getNamedType(types.getParentInputType())?.name}.${name.value}`),
    }),
  );
}

/** What is sent beside the query is described, too. */
export function noteVariables(
  description: string,
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  const declared = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
  );
  for (const { variable, type } of declared) {
    const found = typeFromAST(schema, type);
    if (isInputType(found)) noteInput(description, found, variables[variable.name.value]);
  }
}

function noteInput(description: string, type: GraphQLInputType, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) noteInput(description, type, item);
    return;
  }
  const input = getNamedType(type);
  if (!isInputObjectType(input) || typeof value !== 'object' || value === null) return;
  const fields = input.getFields();
  for (const [name, item] of Object.entries(value)) {
    const field = fields[name];
    if (!field) continue;
    noteUse(description, `${input.name}.${name}`);
    noteInput(description, field.type, item);
  }
}
