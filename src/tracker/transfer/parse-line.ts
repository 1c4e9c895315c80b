/** A line of a file of issues, in whichever of the known formats it is. What is none of them is refused. Pure. */
import { isRecord } from '../../../core/record.ts';
import { isBeadsLine, parseBeadsLine } from './beads-lines.ts';
import { LINE_FIELDS, type ParsedLine, parseOwnLine } from './jsonl.ts';

const READ = 'Lines of `pace issue export` are read, and of `bd export`.';

export function parseLine(json: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, mistakes: 'This is not JSON.' };
  }
  if (!isRecord(value)) return { ok: false, mistakes: `This is not an object. ${READ}` };
  if (isBeadsLine(value)) return parseBeadsLine(value);
  return unknownFormat(value) ?? parseOwnLine(value);
}

/** Without its number a format is known by its fields alone: what others call otherwise would be lost without a word. */
function unknownFormat(value: Readonly<Record<string, unknown>>): ParsedLine | undefined {
  if ('format' in value) return undefined;
  const others = Object.keys(value).filter((name) => !LINE_FIELDS.includes(name));
  if (others.length === 0) return undefined;
  const named = others.slice(0, MOST_NAMED).map((name) => `“${name}”`);
  const more = others.length > MOST_NAMED ? ', …' : '';
  const fields = LINE_FIELDS.map((name) => `\`${name}\``).join(', ');
  return {
    ok: false,
    mistakes: `This is of no format that is known: ${named.join(', ')}${more}. ${READ} The fields of the former are ${fields}; with \`"format": 1\` others are ignored.`,
  };
}

const MOST_NAMED = 5;
