/**
 * How the time for a hostile text grows when the text is twice as long: of everything that texts from outside go through, the worst.
 * By hand, with some minutes of a quiet machine: `node bench/linear-text.ts [function]`. Twice is linear, four times is not.
 */
import { hostileRepeats } from '../tests/support/hostile-repeats.ts';
import { textFunctions } from '../tests/support/text-functions.ts';

const LENGTH = 100_000;
/** Shorter times are noise. */
const TELLING_MS = 40;
const LINEAR = 3;

function timeOf(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** The least of three: whatever else the machine does makes it longer. */
function leastOf(work: () => unknown): number {
  return Math.min(timeOf(work), timeOf(work), timeOf(work));
}

const only = process.argv[2];
let over = 0;
for (const [name, work] of Object.entries(textFunctions)) {
  if (only && only !== name) continue;
  const twice = new Map(hostileRepeats(2 * LENGTH).map(({ name: kind, text }) => [kind, text]));
  let worst = { kind: '', growth: 0, ms: 0 };
  for (const { name: kind, text } of hostileRepeats(LENGTH)) {
    if (timeOf(() => work(text)) < TELLING_MS) continue;
    const ms = leastOf(() => work(text));
    if (ms < TELLING_MS) continue;
    const growth = leastOf(() => work(twice.get(kind) ?? '')) / ms;
    if (growth > worst.growth) worst = { kind, growth, ms };
  }
  if (worst.growth > LINEAR) over += 1;
  const told =
    worst.kind === '' ? 'all quick' : `× ${worst.growth.toFixed(1)} of ${worst.ms.toFixed(0)} ms: ${worst.kind}`;
  process.stdout.write(`${name.padEnd(20)} ${told}\n`);
}
process.exitCode = over > 0 ? 1 : 0;
