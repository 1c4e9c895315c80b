/**
 * A GraphQL schema with some of its fields, arguments and inputs, and what these need to mean the same: the types that they name,
 * what must be sent or is filled in, and what stands behind an interface or a union.
 */
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type InterfaceTypeDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeDefinitionNode,
  type TypeNode,
  visit,
} from 'graphql';

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

const HINT = '# Cut to what PACE uses. How to get back what is missing: README.md.';

/** `used`: `Type.field`, `Type.field(argument)`, `Input.field`. */
export function cutGraphQL(text: string, used: ReadonlySet<string>): string {
  const [source = ''] = text.split('\n', 1);
  if (!/^# \{"source":.*"license":/.test(source))
    throw new Error('The schema lacks its first line, `# {"source": …}`: see tests/descriptions/README.md.');
  const { definitions } = bare(parse(text, { noLocation: true }));
  const types = new Map(definitions.filter(isTypeDefinitionNode).map((type) => [type.name.value, type]));
  const unknown = [...used].filter((part) => !isKnown(types, part));
  if (unknown.length > 0) throw new Error(`The schema does not have ${unknown.join(', ')}.`);

  const kept = reached(types, used);
  const cut = definitions.flatMap((definition) => cutDefinition(definition, kept, used));
  return `${source}\n${HINT}\n${cut.map((definition) => print(definition)).join('\n')}\n`;
}

function isKnown(types: ReadonlyMap<string, TypeDefinitionNode>, part: string): boolean {
  const [, typeName = '', fieldName = '', argument] = /^(\w+)\.(\w+)(?:\((\w+)\))?$/.exec(part) ?? [];
  const type = types.get(typeName);
  const field = type && 'fields' in type ? type.fields?.find(({ name }) => name.value === fieldName) : undefined;
  if (!field || argument === undefined) return field !== undefined;
  return 'arguments' in field && field.arguments?.some(({ name }) => name.value === argument) === true;
}

/** Only these mean something to a check. */
const DIRECTIVES = ['oneOf', 'deprecated'];

/** Without prose. */
function bare(document: DocumentNode): DocumentNode {
  return visit(document, {
    StringValue: (_, key) => (key === 'description' ? null : undefined),
    Directive: ({ name }) => (DIRECTIVES.includes(name.value) ? undefined : null),
    // the reason why something is deprecated
    Argument: () => null,
  });
}

type Kept = ReadonlyMap<string, TypeDefinitionNode>;

/** Adds types until no kept one names another. */
function reached(types: Kept, used: ReadonlySet<string>): Kept {
  const scalars = [...types.values()].filter(({ kind }) => kind === Kind.SCALAR_TYPE_DEFINITION);
  const names = new Set([
    ...[...used].map((part) => part.split('.')[0] ?? ''),
    ...scalars.map(({ name }) => name.value),
  ]);
  for (let before = 0; before < names.size; ) {
    before = names.size;
    const kept = only(types, names);
    for (const type of kept.values()) for (const name of namesIn(type, types, kept, used)) names.add(name);
  }
  return only(types, names);
}

function only(types: Kept, names: ReadonlySet<string>): Kept {
  return new Map([...types].filter(([name]) => names.has(name)));
}

function namesIn(type: TypeDefinitionNode, types: Kept, kept: Kept, used: ReadonlySet<string>): string[] {
  if (type.kind === Kind.UNION_TYPE_DEFINITION) return (type.types ?? []).map(({ name }) => name.value);
  if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
    return inputsOf(type.name.value, type.fields ?? [], used).map((field) => nameOf(field.type));
  if (!isComposite(type)) return [];
  const fields = fieldsOf(type, kept, used);
  const behind =
    type.kind === Kind.INTERFACE_TYPE_DEFINITION ? [...types.values()].filter((other) => isA(other, type)) : [];
  return [
    ...fields.flatMap((field) => [
      nameOf(field.type),
      ...(field.arguments ?? []).map((argument) => nameOf(argument.type)),
    ]),
    ...behind.map(({ name }) => name.value),
  ];
}

function isComposite(type: DefinitionNode): type is Composite {
  return type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function isA(type: TypeDefinitionNode, above: TypeDefinitionNode): boolean {
  return isComposite(type) && (type.interfaces ?? []).some(({ name }) => name.value === above.name.value);
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

/** What is used of it, be it by way of an interface. */
function fieldsOf(type: Composite, kept: Kept, used: ReadonlySet<string>): FieldDefinitionNode[] {
  const owners = [
    type.name.value,
    ...(type.interfaces ?? []).map(({ name }) => name.value).filter((name) => kept.has(name)),
  ];
  return (type.fields ?? [])
    .filter(({ name }) => owners.some((owner) => used.has(`${owner}.${name.value}`)))
    .map((field) => ({
      ...field,
      arguments: (field.arguments ?? []).filter(
        (argument) =>
          isNeeded(argument) ||
          owners.some((owner) => used.has(`${owner}.${field.name.value}(${argument.name.value})`)),
      ),
    }));
}

function inputsOf(
  type: string,
  fields: readonly InputValueDefinitionNode[],
  used: ReadonlySet<string>,
): InputValueDefinitionNode[] {
  return fields.filter((field) => isNeeded(field) || used.has(`${type}.${field.name.value}`));
}

/** It must be sent, or is filled in. */
function isNeeded({ type, defaultValue }: InputValueDefinitionNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE || defaultValue !== undefined;
}

function cutDefinition(definition: DefinitionNode, kept: Kept, used: ReadonlySet<string>): DefinitionNode[] {
  if (definition.kind === Kind.SCHEMA_DEFINITION)
    return [
      { ...definition, operationTypes: definition.operationTypes.filter(({ type }) => kept.has(type.name.value)) },
    ];
  if (definition.kind === Kind.DIRECTIVE_DEFINITION)
    return DIRECTIVES.includes(definition.name.value) ? [definition] : [];
  if (!isTypeDefinitionNode(definition) || !kept.has(definition.name.value)) return [];
  if (isComposite(definition)) {
    const interfaces = (definition.interfaces ?? []).filter(({ name }) => kept.has(name.value));
    return [{ ...definition, interfaces, fields: fieldsOf(definition, kept, used) }];
  }
  if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
    return [{ ...definition, fields: inputsOf(definition.name.value, definition.fields ?? [], used) }];
  return [definition];
}
