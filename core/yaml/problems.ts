/** What is wrong with a file that people write: configuration or plan. */

/** Takes secrets out of a text before it is shown. */
export type Redact = (text: string) => string;

/** One mistake and its place. */
export interface Problem {
  /** As people would type it: relative to the workspace where it lies inside. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  /** What, why and what to write instead, in one line, without secrets. */
  readonly message: string;
}

/** More than this helps nobody. */
export const MAX_PROBLEMS = 200;

/** As many are looked for: one more than are shown, so that it can be said that there are more. */
export const PROBLEMS_READ = MAX_PROBLEMS + 1;

/** Wrong configuration, with every mistake at once. The text is the list of them, one per line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    const listed = problems.slice(0, MAX_PROBLEMS);
    const more = problems.length > listed.length ? ['…and more.'] : [];
    super([...listed.map(formatProblem), ...more].join('\n'), options);
    this.problems = listed;
  }
}

/** `file:line:column: message`, the form that editors and CI logs make clickable. */
export function formatProblem({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}: ${message}`;
}

/** In the order of the file; the same mistake at the same place counts once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const distinct = new Map(problems.map((problem) => [formatProblem(problem), problem]));
  return [...distinct.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

const MAX_SHOWN = 60;

/** A value from the file for use inside a message: short, in one line, never a secret. */
export function show(value: unknown, redact: Redact): string {
  if (typeof value === 'string') {
    const safe = redact(value).replace(/\s+/g, ' ');
    return `"${safe.length > MAX_SHOWN ? `${safe.slice(0, MAX_SHOWN - 1)}…` : safe}"`;
  }
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return redact(String(value));
}
