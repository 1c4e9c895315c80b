/** From recognised files to sources of evidence that can be pasted into a configuration. Pure. */
import picomatch from 'picomatch';
import type { Evidence } from '../../../config/schema.ts';
import type { ReadBy } from '../files/known-format.ts';
import { count } from '../finding-text.ts';
import { type FileGroup, fileGroups, folderOf } from './file-groups.ts';

/** A file whose content tells what it is. */
export interface KnownFile {
  readonly path: string;
  /** By this, files of one kind are told from others. */
  readonly format: string;
  /** What people call the format. */
  readonly name: string;
  /** Absent where PACE has no reader for it. */
  readonly readBy?: ReadBy;
  /** How to have something that is read. */
  readonly instead?: string;
}

export interface Proposal {
  readonly type: 'junit' | 'sarif' | 'coverage';
  readonly name: string;
  readonly path: string | readonly string[];
  /** What was found: `12 files: JUnit XML`. */
  readonly found: string;
  readonly files: number;
}

export interface Unread {
  readonly path: string;
  readonly files: number;
  /** What it is. */
  readonly what: string;
  /** What to do. */
  readonly instead: string;
}

const TYPES = { tests: 'junit', sarif: 'sarif', coverage: 'coverage' } as const satisfies Record<ReadBy, string>;
const NAMES = { junit: 'unit tests', sarif: 'code scan', coverage: 'line coverage' } satisfies Record<
  Proposal['type'],
  string
>;

/** @param all every file that is there; @param taken names of sources that there are already */
export function proposals(known: readonly KnownFile[], all: readonly string[], taken: readonly string[]): Proposal[] {
  const names = new Set(['ci', ...taken]);
  return (['tests', 'sarif', 'coverage'] as const).flatMap((readBy) => {
    const files = known.filter((file) => file.readBy === readBy);
    const type = TYPES[readBy];
    return groupsOf(readBy === 'coverage' ? bestOfEachFolder(files) : files, all).map(({ file, group }): Proposal => {
      const { patterns, files: paths } = group;
      const [path = ''] = patterns;
      const name = freeName(NAMES[type], patterns, names);
      names.add(name);
      const found = `${count(paths.length, 'file')}: ${file.name}`;
      return { type, name, path: patterns.length === 1 ? path : patterns, found, files: paths.length };
    });
  });
}

/** What looks like a report and is none that is read. */
export function unreadFiles(known: readonly KnownFile[], all: readonly string[]): Unread[] {
  const unread = known.filter(({ readBy }) => readBy === undefined);
  return groupsOf(unread, all).flatMap(({ file, group }) =>
    group.patterns.map((path, _, patterns): Unread => {
      const files = patterns.length === 1 ? group.files.length : 1;
      return { path, files, what: file.name, instead: file.instead ?? 'See which report the tool can write besides.' };
    }),
  );
}

function groupsOf(
  files: readonly KnownFile[],
  all: readonly string[],
): { readonly file: KnownFile; readonly group: FileGroup }[] {
  const formats = new Map<string, KnownFile[]>();
  for (const file of files) formats.set(file.format, [...(formats.get(file.format) ?? []), file]);
  return [...formats.values()].flatMap((same) => {
    const [file] = same;
    if (!file) return [];
    const groups = fileGroups(
      same.map(({ path }) => path),
      all,
    );
    return groups.map((group) => ({ file, group }));
  });
}

/** The same run is often written in several formats side by side: the one that tells most. */
const COVERAGE = [
  'lcov', 'cobertura', 'jacoco', 'istanbul', 'gcovr-json', 'gcov-json', 'clover', 'sonarqube-coverage', 'coverage.py-json',
  'go-cover', 'gcovr-summary', 'istanbul-summary',
]; // biome-ignore format: a list

function bestOfEachFolder(files: readonly KnownFile[]): KnownFile[] {
  const rank = ({ format }: KnownFile) => (COVERAGE.indexOf(format) + COVERAGE.length) % COVERAGE.length;
  const best = new Map<string, number>();
  for (const file of files) {
    const folder = folderOf(file.path);
    best.set(folder, Math.min(best.get(folder) ?? Number.POSITIVE_INFINITY, rank(file)));
  }
  return files.filter((file) => rank(file) === best.get(folderOf(file.path)));
}

/** With the words of the path that tell it from the others, else a number. */
function freeName(name: string, [path = '']: readonly string[], taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const words = path.split(/[^\p{L}\p{N}_-]+/u).filter((word) => !COMMON.has(word.toLowerCase()));
  const further = words.map((word) => `${name} (${word})`);
  const numbered = Array.from({ length: taken.size + 1 }, (_, index) => `${name} ${index + 2}`);
  return [...further, ...numbered].find((each) => !taken.has(each)) ?? name;
}

/** They stand in the path of any report. */
const COMMON = new Set([
  '', 'xml', 'json', 'sarif', 'info', 'lcov', 'test', 'tests', 'junit', 'reports', 'report', 'results', 'test-results',
  'test-reports', 'target', 'build', 'coverage', 'out', 'packages',
]); // biome-ignore format: a list

/** Whether a source reads the file already. */
export function configuredFiles(evidence: readonly Evidence[]): (path: string) => boolean {
  const sources = evidence.flatMap((source) => {
    if (!('path' in source)) return [];
    const patterns = [source.path].flat().map((pattern) => filled(pattern, source.name));
    const excluded = 'exclude' in source ? source.exclude.map((pattern) => filled(pattern, source.name)) : [];
    const isMeant = picomatch(patterns, { dot: false, ...(excluded.length > 0 ? { ignore: excluded } : {}) });
    return [(path: string) => patterns.includes(path) || isMeant(path)];
  });
  return (path) => sources.some((reads) => reads(path));
}

function filled(pattern: string, name: string): string {
  return pattern
    .replaceAll('{day}', '*')
    .replaceAll('{name}', () => name)
    .replace(/\/{2,}/g, '/')
    .replace(/^(?:\.\/)+/, '');
}
