/**
 * What no tracker takes, refused before anything is sent: kind `validation`, with what is wrong and what to do. Input may come
 * from a program or a file, so that its types are looked at too. Pure.
 */

import { defined } from '../defined.ts';
import { PaceError } from '../errors.ts';
import {
  ISSUE_STATES,
  type IssueDraft,
  type IssueFilter,
  type IssuePatch,
  type Label,
  type Milestone,
  PRIORITIES,
  PRIORITY_NAMES,
  SORTS,
} from '../ports/issue.ts';
import { isRecord } from '../record.ts';
import { plainLine } from '../text/untrusted-text.ts';

/** The longest name that any tracker takes. */
const LABEL_LIMIT = 255;
/** Trackers keep them as numbers of their own, or in a label: six digits, three decimals. */
const MOST_POINTS = 999_999;

/** Throws for a new issue that no tracker could keep. */
export function checkDraft(draft: IssueDraft): void {
  checkTitle(draft.title);
  checkText('body', draft.body);
  checkFields(draft);
}

/** Throws for a change that no tracker could make. */
export function checkPatch(key: string, patch: IssuePatch): void {
  const { title, body, labels, addLabels, removeLabels, parent } = patch;
  if (title !== undefined) checkTitle(title);
  if (body !== undefined) checkText('body', body);
  checkFields(patch);
  checkLabels(addLabels);
  checkLabels(removeLabels);
  if (labels !== undefined && (addLabels !== undefined || removeLabels !== undefined)) {
    throw wrong(
      '`labels` replaces all labels: it cannot go together with `addLabels` or `removeLabels`.',
      'Please give one or the other.',
    );
  }
  const both = addLabels?.find((label) => removeLabels?.some((other) => fold(other) === fold(label)));
  if (both !== undefined)
    throw wrong(`The label ${shown(both)} is to be added and removed.`, 'Please choose one of them.');
  if (parent && bare(parent) === bare(key))
    throw wrong(`${key} cannot be its own parent.`, 'Please name another issue.');
}

/** The same in the form that goes to trackers: types in lower case, no half characters. */
export function tidied<Written extends IssueDraft | IssuePatch>(written: Written): Written {
  const { title, body, type, labels, addLabels, removeLabels }: IssuePatch = written;
  const whole = (names: readonly string[]) => names.map((name) => name.toWellFormed());
  return {
    ...written,
    ...defined({
      labels: labels && whole(labels),
      addLabels: addLabels && whole(addLabels),
      removeLabels: removeLabels && whole(removeLabels),
      title: title?.toWellFormed(),
      body: body?.toWellFormed(),
      type: type?.toLowerCase(),
    }),
  };
}

/** Throws for a title that is empty or has more than one line. */
export function checkTitle(title: unknown): void {
  checkText('title', title);
  if (plainLine(title) === '') throw wrong('The title is empty.', 'Please give the issue a title.');
  if (/\p{Cc}|[\u2028\u2029]/u.test(title)) {
    throw wrong(
      `The title ${shown(title)} has line breaks or control characters.`,
      'Please write it in one line, and the rest into the body.',
    );
  }
}

/** Throws for a comment without a word. */
export function checkComment(markdown: unknown): void {
  checkText('comment', markdown);
  if (markdown.trim() === '') throw wrong('The comment is empty.', 'Please write something.');
}

export function checkLabels(labels: readonly unknown[] = []): void {
  if (!Array.isArray(labels)) throw wrong('The labels are not a list.', 'Please give a list of texts.');
  for (const label of labels) checkName('label', label);
}

/** Throws for a label, or for changes of one, that no tracker could keep in its catalogue. */
export function checkLabel({ name, color }: Partial<Label>): void {
  if (name !== undefined) checkName('label', name);
  if (color === undefined || /^#?[\da-f]{6}$/i.test(color)) return;
  throw wrong(`${shown(color)} is not a colour.`, 'Please give six hexadecimal digits.');
}

/** Throws for a milestone, or for changes of one, that no tracker could keep. */
export function checkMilestone({ title, dueDate }: Partial<Milestone>): void {
  if (title !== undefined) checkName('milestone', title);
  if (dueDate !== undefined) checkDueDate(dueDate);
}

/** Colours as the neutral model has them: without `#`, in lower case. */
export function tidiedLabel<Some extends Partial<Label>>(label: Some): Some {
  return label.color === undefined ? label : { ...label, color: label.color.replace('#', '').toLowerCase() };
}

/** Throws for what cannot be the name of a label, a milestone, a person or a type. */
export function checkName(what: string, name: unknown): void {
  checkText(what, name);
  if (plainLine(name) === '') throw wrong(`A ${what} is empty.`, `Please name the ${what}, or leave it out.`);
  if (/\p{Cc}|[\u2028\u2029]/u.test(name)) {
    throw wrong(`${shown(name)} cannot be a ${what}: it has control characters.`, 'Please use a text of one line.');
  }
  if (name.length > LABEL_LIMIT) {
    throw wrong(
      `The ${what} ${shown(name)} has ${name.length} characters; ${LABEL_LIMIT} are allowed.`,
      'Please shorten it.',
    );
  }
}

export function checkDueDate(date: unknown): void {
  if (typeof date === 'string' && isDay(date)) return;
  throw wrong(`The due date ${shown(date)} is not a date.`, 'Please write it as YYYY-MM-DD, e.g. 2026-12-31.');
}

export function checkPoints(points: unknown): void {
  const fits = typeof points === 'number' && points >= 0 && points <= MOST_POINTS;
  if (fits && Number(points.toFixed(3)) === points) return;
  throw wrong(
    `${shown(points)} cannot be story points.`,
    `Please give a number from 0 to ${MOST_POINTS}, with three decimals at most.`,
  );
}

export function checkPriority(priority: unknown): void {
  if (PRIORITIES.some((known) => known === priority)) return;
  const names = PRIORITIES.map((number) => `${number} (${PRIORITY_NAMES[number]})`);
  throw wrong(`There is no priority ${shown(priority)}.`, `Please give one of: ${names.join(', ')}.`);
}

export function checkState(state: unknown): void {
  if (ISSUE_STATES.some((known) => known === state)) return;
  throw wrong(`There is no state ${shown(state)}.`, `Please give one of: ${ISSUE_STATES.join(', ')}.`);
}

/** Throws for conditions that can never be meant. */
export function checkFilter(filter: IssueFilter): void {
  const { state, states, labels, anyLabels, priority, sort, dueDate, dueSince, dueUntil, anyOf, noneOf } = filter;
  if (state !== undefined && !['open', 'closed', 'all'].includes(state))
    throw wrong(`There is no state ${shown(state)} in a filter.`, 'Please give one of: open, closed, all.');
  states?.forEach(checkState);
  checkLabels(labels);
  checkLabels(anyLabels);
  if (priority !== undefined) checkPriority(priority);
  for (const name of ['createdSince', 'createdUntil', 'updatedSince', 'updatedUntil'] as const) {
    const time: unknown = filter[name];
    if (time === undefined || isTime(time)) continue;
    throw wrong(`\`${name}\` is not a time: ${shown(time)}.`, 'Please give milliseconds since 1970.');
  }
  for (const day of [dueDate, dueSince, dueUntil]) if (isGiven(day)) checkDueDate(day);
  if (anyOf?.length === 0) throw wrong('`anyOf` is empty: no issue can fit.', 'Please give a filter, or leave it out.');
  for (const one of [...(anyOf ?? []), ...(noneOf ?? [])]) checkFilter(one);
  if (sort && !(SORTS.includes(sort.by) && ['asc', 'desc'].includes(sort.direction)))
    throw wrong(`There is no order ${shown(sort)}.`, `Please sort by one of ${SORTS.join(', ')}, asc or desc.`);
}

/** Throws for a claim by nobody, or for no time at all. */
export function checkClaim({ agent, forMs }: { readonly agent: unknown; readonly forMs: unknown }): void {
  checkName('name of an agent', agent);
  if (typeof forMs === 'number' && forMs > 0 && forMs <= MOST_MS) return;
  throw wrong(`An issue cannot be claimed for ${shown(forMs)} ms.`, 'Please give a time between 1 ms and ten years.');
}

const MOST_MS = 10 * 366 * 86_400_000;

function checkFields(written: IssueDraft | IssuePatch): void {
  const { state, type, priority, labels, assignees = [], milestone, parent, storyPoints, dueDate, metadata } = written;
  const { deferUntil } = written;
  if (state !== undefined) checkState(state);
  if (type !== undefined) checkName('type', type);
  if (isGiven(priority)) checkPriority(priority);
  checkLabels(labels);
  if (!Array.isArray(assignees)) throw wrong('The assignees are not a list.', 'Please give a list of ids.');
  for (const who of assignees) checkName('name of an assignee', who);
  if (isGiven(milestone)) checkName('milestone', milestone);
  if (isGiven(parent)) checkName('parent', parent);
  if (isGiven(storyPoints)) checkPoints(storyPoints);
  if (isGiven(dueDate)) checkDueDate(dueDate);
  if (isGiven(deferUntil) && !(isTime(deferUntil) && Number.isInteger(deferUntil)))
    throw wrong(`\`deferUntil\` is not a time: ${shown(deferUntil)}.`, 'Please give whole milliseconds since 1970.');
  if (metadata !== undefined) checkMetadata(metadata);
}

function checkMetadata(metadata: unknown): void {
  if (isRecord(metadata) && isJson(metadata)) return;
  throw wrong('The metadata is not a JSON object.', 'Please give an object of texts, numbers, lists and objects.');
}

function checkText(what: string, text: unknown): asserts text is string {
  if (typeof text !== 'string') throw wrong(`The ${what} is not text but ${shown(text)}.`, 'Please give some text.');
}

/** Not absent, and not to be cleared. */
function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== undefined && value !== null;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // some parsers take the 30th of February for the 2nd of March
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** https://tc39.es/ecma262/#sec-time-values-and-time-range */
function isTime(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15;
}

function isJson(value: object): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

/** Keys are written with and without `#`. */
function bare(key: string): string {
  return fold(key).replace(/^#/, '');
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}

function shown(value: unknown): string {
  const isList = typeof value === 'object' && value !== null && isJson(value);
  return `“${plainLine(isList ? JSON.stringify(value) : String(value), 60)}”`;
}

function wrong(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}
