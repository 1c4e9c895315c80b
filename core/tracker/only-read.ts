/** A tracker that is only looked at: for want of a token nothing is written, and nothing is sent to be refused. */
import type { PaceError } from '../errors.ts';
import type { TrackerDriver } from '../ports/tracker-driver.ts';

/** Every write ends with `why`, before it is sent. */
export function onlyRead(driver: TrackerDriver, why: PaceError): TrackerDriver {
  const refuse = () => Promise.reject(why);
  const { batch: _, claims, ...reads } = driver;
  const optional = [
    ...(['deleteIssue', 'updateComment', 'deleteComment', 'createLink', 'deleteLink', 'createLabel'] as const),
    ...(['updateLabel', 'deleteLabel', 'createMilestone', 'updateMilestone', 'deleteMilestone'] as const),
  ];
  const refused = optional.filter((name) => driver[name] !== undefined).map((name) => [name, refuse]);
  return {
    ...reads,
    ...Object.fromEntries(refused),
    createIssue: refuse,
    updateIssue: refuse,
    transitionIssue: refuse,
    addComment: refuse,
    ...(claims && { claims: { ...claims, claim: refuse, release: refuse } }),
  };
}
