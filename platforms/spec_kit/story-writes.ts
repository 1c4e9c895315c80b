/** Stories of `spec.md` created and changed: from a text to the text that it becomes. Pure. */
import { type Edit, edited } from '../../core/drivers/documents/edits.ts';
import { hiddenAfter, NOTHING_HIDDEN, withHiddenFields } from '../../core/drivers/documents/hidden-fields.ts';
import { PaceError } from '../../core/errors.ts';
import type { IssueDraft, IssuePatch } from '../../core/ports/issue.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import { bodyOf, otherType, shownTitle, TITLE_LIMIT } from './fields.ts';
import { escapedText, parted, type Story } from './stories.ts';
import { headingText, linesOf } from './tasks.ts';
import { parsed, type Sheet, stateOfStory } from './wire.ts';

/** Behind the last one. */
export function newStory(sheet: Sheet, draft: IssueDraft): { readonly sheet: Sheet; readonly key: string } {
  const { body, state, labels, assignees, metadata } = draft;
  if (draft.parent !== undefined) throw refused(sheet, 'A story', 'nothing stands above it');
  const number = Math.max(0, ...sheet.stories.map(({ key }) => Number(key.slice(2)))) + 1;
  const key = `US${number}`;
  const placed = withHeading(sheet, `### User Story ${number} - ${shownTitle(draft.title)}`);
  const after = storyAfter(placed, storyIn(placed, key), {
    ...{ title: draft.title, body },
    ...(state && { state }),
    ...(labels && { labels }),
    ...(assignees && { assignees }),
    ...(metadata && { metadata }),
  });
  return { sheet: after, key };
}

/** A story has no box: its state follows from its tasks. */
export function storyAfter(sheet: Sheet, story: Story, patch: IssuePatch): Sheet {
  const { key } = story;
  const { body, state, parent, type } = patch;
  const now = stateOfStory(sheet.file.tasks.filter((task) => task.story === key));
  if (type !== undefined && type.toLowerCase() !== 'story') throw otherType(key, 'story');
  if (state !== undefined && state !== now)
    throw refused(sheet, key, `its state follows from its tasks, and is ${now}`);
  if (parent) throw refused(sheet, key, 'nothing stands above it');
  const title = patch.title === undefined ? story.title : cut(patch.title.trim(), TITLE_LIMIT);
  const shown = title === story.title ? undefined : shownTitle(title);
  const { title: before, ...others } = hiddenAfter(story.hidden, patch);
  const read = shown === undefined ? '' : parted(headingText(shown)).title;
  const exact = read === title ? undefined : { shown: read, value: title };
  const hiddenTitle = shown === undefined ? before : exact;
  const hidden = { ...others, ...(hiddenTitle && { title: hiddenTitle }) };
  const text = withHiddenFields({ body: body === undefined ? story.body : bodyOf(body), hidden });
  const isSame = text === withHiddenFields(story);
  if (shown === undefined && isSame) return sheet;
  const { section } = story;
  if (!section) throw refused(sheet, key, 'it has no section there');
  const edits: Edit[] = shown === undefined ? [] : [{ ...section.title, text: shown }];
  if (!isSame) edits.push(textEdit(sheet, section, escapedText(text)));
  const after = parsed({ ...sheet, specText: edited(sheet.spec.text, edits) });
  const written = after.stories.find((one) => one.key === key);
  if (written?.title === title && withHiddenFields(written) === text) return after;
  throw refused(sheet, key, 'this text would be read as something else');
}

function textEdit(sheet: Sheet, { heading, text: place }: NonNullable<Story['section']>, text: string): Edit {
  const eol = eolOf(sheet);
  const shown = text.replaceAll('\n', eol);
  if (place.end > place.start)
    return text === '' ? { start: heading, end: place.end, text: '' } : { ...place, text: shown };
  const isLast = !/\S/.test(sheet.spec.text.slice(heading));
  const next = sheet.spec.text.slice(heading).startsWith(`${eol}${eol}`) || isLast ? '' : eol;
  return { start: heading, end: heading, text: `${eol}${eol}${shown}${next}` };
}

function eolOf({ spec, file }: Sheet): string {
  if (spec.text === '') return file.eol;
  return spec.text.includes('\r\n') ? '\r\n' : '\n';
}

/** Behind the last story; else below the heading of the scenarios; else at the end. */
function withHeading(sheet: Sheet, heading: string): Sheet {
  const { text, stories } = sheet.spec;
  const eol = eolOf(sheet);
  const put = (specText: string) => parsed({ ...sheet, specText });
  const last = stories.at(-1)?.section;
  const at = last ? Math.max(last.heading, last.text.end) : scenarios(text);
  if (at !== undefined) return put(`${text.slice(0, at)}${eol}${eol}${heading}${text.slice(at)}`);
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const before = text.slice(mark.length).trimEnd();
  const head = before === '' ? '# Feature Specification' : before;
  return put(`${mark}${[head, '## User Scenarios & Testing', heading].join(eol + eol)}${eol}`);
}

function scenarios(text: string): number | undefined {
  return linesOf(text).find((line) => /^##[ \t]+User Scenarios\b/.test(line.text))?.end;
}

function storyIn({ stories }: Sheet, key: string): Story {
  const found = stories.find((story) => story.key === key);
  if (found) return found;
  return { key, title: '', body: '', hidden: NOTHING_HIDDEN };
}

function refused({ specPath }: Sheet, key: string, why: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${key} is a story of ${specPath}: ${why}.`,
    remedy: `Please change ${specPath} itself, or the tasks of the story.`,
  });
}
