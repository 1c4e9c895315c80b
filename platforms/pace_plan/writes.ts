/** Days and stories created, changed and moved: from a text to the text that it becomes. Pure. */
import { hiddenAfter, withHiddenFields } from '../../core/drivers/documents/hidden-fields.ts';
import { PaceError } from '../../core/errors.ts';
import type { IssueDraft, IssuePatch, IssueState } from '../../core/ports/issue.ts';
import { normalText } from '../../core/text/normal-text.ts';
import { storable } from '../../core/text/storable.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { stateIn, wordFor } from './states.ts';
import { type Entry, entriesOf, type Sheet } from './wire.ts';
import { withEntry, withValue, type Yaml } from './yaml-edits.ts';

export const TITLE_LIMIT = 500;
const FIRST_DAY = 1;
const LAST_DAY = 3660;

/** A day where the plan has days, else a story. */
export function created(sheet: Sheet, draft: IssueDraft): { readonly sheet: Sheet; readonly key: string } {
  const title = cut(storable(draft.title).trim(), TITLE_LIMIT);
  const { key, yaml } = placed(sheet, title);
  const { body, state, labels, assignees, metadata } = draft;
  const patch: IssuePatch = {
    ...{ body, ...(state && { state }) },
    ...(labels && { labels }),
    ...(assignees && { assignees }),
    ...(metadata && { metadata }),
  };
  return { sheet: updated(withYaml(sheet, yaml), key, patch), key };
}

function placed(sheet: Sheet, title: string): { readonly key: string; readonly yaml: Yaml } {
  const { yaml, entries } = sheet;
  const days = entries.filter(({ path }) => path[0] === 'days' && path.length === 2);
  const numbers = entries.flatMap(({ key }) => Number(/^(?:story|day)-(\d{1,6})$/.exec(key)?.[1] ?? 0));
  const next = Math.max(FIRST_DAY - 1, ...numbers) + 1;
  if (days.length === 0) {
    const after = withEntry(yaml, 'stories', { id: `story-${next}`, title, status: wordFor('open') });
    if (!after) throw unwritable(sheet, 'a new story');
    return { key: `story-${next}`, yaml: after };
  }
  if (next > LAST_DAY) throw unwritable(sheet, `a day after the ${LAST_DAY}th`);
  const titleKey = days.at(-1)?.titleKey ?? 'target';
  const after = withEntry(yaml, 'days', { day: next, [titleKey]: title });
  if (!after) throw unwritable(sheet, 'a new day');
  return { key: `day-${next}`, yaml: after };
}

/** Field by field; of what is there already nothing is written. */
export function updated(sheet: Sheet, key: string, patch: IssuePatch): Sheet {
  let after = sheet;
  const { title, body, state } = patch;
  if (title !== undefined) after = withTitle(after, key, cut(storable(title).trim(), TITLE_LIMIT));
  if (state !== undefined) after = moved(after, key, state);
  const entry = entryIn(after, key);
  const before = withHiddenFields(entry);
  const text = withHiddenFields({
    body: body === undefined || normalText(body) === normalText(entry.body) ? entry.body : normalText(body),
    hidden: hiddenAfter(entry.hidden, patch),
  });
  if (text === before) return after;
  return written(after, [...entry.path, 'notes'], text === '' ? undefined : text, 'this text');
}

function withTitle(sheet: Sheet, key: string, title: string): Sheet {
  const { path, titleKey, title: before } = entryIn(sheet, key);
  return before === title ? sheet : written(sheet, [...path, titleKey], title, 'this title');
}

export function moved(sheet: Sheet, key: string, state: IssueState): Sheet {
  const entry = entryIn(sheet, key);
  if (entry.state === state) return sheet;
  // a word of their own for it stays where it is said already
  if (entry.status !== undefined && stateIn(entry.status) === state) return sheet;
  return written(sheet, [...entry.path, 'status'], wordFor(state), `the state ${state}`);
}

function written(sheet: Sheet, path: Entry['path'], value: string | undefined, what: string): Sheet {
  const yaml = withValue(sheet.yaml, path, value);
  if (!yaml) throw unwritable(sheet, what);
  return withYaml(sheet, yaml);
}

/** Throws `not-found`. */
export function entryIn({ entries }: Sheet, key: string): Entry {
  const found = entries.find((entry) => entry.key === key);
  if (found) return found;
  throw new PaceError({
    kind: 'not-found',
    message: `There is no day or story “${plainLine(key, 60)}” in this plan.`,
    remedy: 'Please check the key: `pace issue list` shows all of them.',
  });
}

function withYaml(sheet: Sheet, yaml: Yaml): Sheet {
  return { ...sheet, yaml, entries: entriesOf(yaml.value) };
}

/** An anchor, say, that others name: what would change them as well is not written. */
function unwritable({ path }: Sheet, what: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${path} has no place where ${what} could be written without a change of something else.`,
    remedy: 'Please write it into the file yourself.',
  });
}
