import { expect } from 'vitest';
import { type ErrorKind, PaceError } from '../../core/errors.ts';

/** The `PaceError` with which the call is refused; fails when it is not refused, says nothing useful or has another kind. */
export async function refusal(
  call: () => Promise<unknown>,
  expected: { kinds: readonly ErrorKind[]; operation?: string },
): Promise<PaceError> {
  const error = await outcome(call);
  if (!(error instanceof PaceError)) throw new Error(`expected a PaceError, got ${describe(error)}`);
  expect(expected.kinds, `${error.kind}: ${error.message}`).toContain(error.kind);
  expect(error.message.trim()).not.toBe('');
  expect(error.remedy.trim()).not.toBe('');
  if (expected.operation !== undefined) expect(error.operation).toBe(expected.operation);
  return error;
}

/** What the call returns, or the `PaceError` of one of these kinds with which it is clearly refused. */
export async function acceptedOrRefused<Result>(
  call: () => Promise<Result>,
  kinds: readonly ErrorKind[],
): Promise<Result | PaceError> {
  try {
    return await call();
  } catch (error) {
    return refusal(() => Promise.reject(error), { kinds });
  }
}

async function outcome(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return { resolvedWith: await call() };
  } catch (error) {
    return error;
  }
}

function describe(value: unknown): string {
  return value instanceof Error ? `${value.name}: ${value.message}` : JSON.stringify(value);
}
