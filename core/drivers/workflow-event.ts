/** The event that started a job of a workflow, as GitHub's runner and those that follow it leave it in a file. */
import { PaceError } from '../errors.ts';
import { readRegular } from '../files/read-regular.ts';
import type { World } from '../world.ts';

/** `{}` where there is none: it is absent in steps that run in a container of their own, and GITHUB_SHA is there all the same. */
export async function readEvent<Event extends object>(env: World['env']): Promise<Partial<Event>> {
  const path = env['GITHUB_EVENT_PATH'];
  if (!path) return {};
  try {
    const event: Event | null = JSON.parse((await readRegular(path, MAX_BYTES)).toString('utf8'));
    return event ?? {};
  } catch (error) {
    // what was put there to keep PACE waiting is not the same as nothing
    if (error instanceof PaceError) throw error;
    return {};
  }
}

/** GitHub sends no larger ones. https://docs.github.com/en/webhooks/webhook-events-and-payloads */
const MAX_BYTES = 32 * 1024 * 1024;

/** A whole hash of a commit. */
export function isSha(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value);
}
