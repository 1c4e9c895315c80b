/** The templates of a repository, and the one that a person means. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readGitFolder } from '../../../core/files/git-folder.ts';
import { readFromWorkspace } from '../../../core/files/workspace-path.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { didYouMean } from '../../../core/yaml/suggest.ts';
import { usageError } from '../usage.ts';
import { type IssueTemplate, readTemplate, stemOf } from './template.ts';

/** Where GitHub, GitLab, Gitea and Forgejo look, in this order. */
const FOLDERS = [
  ...['.github/ISSUE_TEMPLATE', '.github/issue_template', '.gitlab/issue_templates'],
  ...['.gitea/ISSUE_TEMPLATE', '.gitea/issue_template', '.forgejo/ISSUE_TEMPLATE', '.forgejo/issue_template'],
  ...['ISSUE_TEMPLATE', 'issue_template', 'docs/ISSUE_TEMPLATE'],
];

/** A repository with one template alone. */
const FILES = ['.github', '.gitea', '.forgejo', 'docs', '.'].flatMap((folder) =>
  ['ISSUE_TEMPLATE', 'issue_template'].flatMap((name) =>
    ['md', 'yaml', 'yml'].map((ending) => `${folder}/${name}.${ending}`),
  ),
);

const MOST_BYTES = 1024 * 1024;

/**
 * By the name of its file, by what its author calls it, or by how one of these begins where only one does. Throws a usage error that
 * lists the templates there are, and `ConfigError` for one that cannot be read.
 */
export async function templateNamed(cwd: string, wanted: string): Promise<IssueTemplate> {
  const root = readGitFolder(cwd)?.root ?? cwd;
  const files = await templateFiles(root);
  const fold = wanted.trim().toLowerCase();
  const exact = files.filter((file) => stemOf(file).toLowerCase() === fold);
  const [file] = exact.length > 0 ? exact : files.filter((each) => each.toLowerCase() === fold);
  if (file !== undefined) return readAt(root, file);
  const all = await Promise.all(files.map((each) => readAt(root, each).catch(() => undefined)));
  const readable = all.filter((each) => each !== undefined);
  const titled = readable.filter(({ title }) => title.toLowerCase() === fold);
  const beginning = readable.filter(({ name, title }) =>
    [name, title].some((each) => each.toLowerCase().startsWith(fold)),
  );
  const [found, ...others] = titled.length > 0 ? titled : fold === '' ? [] : beginning;
  if (found && others.length === 0) return found;
  throw noTemplate(wanted, files.map(stemOf));
}

async function templateFiles(root: string): Promise<string[]> {
  const folders = await Promise.all(FOLDERS.map((folder) => filesIn(root, folder)));
  const alone = await Promise.all(
    FILES.map(async (file) => ((await readFromWorkspace(root, file, MOST_BYTES)) === undefined ? [] : [file])),
  );
  // where names differ in their case alone, a file may be met twice
  const seen = new Set<string>();
  return [...folders.flat(), ...alone.flat()].filter((file) => {
    const fold = file.toLowerCase();
    if (seen.has(fold)) return false;
    seen.add(fold);
    return true;
  });
}

async function filesIn(root: string, folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder)).catch(() => []);
  return names
    .filter((name) => /\.(?:md|markdown|ya?ml)$/i.test(name) && !/^config\.ya?ml$/i.test(name))
    .sort()
    .map((name) => `${folder}/${name}`);
}

async function readAt(root: string, file: string): Promise<IssueTemplate> {
  const text = await readFromWorkspace(root, file, MOST_BYTES);
  if (text === undefined)
    throw usageError(`The template ${plainLine(file, 200)} cannot be read.`, 'Please look at that file.');
  return readTemplate(file, text);
}

function noTemplate(wanted: string, names: readonly string[]): Error {
  const shown = `“${plainLine(wanted, 100)}”`;
  if (names.length === 0)
    return usageError(
      `There is no template ${shown}: this repository has none.`,
      `They lie in ${FOLDERS[0]} or ${FOLDERS[2]}, e.g. bug.md.`,
    );
  return usageError(
    `There is no single template ${shown}.${didYouMean(wanted, names)}`,
    `Templates: ${names.map((name) => plainLine(name, 60)).join(', ')}.`,
  );
}
