import { asPaceError, withOperation } from './errors.ts';

/** Runs the work of a port's method; whatever it throws becomes a `PaceError` that names the method. */
export async function during<Result>(operation: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw withOperation(asPaceError(error), operation);
  }
}
