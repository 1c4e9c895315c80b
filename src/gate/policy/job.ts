/** What a run is about as far as it must be known before any configuration is read: by the job's variables and event alone. */
import { isInCi } from '../../../core/drivers/ci-service.ts';
import type { JobSubject, Platform } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { platformOfJob } from '../../../platforms/index.ts';

export interface Job {
  /** Absent where the CI is none that PACE knows as a host of code. */
  readonly platform?: Platform;
  readonly subject?: JobSubject;
}

/** `undefined` outside of CI: there a person runs PACE in a checkout of their own. */
export async function jobOfRun(world: World): Promise<Job | undefined> {
  const platform = await platformOfJob(world.env);
  if (platform === undefined) return (await isInCi(world.env)) ? {} : undefined;
  const subject = await platform.subjectOfJob?.(world);
  return subject ? { platform, subject } : { platform };
}
