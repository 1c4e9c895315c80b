/** A GraphQL document that is put together of parts, each with variables of its own. */
import type { Variables } from '../../core/http/graphql.ts';

export interface DocumentParts {
  /** Adds a variable, and returns the name to write: `$v0`. */
  variable(type: string, value: unknown): string;
  field(text: string): void;
  readonly text: string;
  readonly declared: string;
  readonly variables: Variables;
  readonly isEmpty: boolean;
}

export function documentParts(): DocumentParts {
  const fields: string[] = [];
  const types: string[] = [];
  const variables: Record<string, unknown> = {};
  return {
    variable: (type, value) => {
      const name = `v${types.length}`;
      types.push(`$${name}: ${type}`);
      variables[name] = value;
      return `$${name}`;
    },
    field: (text) => void fields.push(text),
    get text() {
      return fields.join(' ');
    },
    get declared() {
      return types.join(', ');
    },
    get isEmpty() {
      return fields.length === 0;
    },
    variables,
  };
}
