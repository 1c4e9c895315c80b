/** A child process with one vitest that stays warm and runs what it is told. `node worker.ts <root> <config>` */
import { join } from 'node:path';
import { createVitest, type SerializedError, type TestModule, type TestSpecification } from 'vitest/node';
import type { Answer, Job } from './job.ts';

const [root = '', config = ''] = process.argv.slice(2);

/** The nearest tests are first in a job, and the first failure ends it. */
class AsGiven {
  sort(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

let last: Answer = { tests: 0, hits: {} };

const vitest = await createVitest({
  root,
  config: join(root, config),
  watch: false,
  pool: 'threads',
  maxWorkers: 1,
  bail: 1,
  sequence: { sequencer: AsGiven },
  onConsoleLog: () => false,
  reporters: [
    {
      onTestRunEnd(modules, errors) {
        last = answer(modules, errors);
      },
    },
  ],
});

process.on('message', (job: Job) => {
  run(job).then(
    (result) => process.send?.(result),
    (error) => process.send?.({ failed: String(error), tests: 0, hits: {} } satisfies Answer),
  );
});
process.on('disconnect', () => process.exit());

async function run({ files, ...mutation }: Job): Promise<Answer> {
  vitest.provide('mutation', mutation);
  const project = vitest.getRootProject();
  const specifications = files.map(({ path, testIds }) =>
    project.createSpecification(join(root, path), testIds === undefined ? undefined : { testIds: [...testIds] }),
  );
  await vitest.runTestSpecifications(specifications);
  return last;
}

function answer(modules: readonly TestModule[], errors: readonly SerializedError[]): Answer {
  const failed = [...firstFailures(modules), ...errors.map(({ message }) => message)][0];
  const hits = Object.assign({}, ...modules.map((module) => module.meta().hits ?? {}));
  const tests = modules.reduce((sum, module) => sum + [...module.children.allTests()].length, 0);
  return failed === undefined ? { tests, hits } : { tests, hits, failed };
}

function* firstFailures(modules: readonly TestModule[]): Generator<string> {
  for (const module of modules) {
    for (const test of module.children.allTests('failed')) yield `${module.relativeModuleId}: ${test.fullName}`;
    for (const { message } of module.errors()) yield `${module.relativeModuleId}: ${message}`;
    if (module.state() === 'failed') yield `${module.relativeModuleId}: a hook failed`;
  }
}
