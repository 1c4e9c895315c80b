/** Inputs and outputs of the action, from `action.yml`. */
import { parse } from 'yaml';
import { z } from 'zod';
import { code, paragraphs, table } from './markdown.ts';

const entry = z.object({
  description: z.string().default(''),
  required: z.boolean().default(false),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
const action = z.object({
  inputs: z.record(z.string(), entry).default({}),
  outputs: z.record(z.string(), entry).default({}),
});

/** Two tables in Markdown. Throws when the text is not an action file. */
export function actionTables(actionFile: string): string {
  const { inputs, outputs } = action.parse(parse(actionFile));
  const given = Object.entries(inputs).map(([name, input]) => [
    code(name),
    input.default === undefined || input.default === ''
      ? input.required
        ? 'required'
        : ''
      : code(String(input.default)),
    input.description,
  ]);
  const results = Object.entries(outputs).map(([name, output]) => [code(name), output.description]);
  return paragraphs(table(['Input', 'Default', 'Meaning'], given), table(['Output', 'Meaning'], results));
}
