/**
 * Adds up what the steps of .ci/steps.sh have left in a folder: `<step>.json`, the results of its tests, and `<step>.failed` when
 * it has failed. Plain JavaScript, since it has the last word also where nothing could be installed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { argv } from 'node:process';

const folder = argv[2] ?? '.';
const files = readdirSync(folder);
const steps = [...new Set(files.map((file) => basename(file, extname(file))))];
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
  const { passed, failed, skipped } = testsOf(step);
  sum.passed += passed;
  sum.skipped += skipped;
  // a step that fails without a failed test is one
  sum.failed += files.includes(`${step}.failed`) ? Math.max(failed, 1) : failed;
}
if (sum.passed === 0) {
  process.stdout.write('No test has passed.\n');
  sum.failed = Math.max(sum.failed, 1);
}
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`);
process.exitCode = sum.failed > 0 ? 1 : 0;

function testsOf(step) {
  if (!files.includes(`${step}.json`)) return { passed: 0, failed: 0, skipped: 0 };
  try {
    const found = JSON.parse(readFileSync(join(folder, `${step}.json`), 'utf8'));
    return {
      passed: found.numPassedTests,
      failed: found.numFailedTests,
      skipped: found.numPendingTests + found.numTodoTests,
    };
  } catch {
    process.stdout.write(`The results of ${step} cannot be read.\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
