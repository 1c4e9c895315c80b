/** What every call works with: the files as they are read, and what they become by a change. Pure. */
import { type Edit, edited } from '../../core/drivers/documents/edits.ts';
import type { TextFile } from '../../core/drivers/documents/text-files.ts';
import type { EpicFile, Epics, Section, Subtask } from '../../core/epics/epic.ts';
import type { Line } from '../../core/epics/lines.ts';
import { combined, readEpicFile } from '../../core/epics/read-epics.ts';
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

export interface Sheet {
  readonly epics: Epics;
  /** When each file was changed last. */
  readonly times: ReadonlyMap<string, number>;
  /** Where a file goes that is not there yet. */
  readonly place: Place;
}

/** The file, or the folder, that the settings name. */
export interface Place {
  readonly path: string;
  readonly isFolder: boolean;
}

/** An issue where it stands. */
export interface Found {
  readonly section: Section;
  readonly subtask?: Subtask;
}

export function sheetOf(files: readonly TextFile[], place: Place): Sheet {
  return {
    epics: combined(files.map(readEpicFile)),
    times: new Map(files.map(({ path, changedAt }) => [path, changedAt])),
    place,
  };
}

/** With another text in one file; the file may be new. */
export function withText(sheet: Sheet, path: string, text: string): Sheet {
  const { files } = sheet.epics;
  const file = readEpicFile({ path, text });
  const isThere = files.some((one) => one.path === path);
  const after = isThere ? files.map((one) => (one.path === path ? file : one)) : [...files, file];
  return { ...sheet, epics: combined(after) };
}

export function withEdits(sheet: Sheet, path: string, edits: readonly Edit[]): Sheet {
  if (edits.length === 0) return sheet;
  return withText(sheet, path, edited(fileOf(sheet, path).text, edits));
}

export function fileOf({ epics }: Sheet, path: string): EpicFile {
  const found = epics.files.find((file) => file.path === path);
  if (found) return found;
  throw new Error('A section is of a file that was not read.');
}

export function linesOf(sheet: Sheet, { path }: Pick<Section, 'path'>): readonly Line[] {
  return fileOf(sheet, path).lines.all;
}

/** Throws `not-found`. An id is found as it is written, too. */
export function foundIn(sheet: Sheet, key: string): Found {
  for (const section of sheet.epics.sections) {
    if (section.key === key) return { section };
    const subtask = section.subtasks.find((one) => one.key === key);
    if (subtask) return { section, subtask };
  }
  throw new PaceError({
    kind: 'not-found',
    message: `There is no issue “${plainLine(key, 60)}” here.`,
    remedy: 'Please check the key: `pace issue list` shows all of them.',
  });
}

export function isIn(sheet: Sheet, key: string): boolean {
  return sheet.epics.sections.some((one) => one.key === key || one.subtasks.some((subtask) => subtask.key === key));
}
