/** Which files belong to an epic, and which paths are epics at all. */
import { readdir, stat } from 'node:fs/promises';
import { isEpicName } from '../../core/epics/read-epics.ts';
import { errorCode, fileError, PaceError } from '../../core/errors.ts';
import { relativePath, workspacePath } from '../../core/files/workspace-path.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Place } from './issue-context.ts';

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

/** Files of tasks that others keep, in folders of their own names. */
const OTHERS = /(?:^|\/)kitty-specs\/|(?:^|\/)specs\/[^/]+\/tasks\.md$/;

/** Whether a path is one of Markdown epics: a file of Markdown, there or not, or a folder that `EPIC.md` leads. */
export async function opensPath(workspace: string, path: string): Promise<boolean> {
  if (OTHERS.test(path)) return false;
  const kind = await kindOf(workspace, path);
  if (kind !== 'folder') return isMarkdown(path);
  const names = await readdir(await workspacePath(workspace, path));
  return names.some(isEpicName);
}

async function kindOf(workspace: string, path: string): Promise<'file' | 'folder' | undefined> {
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
