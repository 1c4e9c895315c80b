/** The layers over a driver's own way to take issues over from elsewhere. */
import { asPaceError, PaceError } from '../errors.ts';
import type { Issue, IssueDraft } from '../ports/issue.ts';
import type { TakenAnswer, TakenIssue, TrackerIntake } from '../ports/tracker-driver.ts';
import { redactDeep } from '../text/redact.ts';
import type { World } from '../world.ts';
import type { CheckedInput } from './checked-input.ts';

/** What is refused is refused before anything is sent, and alone. */
export function checkedIntake(intake: TrackerIntake, input: CheckedInput): TrackerIntake {
  return {
    take: async (issues) => {
      const checked = await Promise.all(issues.map((issue) => ready(issue, input)));
      const fit = checked.filter((each): each is TakenIssue => !(each instanceof PaceError));
      const taken = fit.length === 0 ? [] : await intake.take(fit);
      const answers = taken.values();
      return checked.map((each) => (each instanceof PaceError ? each : (answers.next().value ?? noAnswer())));
    },
    comment: async (key, comment) =>
      intake.comment(key, { ...comment, body: input.comment('addComment', comment.body) }),
  };
}

async function ready(issue: TakenIssue, input: CheckedInput): Promise<TakenIssue | PaceError> {
  try {
    for (const { body } of issue.comments ?? []) input.comment('addComment', body);
    return { ...issue, draft: await input.draft(issue.draft) };
  } catch (error) {
    return asPaceError(error);
  }
}

function noAnswer(): PaceError {
  return asPaceError(new Error('The tracker gave no answer for this issue.'));
}

export function redactedIntake({ take, comment }: TrackerIntake, redact: World['redact']): TrackerIntake {
  return {
    take: (issues) => take(redactDeep(redact, issues)),
    comment: (key, { body, ...rest }) => comment(key, { ...rest, body: redact(body) }),
  };
}

/** What is here already cannot be told without looking: the list that comes before tells it. */
export function dryIntake(
  create: (draft: IssueDraft) => Promise<Issue>,
  comment: TrackerIntake['comment'],
): TrackerIntake {
  return {
    take: (issues) =>
      Promise.all(issues.map(async ({ draft }): Promise<TakenAnswer> => ({ issue: await create(draft), isNew: true }))),
    comment,
  };
}
