/** What fields of epics, stories and subtasks say, in neutral words. Pure. */
import type { IssueLink, IssueState, LinkType, Priority } from '../ports/issue.ts';
import { LINK_TYPES } from '../ports/issue.ts';
import type { Piece, Section, Subtask } from './epic.ts';
import { keyOfId } from './headings.ts';
import type { Hidden } from './hidden.ts';
import { targetsIn } from './read-talk.ts';
import { type FieldName, pointsIn, priorityIn, STATE_WORDS, saysNothing, stateIn } from './words.ts';

/** Epic, story and subtask, looked at in the same way. */
export interface Values {
  readonly title: string;
  readonly body: string;
  readonly state: IssueState;
  readonly stateName: string;
  readonly type: string;
  readonly priority?: Priority;
  readonly points?: number;
  readonly assignees: readonly string[];
  readonly labels: readonly string[];
  readonly due?: string;
  /** A key; `null`: none, whatever it stands below. Absent where nothing is said. */
  readonly parent?: string | null;
  readonly links: readonly IssueLink[];
}

type Shown = (name: string) => string | undefined;

export function valuesOfSection(section: Section): Values {
  const { kind, title, parts, links } = section;
  const hidden = section.mark?.hidden ?? {};
  const shown: Shown = (name) => section.fields.find((field) => field.name === name)?.text;
  const said = title.text === '' ? (section.id?.text ?? section.key) : title.text;
  const name = kind === 'epic' ? plainValue(shown('name')) : undefined;
  return {
    ...fieldValues(shown, hidden, { type: kind, links }),
    title: exact(hidden, 'title', said, isText) ?? (name || said),
    body: parts.map(({ text }) => text).join('\n\n'),
  };
}

export function valuesOfSubtask(subtask: Subtask): Values {
  const { title, description, tick, data } = subtask;
  const hidden = data?.hidden ?? {};
  const pieces: Readonly<Record<string, Piece | undefined>> = {
    ...{ status: subtask.status, priority: subtask.priority, points: subtask.points, assignees: subtask.assignees },
  };
  const values = fieldValues((name) => pieces[name]?.text, hidden, { type: 'subtask', links: [] });
  return {
    ...values,
    ...(tick && ticked(tick.text, hidden)),
    title: exact(hidden, 'title', title.text, isText) ?? title.text,
    body: exact(hidden, 'body', description?.text, isText) ?? fromCell(description?.text ?? ''),
  };
}

/** A tick is a person's word: only done has one, and what is kept of another state counts while there is none. */
function ticked(sign: string, hidden: Hidden): Pick<Values, 'state' | 'stateName'> {
  const kept = exact(hidden, 'status', sign, isText);
  const isDone = /x/i.test(sign);
  const said = kept === undefined ? undefined : stateIn(kept);
  if (isDone) return { state: 'done', stateName: said === 'done' && kept ? kept : STATE_WORDS.done };
  const signed = sign === '-' || sign === '~' ? 'canceled' : sign === '/' ? 'in_progress' : 'open';
  const state = said ?? signed;
  return { state, stateName: kept ?? STATE_WORDS[state] };
}

function fieldValues(
  shown: Shown,
  hidden: Hidden,
  { type, links }: { readonly type: string; readonly links: Section['links'] },
): Omit<Values, 'title' | 'body'> {
  const text = (name: string) => exact(hidden, name, shown(name), isText) ?? plainValue(shown(name));
  const list = (name: string) => exact(hidden, name, shown(name), isTexts) ?? listOf(plainValue(shown(name)));
  const status = text('status') ?? '';
  const priority = text('priority');
  const points = text('points');
  const parent = text('parent');
  const due = text('due');
  const rank = priority === undefined ? undefined : priorityIn(priority);
  const number = points === undefined ? undefined : pointsIn(points);
  const said = shown('parent');
  return {
    ...{ state: stateIn(status) ?? 'open', stateName: status === '' ? STATE_WORDS.open : status },
    type: (text('type') ?? type).toLowerCase(),
    assignees: list('assignees').map((name) => name.replace(/^@/, '')),
    labels: list('labels'),
    links: linksIn(shown, hidden, links),
    ...(rank !== undefined && { priority: rank }),
    ...(number !== undefined && { points: number }),
    ...(due !== undefined && isDay(due) && { due }),
    ...(parent !== undefined
      ? { parent: keyOfId(parent.replaceAll('`', '')) }
      : said !== undefined && said !== ''
        ? { parent: null }
        : {}),
  };
}

/** What is kept of a value, as long as nobody has changed what is shown in its place. */
function exact<Value>(
  { exact: all }: Hidden,
  name: string,
  shown: string | undefined,
  isOne: (value: unknown) => value is Value,
): Value | undefined {
  const found = all && Object.hasOwn(all, name) ? all[name] : undefined;
  return found && found.shown === shown && isOne(found.value) ? found.value : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function plainValue(shown: string | undefined): string | undefined {
  return shown === undefined || saysNothing(shown) ? undefined : shown;
}

/** Between commas, without the quotes of code that people write around labels. */
export function listOf(shown: string | undefined): string[] {
  const all = (shown ?? '').split(',').map((one) =>
    one
      .trim()
      .replace(/^`([^`]+)`$/, '$1')
      .trim(),
  );
  return [...new Set(all.filter((one) => one !== ''))];
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export function linkTargets(shown: string): string[] {
  return saysNothing(shown) ? [] : targetsIn(shown, (key) => key !== '');
}

function linksIn(shown: Shown, hidden: Hidden, written: Section['links']): IssueLink[] {
  const inFields = LINK_TYPES.flatMap((type: LinkType) => {
    const targets = exact(hidden, type, shown(type), isTexts) ?? linkTargets(shown(type) ?? '');
    return targets.map((target) => ({ type, target }));
  });
  const all = [...inFields, ...written.map(({ type, target }) => ({ type, target }))];
  return [...new Map(all.map((link) => [`${link.type} ${link.target}`, link])).values()];
}

/** A cell has one line; a break stands for the end of one. */
export function fromCell(text: string): string {
  return text.replaceAll(/[ \t]*<br[ \t]?\/?>[ \t]*/gi, '\n');
}

export type { FieldName };
