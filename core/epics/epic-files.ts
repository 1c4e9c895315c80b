/** Which files belong to an epic. */
import { readdir, stat } from 'node:fs/promises';
import { readTextFile } from '../drivers/documents/text-files.ts';
import { errorCode, fileError, PaceError } from '../errors.ts';
import { relativePath, workspacePath } from '../files/workspace-path.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { EpicText } from './epic.ts';
import { isEpicName } from './read-epics.ts';

/** A file, or a folder with a file per story. */
export interface Place {
  /** Relative to the workspace. */
  readonly path: string;
  readonly isFolder: boolean;
}

const MARKDOWN = /\.(?:md|markdown|mdown)$/i;
/** Beside stories there are pages about other things. */
const SKIPPED =
  /^(?:readme|changelog|changes|history|contributing|code[-_]of[-_]conduct|license|licence|security|support|authors|maintainers|notice|agents|claude|gemini|copilot-instructions|template|story[-_]template|index|todo|roadmap|glossary|faq)\.[^.]+$/i;
/** A folder with more is none of stories. */
const MOST_FILES = 5000;

export function isMarkdown(path: string): boolean {
  return MARKDOWN.test(path);
}

/** What the path names; one that is not there yet is a file where its name is a file's. */
export async function placeAt(workspace: string, path: string): Promise<Place> {
  const clean = relativePath(path).replace(/\/$/, '');
  const isFolder = (await kindOf(workspace, clean)) ?? (path.endsWith('/') || !isMarkdown(clean) ? 'folder' : 'file');
  return { path: clean, isFolder: isFolder === 'folder' };
}

/** Those that are there, the leading one first. */
export async function filesOf(workspace: string, { path, isFolder }: Place): Promise<string[]> {
  if ((await kindOf(workspace, path)) === undefined) return [];
  if (!isFolder) return [path];
  const entries = await readdir(await workspacePath(workspace, path), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && isStoryName(entry.name)).map(({ name }) => name);
  const ordered = names.sort(
    (one, other) => Number(isEpicName(other)) - Number(isEpicName(one)) || (one < other ? -1 : 1),
  );
  if (ordered.length > MOST_FILES) throw tooMany(path);
  return ordered.map((name) => `${path}/${name}`);
}

/** As they are now. */
export async function readEpicTexts(workspace: string, place: Place): Promise<EpicText[]> {
  const files = await Promise.all((await filesOf(workspace, place)).map((path) => readTextFile(workspace, path)));
  return files.flatMap((file) => (file ? [{ path: file.path, text: file.text }] : []));
}

export async function kindOf(workspace: string, path: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(await workspacePath(workspace, path))).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw code === undefined ? error : fileError(error, 'read', path);
  }
}

function tooMany(path: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${plainLine(path, 200)} holds more than ${MOST_FILES} files of Markdown.`,
    remedy: 'Please name a folder of epics and stories alone.',
  });
}

function isStoryName(name: string): boolean {
  return isMarkdown(name) && !name.startsWith('.') && !SKIPPED.test(name);
}
