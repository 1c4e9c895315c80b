/** A file of records, one a line, as it lies on the disk: what cannot be read of it is kept byte for byte. Pure. */
import { isRecord } from '../../core/record.ts';

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its line end. */
  readonly bytes: Buffer;
  /** `undefined` where it is no object of JSON. */
  readonly record: Readonly<Record<string, unknown>> | undefined;
  /** It ends with a line end: it was written to its end. */
  readonly isWhole: boolean;
}

const LINE_END = 0x0a;
const MARK = '\uFEFF';

/** Without the empty ones. */
export function* linesOf(bytes: Buffer): Generator<Line> {
  for (let at = 0, number = 1; at < bytes.length; number += 1) {
    const found = bytes.indexOf(LINE_END, at);
    const end = found < 0 ? bytes.length : found;
    const line = bytes.subarray(at, end);
    const record = recordOf(line, number);
    if (record !== 'empty') yield { number, bytes: line, record, isWhole: found >= 0 };
    at = end + 1;
  }
}

function recordOf(line: Buffer, number: number): Line['record'] | 'empty' {
  const decoded = line.toString('utf8');
  // an editor may have put it there
  const text = number === 1 && decoded.startsWith(MARK) ? decoded.slice(1) : decoded;
  if (text.trim() === '') return 'empty';
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && isText(line, decoded) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is no text was damaged, also where it stands in quotes. */
function isText(line: Buffer, decoded: string): boolean {
  return !decoded.includes('\uFFFD') || Buffer.from(decoded).equals(line);
}

export function joined(lines: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [Buffer.from(line), END]));
}

const END = Buffer.from('\n');
