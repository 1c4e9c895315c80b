import { statSync } from 'node:fs';
import { join } from 'node:path';
import { EvidenceFault } from '../../../../../src/gate/evidence/files/fault.ts';
import type { ParseTests, TestFailure, TestRun } from '../../../../../src/gate/evidence/tests/test-report.ts';
import { workspace } from '../workspace.support.ts';

export interface Told {
  readonly runs: readonly TestRun[];
  /** One line for each run, broken suite and end of the file: `failed shop TestTax | got 1`. */
  readonly lines: readonly string[];
}

/** What a parser tells of one file; a fault is the last line, with its place. */
export async function told(
  parse: ParseTests,
  content: string | Uint8Array,
  { name = 'report', wantsKeys = false, signal }: { name?: string; wantsKeys?: boolean; signal?: AbortSignal } = {},
): Promise<Told> {
  const cwd = workspace({ [name]: content });
  const realPath = join(cwd, name);
  const runs: TestRun[] = [];
  const lines: string[] = [];
  const listener = {
    wantsKeys,
    test(run: TestRun) {
      runs.push(run);
      const failures = run.failures.map((failure) => ` | ${failureLine(failure)}`).join('');
      const place =
        run.file === undefined ? '' : ` @${[run.file, run.line].filter((part) => part !== undefined).join(':')}`;
      lines.push(`${run.outcome} ${run.name}${place}${failures}`);
    },
    brokenSuite(suite: string, failure: TestFailure) {
      lines.push(`broken ${suite} | ${failureLine(failure)}`);
    },
    endGroup() {},
  };
  try {
    await parse({ path: name, realPath, size: statSync(realPath).size, writtenAt: 0 }, listener, signal);
  } catch (error) {
    if (!(error instanceof EvidenceFault)) throw error;
    const { file, line, column } = error.place;
    lines.push(`fault ${[file, line, column].filter((part) => part !== undefined).join(':')}: ${error.message}`);
  }
  return { runs, lines };
}

function failureLine({ message, file, line, isWarning }: TestFailure): string {
  const place = file === undefined ? '' : `@${file}:${line ?? ''} `;
  return `${isWarning ? 'warning: ' : ''}${place}${message.replaceAll('\n', '⏎')}`;
}
