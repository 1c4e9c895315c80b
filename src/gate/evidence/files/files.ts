/** Finds the files of a configured pattern: below the workspace, in a fixed order, bounded in number and size. */

import type { Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { escapePath, isDynamicPattern } from 'tinyglobby';
import { defined } from '../../../../core/defined.ts';
import { errorCode } from '../../../../core/errors.ts';
import { outOfWorkspace } from '../../../config/path-mistakes.ts';
import type { EvidenceContext } from '../reader.ts';
import { EvidenceFault } from './fault.ts';
import { linkOut, matches } from './glob.ts';
import { pathBelow, staysInside } from './workspace.ts';

export const MAX_FILE_BYTES = 256 * 1024 * 1024;
const MAX_TOTAL_BYTES = 1024 * 1024 * 1024;

/** A regular file of the workspace that may be read. */
export interface EvidenceFile {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** Absolute, all links followed. */
  readonly realPath: string;
  readonly size: number;
  /** When it was written last, in milliseconds since 1970. */
  readonly writtenAt: number;
}

/** Which files a source means. */
export interface Wanted {
  readonly path: string | readonly string[];
  readonly exclude?: readonly string[];
  readonly maxBytes?: number;
}

export interface FoundFiles {
  /** The patterns as they were looked for. */
  readonly patterns: readonly string[];
  /** Those of them that mean no file. */
  readonly unmatched: readonly string[];
  /** In the order of their paths, each once whatever links lead to it. */
  readonly files: readonly EvidenceFile[];
  /** Matches that must not or cannot be read. */
  readonly faults: readonly EvidenceFault[];
  /** Folders that were not looked into, because they are links out of the workspace. */
  readonly leftOut: readonly string[];
}

/** What looking for one pattern gave. */
interface Matched {
  readonly pattern: string;
  readonly paths: readonly string[];
  readonly faults: readonly EvidenceFault[];
  /** It is not asked of this subject. */
  readonly isLeftOut?: boolean;
}

/**
 * The files that the patterns of the configuration mean; `{day}` and `{name}` are replaced first. A path that exists as it is
 * written is taken as it is; everything else is a glob (hidden folders and `node_modules` only where the pattern names them).
 */
export async function findFiles(
  { path, exclude = [], maxBytes = MAX_FILE_BYTES }: Wanted,
  name: string,
  context: EvidenceContext,
): Promise<FoundFiles> {
  const leftOut: string[] = [];
  const matched: Matched[] = [];
  for (const pattern of [path].flat()) matched.push(await matchesOf(pattern, { name, exclude, leftOut }, context));
  const paths = [...new Set(matched.flatMap((each) => each.paths))].sort();
  const faults = matched.flatMap((each) => each.faults);
  const patterns = matched.map(({ pattern }) => pattern);
  const examined = await examine(paths, context.world.cwd, maxBytes);
  const unmatched = matched.filter((each) => !each.isLeftOut && each.paths.length + each.faults.length === 0);
  return {
    ...{ patterns, unmatched: unmatched.map(({ pattern }) => pattern), leftOut },
    files: onceEach(examined.files),
    faults: [...faults, ...examined.faults],
  };
}

interface Search {
  readonly name: string;
  readonly exclude: readonly string[];
  readonly leftOut: string[];
}

async function matchesOf(
  pattern: string,
  { name, exclude, leftOut }: Search,
  { world, day, signal }: EvidenceContext,
): Promise<Matched> {
  // a change has no day, hence no such file
  if (day === undefined && pattern.includes('{day}')) return { pattern, paths: [], faults: [], isLeftOut: true };
  const { cwd } = world;
  const literal = fill(pattern, day, name);
  const refused = await refusal(literal, cwd);
  if (refused !== undefined) return { pattern: literal, paths: [], faults: [new EvidenceFault(refused)] };
  if (await exists(join(cwd, literal))) {
    return { pattern: literal, paths: [pathBelow(literal, cwd) ?? literal], faults: [] };
  }
  const ignored = exclude.map((each) => fill(each, day, escapePath(name)));
  const search = { cwd, ignored, leftOut, ...defined({ signal }) };
  return { pattern: literal, paths: await matches(fill(pattern, day, escapePath(name)), search), faults: [] };
}

/** A link to a file that is read anyway is no second one. */
function onceEach(files: readonly EvidenceFile[]): EvidenceFile[] {
  const byRealPath = new Map<string, EvidenceFile>();
  for (const file of files) {
    const isItself = file.realPath.endsWith(`/${file.path}`);
    if (isItself || !byRealPath.has(file.realPath)) byRealPath.set(file.realPath, file);
  }
  return [...byRealPath.values()];
}

function fill(pattern: string, day: number | undefined, name: string): string {
  return pattern
    .replaceAll('{day}', String(day ?? ''))
    .replaceAll('{name}', () => name)
    .replace(/\/{2,}/g, '/')
    .replace(/^(?:\.\/)+/, '');
}

/** What the words of the configuration could not tell: a name in the place of `{name}`, and where links lead. */
async function refusal(pattern: string, cwd: string): Promise<string | undefined> {
  const why = outOfWorkspace(pattern);
  if (why !== undefined) return `\`${pattern}\` ${why}.`;
  const segments = pattern.split('/');
  const fixed = segments.slice(
    0,
    segments.findIndex((segment) => isDynamicPattern(segment)),
  );
  const root = join(cwd, ...fixed);
  if (fixed.length > 0 && (await leadsOut(root, cwd))) return linkOut(fixed.join('/'));
  return undefined;
}

/** Not so for what does not exist: that is missing, or named when it is examined. */
async function leadsOut(path: string, cwd: string): Promise<boolean> {
  return staysInside(path, cwd).then(
    (inside) => !inside,
    () => false,
  );
}

async function examine(
  paths: readonly string[],
  cwd: string,
  maxBytes: number,
): Promise<Pick<FoundFiles, 'files' | 'faults'>> {
  const files: EvidenceFile[] = [];
  const faults: EvidenceFault[] = [];
  let total = 0;
  for (const path of paths) {
    const file = await examineOne(path, cwd, Math.min(maxBytes, MAX_TOTAL_BYTES - total));
    if (file instanceof EvidenceFault) {
      faults.push(file);
      continue;
    }
    total += file.size;
    files.push(file);
  }
  return { files, faults };
}

async function examineOne(path: string, cwd: string, maxBytes: number): Promise<EvidenceFile | EvidenceFault> {
  try {
    const absolute = join(cwd, path);
    if (!(await staysInside(absolute, cwd))) return new EvidenceFault(linkOut(path), { file: path });
    const realPath = await realpath(absolute);
    const stats = await stat(realPath);
    const objection = objectionTo(stats, path, maxBytes);
    if (objection !== undefined) return new EvidenceFault(objection, { file: path });
    return { path, realPath, size: stats.size, writtenAt: stats.mtimeMs };
  } catch (error) {
    return new EvidenceFault(`It cannot be read: ${reasonOf(error)}.`, { file: path });
  }
}

function objectionTo(stats: Stats, path: string, maxBytes: number): string | undefined {
  if (stats.isDirectory()) return `It is a folder. Name the files in it, for example \`${path}/**/*.xml\`.`;
  if (!stats.isFile()) return 'It is not a regular file (a pipe, a socket or a device), so it is not read.';
  if (stats.size === 0) return 'It is empty. The tool that writes it may have been stopped.';
  if (stats.size <= maxBytes) return undefined;
  return `It is ${mebibytes(stats.size)} MiB; at most ${mebibytes(maxBytes)} MiB are read. Split or shorten the report.`;
}

function mebibytes(bytes: number): string {
  return (Math.ceil((bytes / 1024 / 1024) * 10) / 10).toLocaleString('en');
}

/** The system's own words for what went wrong with a file, without the path. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = errorCode(error);
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOENT') return 'it is a link to a file that does not exist';
  if (code === 'ELOOP') return 'its links lead back to themselves';
  return error.message.replace(/,? (?:open|stat|lstat|realpath|read)\b.*$/, '');
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
