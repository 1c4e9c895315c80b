/** What `--update-source` writes into a file: below each heading which issue it is, and in each row without an id the key that it goes by. Pure. */
import { createHash } from 'node:crypto';
import { type Edit, edited } from '../../core/drivers/documents/edits.ts';
import type { EpicFile, Section } from '../../core/epics/epic.ts';
import { rowMark } from '../../core/epics/hidden.ts';
import type { Line } from '../../core/epics/lines.ts';
import { readEpicFile } from '../../core/epics/read-epics.ts';
import { textOfStory } from '../../core/epics/story-text.ts';
import { valuesOfSection, valuesOfSubtask } from '../../core/epics/values.ts';
import { PRIORITY_WORDS } from '../../core/epics/words.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

/** An issue of the tracker, by the key of what it is in step with in the file. */
export interface InStep {
  readonly key: string;
  readonly url: string;
  /** Something of it is left: a conflict, or what failed. */
  readonly isLeft: boolean;
}

export interface Source {
  /** As people call the tracker. */
  readonly tracker: string;
  readonly now: number;
  readonly inStep: ReadonlyMap<string, InStep>;
}

/** The text as it is to be; where nothing has become another thing, the same. */
export function withTrackerBlocks(
  { path, text }: { readonly path: string; readonly text: string },
  source: Source,
): string {
  const file = readEpicFile({ path, text });
  const edits = file.sections.flatMap((section) => [
    ...blockEdits(file, section, source),
    ...keyEdits(file, section, source),
  ]);
  return edited(text, edits);
}

function blockEdits(file: EpicFile, section: Section, source: Source): Edit[] {
  const found = source.inStep.get(section.key);
  if (!found) return [];
  const { all } = file.lines;
  const wanted = {
    tracker: source.tracker,
    issue: issueText(found),
    'sync status': found.isLeft ? '⚠️ Something is left' : '✅ Synced',
    'content hash': `\`${contentHash(section, all)}\``,
  };
  const there = section.tracker;
  if (there && Object.entries(wanted).every(([name, value]) => there.values[name] === value)) return [];
  const time = new Date(source.now).toISOString();
  const block = [
    `> **Tracker**: ${wanted.tracker}`,
    `> **Issue**: ${wanted.issue}`,
    `> **Last Synced**: ${time.slice(0, 10)} ${time.slice(11, 16)} UTC`,
    `> **Sync Status**: ${wanted['sync status']}`,
    `> **Content Hash**: ${wanted['content hash']}`,
  ].join(file.eol);
  if (there) {
    const [first, last] = [all[there.first], all[there.behind - 1]];
    return first && last ? [{ start: first.start, end: last.end, text: block }] : [];
  }
  return [behindHead(file, section, block)];
}

/** With an empty line before it, and one behind it where something follows. */
function behindHead({ lines: { all }, eol }: EpicFile, { headBehind, header }: Section, block: string): Edit {
  const before = all[headBehind - 1] ?? (all[header] as Line);
  const next = all[headBehind];
  const gap = next && next.text.trim() !== '' ? eol : '';
  return { start: before.end, end: before.end, text: `${eol}${eol}${block}${gap}` };
}

/** A row whose name alone tells which one it is stays the same when it is called otherwise. */
function keyEdits({ lines: { all } }: EpicFile, { subtasks }: Section, { inStep }: Source): Edit[] {
  return subtasks.flatMap(({ key, isNamed, form, title, line }): Edit[] => {
    const at = all[line];
    if (isNamed || !inStep.has(key) || !at) return [];
    const end = form === 'row' ? title.end : at.start + at.text.trimEnd().length;
    return [{ start: end, end, text: rowMark(key) }];
  });
}

function issueText({ key, url }: InStep): string {
  const [name, address] = [plainLine(key, 100).replaceAll(/[[\]]/g, ''), plainLine(url, 500)];
  return /^https?:\/\/[^\s()<>]+$/.test(address) ? `[${name}](${address})` : name;
}

/** Eight signs that change with what a story says, and with nothing else. */
export function contentHash(section: Section, lines: readonly Line[]): string {
  const { title, body, points, priority } = valuesOfSection(section);
  const { triple, criteria, notes } = textOfStory(section, lines);
  const told = [triple.role, triple.want, triple.benefit].filter((part) => part !== undefined).join(' ');
  const parts = [
    ...[section.key, title, told || body, criteria.map(({ text }) => text).join(' '), notes ?? ''],
    ...[String(points ?? ''), priority === undefined ? '' : PRIORITY_WORDS[priority]],
    ...section.subtasks.map((subtask) => valuesOfSubtask(subtask).title),
  ];
  const normal = parts.map((part) => part.replaceAll(/\s+/g, ' ').trim()).join('|');
  return createHash('sha256').update(normal).digest('hex').slice(0, 8);
}

/** The issue that a block of the file names, where it is one of this tracker. */
export function issueInBlock(
  { tracker }: Section,
  isOf: (tracker: string, url: string | undefined) => boolean,
): string | undefined {
  const { issue = '', tracker: name = '' } = tracker?.values ?? {};
  const [, key, url] = /^\[([^\]]{1,100})\]\((\S{1,500})\)$/.exec(issue.trim()) ?? [];
  const found = key ?? issue.trim();
  return found !== '' && isOf(name, url) ? found : undefined;
}
