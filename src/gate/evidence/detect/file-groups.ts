/** Files of one kind as few globs, which match nothing else that is there. Pure. */
import picomatch from 'picomatch';
import { escapePath } from 'tinyglobby';

export interface FileGroup {
  /** One glob or path; several paths where no glob means them alone. */
  readonly patterns: readonly string[];
  /** The files, in order. */
  readonly files: readonly string[];
}

/** Where tools of many modules write: the glob also means modules that have not been built yet. */
const USUAL = [
  '**/target/surefire-reports/TEST-*.xml',
  '**/target/failsafe-reports/TEST-*.xml',
  '**/build/test-results/**/TEST-*.xml',
];

/** @param all every file that is there */
export function fileGroups(files: readonly string[], all: readonly string[]): FileGroup[] {
  const left = new Set(files);
  const usual = USUAL.flatMap((glob): FileGroup[] => {
    const isMeant = matcher(glob);
    const found = [...left].filter((path) => isMeant(path));
    for (const path of found) left.delete(path);
    return found.length > 0 ? [{ patterns: [glob], files: found }] : [];
  });
  const perFolder = [...byKey([...left], folderOf).values()].map((found) => ofFolder(found, all));
  return [...usual, ...merged(perFolder, all)];
}

/** The files of one folder. */
function ofFolder(files: readonly string[], all: readonly string[]): FileGroup {
  const [first = ''] = files;
  if (files.length === 1) return { patterns: [escapePath(first)], files };
  const folder = folderOf(first);
  const siblings = all.filter((path) => folderOf(path) === folder);
  const globs = globsOfNames(files.map(nameOf)).map((glob) => (folder === '' ? glob : `${escapePath(folder)}/${glob}`));
  const glob = globs.find((each) => meansOnly(each, files, siblings));
  return { patterns: glob === undefined ? files.map((path) => escapePath(path)) : [glob], files };
}

/** The widest first. */
function globsOfNames(names: readonly string[]): string[] {
  const endings = new Set(names.map((name) => /(?:\.sarif)?\.[^.]*$/.exec(name)?.[0]));
  const [ending] = endings;
  const byEnding = endings.size === 1 && ending !== undefined ? [`*${escapePath(ending)}`] : [];
  const start = commonStart(names);
  const end = reversed(commonStart(names.map((name) => reversed(name.slice(start.length)))));
  return [...byEnding, `${escapePath(start)}*${escapePath(end)}`];
}

function commonStart(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const name of others) {
    while (!name.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** Groups of several folders that are called alike become one, where its glob means nothing else. */
function merged(groups: readonly FileGroup[], all: readonly string[]): FileGroup[] {
  const alike = byKey(groups, ({ patterns }) =>
    patterns.length === 1 ? nameOf(patterns[0] ?? '') : patterns.join('\n'),
  );
  return [...alike.values()].flatMap((same) => {
    if (same.length === 1) return same;
    const files = same.flatMap((group) => group.files).sort();
    const glob = commonGlob(same.flatMap(({ patterns }) => patterns.slice(0, 1)));
    return meansOnly(glob, files, all) ? [{ patterns: [glob], files }] : same;
  });
}

/** `*` for one folder that differs, `**` for more. */
function commonGlob(globs: readonly string[]): string {
  const paths = globs.map((glob) => glob.split('/'));
  const shortest = Math.min(...paths.map(({ length }) => length));
  const [first = []] = paths;
  let start = 0;
  while (start < shortest - 1 && paths.every((path) => path[start] === first[start])) start += 1;
  let end = 1;
  while (end < shortest - start && paths.every((path) => path.at(-1 - end) === first.at(-1 - end))) end += 1;
  const isOneEach = paths.every(({ length }) => length - start - end === 1);
  return [...first.slice(0, start), isOneEach ? '*' : '**', ...first.slice(-end)].join('/');
}

function meansOnly(glob: string, files: readonly string[], all: readonly string[]): boolean {
  const isMeant = matcher(glob);
  const meant = new Set(files);
  return files.every((path) => isMeant(path)) && all.every((path) => meant.has(path) || !isMeant(path));
}

function matcher(glob: string): (path: string) => boolean {
  return picomatch(glob, { dot: false });
}

function byKey<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = found.get(key);
    if (known) known.push(item);
    else found.set(key, [item]);
  }
  return found;
}

/** `''` at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
