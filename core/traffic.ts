/**
 * What a run knows about the hosts that it talks to: an adaptive token bucket each, a circuit that opens on a dead host, and
 * counts for the report. One object per run, part of the world.
 */

/** How many requests a second to begin with, and how many may go at once. */
export interface Pace {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * In a minute 700, where GitHub allows 900. The pages of a long list follow one another, so that its answers pace them; so do those of
 * writes. Whoever asks for less says so in its answers, or its platform does (`HttpOptions.writes`).
 */
const USUAL: Pace = { perSecond: 10, burst: 100 };
const SLOWEST_PER_SECOND = 0.1;
/** Longer windows and waits, in milliseconds, are not sat out: what is asked for meanwhile ends in an error that says so. */
const LONGEST_REST = 60_000;
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
  /** Milliseconds until a write may go to any of the hosts at once: who reads before it writes waits before it reads. */
  writeWait(now: number): number;
  report(): HostReport[];
  /** No wait goes beyond it, in milliseconds since 1970. */
  deadline: number;
  /** Nothing is read after it: a list without an end would be read for ever. */
  end: number;
}

export interface HostTraffic {
  /** Milliseconds until the next request may go. Takes its token. `pace`: of requests of this kind, where it is not the usual one. */
  take(kind: 'read' | 'write', now: number, pace?: Pace): number;
  /** Milliseconds for which the host counts as dead; 0 when it does not. */
  deadFor(now: number): number;
  answered(status: number, budget: Budget | undefined, now: number): void;
  unreachable(now: number): void;
  /** A request was refused for its rate; `wait`: how long the host wants to be left alone, in milliseconds. */
  limited(now: number, wait: number | undefined): void;
  waited(milliseconds: number): void;
  retried(): void;
}

interface KnownHost extends HostTraffic {
  report(): HostReport;
  writeWait(now: number): number;
}

export function createTraffic(): Traffic {
  const hosts = new Map<string, KnownHost>();
  return {
    deadline: Number.POSITIVE_INFINITY,
    end: Number.POSITIVE_INFINITY,
    host: (origin) => {
      const known = hosts.get(origin) ?? hostTraffic(origin);
      hosts.set(origin, known);
      return known;
    },
    writeWait: (now) => Math.max(0, ...[...hosts.values()].map((host) => host.writeWait(now))),
    report: () => [...hosts.values()].map((host) => host.report()).filter(({ requests }) => requests > 0),
  };
}

function hostTraffic(host: string): KnownHost {
  const buckets = { read: bucket(USUAL), write: bucket(USUAL) };
  const counts = { requests: 0, notModified: 0, retries: 0, waited: 0 };
  let remaining: number | undefined;
  let failures = 0;
  let deadUntil = 0;
  let restUntil = 0;
  return {
    take: (kind, now, pace) => {
      counts.requests += 1;
      if (pace) buckets[kind].keep(pace);
      return buckets[kind].take(now) + Math.max(0, restUntil - now);
    },
    writeWait: (now) => buckets.write.peek(now) + Math.max(0, restUntil - now),
    deadFor: (now) => Math.max(0, deadUntil - now),
    answered: (status, budget, now) => {
      failures = 0;
      deadUntil = 0;
      if (status === 304) counts.notModified += 1;
      if (budget) remaining = budget.remaining;
      for (const each of Object.values(buckets)) each.recover();
      // a read that is refused is asked again, whatever it costs
      buckets.write.spread(budget && shareOf(budget, now));
    },
    unreachable: (now) => {
      failures += 1;
      if (failures >= DEAD_AFTER) deadUntil = now + DEAD_FOR;
    },
    limited: (now, wait = 0) => {
      for (const each of Object.values(buckets)) each.slowDown();
      if (wait <= LONGEST_REST) restUntil = Math.max(restUntil, now + wait);
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

/** A pace that holds for a while. */
export interface Share {
  readonly perSecond: number;
  /** In milliseconds since 1970. */
  readonly until: number;
}

/**
 * The pace that uses up a short window just when it ends, once half of it is used; `undefined` before, and for a window that is long:
 * there it would hold up a run that needs little.
 */
export function shareOf({ remaining, limit, resetAt = 0 }: Budget, now: number): Share | undefined {
  const left = resetAt - now;
  if (left <= 0 || left > LONGEST_REST || limit === undefined || remaining > limit / 2) return undefined;
  return { perSecond: Math.max(remaining, 1) / (left / 1000), until: resetAt };
}

/** A token bucket that halves its rate when a server is overrun, with a floor, and recovers with every answer. */
export function bucket(pace: Pace) {
  let { perSecond, burst } = pace;
  let rate = perSecond;
  let tokens = burst;
  let updatedAt: number | undefined;
  let share: Share = { perSecond: rate, until: 0 };

  /** Tokens that come from one moment to another. */
  function gained(from: number, to: number): number {
    const slow = Math.max(0, Math.min(to, share.until) - from);
    return (slow * Math.min(rate, share.perSecond) + Math.max(0, to - from - slow) * rate) / 1000;
  }

  /** How many there are when one is taken. */
  function leftAt(now: number): number {
    return Math.min(burst, tokens + gained(updatedAt ?? now, now)) - 1;
  }

  /** Milliseconds until none is missing any more. */
  function waitFor(left: number, now: number): number {
    if (left >= 0) return 0;
    const slow = Math.max(0, share.until - now);
    const inTime = (-left / Math.min(rate, share.perSecond)) * 1000;
    return Math.ceil(inTime <= slow ? inTime : slow + ((-left - gained(now, now + slow)) / rate) * 1000);
  }

  return {
    /** Takes a token; returns the milliseconds to wait until it is there. */
    take(now: number): number {
      tokens = leftAt(now);
      updatedAt = now;
      return waitFor(tokens, now);
    },
    /** The same without taking it. */
    peek: (now: number): number => waitFor(leftAt(now), now),
    /** Another pace from now on. */
    keep(wanted: Pace): void {
      if (wanted.perSecond === perSecond && wanted.burst === burst) return;
      ({ perSecond, burst } = wanted);
      rate = Math.min(rate, perSecond);
      tokens = Math.min(tokens, burst);
    },
    /** At this pace for a while, and nothing at once; the usual one when the host tells of none. */
    spread(wanted: Share | undefined): void {
      share = wanted ?? { perSecond: rate, until: 0 };
      if (wanted) tokens = Math.min(tokens, 0);
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
