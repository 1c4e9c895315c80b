/** A few workers that share a list of jobs. One that hangs or dies is ended with all that it started, and another takes its place. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answer, Job } from './job.ts';
import { endDescendants } from './processes.ts';
import type { Tree } from './tree.ts';

export interface TimedJob extends Job {
  readonly timeoutMs: number;
}

export type Outcome = Answer | Lost;

/** There is no answer. */
export interface Lost {
  readonly lost: string;
}

const LAST_WORDS = 2000;

export interface Team {
  /** Answers in the order of the jobs; `heard` is called in the order of the answers. */
  run(jobs: readonly TimedJob[], heard: (outcome: Outcome, done: number) => void): Promise<Outcome[]>;
  end(): Promise<void>;
}

export function gatherTeam(size: number, tree: Tree, config: string): Team {
  const places = Array.from({ length: size }, () => newPlace(tree, config));
  return {
    run: async (jobs, heard) => {
      const outcomes: Outcome[] = [];
      const left = jobs.entries();
      let done = 0;
      const work = async (place: Place) => {
        for (const [at, job] of left) {
          const outcome = await place.run(job);
          outcomes[at] = outcome;
          done += 1;
          heard(outcome, done);
        }
      };
      await Promise.all(places.map(work));
      return outcomes;
    },
    end: async () => {
      await Promise.all(places.map((place) => place.end()));
    },
  };
}

interface Place {
  run(job: TimedJob): Promise<Outcome>;
  end(): Promise<void>;
}

function newPlace(tree: Tree, config: string): Place {
  let worker: ChildProcess | undefined;
  const end = async () => {
    if (worker?.pid !== undefined && worker.exitCode === null) {
      const gone = once(worker, 'exit');
      await endDescendants(worker.pid);
      worker.kill('SIGKILL');
      await gone;
    }
    worker = undefined;
  };
  return {
    run: async ({ timeoutMs, ...job }) => {
      worker ??= start(tree, config);
      const outcome = await answerOf(worker, job, timeoutMs);
      if ('lost' in outcome) await end();
      return outcome;
    },
    end,
  };
}

/** A process group of its own: a mutant that ends "its" group ends no more than that. */
function start({ root, scratch }: Tree, config: string): ChildProcess {
  const worker = fork(join(root, '.ci', 'mutation', 'worker.ts'), [root, config], {
    cwd: root,
    detached: true,
    env: { ...process.env, TMPDIR: scratch, NODE_ENV: 'test', VITEST: 'true' },
    // a pipe, as of any program in CI: the null device is one to programs, as a terminal is
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  worker.stdout?.resume();
  return worker;
}

function answerOf(worker: ChildProcess, job: Job, timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let words = '';
    const listen = (piece: Buffer) => {
      words = `${words}${piece}`.slice(-LAST_WORDS);
    };
    const finish = (outcome: Outcome) => {
      clearTimeout(timer);
      worker.off('message', finish).off('exit', crashed).off('error', crashed);
      worker.stderr?.off('data', listen);
      resolve(outcome);
    };
    const crashed = () => finish({ lost: `The worker crashed. ${words}` });
    const timer = setTimeout(() => finish({ lost: `No answer after ${timeoutMs / 1000} s. ${words}` }), timeoutMs);
    worker.stderr?.on('data', listen);
    worker.once('message', finish).once('exit', crashed).once('error', crashed);
    worker.send(job, (error) => {
      if (error !== null) crashed();
    });
  });
}
