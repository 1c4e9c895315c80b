/** The file of a work package: its front matter, its headline, the text that people read, and the log at its end. Pure. */
import { type FrontMatter, type FrontMatterFault, oneLine, readFrontMatter } from './front-matter.ts';
import { LANES, type Lane } from './lanes.ts';

export interface WorkPackageFile {
  readonly id: string;
  readonly title: string;
  /** Without the headline and the activity log. */
  readonly body: string;
  /** Where the body stands. */
  readonly start: number;
  readonly end: number;
  readonly activity?: string;
  readonly dependencies: readonly string[];
  readonly subtasks: readonly string[];
  readonly tags: readonly string[];
  readonly priority?: string;
  /** From before the log told it. */
  readonly assignee?: string;
  /** The same; it counts only where there is no log. */
  readonly lane?: Lane;
  readonly frontMatter: FrontMatter;
}

/** `WP01-note-a-call.md`. */
export const WORK_PACKAGE_NAME = /^(WP\d{2,})(?:[-_.].*)?\.md$/;
export const WORK_PACKAGE_ID = /^WP\d{2,}$/;

/** The headline that the program's template gives, with one hyphen or another. */
const HEADLINE = /^# Work Package Prompt: (WP\d+) *[–—:-] *(.*)$/;
const ACTIVITY = /^## Activity Log[ \t]*$/;

export function readWorkPackage(name: string, text: string): WorkPackageFile | FrontMatterFault {
  const frontMatter = readFrontMatter(text);
  if ('message' in frontMatter) return frontMatter;
  const { values } = frontMatter;
  const [, named] = WORK_PACKAGE_NAME.exec(name) ?? [];
  const id = textOf(values['work_package_id']) ?? named;
  if (id === undefined || !WORK_PACKAGE_ID.test(id))
    return { line: 2, column: 1, message: '`work_package_id` is not an id: it is written like WP01.' };
  const parts = partsOf(text, frontMatter.behind);
  const title = [
    textOf(values['title']),
    textOf(values['work_package_title']),
    parts.headline,
    name.replace(/\.md$/, ''),
  ];
  const priority = textOf(values['priority']);
  const assignee = textOf(values['assignee']);
  const lane = laneOf(textOf(values['lane']));
  return {
    id,
    title: oneLine(title.find((each) => each !== undefined && each.trim() !== '') ?? id),
    body: bodyText(text.slice(parts.start, parts.end)),
    ...{ start: parts.start, end: parts.end },
    ...(parts.activity !== undefined && { activity: parts.activity }),
    dependencies: listOf(values['dependencies']),
    subtasks: listOf(values['subtasks']),
    tags: listOf(values['tags']),
    ...(priority !== undefined && { priority }),
    ...(assignee !== undefined && { assignee }),
    ...(lane !== undefined && { lane }),
    frontMatter,
  };
}

interface Parts {
  readonly start: number;
  readonly end: number;
  readonly headline?: string;
  readonly activity?: string;
}

function partsOf(text: string, behind: number): Parts {
  let at = behind;
  let start = behind;
  let headline: string | undefined;
  let activity: { readonly at: number; readonly behind: number } | undefined;
  let isFirst = true;
  for (const line of text.slice(behind).match(/[^\r\n]*(?:\r\n|\n|\r|$)/g) ?? []) {
    const words = line.trimEnd();
    if (isFirst && words !== '') {
      isFirst = false;
      headline = HEADLINE.exec(words)?.[2];
      if (headline !== undefined) start = at + line.length;
    } else if (ACTIVITY.test(words)) activity = { at, behind: at + line.length };
    at += line.length;
  }
  return {
    start,
    end: activity?.at ?? text.length,
    ...(headline !== undefined && { headline }),
    ...(activity && { activity: text.slice(activity.behind).replace(/\r\n?/g, '\n').trim() }),
  };
}

/** Without the empty lines around it. */
export function bodyText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

/** The file with another body. What it looks like to have of its own stays the body's: then the file gets one of each. */
export function withBody(name: string, text: string, body: string): string {
  const file = readWorkPackage(name, text);
  if ('message' in file || file.body === body) return text;
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const inFile = body.replaceAll('\n', eol);
  const between = body === '' ? eol : `${eol}${inFile}${eol}`;
  const isLast = file.end === text.length;
  const plain = text.slice(0, file.start) + between + (isLast ? '' : eol) + text.slice(file.end);
  if (bodyIn(name, plain) === body) return plain;
  const head = file.start === file.frontMatter.behind ? `${eol}${headlineOf(file)}${eol}` : '';
  const tail = isLast ? `${eol}## Activity Log${eol}` : eol;
  return text.slice(0, file.start) + head + between + tail + text.slice(file.end);
}

function bodyIn(name: string, text: string): string | undefined {
  const file = readWorkPackage(name, text);
  return 'message' in file ? undefined : file.body;
}

export function headlineOf({ id, title }: Pick<WorkPackageFile, 'id' | 'title'>): string {
  return `# Work Package Prompt: ${id} – ${title}`;
}

/** The headline's place and what it becomes with another title, where it is the one that the template gives. */
export function headlineEdit(text: string, { start, frontMatter, id }: WorkPackageFile, title: string) {
  const before = text.slice(frontMatter.behind, start);
  const words = before.trimEnd();
  if (!HEADLINE.test(words.trimStart())) return undefined;
  const from = frontMatter.behind + (words.length - words.trimStart().length);
  return { start: from, end: frontMatter.behind + words.length, text: headlineOf({ id, title }) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** The oldest files say `doing`. */
function laneOf(text: string | undefined): Lane | undefined {
  const name = text?.trim() === 'doing' ? 'in_progress' : text?.trim();
  return LANES.find((lane) => lane === name);
}

/** Older files hold lists as texts: `[]`, `WP01, WP02`. */
function listOf(value: unknown): string[] {
  const list = typeof value === 'string' ? value.replace(/^\s*\[|\]\s*$/g, '').split(',') : value;
  if (!Array.isArray(list)) return [];
  return list.flatMap((each) => textOf(each)?.trim() || []).map(oneLine);
}
