/** A stack trace of .NET. The words `at`, `in` and `line` in it are of the language of the machine that wrote it. */

const LINE = /:[^\s:]{1,20} (\d{1,9})\s*$/;
const PATH = / (?=\/|[A-Za-z]:[\\/])/;

/** The place nearest to the failure. */
export function placeInTrace(trace: string): { file: string; line: number } | undefined {
  for (const frame of trace.split('\n')) {
    const line = LINE.exec(frame);
    const path = PATH.exec(frame);
    if (line === null || path === null) continue;
    const file = frame.slice(path.index + 1, line.index);
    // `/_/` begins the paths of libraries that were built elsewhere
    if (file !== '' && !file.startsWith('/_/')) return { file, line: Number(line[1]) };
  }
  return undefined;
}
