/** Markdown epics: which epics and stories some files hold. Pure, and linear in the length of the texts. */
import { basename } from 'node:path/posix';
import type { EpicFile, Epics, EpicText, Fault, Section } from './epic.ts';
import { fault } from './faults.ts';
import { epicIn, type Heading, headingsOf, idWithoutColon, keyOfId, storyIn, titleOf } from './headings.ts';
import { type Line, type Lines, linesOf } from './lines.ts';
import { type Range, readSection } from './read-section.ts';
import { dataLines } from './read-subtasks.ts';
import type { Table } from './tables.ts';
import { sectionNamed } from './words.ts';

/** `EPIC.md` leads a folder: what it is an epic of are the stories beside it. */
export function isEpicName(path: string): boolean {
  return /^_?epic\.md$/i.test(basename(path));
}

export function readEpics(texts: readonly EpicText[]): Epics {
  return combined(texts.map(readEpicFile));
}

export function combined(files: readonly EpicFile[]): Epics {
  const lead = files.find(({ path }) => isEpicName(path));
  const epics = lead?.sections.filter(({ kind }) => kind === 'epic') ?? [];
  const above = epics.length === 1 ? epics[0]?.key : undefined;
  const own = new Set(files.filter((file) => file.isStory).flatMap(({ sections }) => sections.map(({ key }) => key)));
  const sections = files.flatMap((file) =>
    (files.length > 1 && isOther(file) ? [] : file.sections)
      .filter(({ key, kind }) => file.isStory || kind === 'epic' || !own.has(key))
      .map((section) =>
        file.isStory && above !== undefined && above !== section.key ? { ...section, within: above } : section,
      ),
  );
  return { files, sections };
}

/** A page of a folder that is about something else. */
function isOther({ path, sections }: EpicFile): boolean {
  const isNamed = sections.some(
    ({ kind, id, fields }) => kind === 'story' || id || fields.some(({ name }) => name === 'id'),
  );
  return !isEpicName(path) && !isNamed;
}

export function readEpicFile({ path, text }: EpicText): EpicFile {
  const lines = linesOf(text);
  const headings = headingsOf(lines.all);
  const { ranges, isStory, faults } = rangesOf(path, lines, headings);
  const stem = stemOf(path);
  const sections: Section[] = [];
  const data = dataLines(lines.all);
  let epic: string | undefined;
  for (const { isBelowEpic, ...range } of ranges) {
    const within = isBelowEpic ? epic : undefined;
    const { twice, nameless, ...section } = readSection(
      { path, text },
      lines,
      { ...range, ...(within !== undefined && { within }) },
      data,
      (found) => keyFor(found, stem),
    );
    if (section.kind === 'epic') epic = section.key;
    sections.push(section);
    faults.push(...headFaults(path, lines.all, section, { twice, nameless }));
  }
  return { path, text, lines, sections, faults, isStory, eol: /\r\n|\n|\r/.exec(text)?.[0] ?? '\n' };
}

function keyFor({ fields, id, kind, title }: Pick<Section, 'fields' | 'id' | 'kind' | 'title'>, stem: string): string {
  if (kind === 'story') return keyOfId(id?.text ?? '');
  const said = fields
    .find(({ name }) => name === 'id')
    ?.text.replaceAll(/[`*[\]]/g, '')
    .trim();
  if (said) return keyOfId(said);
  if (id) return keyOfId(id.text);
  return stem === '' ? slug(title.text) : stem;
}

function stemOf(path: string): string {
  return slug(basename(path).replace(/\.[^.]*$/, ''));
}

function slug(text: string): string {
  const plain = text.replaceAll(/[^\p{L}\p{N}_.]+/gu, '-').replaceAll(/^-+|-+$/g, '');
  return plain.slice(0, 60) || 'EPIC';
}

type FoundRange = Range & { readonly isBelowEpic: boolean };

function rangesOf(path: string, lines: Lines, headings: readonly Heading[]) {
  const faults: Fault[] = [];
  const ranges: FoundRange[] = [];
  const behindAll = lines.all.length;
  const isMany = headings.some((one) => one.level === 2 && epicIn(one));
  const hasStories = isMany || headings.some((one) => one.level === 3 && storyIn(one));
  const firstTitle = headings.find(({ level }) => level === 1);
  const isStory = !hasStories && !isEpicName(path) && !!firstTitle && !!storyIn(firstTitle);
  let open: Omit<FoundRange, 'behind' | 'below'> | undefined;
  let below: Heading[] = [];
  let isBelowEpic = false;
  const close = (behind: number) => {
    if (open) ranges.push({ ...open, behind, below });
    open = undefined;
    below = [];
  };
  for (const heading of headings) {
    const { level, line } = heading;
    const story = level === 3 || (level === 1 && isStory && heading === firstTitle) ? storyIn(heading) : undefined;
    const epic = level === 2 ? epicIn(heading) : undefined;
    if (story && (level === 1 || !isStory)) {
      close(line);
      open = { kind: 'story', heading, ...story, isBelowEpic };
      if (story.title.text === '')
        faults.push(
          fault('E002', path, lines.all, line, {
            at: story.id.end,
            message: `${story.id.text} has no title.`,
            remedy: 'Please write one behind the colon.',
          }),
        );
    } else if (epic) {
      close(line);
      open = { kind: 'epic', heading, ...epic, isBelowEpic: false };
      isBelowEpic = true;
      if (!epic.id)
        faults.push(
          fault('E003', path, lines.all, line, {
            at: epic.title.start,
            message: 'An epic has no key.',
            remedy: 'Please write it as `## Epic: KEY - Title`.',
          }),
        );
    } else if (level === 1 && heading === firstTitle && !isMany) {
      close(line);
      open = { kind: 'epic', heading, ...fileEpic(heading), isBelowEpic: false };
      isBelowEpic = true;
    } else if (open && staysOpen(open, heading)) below.push(heading);
    else {
      close(line);
      if (level === 1 || (level === 2 && isMany)) isBelowEpic = false;
      if (level <= 4) faults.push(...looksLikeStory(path, lines.all, heading));
    }
  }
  close(behindAll);
  return { ranges, isStory, faults };
}

function fileEpic(heading: Heading): Pick<Range, 'title' | 'id'> {
  const found = epicIn(heading) ?? storyIn(heading);
  return found ?? { title: titleOf(heading) };
}

/** What belongs to the epic or story above: all that is smaller, and the sections that we know up to the second level. */
function staysOpen({ heading, kind }: Pick<Range, 'heading' | 'kind'>, { level, text }: Heading): boolean {
  if (level > heading.level) return true;
  return kind === 'story' && level >= 2 && sectionNamed(text) !== undefined;
}

function looksLikeStory(path: string, lines: readonly Line[], heading: Heading): Fault[] {
  const found = storyIn(heading);
  const { level, line, start } = heading;
  if (found && level !== 1) {
    return [
      fault('W010', path, lines, line, {
        at: found.id.start,
        message: `${found.id.text} stands in a heading of another level than stories do, and is not read as one.`,
        remedy: 'Please write `### ID: Title`.',
      }),
    ];
  }
  const id = level === 3 ? idWithoutColon(heading) : undefined;
  if (id === undefined) return [];
  return [
    fault('W013', path, lines, line, {
      at: start,
      message: `${id} has no colon behind it, and is not read as a story.`,
      remedy: 'Please write `### ID: Title`.',
    }),
  ];
}

function headFaults(
  path: string,
  lines: readonly Line[],
  { key }: Section,
  { twice, nameless }: { readonly twice: Section['fields']; readonly nameless: readonly Table[] },
): Fault[] {
  return [
    ...twice.map(({ line, label, start }) =>
      fault('W008', path, lines, line, {
        at: start,
        message: `${key} has “${label}” a second time; it is not looked at.`,
        remedy: 'Please take one of them out.',
      }),
    ),
    ...nameless.map(({ first }) =>
      fault('W011', path, lines, first, {
        at: lines[first]?.start ?? 0,
        message: `A table of subtasks of ${key} has no column that names them, and is not read.`,
        remedy: 'Please call the column “Subtask” or “Task”.',
      }),
    ),
  ];
}
