/**
 * A promise that nobody waits for any more was rejected. The run has gone on without it, and its answer stands: that it fails the
 * program, as Node would have it, could turn a SHIP into what looks like a HOLD.
 */
import { asPaceError } from '../../core/errors.ts';
import { createRedactor } from '../../core/text/redact.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { guarded, type Stream } from './world.ts';

export function sayLateRejection(error: unknown, stderr: Stream, env: World['env']): void {
  const { message } = asPaceError(error);
  guarded(stderr, createRedactor(env), env).write(
    `Warning: Something failed that nothing waited for any more: ${plainLine(message, 500)} The decision does not depend on it. Please report this as a defect of PACE.\n`,
  );
}
