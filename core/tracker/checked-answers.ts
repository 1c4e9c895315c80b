/**
 * What a driver hands over is as the neutral model says: looked at once for every platform, so that a vendor's odd answer ends
 * in words here and not in a `TypeError` somewhere else. Absent members are fine; wrong ones are not.
 */

import { PaceError } from '../errors.ts';
import { anyText, neededText, unexpectedAnswer } from '../http/unexpected-answer.ts';
import { inOperation } from '../operation.ts';
import { ISSUE_STATES } from '../ports/issue.ts';
import type { TrackerBatch, TrackerDriver } from '../ports/tracker-driver.ts';
import { isRecord } from '../record.ts';

type AnswerCheck = (title: string, found: unknown) => void;
type DriverCall = (...given: never[]) => unknown;

/** The same driver, whose answers are looked at before anybody uses them. Throws `unexpected` for what makes no sense. */
export function checkedAnswers(driver: TrackerDriver, title: string): TrackerDriver {
  const { batch } = driver;
  const wrapped = Object.entries(SHAPES).flatMap(([name, check]) => {
    const call: unknown = Reflect.get(driver, name);
    return typeof call === 'function' ? [[name, looking(call as DriverCall, name, check, title)]] : [];
  });
  return { ...driver, ...Object.fromEntries(wrapped), ...(batch && { batch: soundBatch(batch, title) }) };
}

function looking(call: DriverCall, operation: string, check: AnswerCheck, title: string): DriverCall {
  const checked = (found: unknown) => {
    inOperation(operation, () => check(title, found));
    return found;
  };
  return (...given) => {
    const result = call(...given);
    return isList(result) ? each(result, checked) : Promise.resolve(result).then(checked);
  };
}

async function* each(items: AsyncIterable<unknown>, checked: (item: unknown) => unknown): AsyncGenerator<unknown> {
  for await (const item of items) yield checked(item);
}

function soundBatch({ size, create, update }: TrackerBatch, title: string): TrackerBatch {
  const checked = <Answer>(answers: Answer[], operation: string) => {
    inOperation(operation, () => {
      if (!Array.isArray(answers)) throw unexpectedAnswer(title, 'the answers are not a list');
      for (const answer of answers) if (!(answer instanceof PaceError)) checkIssue(title, answer);
    });
    return answers;
  };
  return {
    size,
    ...(create && { create: async (drafts) => checked(await create(drafts), 'createIssue') }),
    ...(update && { update: async (changes) => checked(await update(changes), 'updateIssue') }),
  };
}

function checkIssue(title: string, found: unknown): void {
  const issue = record(title, 'the issue', found);
  for (const field of ['key', 'url', 'title', 'stateName']) neededText(title, `${field} of an issue`, issue[field]);
  anyText(title, 'body of an issue', issue['body']);
  if (!ISSUE_STATES.some((state) => state === issue['state']))
    throw unexpectedAnswer(title, 'state of an issue is not a known state');
  for (const label of list(title, 'labels', issue['labels'])) neededText(title, 'a label', label);
  for (const person of list(title, 'assignees', issue['assignees'])) checkPerson(title, person);
  checkAuthor(title, issue);
  for (const field of ['type', 'milestone', 'parent', 'dueDate', 'sprint'])
    if (issue[field] !== undefined) neededText(title, `${field} of an issue`, issue[field]);
  for (const field of ['priority', 'storyPoints']) if (issue[field] !== undefined) number(title, field, issue[field]);
  for (const field of ['createdAt', 'updatedAt']) number(title, field, issue[field]);
  record(title, 'metadata of an issue', issue['metadata']);
}

function checkComment(title: string, found: unknown): void {
  const comment = record(title, 'the comment', found);
  neededText(title, 'id of a comment', comment['id']);
  anyText(title, 'body of a comment', comment['body']);
  number(title, 'createdAt of a comment', comment['createdAt']);
  checkAuthor(title, comment);
}

function checkAuthor(title: string, { author }: Readonly<Record<string, unknown>>): void {
  if (author !== undefined) checkPerson(title, author);
}

function checkPerson(title: string, found: unknown): void {
  const person = record(title, 'a person', found);
  neededText(title, 'id of a person', person['id']);
  anyText(title, 'name of a person', person['name']);
}

function named(field: string): AnswerCheck {
  return (title, found) => void neededText(title, field, record(title, field, found)[field]);
}

function listOf(check: AnswerCheck): AnswerCheck {
  return (title, found) => {
    for (const item of list(title, 'the answer', found)) check(title, item);
  };
}

/** What the calls give, or the items of their lists. */
const SHAPES: Readonly<Partial<Record<keyof TrackerDriver, AnswerCheck>>> = {
  getCurrentUser: checkPerson,
  getIssue: checkIssue,
  listIssues: checkIssue,
  listReady: checkIssue,
  listBlocked: checkIssue,
  createIssue: checkIssue,
  updateIssue: checkIssue,
  transitionIssue: checkIssue,
  getAvailableTransitions: listOf(named('name')),
  listComments: checkComment,
  addComment: checkComment,
  updateComment: checkComment,
  getIssueLinks: listOf(named('target')),
  listLabels: named('name'),
  createLabel: named('name'),
  updateLabel: named('name'),
  listMilestones: named('title'),
  createMilestone: named('title'),
  updateMilestone: named('title'),
  listUsers: checkPerson,
  closedBy: (title, found) => {
    if (found !== undefined) checkPerson(title, found);
  },
  isTeamMember: (title, found) => {
    // whoever is taken for a member may decide
    if (typeof found !== 'boolean') throw unexpectedAnswer(title, 'whether somebody is in a team is not said');
  },
};

function record(title: string, what: string, found: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(found)) return found as Record<string, unknown>;
  throw unexpectedAnswer(title, `${what} is not an object`);
}

function list(title: string, what: string, found: unknown): readonly unknown[] {
  if (Array.isArray(found)) return found;
  throw unexpectedAnswer(title, `${what} is not a list`);
}

function number(title: string, what: string, found: unknown): void {
  if (typeof found !== 'number' || !Number.isFinite(found)) throw unexpectedAnswer(title, `${what} is not a number`);
}

function isList(result: unknown): result is AsyncIterable<unknown> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}
