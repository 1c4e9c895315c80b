/** What every verb takes at the command line besides its own: where it works, and how its answer is printed. */
import { FORMATS } from '../tracker/print/formats.ts';
import type { ArgumentDescription, CommandDescription } from './description.ts';

const flag = { type: 'string', required: false, many: false, commandLineOnly: true } as const;

const ALWAYS: readonly ArgumentDescription[] = [
  {
    ...flag,
    name: 'directory',
    about: 'workspace; else the current folder',
    flag: '--directory',
    short: '-C',
    value: 'folder',
  },
  { ...flag, name: 'verbose', type: 'boolean', about: 'say more', flag: '--verbose', short: '-v' },
];

const FORMS: readonly ArgumentDescription[] = [
  {
    ...flag,
    ...{ name: 'json', about: 'print JSON: all fields, or those named, e.g. key,title,url', flag: '--json' },
    ...{ value: 'fields', valueOptional: true },
  },
  {
    ...flag,
    ...{ name: 'format', about: "table, json, ids, markdown, or a line such as '{key} {title}'", flag: '--format' },
    ...{ value: 'format', proposed: FORMATS },
  },
];

const WHOLE: readonly ArgumentDescription[] = [
  { ...flag, name: 'json', type: 'boolean', about: 'print all of it as JSON', flag: '--json' },
];

/** By what the verb answers. */
export function lineOptions(answer: CommandDescription['answer']): readonly ArgumentDescription[] {
  if (answer === 'text' || answer === 'lines') return ALWAYS;
  return [...ALWAYS, ...(answer === 'report' ? WHOLE : FORMS)];
}
