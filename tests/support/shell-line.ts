/**
 * Lines of a shell as documents show them, run within the test: `alias issue='pace issue'`, `export`, quotes, lines that go on after a
 * backslash, and pipes to `jq` and `xargs` in the one form that is used (`jq -r '.[0].number' | xargs -I {} …`).
 */
import type { InProcessRun } from './in-process.ts';

export interface LineRun {
  readonly line: string;
  readonly run: InProcessRun;
}

/** The commands of a block: without comments, one to a line. */
export function linesOf(block: string): string[] {
  return block
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The words of a command, with what stands in quotes whole. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/(?:"([^"]*)"|'([^']*)'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''),
  );
}

/** Runs them one after the other; `export` sets what the later ones see. */
export async function runLines(
  block: string,
  run: (args: string[], env: Record<string, string>) => Promise<InProcessRun>,
): Promise<LineRun[]> {
  const env: Record<string, string> = {};
  const runs: LineRun[] = [];
  for (const line of linesOf(block)) {
    const [, name, value = ''] = /^export (\w+)="(.*)"$/.exec(line) ?? [];
    if (name !== undefined) env[name] = value;
    else runs.push({ line, run: await piped(line, (args) => run(args, env)) });
  }
  return runs;
}

async function piped(line: string, run: (args: string[]) => Promise<InProcessRun>): Promise<InProcessRun> {
  const [command = '', ...filters] = line.split(/\s+\|\s+/);
  const first = await run(argsOf(command));
  if (filters.length === 0) return first;
  const [jq = [], xargs = []] = filters.map(wordsOf);
  if (jq.join(' ') !== 'jq -r .[0].number' || xargs.slice(0, 3).join(' ') !== 'xargs -I {}')
    throw new Error(`This pipe is not understood: ${line}`);
  const number: unknown = JSON.parse(first.stdout)[0].number;
  return run(aliased(xargs.slice(3).map((word) => word.replace('{}', String(number)))));
}

function argsOf(command: string): string[] {
  return aliased(wordsOf(command));
}

/** `alias issue='pace issue'`. */
function aliased([name = '', ...words]: readonly string[]): string[] {
  if (name === 'issue') return ['issue', ...words];
  if (name === 'pace') return [...words];
  throw new Error(`There is no alias for ${name}.`);
}
