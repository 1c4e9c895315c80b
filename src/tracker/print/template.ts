/** `--format '{key} {title}'`: a line of one's own for each thing. What others wrote stays in its line. Pure. */

import { isRecord } from '../../../core/record.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { didYouMean } from '../../../core/yaml/suggest.ts';
import { usageError } from '../usage.ts';
import type { Fields } from './fields.ts';
import { FORMATS, type Printer } from './formats.ts';

/** A text, or the name of a field. */
type Piece = { readonly text: string } | { readonly field: string };

/** It names a field; everything else is a format of its own name, or none. */
export function isTemplate(format: string): boolean {
  return /\{[A-Za-z]+\}/.test(format);
}

/** The fields that a template names, each once. Throws a usage error for those that there are not, with the list of all. */
export function templateFields(fields: Fields<never>, template: string): string[] {
  const known = Object.keys(fields);
  const names = piecesOf(template).flatMap((piece) => ('field' in piece ? [piece.field] : []));
  const wrong = [...new Set(names)].filter((name) => !known.includes(name));
  if (wrong.length === 0) return [...new Set(names)];
  const words = wrong.map((name) => `--format: there is no field “${name}”.${didYouMean(name, known)}`);
  throw usageError(words.join('\n'), `The fields are: ${known.join(', ')}.`);
}

export function templatePrinter<Item>(fields: Fields<Item>, template: string): Printer<Item> {
  const pieces = piecesOf(template);
  const row = (item: Item) =>
    pieces.map((piece) => ('text' in piece ? piece.text : shown(fields[piece.field]?.(item)))).join('');
  return { start: '', page: (items) => items.map((item) => `${row(item)}\n`).join(''), end: '' };
}

/** What is no format and no template. */
export function unknownFormat(format: string): Error {
  return usageError(
    `--format: “${plainLine(format, 60)}” is not a format.${didYouMean(format, FORMATS)}`,
    `The formats are ${FORMATS.join(', ')}; or a template such as '{key} {title}'.`,
  );
}

/** `\t` and `\n` are what they are elsewhere; `{{` and `}}` are the signs themselves. */
function piecesOf(template: string): Piece[] {
  return [...template.matchAll(/\{\{|\}\}|\\[tn\\]|\{([A-Za-z]+)\}|[^{}\\]+|[{}\\]/g)].map(([whole, field]) => {
    if (field !== undefined) return { field };
    return { text: SIGNS[whole] ?? whole };
  });
}

const SIGNS: Readonly<Record<string, string>> = { '{{': '{', '}}': '}', '\\t': '\t', '\\n': '\n', '\\\\': '\\' };

/** Of several things their names, of a record its name; what is not there is nothing. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(shown).join(', ');
  if (!isRecord(value)) return plainLine(String(value));
  const { name, target, type } = value;
  if (typeof name === 'string') return plainLine(name);
  if (typeof target === 'string') return plainLine(`${String(type)} ${target}`);
  return plainLine(JSON.stringify(value));
}
