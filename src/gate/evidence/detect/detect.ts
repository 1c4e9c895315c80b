/** Looks through a workspace for evidence: for `pace evidence detect` and `pace init`. Reads the beginning of files, writes nothing. */
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { defined } from '../../../../core/defined.ts';
import type { World } from '../../../../core/world.ts';
import type { Evidence } from '../../../config/schema.ts';
import { EvidenceFault } from '../files/fault.ts';
import { type Format, readBy } from '../files/known-formats.ts';
import { readStart } from '../files/read-start.ts';
import { recognise } from '../files/recognise.ts';
import { folderOf } from './file-groups.ts';
import { configuredFiles, type KnownFile, type Proposal, proposals, type Unread, unreadFiles } from './proposals.ts';
import { reportName } from './report-names.ts';
import { filesBelow } from './walk.ts';

export interface Detected {
  /** In the order of the readers: tests, scans, coverage. */
  readonly sources: readonly Proposal[];
  readonly unread: readonly Unread[];
  /** Nothing was left out for the number of files or the depth of folders. */
  readonly isWhole: boolean;
}

/** So many files are opened: those first whose names tell. */
const MOST_OPENED = 5_000;

export interface DetectOptions {
  /** What the configuration has already: its files are not proposed again. */
  readonly evidence?: readonly Evidence[];
  readonly mostOpened?: number;
  readonly signal?: AbortSignal | undefined;
}

export async function detectedEvidence({ cwd }: Pick<World, 'cwd'>, options: DetectOptions = {}): Promise<Detected> {
  const { evidence = [], mostOpened = MOST_OPENED, signal } = options;
  const { files, isWhole } = await filesBelow(cwd, signal);
  const isConfigured = configuredFiles(evidence);
  const named = files.filter((path) => !isConfigured(path)).map((path) => ({ path, says: reportName(path) }));
  const candidates = (['telling', 'possible'] as const).flatMap((wanted) =>
    named.filter(({ says }) => says === wanted),
  );
  const readsCoverage = configuredFiles(evidence.filter(({ type }) => type === 'coverage'));
  const measured = new Set(files.filter((path) => readsCoverage(path)).map(folderOf));
  const known: KnownFile[] = [];
  for (const { path, says } of candidates.slice(0, mostOpened)) {
    signal?.throwIfAborted();
    const found = await lookAt(path, cwd, signal);
    // what nobody calls a report, and what is none that is known, is no evidence
    if (!found || !(found.isKnown || says === 'telling')) continue;
    // the same run in another format
    if (found.file.readBy === 'coverage' && measured.has(folderOf(path))) continue;
    known.push(found.file);
  }
  known.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    sources: proposals(
      known,
      files,
      evidence.map(({ name }) => name),
    ),
    unread: unreadFiles(known, files),
    isWhole: isWhole && candidates.length <= mostOpened,
  };
}

interface Looked {
  readonly file: KnownFile;
  readonly isKnown: boolean;
}

async function lookAt(path: string, cwd: string, signal?: AbortSignal): Promise<Looked | undefined> {
  const absolute = join(cwd, path);
  const stats = await stat(absolute).catch(() => undefined);
  // written or removed while this runs
  if (!stats?.isFile()) return undefined;
  try {
    const realPath = await realpath(absolute);
    const evidenceFile = { path, realPath, size: stats.size, writtenAt: stats.mtimeMs };
    const found = recognise(path, await readStart(evidenceFile, signal));
    const { format, name, instead } = found;
    const file = { path, format, name, ...defined({ readBy: readBy(found), instead }) };
    return { file, isKnown: !UNKNOWN.has(format) };
  } catch (error) {
    if (!(error instanceof EvidenceFault)) throw error;
    const file = { path, format: error.message, name: 'a file that cannot be read', instead: error.message };
    return { file, isKnown: false };
  }
}

/** What anything may be. */
const UNKNOWN = new Set<Format>(['empty', 'html', 'xml', 'json', 'text']);
