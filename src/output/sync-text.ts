/** What sync has written and left, or would, for people. Pure. */
import { paint } from '../../core/text/paint.ts';
import { plainLine, plainText } from '../../core/text/untrusted-text.ts';
import type { SyncOutcome } from '../commands/sync/outcome.ts';
import type { SyncLine, SyncReport } from '../sync/engine.ts';
import type { Flow } from '../sync/reconcile.ts';
import { wordOf } from '../sync/synced-fields.ts';
import { otherSide, type SideName } from '../sync/values.ts';
import { lineDiff } from './line-diff.ts';
import { countsText, leftText } from './sync-counts.ts';

export interface SyncTextLook {
  readonly colour?: boolean;
  /** Each field of each issue, also after a real run. */
  readonly verbose?: boolean;
  /** A dry run was asked for. */
  readonly dryRun?: boolean;
  /** Everybody knows that nothing is written. */
  readonly isStatus?: boolean;
}

const SIDES = ['a', 'b'] as const satisfies readonly SideName[];
const ARROWS: Readonly<Record<Flow, string>> = { both: '↔', 'to-a': '←', 'to-b': '→' };

/** All of them, and how many are in step where there are several. */
export function outcomesText(outcomes: readonly SyncOutcome[], look: SyncTextLook & { readonly none: string }): string {
  if (outcomes.length === 0) return `${look.none}\n`;
  const texts = outcomes.map((outcome) => outcomeText(outcome, look));
  if (outcomes.length === 1) return texts.join('');
  const inStep = outcomes.filter(({ report }) => report?.inStep).length;
  return `${texts.join('\n')}\n${inStep} of ${outcomes.length} pairs of trackers are in step.\n`;
}

/** One pair of trackers: a line for each issue, what is left, and a summary as the last line. */
export function outcomeText(outcome: SyncOutcome, look: SyncTextLook = {}): string {
  const { report, error } = outcome;
  const lines = [
    headLine(outcome, look),
    ...(report ? bodyOf(report, look) : []),
    ...(error ? [`  ${paintedWord('failed', look)}: ${plainLine(`${error.message} ${error.remedy}`, 1000)}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** One line for each pair of trackers, and what is left: the fields stand in a dry run. */
export function statusText(outcomes: readonly SyncOutcome[], look: SyncTextLook & { readonly none: string }): string {
  if (look.verbose) return outcomesText(outcomes, look);
  const short = outcomes.map((outcome) => {
    const { report } = outcome;
    return report ? { ...outcome, report: { ...report, written: [] } } : outcome;
  });
  return outcomesText(short, look);
}

function headLine({ pair, names, flow, report }: SyncOutcome, { isStatus = false }: SyncTextLook): string {
  const [a, b] = [report?.ends.a.name ?? names.a, report?.ends.b.name ?? names.b];
  const named = pair === null ? '' : `${plainLine(pair, 60)}: `;
  const dry = report?.dryRun && !isStatus ? ' (nothing is written)' : '';
  return `${named}${plainLine(a, 200)} ${ARROWS[flow]} ${plainLine(b, 200)}${dry}`;
}

function bodyOf(report: SyncReport, look: SyncTextLook): string[] {
  return [
    ...grouped(report.written).flatMap((lines) => writtenLines(lines, report, look)),
    ...report.left.flatMap((line) => leftLines(line, report, look)),
    countsText(report, look),
  ];
}

/** The fields of one issue stand together. */
function grouped(lines: readonly SyncLine[]): SyncLine[][] {
  const groups = new Map<string, SyncLine[]>();
  for (const [index, line] of lines.entries()) {
    const { kind, side, key } = line;
    const name = kind === 'update' ? JSON.stringify([side, key]) : String(index);
    groups.set(name, [...(groups.get(name) ?? []), line]);
  }
  return [...groups.values()];
}

const DEEDS: Readonly<Record<string, readonly [done: string, planned: string]>> = {
  create: ['created', 'create'],
  update: ['changed', 'change'],
  comment: ['commented on', 'comment on'],
  link: ['linked', 'link'],
};

function writtenLines(lines: readonly SyncLine[], { ends, dryRun }: SyncReport, look: SyncTextLook): string[] {
  const [line] = lines;
  if (!line) return [];
  const { kind, side } = line;
  const deed = DEEDS[kind]?.[dryRun ? 1 : 0] ?? kind;
  const isDetailed = dryRun || (look.verbose ?? false);
  const place = plainLine(ends[side].name, 200);
  const fields = kind === 'update' && !isDetailed ? ` (${lines.map(fieldWord).join(', ')})` : '';
  const about = line.message === undefined ? '' : `: ${plainLine(line.message, 300)}`;
  return [
    `  ${paintedWord(kind, look, deed)} ${[keyOf(line), `in ${place}`].filter(Boolean).join(' ')}${fromOf(line)}${titleOf(line)}${fields}${about}`,
    ...(isDetailed ? lines.flatMap(changeLines) : []),
  ];
}

function keyOf({ key }: SyncLine): string {
  return plainLine(key, 60);
}

function fromOf({ kind, other }: SyncLine): string {
  if (other === undefined || other === '') return '';
  return kind === 'create' ? ` from ${plainLine(other, 60)}` : ` (${plainLine(other, 60)})`;
}

function titleOf({ title }: SyncLine): string {
  return title === undefined ? '' : `: ${plainLine(title, 120)}`;
}

function fieldWord({ field }: SyncLine): string {
  return field === undefined ? '' : wordOf(field);
}

const MOST_LINES = 20;

/** What becomes of a field; of a new issue and of a comment what it says. */
function changeLines(line: SyncLine): string[] {
  const { kind, before, after } = line;
  if (kind === 'comment') return textLines(undefined, after);
  if (kind !== 'update') return [];
  const word = fieldWord(line);
  if (Array.isArray(before) || Array.isArray(after)) return [`    ${word}: ${setText(before, after)}`];
  const isLong = [before, after].some((value) => typeof value === 'string' && value.includes('\n')) || word === 'body';
  if (isLong) return [`    ${word}:`, ...textLines(before, after)];
  return [`    ${word}: ${valueLine(before)} → ${valueLine(after)}`];
}

function textLines(before: unknown, after: unknown): string[] {
  if (before === undefined || before === null || before === '') return shown('+', after);
  if (after === undefined || after === null || after === '') return shown('-', before);
  return lineDiff(textOf(before), textOf(after), MOST_LINES).map(
    ({ sign, text }) => `      ${sign} ${plainLine(text, 200)}`,
  );
}

function shown(sign: '+' | '-', value: unknown): string[] {
  const lines = textOf(value).split('\n');
  const rest = lines.length - MOST_LINES;
  return [
    ...lines.slice(0, MOST_LINES).map((line) => `      ${sign} ${plainLine(line, 200)}`.trimEnd()),
    ...(rest > 0 ? [`      … ${rest} more ${rest === 1 ? 'line' : 'lines'}`] : []),
  ];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? plainText(value).trimEnd() : (JSON.stringify(value) ?? '');
}

/** `+bug -ui`. */
function setText(before: unknown, after: unknown): string {
  const [old, now] = [listOf(before), listOf(after)];
  const come = now.filter((each) => !old.includes(each)).map((each) => `+${plainLine(each, 60)}`);
  const gone = old.filter((each) => !now.includes(each)).map((each) => `-${plainLine(each, 60)}`);
  return [...come, ...gone].join(' ') || 'the same';
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function valueLine(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  return plainLine(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 120);
}

function leftLines(line: SyncLine, report: SyncReport, look: SyncTextLook): string[] {
  const { kind, message = '', remedy = '' } = line;
  const place = plainLine(report.ends[line.side].name, 200);
  const field = line.field === undefined ? '' : ` ${fieldWord(line)}`;
  const where = [keyOf(line), `in ${place}`].filter(Boolean).join(' ');
  const words = plainLine(`${message} ${remedy}`, 500);
  if (kind === 'unsupported' && words !== '') return [`  ${paintedWord(kind, look, leftText(kind))}: ${words}`];
  const head = `  ${paintedWord(kind, look, leftText(kind))}${field} ${where}${fromOf(line)}${titleOf(line)}`;
  if (kind !== 'conflict') return [words === '' ? head : `${head}: ${words}`];
  return [
    ...[
      head,
      `    ${sideValue(report, line.side, line.before)}`,
      `    ${sideValue(report, otherSide(line.side), line.after)}`,
    ],
    ...(words === '' ? [] : [`    ${words}`]),
    ...(line.id === undefined ? [] : [`    pace sync resolve ${plainLine(line.id, 100)} --take ${namesOf(report)}`]),
  ];
}

/** What `--take` takes: letters would be those of the file, which may have the two the other way round. */
function namesOf({ ends }: SyncReport): string {
  return SIDES.map((side) => plainLine(ends[side].backend ?? `"${ends[side].name}"`, 200)).join('|');
}

function sideValue({ ends }: SyncReport, side: SideName, value: unknown): string {
  return `${plainLine(ends[side].name, 200)}: ${Array.isArray(value) ? valueLine(value.join(', ')) : valueLine(value)}`;
}

const TINTS: Readonly<Record<string, string>> = {
  create: '32',
  update: '33',
  comment: '36',
  link: '36',
  unsupported: '2',
};

function paintedWord(kind: string, { colour = false }: SyncTextLook, word = kind): string {
  return paint(colour, TINTS[kind] ?? '31', word);
}
