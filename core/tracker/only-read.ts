/** A tracker that is only looked at: for want of a token nothing is written, and nothing is sent to be refused. */
import type { PaceError } from '../errors.ts';
import type { TrackerDriver } from '../ports/tracker-driver.ts';
import { CLAIM_WRITES, eachCall, WRITES } from './driver-writes.ts';

/** Every write ends with `why`, before it is sent. */
export function onlyRead(driver: TrackerDriver, why: PaceError): TrackerDriver {
  const refuse = () => Promise.reject(why);
  const { batch: _, claims, intake, ...reads } = driver;
  return {
    ...reads,
    ...eachCall(driver, WRITES, () => refuse),
    ...(claims && { claims: { ...claims, ...eachCall(claims, CLAIM_WRITES, () => refuse) } }),
    ...(intake && { intake: { take: refuse, comment: refuse } }),
  };
}
