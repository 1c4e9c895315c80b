/** YAML files that PACE keeps between runs. One that was torn, or comes from a newer PACE, is never taken for an empty one. */

import { parse, stringify } from 'yaml';
import { defined } from '../../../core/defined.ts';
import { PaceError } from '../../../core/errors.ts';
import type { Faults } from '../../../core/faults.ts';
import type { Kept } from '../../../core/kept.ts';
import { isRecord } from '../../../core/record.ts';

/** What a file holds, and how much of a damaged one can still be used. */
export interface KeptShape<T> {
  /** The data when nothing of it is missing. */
  whole(data: unknown): T | undefined;
  /** What is usable of a file that is not whole. */
  recovered(text: string): T | undefined;
  /** The newest format that is understood, where the file names one as `schemaVersion`. */
  readonly version?: number;
}

export interface KeptYaml {
  /** `undefined` when there is no file, or nothing of it can be used: then it was set aside, and a fault says so. */
  read<T>(path: string, shape: KeptShape<T>): Promise<T | undefined>;
  /** Throws a `PaceError` when it cannot, or when it would destroy a damaged file that could not be set aside. */
  write(path: string, data: unknown): Promise<void>;
  /** Names in a folder; none when it is not there or, as a fault, cannot be read. */
  names(folder: string): Promise<string[]>;
  /** Whether the file was found damaged, or could not be read, in this run. */
  isDamaged(path: string): boolean;
}

/** Larger files are not PACE's. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Paths are below `.pace`.
 * @param options.dryRun says what is damaged, and leaves it where it is
 * @param options.faults where trouble is kept
 */
export function createKeptYaml(
  kept: Kept,
  { dryRun, faults }: { readonly dryRun: boolean; readonly faults: Faults },
): KeptYaml {
  const damaged = new Set<string>();
  const notKept = new Set<string>();

  /** Where the damaged file went, in a sentence. */
  async function putAside(path: string, recovered: unknown): Promise<string> {
    if (dryRun) return 'This is a dry run: it was left as it is.';
    notKept.add(path);
    const aside = kept.keepAside(path);
    notKept.delete(path);
    if (recovered !== undefined) kept.write(path, yamlText(recovered));
    else kept.remove(path);
    return aside ? `It is kept as ${aside}.` : '';
  }

  async function report(path: string, trouble: Trouble, recovered: unknown): Promise<void> {
    const name = `.pace/${path}`;
    const use = recovered === undefined ? 'Nothing of it is used.' : 'What was whole of it is used.';
    const where = await putAside(path, recovered).catch((error: unknown) => {
      faults.add('readState', error);
      return '';
    });
    const message = [`${name} ${trouble.what}.`, use, where].filter(Boolean).join(' ');
    faults.add('readState', new PaceError({ kind: 'validation', message, remedy: trouble.remedy }));
  }

  /** A file that cannot be read is as precious as a damaged one. */
  async function textOf(path: string): Promise<string | undefined> {
    try {
      const bytes = kept.read(path);
      return bytes && (bytes.length > MAX_BYTES ? '' : bytes.toString('utf8'));
    } catch (error) {
      if (damaged.has(path)) return undefined;
      damaged.add(path);
      notKept.add(path);
      faults.add('readState', error);
      return undefined;
    }
  }

  async function names(folder: string): Promise<string[]> {
    try {
      return kept.names(folder);
    } catch (error) {
      if (!damaged.has(folder)) faults.add('readState', error);
      damaged.add(folder);
      return [];
    }
  }

  return {
    names,
    isDamaged: (path) => damaged.has(path),
    read: async (path, shape) => {
      const text = await textOf(path);
      if (text === undefined) return undefined;
      const { value, trouble, recovered } = understood(text, shape);
      if (!trouble) return value;
      if (damaged.has(path)) return recovered;
      damaged.add(path);
      await report(path, trouble, recovered);
      return recovered;
    },
    write: async (path, data) => {
      if (notKept.has(path)) throw wouldDestroy(path);
      kept.write(path, yamlText(data));
    },
  };
}

interface Trouble {
  readonly what: string;
  readonly remedy: string;
}

function understood<T>(text: string, shape: KeptShape<T>): { value?: T; trouble?: Trouble; recovered?: T } {
  const data = parsedYaml(text);
  if (isNewer(data, shape.version)) {
    const what = `was written by a newer PACE (format ${data.schemaVersion}, and this one knows ${shape.version})`;
    return { trouble: { what, remedy: 'Please use the same version of PACE everywhere, the newest one.' } };
  }
  const value = shape.whole(data);
  if (value !== undefined) return { value };
  const recovered = shape.recovered(text);
  return {
    trouble: {
      what: 'is torn or is not what PACE writes',
      remedy: 'Please compare the two files, then remove the kept one.',
    },
    ...defined({ recovered }),
  };
}

function isNewer(data: unknown, known: number | undefined): data is { schemaVersion: number } {
  if (known === undefined || !isRecord(data) || !('schemaVersion' in data)) return false;
  return typeof data.schemaVersion === 'number' && data.schemaVersion > known;
}

/** The data, or `undefined` when the text is not YAML. Never throws. */
export function parsedYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100, logLevel: 'error' });
  } catch {
    return undefined;
  }
}

export function yamlText(data: unknown): string {
  return stringify(data, { lineWidth: 0 });
}

function wouldDestroy(path: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `.pace/${path} could not be read or set aside, so it was not written anew.`,
    remedy: 'Please see the first fault about this file, or move it away by hand.',
  });
}
