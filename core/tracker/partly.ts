/** What of a change was written, when the rest of it failed: a program may write the parts of an issue one after the other. */
import { isDeepStrictEqual } from 'node:util';
import { defined } from '../defined.ts';
import { asPaceError, PaceError } from '../errors.ts';
import type { Issue, IssueDraft, IssuePatch } from '../ports/issue.ts';
import { plainLine } from '../text/untrusted-text.ts';

export interface Outcome {
  readonly done: readonly string[];
  readonly missing: readonly string[];
}

/** Which fields of a patch were written, and which are not as it says. */
export function outcomeOf(before: Issue, after: Issue, patch: IssuePatch): Outcome {
  const fields = named(patch);
  const done = fields.filter((field) => !isDeepStrictEqual(before[field], after[field]));
  return { done, missing: fields.filter((field) => !done.includes(field) && !isThere(after, patch, field)) };
}

function isThere(after: Issue, patch: IssuePatch, field: keyof Issue): boolean {
  const wanted: unknown = (patch as Readonly<Record<string, unknown>>)[field];
  return isDeepStrictEqual(after[field], wanted ?? undefined);
}

/** The fields that a patch names. */
function named(patch: IssuePatch): (keyof Issue)[] {
  const { addLabels, removeLabels, ...rest } = patch;
  const names = Object.entries(rest).flatMap(([field, value]) => (value === undefined ? [] : [field as keyof Issue]));
  const hasLabels = addLabels !== undefined || removeLabels !== undefined;
  return hasLabels && !names.includes('labels') ? [...names, 'labels'] : names;
}

/** The same trouble, with what was written before it. */
export function partlyChanged(key: string, error: PaceError, { done, missing }: Outcome): PaceError {
  const { kind, remedy, operation, status, vendorMessage, retryAfter, unsure } = error;
  const rest = missing.length > 0 ? `, but not ${listed(missing)}` : '';
  return new PaceError({
    kind,
    message: `${key} was changed in part: ${listed(done)} ${done.length === 1 ? 'is' : 'are'} written${rest}. ${error.message}`,
    remedy,
    ...defined({ operation, status, vendorMessage, retryAfter }),
    unsure,
    done: done.map((field) => `${key}: ${field}`),
    cause: error,
  });
}

/** The same for what is written one after the other. */
export function afterDone(key: string, error: PaceError, done: readonly string[]): PaceError {
  return partlyChanged(key, error, { done, missing: [] });
}

export interface Steps {
  /** Does what is named so. What fails after something was written tells what that was. */
  write<Answer>(what: string, act: () => Promise<Answer>): Promise<Answer>;
  /** For what is only read on the way, and for steps whose writes are told by themselves. */
  also<Answer>(act: () => Promise<Answer>): Promise<Answer>;
}

/** The writes of one change that takes several requests. */
export function inSteps(key: string): Steps {
  const done: string[] = [];
  async function also<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    try {
      return await act();
    } catch (error) {
      throw done.length > 0 ? afterDone(key, asPaceError(error), done) : error;
    }
  }
  return {
    also,
    write: async (what, act) => {
      const answer = await also(act);
      done.push(what);
      return answer;
    },
  };
}

/** An issue that is there, and lacks something. */
export function partlyCreated(key: string, { message, remedy, kind }: PaceError, cause?: PaceError): PaceError {
  return new PaceError({
    kind,
    message: `${key} was created, but not as a whole: ${message}`,
    remedy: `${remedy} Do not create it again: change ${key}.`,
    done: [`${key}: created`],
    cause,
  });
}

/** What a new issue lacks of its draft; `undefined` when nothing. `warnings`: what the program has said besides. */
export function lackOf(
  title: string,
  draft: Pick<IssueDraft, 'labels' | 'assignees' | 'parent'>,
  created: Issue,
  warnings = '',
): PaceError | undefined {
  const { labels = [], assignees = [], parent } = draft;
  const there = new Set(created.labels);
  const lost = [
    ...labels.filter((label) => !there.has(label.trim())).map((label) => `the label “${plainLine(label, 60)}”`),
    ...(parent !== undefined && created.parent !== parent ? [`the parent ${parent}`] : []),
    ...(assignees.length > 0 && created.assignees.length === 0
      ? [`the assignee ${plainLine(assignees[0] ?? '')}`]
      : []),
  ];
  if (lost.length === 0) return undefined;
  const words = warnings === '' ? '' : ` (${plainLine(warnings, 200)})`;
  return new PaceError({
    kind: 'validation',
    message: `${title} has not kept ${listed(lost)}${words}.`,
    remedy: `Please see what ${title} says about it.`,
  });
}

/** Nobody knows whether the issue is there; `look`: the command that shows it. A refusal in the program's own words means that it is not. */
export function maybeCreated(error: PaceError, look: string): PaceError {
  const isRefusal = error.vendorMessage !== undefined && error.kind !== 'unexpected';
  if (isRefusal || error.kind === 'configuration' || error.kind === 'validation') return error;
  return new PaceError({
    kind: error.kind,
    message: `${error.message} The issue may have been created all the same.`,
    remedy: `${error.remedy} Before trying again, please look with \`${look}\` whether it is there.`,
    cause: error,
  });
}

function listed(words: readonly string[]): string {
  const [last = '', ...before] = [...words].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}
