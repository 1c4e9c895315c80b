/**
 * `npm run test:mutation:sample [-- --count 300 --seed 7 --only 'platforms/jira/**' --break 70]`: makes a few hundred small changes,
 * drawn over all product code, one at a time, and runs the fast tests that come by each. Prints how many were noticed, per folder and over
 * all, and those that were not. Exit code 1 below `--break`, 2 when the tests do not pass without any change.
 *
 * Stryker's own runner does a whole file or range with all the mutants in it. For one mutant here and one there it does not fit: it runs
 * every test for a change of a constant (a third of ours), every one that comes by for a change of shared code, and it first runs all
 * of them one after another. So the changes are Stryker's, from its instrumenter, which can also switch each one on; the rest is here.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { draw, newSeed } from './mutation/draw.ts';
import { instrument, listMutants } from './mutation/mutants.ts';
import { endThoseIn } from './mutation/processes.ts';
import { judge, TestsFail } from './mutation/run.ts';
import { percent, report, scoreOf } from './mutation/score.ts';
import { copyTree } from './mutation/tree.ts';

const repository = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: newSeed() },
    only: { type: 'string' },
    break: { type: 'string', default: '70' },
    workers: { type: 'string', default: '2' },
  },
});
const least = numberFrom('break', values.break);

const all = await listMutants(repository, values.only);
const drawn = draw(all, numberFrom('count', values.count), values.seed);
say(`${drawn.length} of ${all.length} mutants, seed ${values.seed}`);
const { files, mutants } = await instrument(repository, drawn);
const tree = copyTree(repository, files);
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
process.once('exit', () => {
  endThoseIn(tree.folder);
  tree.remove();
});

const judged = await judge(mutants, { tree, workers: numberFrom('workers', values.workers), say }).catch(giveUp);
mkdirSync(join(repository, 'coverage'), { recursive: true });
writeFileSync(
  join(repository, 'coverage', 'mutation-sample.json'),
  JSON.stringify({ seed: values.seed, judged }, null, 2),
);
process.stdout.write(`${report(judged)}\nseed ${values.seed}\n`);
process.exit(percent(scoreOf(judged)) < least ? 1 : 0);

function numberFrom(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  process.stderr.write(`--${option} is a whole number, not "${text}".\n`);
  process.exit(2);
}

function giveUp(error: unknown): never {
  if (!(error instanceof TestsFail)) throw error;
  say(error.message);
  process.exit(2);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
