/** YAML files that people write, read with care: bounded, in UTF-8, one document, every fault with its place. */
import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { type Document, type ErrorCode, LineCounter, parseDocument, visit } from 'yaml';
import { errorCode, PaceError } from '../errors.ts';
import { readRegular } from '../files/read-regular.ts';
import { workspacePath } from '../files/workspace-path.ts';
import { plainLine } from '../text/untrusted-text.ts';
import { type DataPath, rangeAt } from './positions.ts';
import { ConfigError, PROBLEMS_READ, type Problem } from './problems.ts';
import { treeFaults } from './yaml-tree.ts';

export const MAX_FILE_BYTES = 1024 * 1024;

export interface YamlFile {
  readonly file: string;
  readonly text: string;
  readonly document: Document;
  /** The content as plain data; `undefined` when it could not be built, `null` when there is none. */
  readonly value: unknown;
  /** Faults of the YAML itself. */
  readonly problems: readonly Problem[];
  /** A problem at a place of the data: at the key, or at the value. Where the path leads nowhere, at the nearest parent. */
  problemAt(path: DataPath, message: string, part?: 'key' | 'value'): Problem;
  problemAtOffset(offset: number, message: string): Problem;
  /** Whether the value there was read before the first fault that makes the rest a guess. */
  isTrusted(path: DataPath, part?: 'key' | 'value'): boolean;
}

/** A path as people type it: relative to the workspace where it lies inside. */
function shownPath(cwd: string, path: string): string {
  const below = relative(cwd, path);
  return below === '' || below.startsWith('..') || isAbsolute(below) ? path : below.replaceAll('\\', '/');
}

/** Reads and parses. Throws `ConfigError` when there is nothing that could be parsed. */
export async function readYamlFile(cwd: string, path: string): Promise<YamlFile> {
  const absolute = resolve(cwd, path);
  const shown = shownPath(cwd, absolute);
  const file = plainLine(shown);
  // a person may name a file anywhere; one in the workspace may have been put there by anybody, and leads nowhere else
  if (shown !== absolute) await staysInside(cwd, absolute, file);
  return parseYaml(file, await readText(absolute, file));
}

async function staysInside(cwd: string, path: string, file: string): Promise<void> {
  try {
    await workspacePath(cwd, path);
  } catch (error) {
    if (!(error instanceof PaceError)) return;
    throw unreadable(file, 'is, or lies behind, a link out of the workspace. Please put the file itself there.', error);
  }
}

async function readText(path: string, file: string): Promise<string> {
  return textOfYaml(file, await readBytes(path, file));
}

/** The text of a file that was read elsewhere. Throws `ConfigError` for what cannot be YAML. */
export function textOfYaml(file: string, bytes: Uint8Array): string {
  if (bytes.byteLength > MAX_FILE_BYTES) throw unreadable(file, 'is larger than 1 MB, too large for a configuration.');
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw unreadable(file, 'is written in UTF-16. Please save it as UTF-8.');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.includes('\0')) throw unreadable(file, 'is a binary file, not YAML.');
    return text;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw unreadable(file, 'is not valid UTF-8. Please save it as UTF-8.', error);
  }
}

async function readBytes(path: string, file: string): Promise<Uint8Array> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) throw unreadable(file, 'is a folder. Please name the file itself.');
    if (!info.isFile()) throw unreadable(file, 'is not a regular file.');
    if (info.size > MAX_FILE_BYTES) throw unreadable(file, 'is larger than 1 MB, too large for a configuration.');
    return await readRegular(path, MAX_FILE_BYTES);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw unreadable(file, READ_FAULTS[codeOf(error)] ?? `cannot be read (${codeOf(error)}).`, error);
  }
}

const READ_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist. Please check the path.',
  ENOTDIR: 'does not exist: a part of its path is a file. Please check the path.',
  EACCES: 'may not be read by this user. Please check its permissions.',
  ELOOP: 'is a symbolic link that leads in a circle.',
};

function codeOf(error: unknown): string {
  return errorCode(error) || 'unknown reason';
}

function unreadable(file: string, what: string, cause?: unknown): ConfigError {
  return new ConfigError([{ file, line: 1, column: 1, message: `This file ${what}` }], { cause });
}

/** Never throws: every fault is in `problems`. */
export function parseYaml(file: string, source: string): YamlFile {
  const text = source.replace(/^\ufeff/, '');
  const lines = new LineCounter();
  const problemAtOffset = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(Math.max(0, Math.min(offset, text.length)));
    return { file, line: Math.max(1, line), column: Math.max(1, col), message: plainLine(message) };
  };
  const parsed = parse(text, lines);
  if (parsed === undefined) {
    const message = 'This file is nested too deeply for a configuration.';
    return { ...parseYaml(file, ''), text, value: undefined, problems: [problemAtOffset(0, message)] };
  }
  const { document, value } = parsed;
  const faults = parsed.faults.slice(0, PROBLEMS_READ);
  const trustedUpTo = faults.find(({ breaks }) => breaks)?.offset ?? Number.POSITIVE_INFINITY;
  return {
    ...{ file, text, document, value, problemAtOffset },
    problems: faults.map(({ offset, message }) => problemAtOffset(offset, message)),
    isTrusted: (path, part = 'value') => rangeAt(document, path, part)[1] < trustedUpTo,
    problemAt: (path, message, part = 'value') => problemAtOffset(rangeAt(document, path, part)[0], message),
  };
}

interface YamlFault {
  readonly offset: number;
  readonly message: string;
  /** What follows in the tree is a guess. */
  readonly breaks: boolean;
}

function parse(
  text: string,
  lineCounter: LineCounter,
): { document: Document; faults: YamlFault[]; value: unknown } | undefined {
  try {
    const document = parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      merge: true,
      uniqueKeys: false,
    });
    const syntax = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
      ...(unclosedQuote(document, code, pos[0]) ?? {
        offset: pos[0],
        message: SYNTAX[code] ?? 'This is not valid YAML.',
      }),
      breaks: !HARMLESS.has(code),
    }));
    // this bounds the aliases, with a place; the parser's own `maxAliasCount` would throw without one
    const tree = treeFaults(document).map((fault) => ({ ...fault, breaks: false }));
    if (tree.length > 0) return { document, faults: [...syntax, ...tree], value: undefined };
    return { document, faults: syntax, value: document.toJS({ maxAliasCount: -1 }) };
  } catch (error) {
    // deep nesting overflows the stack of the parser
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The parser complains at the end of the file; people look for the place where the quote was opened. */
function unclosedQuote(
  document: Document,
  code: ErrorCode,
  at: number,
): { offset: number; message: string } | undefined {
  if (code !== 'MISSING_CHAR') return undefined;
  let opened: number | undefined;
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range && range[1] === at) opened = range[0];
    },
  });
  return opened === undefined ? undefined : { offset: opened, message: 'This quote is never closed.' };
}

const HARMLESS = new Set<ErrorCode>(['TAG_RESOLVE_FAILED', 'BAD_DQ_ESCAPE']);

// our own words: those of the parser may quote the file, and with it a secret
const SYNTAX: Partial<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'An alias (`*name`) can have no anchor or tag of its own.',
  BAD_ALIAS: 'This alias is incomplete; please write `*name`. A text that begins with `*` needs quotes.',
  BAD_COLLECTION_TYPE: 'The tag does not fit this value. Please remove the tag.',
  BAD_DIRECTIVE: 'This `%` directive is not understood. Please remove the line.',
  BAD_DQ_ESCAPE: 'This backslash sequence is unknown. Please use single quotes for text with backslashes.',
  BAD_INDENT: 'The indentation is wrong, or a bracket or quote above is not closed.',
  BAD_SCALAR_START: 'A text may not begin with this character. Please put it in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A mapping cannot begin here: a text that contains `: ` needs quotes.',
  BLOCK_IN_FLOW: 'A block cannot begin inside brackets: a text that contains `: ` needs quotes.',
  KEY_OVER_1024_CHARS: 'This key is too long; a quote or bracket may not be closed.',
  MISSING_CHAR: 'A character is missing here: a closing quote or bracket, a comma, or the space after a colon or dash.',
  MULTILINE_IMPLICIT_KEY: 'A key must be on one line; a colon may be missing, or a quote not closed.',
  MULTIPLE_DOCS: 'A second document begins here (`---`). Please keep one per file.',
  RESOURCE_EXHAUSTION: 'This file is nested too deeply for a configuration.',
  TAB_AS_INDENT: 'A tab cannot indent YAML. Please use spaces.',
  TAG_RESOLVE_FAILED: 'Tags (`!name`) are not understood here. Please remove the tag.',
  UNEXPECTED_TOKEN: 'This was not expected here; the indentation or a quote may be wrong.',
};
