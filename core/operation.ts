/** Errors that name the method of the port in which they came up. */
import { asPaceError, withOperation } from './errors.ts';

/** Does the work; whatever it throws, at once or later, becomes a `PaceError` that names the method. */
export function inOperation<Result>(operation: string, work: () => Promise<Result>): Promise<Result>;
export function inOperation<Result>(operation: string, work: () => Result): Result;
export function inOperation(operation: string, work: () => unknown): unknown {
  const named = (error: unknown): never => {
    throw withOperation(asPaceError(error), operation);
  };
  try {
    const result = work();
    return result instanceof Promise ? result.catch(named) : result;
  } catch (error) {
    return named(error);
  }
}
