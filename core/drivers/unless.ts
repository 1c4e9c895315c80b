/** Refusals that are an answer. */
import { asPaceError, type ErrorKind } from '../errors.ts';

/** What the call gives; `undefined` where it is refused in one of these ways. */
export async function unless<Result>(
  kinds: readonly ErrorKind[],
  call: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await call();
  } catch (error) {
    if (kinds.includes(asPaceError(error).kind)) return undefined;
    throw error;
  }
}

/** What the call gives; `undefined` where the server answers that there is no such thing, and in no other case. */
export async function unlessMissing<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await call();
  } catch (error) {
    if (asPaceError(error).status === 404) return undefined;
    throw error;
  }
}

/** Whether the write was done: false where its target is not ours to change, or not there. */
export async function written(write: () => Promise<unknown>): Promise<boolean> {
  const isDone = await unless(['permission', 'not-found'], async () => {
    await write();
    return true;
  });
  return isDone ?? false;
}
