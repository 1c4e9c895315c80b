/**
 * At the end of a run: why tests were skipped, and how many for each reason. A test says its reason itself, `skip('…')`. With
 * `PACE_TEST_REQUIRE=all`, as CI has it, a test that is skipped without one fails the run.
 */
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

export interface SkippedTest {
  readonly name: string;
  readonly reason: string | undefined;
}

export function skippedReporter(requireAll = process.env['PACE_TEST_REQUIRE'] === 'all'): Reporter {
  let vitest: Vitest;
  return {
    onInit: (started) => {
      vitest = started;
    },
    onTestRunEnd: (modules) => {
      const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')].map(asSkipped(module)));
      // `-t` leaves out tests without a word
      const some = vitest.config.testNamePattern !== undefined;
      const silent = some ? [] : skipped.filter(({ reason }) => reason === undefined);
      process.stdout.write(reasonTable(skipped));
      if (silent.length === 0) return;
      process.stderr.write(silentList(silent));
      if (requireAll) process.exitCode = 1;
    },
  };
}

function asSkipped({ relativeModuleId }: TestModule): (test: TestCase) => SkippedTest {
  return (test) => {
    const result = test.result();
    const reason = result.state === 'skipped' ? result.note : undefined;
    return { name: `${relativeModuleId} > ${test.fullName}`, reason: reason?.trim() || undefined };
  };
}

/** The most frequent reason first. */
export function reasonTable(skipped: readonly SkippedTest[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of skipped) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  if (counts.size === 0) return '';
  const rows = [...counts].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1));
  const lines = rows.map(([reason, count]) => `${String(count).padStart(5)}  ${reason}`);
  return `\nSkipped, and why:\n${lines.join('\n')}\n`;
}

export function silentList(silent: readonly SkippedTest[]): string {
  const names = silent.map(({ name }) => `       ${name}`);
  return `\nSkipped without a reason (please say \`skip('…')\` in the test):\n${names.join('\n')}\n`;
}
