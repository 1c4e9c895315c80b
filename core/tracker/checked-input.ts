/** What goes into a tracker, checked before anything is sent: by itself, by size, and against what the tracker can keep. */

import { PaceError } from '../errors.ts';
import { inOperation } from '../operation.ts';
import { type Capabilities, needsAbilities, requireFields } from '../ports/capabilities.ts';
import type { IssueDraft, IssuePatch, Metadata } from '../ports/issue.ts';
import type { TrackerDriver } from '../ports/tracker-driver.ts';
import { checkComment, checkDraft, checkPatch, tidied } from './input-rules.ts';

/** The token's own user, where a person is named. */
export const ME = '@me';

export interface CheckedInput {
  draft(draft: IssueDraft): Promise<IssueDraft>;
  patch(key: string, patch: IssuePatch): Promise<IssuePatch>;
  /** `operation`: for which the comment is. */
  comment(operation: string, markdown: string): string;
}

/** Each call gives what is to be sent. Throws `validation` or `unsupported`; asks for the capabilities only where a field needs them. */
export function checkedInput(
  driver: Pick<TrackerDriver, 'bodyLimit' | 'measureBody' | 'getCurrentUser'>,
  name: string,
  capabilities: () => Promise<Capabilities>,
): CheckedInput {
  function checkSize(body: string, metadata?: Metadata): void {
    const { max, unit } = driver.bodyLimit;
    const size = driver.measureBody(body, metadata);
    if (size > max) throw tooLong(name, size, `${max} ${unit}`);
  }

  async function ready<Written extends IssueDraft | IssuePatch>(written: Written): Promise<Written> {
    if (needsAbilities(written)) requireFields(name, await capabilities(), written);
    const named: readonly People[] = PEOPLE.filter((name) => peopleOf(written, name)?.includes(ME));
    if (named.length === 0) return written;
    const { id } = await driver.getCurrentUser();
    const withMe = named.map((name) => {
      const people = peopleOf(written, name) ?? [];
      return [name, [...new Set(people.map((who) => (who === ME ? id : who)))]];
    });
    return { ...written, ...Object.fromEntries(withMe) };
  }

  return {
    draft: async (draft) => {
      inOperation('createIssue', () => {
        checkDraft(draft);
        checkSize(draft.body, draft.metadata);
      });
      return ready(tidied(draft));
    },
    patch: async (key, patch) => {
      inOperation('updateIssue', () => {
        checkPatch(key, patch);
        if (patch.body !== undefined) checkSize(patch.body, patch.metadata);
      });
      return ready(tidied(patch));
    },
    comment: (operation, markdown) => {
      inOperation(operation, () => {
        checkComment(markdown);
        checkSize(markdown);
      });
      return markdown.toWellFormed();
    },
  };
}

const PEOPLE = ['assignees', 'addAssignees', 'removeAssignees'] as const;
type People = (typeof PEOPLE)[number];

function peopleOf(written: IssuePatch, name: People): readonly string[] | undefined {
  return written[name];
}

function tooLong(name: string, size: number, allowed: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `The text is too long: ${size} as ${name} counts, and ${allowed} are allowed.`,
    remedy: 'Please shorten it, or link to a file.',
  });
}
