/** One value of an issue written where it stands; what the place does not take as it is, is kept out of sight beside what is shown. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Edit } from '../../core/drivers/documents/edits.ts';
import type { Field, FieldForm, Piece, Section, Subtask } from '../../core/epics/epic.ts';
import type { Line } from '../../core/epics/lines.ts';
import { inCell } from '../../core/epics/tables.ts';
import type { Values } from '../../core/epics/values.ts';
import { type FieldName, labelOf, stateIn } from '../../core/epics/words.ts';
import { PaceError } from '../../core/errors.ts';
import { fileOf, foundIn, linesOf, type Sheet, withEdits } from './issue-context.ts';
import { withHidden, withOwnKey } from './metadata.ts';
import { hiddenOf, valuesOf } from './wire.ts';

export interface Wanted {
  /** The field; `title` and `body` are no fields of a head. */
  readonly name: FieldName | 'title' | 'body';
  /** How it is shown, in one line. */
  readonly shown: string;
  /** What is kept where that does not say it: the text, or the texts of a list. */
  readonly exact: string | readonly string[];
  /** Whether an issue has it. */
  isThere(values: Values): boolean;
}

/** Nothing is written where it is there already. */
export function written(sheet: Sheet, key: string, wanted: Wanted): Sheet {
  const isThere = (one: Sheet) => wanted.isThere(valuesOf(foundIn(one, key)));
  if (isThere(sheet)) return sheet;
  const name = wanted.name;
  const own = withOwnKey(sheet, key);
  const { exact = {} } = hiddenOf(foundIn(own, key));
  const { [name]: _, ...others } = exact;
  const bare = Object.hasOwn(exact, name) ? withHidden(own, key, { exact: others }) : own;
  const plain = shownIn(bare, key, wanted);
  if (isThere(plain) && isSameElse(bare, plain, key, name)) return plain;
  // the place takes only what is shown; in a row it may lack
  const safe = isSameElse(bare, plain, key, name) ? plain : bare;
  const shown = shownOf(safe, key, name);
  const kept = { ...others, [name]: { value: wanted.exact, ...(shown !== undefined && { shown }) } };
  const whole = withHidden(safe, key, { exact: kept });
  if (isThere(whole)) return whole;
  throw new PaceError({
    kind: 'validation',
    message: `This cannot be written as the ${labelOf(name as FieldName).toLowerCase()} of ${key}.`,
    remedy: 'Please write it in plain words.',
  });
}

/** All other values of the issue. */
function isSameElse(before: Sheet, after: Sheet, key: string, name: Wanted['name']): boolean {
  const without = (sheet: Sheet) => {
    const found = sheet.epics.sections.find(
      (one) => one.key === key || one.subtasks.some((subtask) => subtask.key === key),
    );
    const subtask = found?.subtasks.find((one) => one.key === key);
    if (!found) return;
    const {
      [OWNER[name] ?? 'title']: _,
      stateName: __,
      ...rest
    } = valuesOf({ section: found, ...(subtask && { subtask }) });
    return { ...rest, ...(name === 'status' ? { state: undefined } : {}) };
  };
  return isDeepStrictEqual(without(before), without(after));
}

/** Which value a field tells. */
const OWNER: Readonly<Record<string, keyof Values>> = {
  ...{ title: 'title', body: 'body', status: 'state', priority: 'priority', points: 'points', assignees: 'assignees' },
  ...{ labels: 'labels', due: 'due', type: 'type', parent: 'parent' },
  ...Object.fromEntries(
    (
      [
        ...['blocks', 'is blocked by', 'relates to', 'duplicates', 'is duplicated by', 'clones', 'is cloned by'],
        ...['depends on', 'is dependency of', 'discovered from', 'led to'],
      ] as const
    ).map((type) => [type, 'links' as const]),
  ),
};

/** What stands in the place of the value now. */
function shownOf(sheet: Sheet, key: string, name: Wanted['name']): string | undefined {
  const { section, subtask } = foundIn(sheet, key);
  if (subtask) return pieceOf(subtask, name)?.text;
  if (name === 'title') return section.title.text === '' ? (section.id?.text ?? section.key) : section.title.text;
  return section.fields.find((field) => field.name === name)?.text;
}

function shownIn(sheet: Sheet, key: string, { name, shown }: Wanted): Sheet {
  const { section, subtask } = foundIn(sheet, key);
  if (subtask) {
    const piece = pieceOf(subtask, name);
    if (!piece) return sheet;
    const line = lineAt(sheet, section, subtask.line);
    if (subtask.form === 'row') return withEdits(sheet, section.path, [inPlace(piece, inCell(shown), line, 'table')]);
    return withEdits(sheet, section.path, [inItem(piece, { name, shown, line })]);
  }
  if (name === 'title') return withTitle(sheet, section, shown);
  const field = section.fields.find((one) => one.name === name);
  if (field) return withEdits(sheet, section.path, [fieldEdit(field, shown, lineAt(sheet, section, field.line))]);
  return withField(sheet, section, name as FieldName, shown);
}

function lineAt(sheet: Sheet, section: Section, at: number): Line {
  return linesOf(sheet, section)[at] as Line;
}

function pieceOf(subtask: Subtask, name: Wanted['name']): Piece | undefined {
  if (name === 'title') return subtask.title;
  if (name === 'body') return subtask.description;
  if (name === 'status') return subtask.tick ?? subtask.status;
  if (name === 'points' || name === 'priority' || name === 'assignees') return subtask[name];
  return undefined;
}

function inItem(piece: Piece, { name, shown, line }: { name: Wanted['name']; shown: string; line: Line }): Edit {
  if (name === 'status') return { ...piece, text: tickFor(shown) };
  if (name !== 'points' || /\d/.test(shown)) return { ...piece, text: shown };
  // with the brackets around them, and the blank before these
  const start = line.text.lastIndexOf('(', piece.start - line.start);
  const end = line.text.indexOf(')', piece.end - line.start) + 1;
  const gap = line.text[start - 1] === ' ' ? 1 : 0;
  return { start: line.start + start - gap, end: line.start + end, text: '' };
}

/** Only what is done has a tick. */
function tickFor(state: string): string {
  const neutral = stateIn(state);
  if (neutral === 'done') return 'x';
  return neutral === 'canceled' ? '-' : ' ';
}

function fieldEdit(field: Field, shown: string, line: Line): Edit {
  return inPlace(field, field.form === 'table' ? inCell(shown) : shown, line, field.form);
}

/** An empty place has no blanks of its own. */
function inPlace({ start, end }: Piece, text: string, line: Line, form: FieldForm): Edit {
  if (start < end) return { start, end, text };
  const before = line.text[start - line.start - 1];
  const after = line.text[end - line.start];
  const lead = before === ' ' ? '' : ' ';
  return { start, end, text: `${lead}${text}${form === 'table' && after !== ' ' ? ' ' : ''}` };
}

function withTitle(sheet: Sheet, section: Section, shown: string): Sheet {
  const named = section.fields.find(({ name }) => name === 'name');
  if (named) return withEdits(sheet, section.path, [fieldEdit(named, shown, lineAt(sheet, section, named.line))]);
  const { start, end, text } = section.title;
  const header = lineAt(sheet, section, section.header);
  if (text !== '') return withEdits(sheet, section.path, [{ start, end, text: shown }]);
  const gap = section.kind === 'epic' && section.id ? ' - ' : ' ';
  return withEdits(sheet, section.path, [
    { start: header.start + header.text.trimEnd().length, end: header.end, text: `${gap}${shown}` },
  ]);
}

/** Below the last field, in its form; else in the form that the file uses. */
function withField(sheet: Sheet, section: Section, name: FieldName, shown: string): Sheet {
  const { eol } = fileOf(sheet, section.path);
  const label = labelOf(name);
  const last = section.fields.filter((field) => field.form === section.fields[0]?.form).at(-1);
  if (last) {
    const line = lineAt(sheet, section, last.line);
    // behind the line that parts the head of a table from its rows
    const next = lineAt(sheet, section, last.line + 1);
    const at = last.form === 'table' && next && /^[ \t|:-]+$/.test(next.text) && next.text.includes('-') ? next : line;
    const text = `${eol}${fieldLine(last.form, label, shown, line.text)}`;
    return withEdits(sheet, section.path, [{ start: at.end, end: at.end, text }]);
  }
  const form = usualForm(sheet, section);
  const head = form === 'table' ? ['| Field | Value |', '| --- | --- |'] : [];
  return withBlock(sheet, section, [...head, fieldLine(form, label, shown)]);
}

function fieldLine(form: FieldForm, label: string, shown: string, like = ''): string {
  if (form === 'quote') return `${/^ {0,3}>[ \t]?/.exec(like)?.[0] ?? '> '}**${label}**: ${shown}`;
  const colon = /\*\*[^*]+:\*\*/.test(like) ? `**${label}:**` : `**${label}**:`;
  // who ends lines with a break wants them one below the other
  if (form === 'bold') return `${colon} ${shown}${/(?: {2}|\\)$/.exec(like)?.[0] ?? ''}`;
  const more = Math.max(0, like.split(/(?<!\\)\|/).length - 4);
  return `| **${label}** | ${inCell(shown)} |${' |'.repeat(more)}`;
}

/** What most of the same kind have. */
export function usualForm(sheet: Sheet, { kind, level }: Pick<Section, 'kind' | 'level'>): FieldForm {
  const forms = sheet.epics.sections
    .filter((one) => one.kind === kind && one.level === level)
    .flatMap(({ fields }) => fields[0]?.form ?? []);
  const counts = Map.groupBy(forms, (form) => form);
  const [most] = [...counts].sort(([, one], [, other]) => other.length - one.length);
  if (most) return most[0];
  if (kind === 'epic') return 'bold';
  return level === 1 ? 'quote' : 'table';
}

/** Lines behind the head, with an empty line before and behind. */
function withBlock(sheet: Sheet, section: Section, block: readonly string[]): Sheet {
  const { eol } = fileOf(sheet, section.path);
  const lines = linesOf(sheet, section);
  const before = lines[section.headBehind - 1] as Line;
  const isFree = (lines[section.headBehind]?.text ?? '').trim() === '';
  const text = `${eol}${eol}${block.join(eol)}${isFree ? '' : eol}`;
  return withEdits(sheet, section.path, [{ start: before.end, end: before.end, text }]);
}
