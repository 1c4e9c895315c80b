/**
 * Whether the plugins that a configuration names are those of the branch that it comes from. They run with all that the job may: what
 * a commit has put in their place is not loaded.
 */
import { createHash } from 'node:crypto';
import { lstat, readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isAbsolute, join, posix, relative, sep } from 'node:path';
import { asPaceError } from '../../../core/errors.ts';
import {
  type Clone,
  fileInCommit,
  filesInCommit,
  type TreeFile,
  trackedFiles,
} from '../../../core/programs/git-objects.ts';
import { isRecord } from '../../../core/record.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { MAX_FILE_BYTES } from '../../../core/yaml/yaml-file.ts';

/** Module by the plugin's name, as the file says it. */
export function pluginsNamed(value: unknown): Map<string, string> {
  const platform: unknown = isRecord(value) ? value['platform'] : undefined;
  const named = isRecord(platform) && isRecord(platform['plugins']) ? Object.entries(platform['plugins']) : [];
  return new Map(
    named.flatMap(([name, plugin]) =>
      isRecord(plugin) && typeof plugin['module'] === 'string' ? [[name, plugin['module']] as const] : [],
    ),
  );
}

/** What keeps one of them from being loaded, in words; `undefined` where nothing does. Never throws. */
export async function changedPlugin(
  cwd: string,
  plugins: ReadonlyMap<string, string>,
  from: { readonly clone: Clone | undefined; readonly commit: string | undefined },
): Promise<string | undefined> {
  const { clone, commit } = from;
  if (plugins.size === 0) return undefined;
  if (!clone || !commit) {
    const [name = ''] = plugins.keys();
    return `the plugin ${name} cannot be compared with that of the branch, which this clone lacks`;
  }
  try {
    const committed = await changedModules(clone, commit);
    if (committed !== undefined) return `the commit brings ${plainLine(committed, 200)}, which a plugin may load`;
    for (const [name, module] of plugins) {
      const changed = await changedIn({ cwd, clone, commit }, module);
      if (changed !== undefined) return `the plugin ${name} is another one here than on the branch: ${changed}`;
    }
    return undefined;
  } catch (error) {
    return `the plugins cannot be compared with those of the branch: ${asPaceError(error).message}`;
  }
}

/** Installed packages are the runner's work; those that stand in the commit are not. */
async function changedModules(clone: Clone, commit: string): Promise<string | undefined> {
  const tracked = await trackedFiles(clone, [':(glob)**/node_modules/**', ':(glob)**/node_modules']);
  return tracked.length === 0 ? undefined : firstUnlike(clone, await filesInCommit(clone, commit, tracked), tracked);
}

interface Place {
  readonly cwd: string;
  readonly clone: Clone;
  readonly commit: string;
}

async function changedIn({ cwd, clone, commit }: Place, module: string): Promise<string | undefined> {
  const root = await realpath(clone.cwd);
  const file = await realpath(createRequire(join(await realpath(cwd), 'package.json')).resolve(module));
  const path = relative(root, file).split(sep).join('/');
  // outside of the checkout nothing is the commit's
  if (path.startsWith('../') || isAbsolute(path)) return undefined;
  if (path.split('/').includes('node_modules')) return undefined;
  const folder = posix.dirname(path);
  // at the root everything lies beside it
  const below = await filesInCommit(clone, commit, [folder === '.' ? path : `${folder}/`]);
  if (!below.has(path)) return `the branch does not have ${plainLine(path, 200)}`;
  const here = folder === '.' ? [path] : await trackedFiles(clone, [`:(literal)${folder}/`]);
  const changed =
    (await firstUnlike(clone, below, new Set([path, ...below.keys(), ...here]))) ??
    (await firstUnlikeNamed(clone, commit, path));
  return changed === undefined ? changedPackage(clone, commit, folder) : `${plainLine(changed, 200)} differs`;
}

/** What a loader tries for `./name`. */
const ENDINGS = [
  '',
  '.js',
  '.mjs',
  '.cjs',
  '.json',
  '.node',
  '.ts',
  '/package.json',
  '/index.js',
  '/index.json',
  '/index.node',
];
const MOST_FILES = 1000;

/** Files that the module names by a relative path, and those that these name. */
async function firstUnlikeNamed(clone: Clone, commit: string, path: string): Promise<string | undefined> {
  const seen = new Set<string>();
  for (let files = [path]; files.length > 0; ) {
    const named = (await Promise.all(files.map((file) => namedIn(clone, file)))).flat();
    const fresh = [...new Set(named)].filter((file) => !seen.has(file));
    for (const file of fresh) seen.add(file);
    if (seen.size > MOST_FILES) return 'a file that it names';
    files = [];
    const wanted = fresh.length === 0 ? new Map<string, TreeFile>() : await filesInCommit(clone, commit, fresh);
    for (const file of fresh) {
      const found = await lstat(join(clone.cwd, file)).catch(() => undefined);
      if (found?.isDirectory() || (found === undefined && !wanted.has(file))) continue;
      if ((await firstUnlike(clone, wanted, [file])) !== undefined) return file;
      files.push(file);
    }
  }
  return undefined;
}

async function namedIn(clone: Clone, file: string): Promise<string[]> {
  const text = await readFile(join(clone.cwd, file), 'utf8');
  const names = [...text.matchAll(/(['"`])(\.\.?\/[^'"`\n]{1,300})\1/g)].map(([, , name = '']) => name);
  const paths = names.map((name) => posix.join(posix.dirname(file), name)).filter((name) => !name.startsWith('../'));
  return paths.flatMap((name) => ENDINGS.map((ending) => `${name}${ending}`));
}

async function firstUnlike(
  clone: Clone,
  wanted: ReadonlyMap<string, TreeFile>,
  paths: Iterable<string>,
): Promise<string | undefined> {
  for (const path of paths) {
    const file = wanted.get(path);
    if (file === undefined || !(await isSame(join(clone.cwd, path), file))) return path;
  }
  return undefined;
}

/** By its bytes, and with the line ends that a checkout on Windows has. */
async function isSame(path: string, { mode, oid }: TreeFile): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (!mode.startsWith('100') || !found?.isFile()) return false;
  const bytes = await readFile(path);
  if (blobHash(bytes, oid.length) === oid) return true;
  return blobHash(Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'), oid.length) === oid;
}

/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
function blobHash(bytes: Buffer, length: number): string {
  const hash = createHash(length === 40 ? 'sha1' : 'sha256');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** What the nearest `package.json` tells the loader. https://nodejs.org/api/packages.html */
const FOR_LOADER = ['name', 'type', 'imports', 'exports', 'main'] as const;

async function changedPackage(clone: Clone, commit: string, folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = posix.dirname(at)) {
    const path = posix.join(at, 'package.json');
    const [here, there] = [
      await readHere(join(clone.cwd, path)),
      await fileInCommit(clone, commit, path, MAX_FILE_BYTES),
    ];
    if (there.how === 'unreadable') return `${plainLine(path, 200)} cannot be read on the branch`;
    const before = there.how === 'found' ? there.bytes.toString('utf8') : undefined;
    if (forLoader(here) !== forLoader(before)) return `${plainLine(path, 200)} tells the loader something else`;
    if (here !== undefined || at === '.') return undefined;
  }
}

async function readHere(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  return found.isFile() && found.size <= MAX_FILE_BYTES ? readFile(path, 'utf8') : '';
}

function forLoader(text: string | undefined): string {
  if (text === undefined) return 'none';
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? JSON.stringify(FOR_LOADER.map((key) => parsed[key] ?? null)) : 'unreadable';
  } catch {
    return 'unreadable';
  }
}
