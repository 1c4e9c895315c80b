/** Linear's published schema, and what a query costs. */
import {
  buildSchema,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { readDescription } from '../descriptions.ts';

let built: GraphQLSchema | undefined;

/** Built once per test file. */
export function linearSchema(): GraphQLSchema {
  built ??= strict(buildSchema(readDescription('linear.graphql'), { assumeValid: true, noLocation: true }));
  return built;
}

const FORMS: Readonly<Record<string, RegExp>> = {
  UUID: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/,
  TimelessDate: /^\d{4}-\d{2}-\d{2}$/,
  DateTime: /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/,
  DateTimeOrDuration: /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/,
};

/** The description names its scalars only; here they have a form, in requests and in answers. */
function strict(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, form] of Object.entries(FORMS)) {
    const type = schema.getType(name);
    if (!(type instanceof GraphQLScalarType)) throw new Error(`no scalar ${name}`);
    const checked = (value: unknown) => {
      if (typeof value === 'string' && form.test(value)) return value;
      throw new GraphQLError(`${name} cannot represent ${JSON.stringify(value)}`);
    };
    type.coerceInputValue = checked;
    type.coerceOutputValue = checked;
    type.coerceInputLiteral = (node) => checked(valueFromASTUntyped(node));
  }
  return schema;
}

/** https://linear.app/developers/rate-limiting#complexity: 0.1 a property, 1 an object, times the size of the page. */
export function complexityOf(document: DocumentNode): number {
  const sum = document.definitions.reduce(
    (points, definition) => points + ('selectionSet' in definition ? inside(definition.selectionSet) : 0),
    0,
  );
  return Math.ceil(sum);
}

function inside(set: SelectionSetNode | undefined): number {
  const fields = (set?.selections ?? []).filter((selection): selection is FieldNode => selection.kind === Kind.FIELD);
  return fields.reduce((sum, field) => sum + pointsOf(field), 0);
}

function pointsOf({ selectionSet, arguments: given = [] }: FieldNode): number {
  if (!selectionSet) return 0.1;
  const nodes = selectionSet.selections.find(
    (selection): selection is FieldNode => selection.kind === Kind.FIELD && selection.name.value === 'nodes',
  );
  if (!nodes) return 1 + inside(selectionSet);
  const first = given.find(({ name }) => name.value === 'first')?.value;
  const size = first?.kind === Kind.INT ? Number(first.value) : 50;
  const others = selectionSet.selections.filter((selection) => selection !== nodes);
  return 1 + size * (1 + inside(nodes.selectionSet)) + inside({ ...selectionSet, selections: others });
}
