/** CI of a commit as it may go: workflows whose jobs are queued, start late, end one by one. The same for the same seed. */
import type { CheckToShow, RunToShow, StatusToShow } from '../tests/support/github.ts';

/** Times are seconds since the wait began. */
export interface Scenario {
  readonly workflows: readonly { readonly id: number; readonly jobs: readonly Job[] }[];
  readonly statuses: readonly Job[];
  /** When the last check ends. */
  readonly endsAt: number;
}

interface Job {
  readonly id: number;
  /** Before it the job is not to be seen. */
  readonly queuedAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** The last check ends in the fifteenth minute. */
const [EARLIEST_END, LATEST_END] = [840, 900];

/**
 * One to three workflows with one to ten jobs each, and at times a commit status of another service. In every third scenario
 * the jobs of one workflow are a matrix: all of them end within the last quarter of a minute.
 */
export function scenario(seed: number): Scenario {
  const random = randomBySeed(seed);
  const endsAt = between(random, EARLIEST_END, LATEST_END);
  let id = 100;
  const workflows = Array.from({ length: whole(random, 1, 3) }, (_, index) => ({
    id: 2 + index,
    jobs: Array.from({ length: whole(random, 1, 10) }, () => job(random, id++, endsAt)),
  }));
  const statuses = random() < 0.4 ? [job(random, id++, endsAt)] : [];
  const matrix = random() < 0.33;
  const jobs = (workflows[0]?.jobs ?? []).map((one, index) => {
    if (index === 0) return { ...one, endsAt };
    return matrix ? { ...one, endsAt: between(random, endsAt - 15, endsAt) } : one;
  });
  return { workflows: [{ id: 2, jobs }, ...workflows.slice(1)], statuses, endsAt };
}

/** A third of all jobs need an earlier one and appear late. */
function job(random: () => number, id: number, latestEnd: number): Job {
  const queuedAt = random() < 0.33 ? between(random, 30, latestEnd * 0.6) : -5;
  const startsAt = queuedAt + between(random, 3, 40);
  return { id, queuedAt, startsAt, endsAt: between(random, startsAt + 5, latestEnd) };
}

/** What GitHub shows at an instant (milliseconds since 1970). */
export function snapshot(
  { workflows, statuses }: Scenario,
  { start, now }: { start: number; now: number },
): { checks: CheckToShow[]; runs: RunToShow[]; statuses: StatusToShow[] } {
  const time = (now - start) / 1000;
  const at = (seconds: number) => new Date(start + seconds * 1000).toISOString().replace(/\.\d+/, '');
  const visible = (jobs: readonly Job[]) => jobs.filter(({ queuedAt }) => queuedAt <= time);
  const isOver = ({ endsAt }: Job) => endsAt <= time;
  return {
    checks: workflows.flatMap(({ id, jobs }) =>
      visible(jobs).map((job): CheckToShow => {
        const base = { id: job.id, name: `job ${job.id}`, suite: id, startedAt: at(Math.min(job.startsAt, time)) };
        if (isOver(job)) return { ...base, conclusion: 'success', completedAt: at(job.endsAt) };
        return { ...base, startedAt: at(job.startsAt), status: job.startsAt <= time ? 'in_progress' : 'queued' };
      }),
    ),
    runs: workflows.map(({ id, jobs }): RunToShow => {
      const base = { id, name: `Workflow ${id}`, suite: id, workflowId: id };
      if (jobs.every(isOver)) return { ...base, conclusion: 'success' };
      return { ...base, status: jobs.some(({ startsAt }) => startsAt <= time) ? 'in_progress' : 'queued' };
    }),
    statuses: visible(statuses).map((status) => ({
      context: `service ${status.id}`,
      state: isOver(status) ? 'success' : 'pending',
    })),
  };
}

function whole(random: () => number, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

function between(random: () => number, from: number, to: number): number {
  return from + random() * (to - from);
}

/** Numbers from 0 (included) to 1 (excluded), the same for the same seed: a multiplicative congruential generator. */
export function randomBySeed(seed: number): () => number {
  let state = (seed * 2_654_435_761) % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
