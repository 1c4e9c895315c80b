/**
 * What a driver hands over is as the neutral model says: looked at once for every platform, so that a vendor's odd answer ends
 * in words here and not in a `TypeError` somewhere else. Absent members are fine. A record with a wrong one is shown as far as it
 * reads, and a note says so, once per list; one that nothing names is refused.
 */

import { asPaceError, asUnsure, PaceError } from '../errors.ts';
import { anyText, isOddAnswer, neededText, unexpectedAnswer } from '../http/unexpected-answer.ts';
import { inOperation } from '../operation.ts';
import { ISSUE_STATES, type Issue } from '../ports/issue.ts';
import type { TrackerBatch, TrackerClaims, TrackerDriver, TrackerIntake } from '../ports/tracker-driver.ts';
import { isRecord } from '../record.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { World } from '../world.ts';
import { type Call, eachCall, isWrite, type Write } from './driver-writes.ts';
import { asFarAsItReads, NO_ADDRESS, NO_STATE, NO_TITLE, oddIn, type RecordReader, withoutOdd } from './odd-records.ts';

/** Throws for what makes no sense; gives what was found, mended where a part of it makes none. */
type AnswerCheck = (title: string, found: unknown) => unknown;
type Notes = Pick<World['log'], 'warn'>;

export interface CheckOptions {
  /** A record with any part that makes no sense is refused: for whoever decides by what stands on it. */
  readonly isStrict?: boolean;
}

/** The same driver, whose answers are looked at before anybody uses them. Throws `unexpected` for what makes no sense. */
export function checkedAnswers(
  driver: TrackerDriver,
  title: string,
  log: Notes,
  { isStrict = false }: CheckOptions = {},
): TrackerDriver {
  const { batch, intake, claims } = driver;
  const looking = { title, log, isStrict };
  const names = Object.keys(SHAPES) as (keyof typeof SHAPES)[];
  return {
    ...driver,
    ...eachCall(driver, names, (name, call) => looked(call, name, SHAPES[name], looking)),
    ...(batch && { batch: soundBatch(batch, looking) }),
    ...(intake && { intake: soundIntake(intake, looking) }),
    ...(claims && { claims: soundClaims(claims, looking) }),
  };
}

interface Looking {
  readonly title: string;
  readonly log: Notes;
  readonly isStrict: boolean;
}

function looked(call: Call, operation: string, check: AnswerCheck, looking: Looking): (...given: unknown[]) => unknown {
  const { title, log } = looking;
  const checked = (found: unknown) => inOperation(operation, () => sound(check(title, found), looking));
  return (...given) => {
    const result: unknown = call(...given);
    if (isList(result)) return each(result, checked, looking);
    return Promise.resolve(result)
      .then((found) => noted(checked(found), log))
      .catch((error: unknown) => {
        // what was asked for may have been done all the same
        throw isWrite(operation) && isOddAnswer(error) ? asUnsure(asPaceError(error)) : error;
      });
  };
}

function sound<Found>(found: Found, { title, isStrict }: Looking): Found {
  const [odd] = isStrict ? oddIn(found) : [];
  if (odd !== undefined) throw unexpectedAnswer(title, odd);
  return found;
}

/**
 * A record that nothing names does not end the list either, but the list is not whole then: it ends with the error. Who is strict may
 * stop reading before that, and hears at once.
 */
async function* each(items: AsyncIterable<unknown>, checked: (item: unknown) => unknown, looking: Looking) {
  const { title, log, isStrict } = looking;
  const odd: string[] = [];
  let nameless: { readonly error: unknown } | undefined;
  try {
    for await (const item of items) {
      let found: unknown;
      try {
        found = checked(item);
      } catch (error) {
        if (isStrict) throw error;
        nameless ??= { error };
        continue;
      }
      if (oddIn(found).length > 0) odd.push(oddWords(found));
      yield withoutOdd(found);
    }
    if (nameless) throw nameless.error;
  } finally {
    if (odd.length > 0) log.warn(listNote(title, odd));
  }
}

/** So many of a list are named. */
const MOST_NAMED = 3;

function listNote(title: string, odd: readonly string[]): string {
  const named = odd.slice(0, MOST_NAMED).join('; ');
  const more = odd.length > MOST_NAMED ? `; and ${odd.length - MOST_NAMED} more` : '';
  const what = odd.length === 1 ? 'One record' : `${odd.length} records`;
  const are = odd.length === 1 ? 'is' : 'are';
  return `${what} of this list of ${title} could not be read whole, and ${are} shown as far as possible: ${named}${more}.`;
}

function noted<Found>(found: Found, log: Notes): Found {
  if (oddIn(found).length > 0)
    log.warn(`This could not be read whole, and is taken as far as it reads: ${oddWords(found)}.`);
  return withoutOdd(found);
}

/** `PROJ-3 (id of a person is not text)`. */
function oddWords(found: unknown): string {
  const { key, id } = isRecord(found) ? found : {};
  return `${plainLine(String(key ?? id ?? ''), 60)} (${plainLine(oddIn(found).join(', '), 300)})`;
}

function soundBatch({ size, create, update }: TrackerBatch, looking: Looking): TrackerBatch {
  const checked = (answers: (Issue | PaceError)[], operation: string) =>
    inOperation(operation, () => {
      if (!Array.isArray(answers)) throw unexpectedAnswer(looking.title, 'the answers are not a list');
      return answers.map((answer) => (answer instanceof PaceError ? answer : soundIssue(answer, looking)));
    });
  return {
    size,
    ...(create && { create: async (drafts) => checked(await create(drafts), 'createIssue') }),
    ...(update && { update: async (changes) => checked(await update(changes), 'updateIssue') }),
  };
}

function soundIntake({ take, comment }: TrackerIntake, looking: Looking): TrackerIntake {
  return {
    take: async (issues) => {
      const answers = await take(issues);
      return answers.map((answer) => (answer instanceof PaceError ? answer : withSoundIssue(answer, looking)));
    },
    comment: looked(comment as Call, 'addComment', checkComment, looking) as TrackerIntake['comment'],
  };
}

function soundClaims(claims: TrackerClaims, looking: Looking): TrackerClaims {
  const { claimReady } = claims;
  if (!claimReady) return claims;
  return {
    ...claims,
    claimReady: async (filter, request) => {
      const claimed = await claimReady(filter, request);
      return claimed && withSoundIssue(claimed, looking);
    },
  };
}

function withSoundIssue<Answer extends { readonly issue: Issue }>(answer: Answer, looking: Looking): Answer {
  return { ...answer, issue: soundIssue(answer.issue, looking) };
}

function soundIssue(found: Issue, looking: Looking): Issue {
  const { title, log } = looking;
  return noted(sound(checkIssue(title, found), looking), log) as Issue;
}

function checkIssue(title: string, found: unknown): unknown {
  const issue = record(title, 'the issue', found);
  neededText(title, 'key of an issue', issue['key']);
  return isSound(() => requireIssue(title, issue)) ? issue : mendedIssue(title, issue);
}

function isSound(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

const OPTIONAL_TEXTS = ['id', 'type', 'milestone', 'parent', 'dueDate', 'sprint'] as const;
const OPTIONAL_NUMBERS = ['priority', 'storyPoints', 'commentCount'] as const;

function requireIssue(title: string, issue: Readonly<Record<string, unknown>>): void {
  for (const field of ['url', 'title', 'stateName']) neededText(title, `${field} of an issue`, issue[field]);
  anyText(title, 'body of an issue', issue['body']);
  knownState(title, issue['state']);
  for (const label of list(title, 'labels', issue['labels'])) neededText(title, 'a label', label);
  for (const person of list(title, 'assignees', issue['assignees'])) checkPerson(title, person);
  checkAuthor(title, issue);
  for (const field of OPTIONAL_TEXTS)
    if (issue[field] !== undefined) neededText(title, `${field} of an issue`, issue[field]);
  for (const field of OPTIONAL_NUMBERS) if (issue[field] !== undefined) number(title, field, issue[field]);
  for (const field of ['createdAt', 'updatedAt']) number(title, field, issue[field]);
  record(title, 'metadata of an issue', issue['metadata']);
}

/** What is not known to be closed is open. */
function mendedIssue(title: string, issue: Readonly<Record<string, unknown>>): unknown {
  return asFarAsItReads(({ part, each, people, person, time }) => {
    const text = (field: string, otherwise: string) =>
      part(() => neededText(title, `${field} of an issue`, issue[field]), otherwise);
    const optional = (field: string, check: () => unknown) =>
      issue[field] === undefined || part(check, undefined) !== undefined ? [] : [field];
    const { author } = issue;
    const who = author === undefined ? undefined : person(author, (one) => soundPerson(title, one, part));
    const unreadable = [
      ...OPTIONAL_TEXTS.flatMap((field) =>
        optional(field, () => neededText(title, `${field} of an issue`, issue[field])),
      ),
      ...OPTIONAL_NUMBERS.flatMap((field) => optional(field, () => number(title, field, issue[field]))),
      'author',
    ];
    const rest = Object.entries(issue).filter(([field]) => !unreadable.includes(field));
    return {
      ...Object.fromEntries(rest),
      url: text('url', NO_ADDRESS),
      title: text('title', NO_TITLE),
      body: part(() => anyText(title, 'body of an issue', issue['body']), ''),
      state: part(() => knownState(title, issue['state']), 'open'),
      stateName: text('stateName', NO_STATE),
      labels: each(
        part(() => list(title, 'labels', issue['labels']), []),
        (label) => neededText(title, 'a label', label),
      ),
      assignees: people(
        part(() => list(title, 'assignees', issue['assignees']), []),
        (one) => soundPerson(title, one, part),
      ),
      ...(who === undefined ? {} : { author: who }),
      createdAt: time(
        () => number(title, 'createdAt', issue['createdAt']),
        () => number(title, 'updatedAt', issue['updatedAt']),
      ),
      updatedAt: time(
        () => number(title, 'updatedAt', issue['updatedAt']),
        () => number(title, 'createdAt', issue['createdAt']),
      ),
      metadata: part(() => record(title, 'metadata of an issue', issue['metadata']), {}),
    };
  });
}

function knownState(title: string, found: unknown): unknown {
  if (ISSUE_STATES.some((state) => state === found)) return found;
  throw unexpectedAnswer(title, 'state of an issue is not a known state');
}

/** Whoever has an odd e-mail address is the same person without it. */
function soundPerson(title: string, found: unknown, part: RecordReader['part']): unknown {
  const { email, ...person } = record(title, 'a person', found);
  checkPerson(title, person);
  const address =
    email === undefined ? undefined : part(() => neededText(title, 'e-mail of a person', email), undefined);
  return address === undefined ? person : { ...person, email: address };
}

function checkComment(title: string, found: unknown): unknown {
  const comment = record(title, 'the comment', found);
  neededText(title, 'id of a comment', comment['id']);
  return isSound(() => requireComment(title, comment)) ? comment : mendedComment(title, comment);
}

function requireComment(title: string, comment: Readonly<Record<string, unknown>>): void {
  anyText(title, 'body of a comment', comment['body']);
  number(title, 'createdAt of a comment', comment['createdAt']);
  checkAuthor(title, comment);
}

function mendedComment(title: string, { author, ...comment }: Readonly<Record<string, unknown>>): unknown {
  return asFarAsItReads(({ part, person, time }) => {
    const who = author === undefined ? undefined : person(author, (one) => soundPerson(title, one, part));
    return {
      ...comment,
      body: part(() => anyText(title, 'body of a comment', comment['body']), ''),
      createdAt: time(() => number(title, 'createdAt of a comment', comment['createdAt'])),
      ...(who === undefined ? {} : { author: who }),
    };
  });
}

function checkAttachment(title: string, found: unknown): unknown {
  const attachment = record(title, 'the attachment', found);
  for (const field of ['id', 'name', 'url']) neededText(title, `${field} of an attachment`, attachment[field]);
  checkAuthor(title, attachment);
  return found;
}

function checkAuthor(title: string, { author }: Readonly<Record<string, unknown>>): void {
  if (author !== undefined) checkPerson(title, author);
}

function checkPerson(title: string, found: unknown): unknown {
  const person = record(title, 'a person', found);
  neededText(title, 'id of a person', person['id']);
  anyText(title, 'name of a person', person['name']);
  if (person['email'] !== undefined) neededText(title, 'e-mail of a person', person['email']);
  return found;
}

function checkSomebody(title: string, found: unknown): unknown {
  return isSound(() => checkPerson(title, found))
    ? found
    : asFarAsItReads(({ part }) => soundPerson(title, found, part) as object);
}

function named(field: string): AnswerCheck {
  return (title, found) => {
    neededText(title, field, record(title, field, found)[field]);
    return found;
  };
}

function listOf(check: AnswerCheck): AnswerCheck {
  return (title, found) => {
    for (const item of list(title, 'the answer', found)) check(title, item);
    return found;
  };
}

/** What the calls give, or the items of their lists. */
const SHAPES = {
  getCurrentUser: checkSomebody,
  containerId: (title, found) => neededText(title, 'id of the place of its issues', found),
  getIssue: checkIssue,
  listIssues: checkIssue,
  listReady: checkIssue,
  listBlocked: checkIssue,
  createIssue: checkIssue,
  updateIssue: checkIssue,
  transitionIssue: checkIssue,
  undo: checkIssue,
  deleteIssue: nothing,
  getAvailableTransitions: listOf(named('name')),
  listComments: checkComment,
  addComment: checkComment,
  updateComment: checkComment,
  deleteComment: nothing,
  listAttachments: checkAttachment,
  getIssueLinks: listOf(named('target')),
  createLink: nothing,
  deleteLink: nothing,
  listLabels: named('name'),
  createLabel: named('name'),
  updateLabel: named('name'),
  deleteLabel: nothing,
  listMilestones: named('title'),
  createMilestone: named('title'),
  updateMilestone: named('title'),
  deleteMilestone: nothing,
  listUsers: checkSomebody,
  closedBy: (title, found) => (found === undefined ? found : checkSomebody(title, found)),
  isTeamMember: (title, found) => {
    // whoever is taken for a member may decide
    if (typeof found !== 'boolean') throw unexpectedAnswer(title, 'whether somebody is in a team is not said');
    return found;
  },
} satisfies Partial<Record<keyof TrackerDriver, AnswerCheck>> & Record<Write, AnswerCheck>;

/** Nobody looks at what is answered. */
function nothing(): undefined {
  return undefined;
}

function record(title: string, what: string, found: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(found)) return found as Record<string, unknown>;
  throw unexpectedAnswer(title, `${what} is not an object`);
}

function list(title: string, what: string, found: unknown): readonly unknown[] {
  if (Array.isArray(found)) return found;
  throw unexpectedAnswer(title, `${what} is not a list`);
}

function number(title: string, what: string, found: unknown): number {
  if (typeof found === 'number' && Number.isFinite(found)) return found;
  throw unexpectedAnswer(title, `${what} is not a number`);
}

function isList(result: unknown): result is AsyncIterable<unknown> {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}
