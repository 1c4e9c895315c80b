import { createTraffic } from '../../core/traffic.ts';
import type { Log, World } from '../../core/world.ts';

export interface TestWorld extends World {
  readonly env: Record<string, string | undefined>;
  /** Every line of talk, `level: text`. */
  readonly lines: string[];
  /** Every wait that was asked for, in milliseconds; the clock jumps instead. */
  readonly waits: number[];
  /** What is to be done before the program ends. */
  readonly endings: (() => Promise<void>)[];
  /** Moves the clock. */
  advance(milliseconds: number): void;
}

/** A world with a clock that only moves when somebody sleeps, a recorded log, no environment, and the real fetch. */
export function testWorld(overrides: Partial<World> & { start?: number } = {}): TestWorld {
  const { start = Date.parse('2026-03-02T09:00:00Z'), ...rest } = overrides;
  const lines: string[] = [];
  const waits: number[] = [];
  const endings: (() => Promise<void>)[] = [];
  let clock = start;
  return {
    env: {},
    cwd: '/nowhere',
    fetch: (input, init) => fetch(input, init),
    now: () => clock,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      waits.push(milliseconds);
      clock += milliseconds;
    },
    random: () => 0.5,
    log: recordingLog(lines),
    redact: (text) => text,
    conceal: () => undefined,
    self: { pid: 4711, host: 'test-machine', node: '24.0.0', isRunning: (pid) => pid === 4711 },
    traffic: createTraffic(),
    atEnd: (work) => void endings.push(work),
    ...rest,
    lines,
    endings,
    waits,
    advance: (milliseconds) => {
      clock += milliseconds;
    },
  };
}

function recordingLog(lines: string[]): Log {
  const line = (level: string) => (message: string) => void lines.push(`${level}: ${message}`);
  return {
    info: line('info'),
    warn: line('warn'),
    debug: line('debug'),
    progress: line('progress'),
    group: (title) => {
      lines.push(`group: ${title}`);
      return () => void lines.push(`end: ${title}`);
    },
  };
}
