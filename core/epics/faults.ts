/** What is wrong with a Markdown epic, and where. Pure. */
import { PaceError } from '../errors.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { Fault } from './epic.ts';
import type { Line } from './lines.ts';

export interface FaultWords {
  /** An offset in the file. */
  readonly at: number;
  readonly message: string;
  readonly remedy: string;
}

/** Columns count characters, as editors do. */
export function fault(
  code: string,
  path: string,
  lines: readonly Line[],
  line: number,
  { at, message, remedy }: FaultWords,
): Fault {
  const { text = '', start = 0 } = lines[line] ?? {};
  const column = [...text.slice(0, Math.max(0, at - start))].length + 1;
  return { code, path, line: line + 1, column, message: plainLine(message, 300), remedy };
}

/** `path:line:column: E004 …`, the form that editors and CI logs make clickable. */
export function faultLine({ code, path, line, column, message, remedy }: Fault): string {
  return `${plainLine(path, 200)}:${line}:${column}: ${code} ${message} ${remedy}`.trimEnd();
}

export function isError({ code }: Fault): boolean {
  return code.startsWith('E');
}

/** More help nobody. */
const MOST = 20;

/** All of them in one error. */
export function faultsError(faults: readonly Fault[]): PaceError {
  const more = faults.length > MOST ? [`… and ${faults.length - MOST} more`] : [];
  return new PaceError({
    kind: 'validation',
    message: [...faults.slice(0, MOST).map(faultLine), ...more].join('\n'),
    remedy: 'Nothing was read or written. docs/epics.md says what each code means.',
  });
}
