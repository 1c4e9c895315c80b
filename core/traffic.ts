/**
 * What a run knows about the hosts that it talks to: an adaptive token bucket each, a circuit that opens on a dead host, and
 * counts for the report. One object per run, part of the world.
 */

/**
 * Requests per second to begin with, and how many may go at once: in a minute 700, where GitHub allows 900. The pages of a long
 * list follow one another, so that its answers pace them.
 */
const READS = { perSecond: 10, burst: 100 };
/** Creating content is paced: vendors count it apart, GitHub about 80 a minute. */
const WRITES = { perSecond: 1, burst: 20 };
const SLOWEST_PER_SECOND = 0.1;
/** Failed attempts in a row after which a host counts as dead, and for how long, in milliseconds. */
const DEAD_AFTER = 4;
const DEAD_FOR = 30_000;

export interface HostReport {
  /** `https://api.example.org` */
  readonly host: string;
  readonly requests: number;
  /** Answers 304, which some vendors do not count. */
  readonly notModified: number;
  readonly retries: number;
  /** Seconds spent waiting for its limits and between retries. */
  readonly waitedSeconds: number;
  /** What is left of its budget, where it says so. */
  readonly remaining?: number;
}

/** What a server says about its limits. */
export interface Budget {
  /** Requests that are left in the present window. */
  readonly remaining: number;
  readonly limit?: number;
  /** When the window ends, in milliseconds since 1970. */
  readonly resetAt?: number;
}

export interface Traffic {
  host(origin: string): HostTraffic;
  report(): HostReport[];
  /** No wait goes beyond it, in milliseconds since 1970. */
  deadline: number;
  /** Nothing is read after it: a list without an end would be read for ever. */
  end: number;
}

export interface HostTraffic {
  /** Milliseconds until the next request may go. Takes its token. */
  take(kind: 'read' | 'write', now: number): number;
  /** Milliseconds for which the host counts as dead; 0 when it does not. */
  deadFor(now: number): number;
  answered(status: number, budget: Budget | undefined): void;
  unreachable(now: number): void;
  limited(): void;
  waited(milliseconds: number): void;
  retried(): void;
}

export function createTraffic(): Traffic {
  const hosts = new Map<string, HostTraffic & { report(): HostReport }>();
  return {
    deadline: Number.POSITIVE_INFINITY,
    end: Number.POSITIVE_INFINITY,
    host: (origin) => {
      const known = hosts.get(origin) ?? hostTraffic(origin);
      hosts.set(origin, known);
      return known;
    },
    report: () => [...hosts.values()].map((host) => host.report()).filter(({ requests }) => requests > 0),
  };
}

function hostTraffic(host: string): HostTraffic & { report(): HostReport } {
  const buckets = { read: bucket(READS), write: bucket(WRITES) };
  const counts = { requests: 0, notModified: 0, retries: 0, waited: 0 };
  let remaining: number | undefined;
  let failures = 0;
  let deadUntil = 0;
  return {
    take: (kind, now) => {
      counts.requests += 1;
      return buckets[kind].take(now);
    },
    deadFor: (now) => Math.max(0, deadUntil - now),
    answered: (status, budget) => {
      failures = 0;
      deadUntil = 0;
      if (status === 304) counts.notModified += 1;
      if (budget) remaining = budget.remaining;
      for (const each of Object.values(buckets)) each.recover();
    },
    unreachable: (now) => {
      failures += 1;
      if (failures >= DEAD_AFTER) deadUntil = now + DEAD_FOR;
    },
    limited: () => {
      for (const each of Object.values(buckets)) each.slowDown();
    },
    waited: (milliseconds) => {
      counts.waited += milliseconds;
    },
    retried: () => {
      counts.retries += 1;
    },
    report: () => {
      const { requests, notModified, retries, waited } = counts;
      const base = { host, requests, notModified, retries, waitedSeconds: Math.round(waited / 100) / 10 };
      return remaining === undefined ? base : { ...base, remaining };
    },
  };
}

/** A token bucket that halves its rate when a server is overrun, with a floor, and recovers with every answer. */
export function bucket({ perSecond, burst }: { perSecond: number; burst: number }) {
  let rate = perSecond;
  let tokens = burst;
  let updatedAt: number | undefined;
  return {
    /** Takes a token; returns the milliseconds to wait until it is there. */
    take(now: number): number {
      const elapsed = Math.max(0, now - (updatedAt ?? now));
      tokens = Math.min(burst, tokens + (elapsed / 1000) * rate) - 1;
      updatedAt = now;
      return tokens >= 0 ? 0 : Math.ceil((-tokens / rate) * 1000);
    },
    slowDown(): void {
      rate = Math.max(SLOWEST_PER_SECOND, rate / 2);
      tokens = Math.min(tokens, 0);
    },
    recover(): void {
      rate = Math.min(perSecond, rate * 1.1);
    },
  };
}
