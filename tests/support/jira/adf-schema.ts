/** Atlassian's own schema of a document, see `fixtures/adf/README.md`: a second opinion beside the rules of `adf.ts`. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

const FILE = new URL('fixtures/adf/full.json', import.meta.url);

// it is of draft 4, of which it uses only what later drafts have too
const { $schema: _, ...schema } = JSON.parse(readFileSync(FILE, 'utf8'));
const isValid = new Ajv({ strict: false, validateSchema: false }).compile(schema);

/** What the schema says against a value; `[]` for a valid document. */
export function schemaProblems(document: unknown): string[] {
  // as it is sent: without fields that are `undefined`
  if (isValid(JSON.parse(JSON.stringify(document)))) return [];
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
