/**
 * Which files git tracks, from the index itself: images of jobs often have no git, and starting a program takes longer than
 * reading a file. What is hidden from git's eyes (sparse, assumed unchanged) stands there all the same.
 * https://git-scm.com/docs/index-format
 */

/** `undefined` for an index that only git itself can read: split in two, or of a kind that is not known here. */
export function indexPaths(bytes: Buffer): IndexPaths | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  return pathsWith(bytes, version, 20) ?? pathsWith(bytes, version, 32);
}

export interface IndexPaths {
  /** From the root, with `/`, each character a byte; a module of git's has one at its end, as git tells none of its files. */
  readonly paths: readonly string[];
  /** Folders of which git keeps no single files here, each with its last `/`. */
  readonly folded: readonly string[];
}

/** Beside the hash: times, ids, mode and size. */
const FIXED = 40;
const EXTENDED = 0x4000;
const LONG_NAME = 0xfff;
const FOLDER = 0o040000;
const MODULE = 0o160000;
/** Folder, file, link, module. */
const KINDS = new Set([0o04, 0o10, 0o12, 0o16]);

/** `undefined` when it is not one with hashes of this length. */
function pathsWith(bytes: Buffer, version: number, hashLength: number): IndexPaths | undefined {
  const paths: string[] = [];
  const folded: string[] = [];
  const end = bytes.length - hashLength;
  const names = nameReader(bytes, version);
  let at = 12;
  for (let left = bytes.readUInt32BE(8); left > 0; left -= 1) {
    const flagsAt = at + FIXED + hashLength;
    if (flagsAt + 4 > end) return undefined;
    const mode = bytes.readUInt32BE(at + 24);
    const flags = bytes.readUInt16BE(flagsAt);
    if (!KINDS.has(mode >> 12)) return undefined;
    const name = names({ entryAt: at, nameAt: flagsAt + (flags & EXTENDED ? 4 : 2), length: flags & LONG_NAME });
    if (name === undefined || name.next > end) return undefined;
    paths.push(mode === MODULE ? `${name.path}/` : name.path);
    if (mode === FOLDER) folded.push(name.path);
    at = name.next;
  }
  return isWhole(bytes, at, end) ? { paths, folded } : undefined;
}

interface NamePlace {
  readonly entryAt: number;
  readonly nameAt: number;
  /** As the flags tell it. */
  readonly length: number;
}

type NameReader = (place: NamePlace) => { path: string; next: number } | undefined;

function nameReader(bytes: Buffer, version: number): NameReader {
  return version === 4 ? shortenedNames(bytes) : wholeNames(bytes);
}

function wholeNames(bytes: Buffer): NameReader {
  return ({ entryAt, nameAt, length }) => {
    const nameEnd = bytes.indexOf(0, nameAt);
    if (nameEnd <= nameAt || (length < LONG_NAME && nameEnd - nameAt !== length)) return undefined;
    // entries end with one to eight zeros
    return { path: bytes.toString('latin1', nameAt, nameEnd), next: entryAt + ((nameEnd - entryAt + 8) & ~7) };
  };
}

/** Each name says how much of the end of the one before it is other. */
function shortenedNames(bytes: Buffer): NameReader {
  let before = '';
  return ({ nameAt }) => {
    const [cut, start] = variableNumber(bytes, nameAt);
    const nameEnd = bytes.indexOf(0, start);
    if (cut > before.length || nameEnd < start) return undefined;
    before = before.slice(0, before.length - cut) + bytes.toString('latin1', start, nameEnd);
    return before === '' ? undefined : { path: before, next: nameEnd + 1 };
  };
}

/** With the place after it. */
function variableNumber(bytes: Buffer, at: number): readonly [value: number, next: number] {
  let next = at;
  let byte = bytes[next++] ?? 0;
  let value = byte & 127;
  while (byte & 128 && next < at + 6) {
    byte = bytes[next++] ?? 0;
    value = (value + 1) * 128 + (byte & 127);
  }
  return [value, next];
}

/** Extensions follow up to the hash; one of them sends the reader to a second file. */
function isWhole(bytes: Buffer, from: number, end: number): boolean {
  let at = from;
  while (at + 8 <= end) {
    if (bytes.toString('latin1', at, at + 4) === 'link') return false;
    at += 8 + bytes.readUInt32BE(at + 4);
  }
  return at === end;
}
