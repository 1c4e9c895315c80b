/** What of a change was written, when the rest of it failed: a program may write the parts of an issue one after the other. */
import { isDeepStrictEqual } from 'node:util';
import { asPaceError, PaceError, revised } from '../errors.ts';
import type { Issue, IssueDraft, IssuePatch } from '../ports/issue.ts';
import { plainLine } from '../text/untrusted-text.ts';
import { notTaken } from './not-taken.ts';

export interface Outcome {
  readonly done: readonly string[];
  readonly missing: readonly string[];
}

/** Which fields of a patch were written, and which are not as it says. */
export function outcomeOf(before: Issue, after: Issue, patch: IssuePatch): Outcome {
  const fields = fieldsOf(patch);
  const done = fields.filter((field) => !isDeepStrictEqual(before[field], after[field]));
  const lacking = [...notTaken(patch, after).map((words) => words.split(' ')[0]), ...otherTexts(patch, after)];
  return { done, missing: fields.filter((field) => !done.includes(field) && lacking.includes(field)) };
}

function otherTexts(patch: IssuePatch, after: Issue): string[] {
  const texts = ['title', 'body', 'deferUntil'] as const;
  return texts.filter((field) => patch[field] !== undefined && (patch[field] ?? undefined) !== after[field]);
}

/** The fields of an issue that a patch changes; `apart`: those that are written by themselves. */
export function fieldsOf(patch: IssuePatch, ...apart: readonly (keyof Issue)[]): (keyof Issue)[] {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const fields = given.map(([name]) => PARTS[name] ?? (name as keyof Issue));
  return [...new Set(fields)].filter((field) => !apart.includes(field));
}

/** What changes a part of a field. */
const PARTS: Readonly<Record<string, keyof Issue>> = {
  addLabels: 'labels',
  removeLabels: 'labels',
  addAssignees: 'assignees',
  removeAssignees: 'assignees',
  setMetadata: 'metadata',
} satisfies Partial<Record<keyof IssuePatch, keyof Issue>>;

/** The same trouble, with what was written before it. */
export function partlyChanged(key: string, error: PaceError, { done, missing }: Outcome): PaceError {
  const rest = missing.length > 0 ? `, but not ${listed(missing)}` : '';
  return revised(error, {
    message: `${key} was changed in part: ${listed(done)} ${done.length === 1 ? 'is' : 'are'} written${rest}. ${error.message}`,
    done: done.map((field) => `${key}: ${field}`),
  });
}

/** The same for what is written one after the other. */
export function afterDone(key: string, error: PaceError, done: readonly string[]): PaceError {
  return partlyChanged(key, error, { done, missing: [] });
}

/** Whether a write was refused, and so not done: after a lost or an odd answer nobody knows. */
function isRefusal({ kind, unsure }: PaceError): boolean {
  return !unsure && kind !== 'transient' && kind !== 'unexpected';
}

type Act<Answer = unknown> = () => Promise<Answer>;

export interface Steps {
  /** Does what writes these fields of an issue. `takeBack`: for when a later step is refused, as far as nobody else is overwritten. */
  write<Answer>(fields: string | readonly string[], act: Act<Answer>, takeBack?: Act): Promise<Answer>;
  /** For what is only read on the way. */
  read<Answer>(act: Act<Answer>): Promise<Answer>;
}

interface Step {
  readonly fields: readonly string[];
  readonly takeBack: Act | undefined;
}

/** The writes of one change that takes several requests: what fails after something was written tells what that was. */
export function inSteps(key: string): Steps {
  let done: readonly Step[] = [];

  async function allTakenBack(): Promise<void> {
    for (const step of done.toReversed()) {
      const isBack = step.takeBack && (await step.takeBack().then(always, never));
      if (isBack) done = done.filter((other) => other !== step);
    }
  }

  function told(error: PaceError): PaceError {
    const fields = [...new Set(done.flatMap((step) => step.fields))];
    return fields.length > 0 ? afterDone(key, error, fields) : error;
  }

  return {
    write: async (fields, act, takeBack) => {
      try {
        const answer = await act();
        done = [...done, { fields: [fields].flat(), takeBack }];
        return answer;
      } catch (error) {
        const known = asPaceError(error);
        if (isRefusal(known)) await allTakenBack();
        throw told(known);
      }
    },
    read: async (act) => {
      try {
        return await act();
      } catch (error) {
        throw told(asPaceError(error));
      }
    },
  };
}

const always = () => true;
const never = () => false;

/** An issue that is there, and lacks something. */
export function partlyCreated(key: string, error: PaceError): PaceError {
  return revised(error, {
    message: `${key} was created, but not as a whole: ${error.message}`,
    remedy: `${error.remedy} Do not create it again: change ${key}.`,
    done: [`${key}: created`],
    unsure: false,
  });
}

/** What a new issue still needs. Whatever fails here, the issue is there. */
export async function finishing<Answer>(key: string, act: () => Promise<Answer>): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    throw partlyCreated(key, asPaceError(error));
  }
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
