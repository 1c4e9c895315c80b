/** Which calls of a driver write, said once: every layer that does something with all of them takes them from here. */
import type { TrackerClaims, TrackerDriver } from '../ports/tracker-driver.ts';

/** `batch` and `intake` write, too, whatever is called of them. */
export const WRITES = [
  ...(['createIssue', 'updateIssue', 'transitionIssue', 'deleteIssue', 'undo'] as const),
  ...(['addComment', 'updateComment', 'deleteComment'] as const),
  ...(['createLink', 'deleteLink'] as const),
  ...(['createLabel', 'updateLabel', 'deleteLabel'] as const),
  ...(['createMilestone', 'updateMilestone', 'deleteMilestone'] as const),
] as const satisfies readonly (keyof TrackerDriver)[];
export type Write = (typeof WRITES)[number];

export function isWrite(name: string): boolean {
  return (WRITES as readonly string[]).includes(name);
}

export const CLAIM_WRITES = [
  ...(['claim', 'claimReady', 'renew', 'release', 'end'] as const),
] as const satisfies readonly (keyof TrackerClaims)[];
export type ClaimWrite = (typeof CLAIM_WRITES)[number];

export type Call = (...given: unknown[]) => Promise<unknown>;

/** Those of these calls that the port has, each as `become` makes it. */
export function eachCall<Port extends object, Name extends keyof Port & string>(
  port: Port,
  names: readonly Name[],
  become: (name: Name, call: Call) => unknown,
): Partial<Pick<Port, Name>> {
  const calls = names.flatMap((name) => {
    const call: unknown = port[name];
    return isCall(call) ? [[name, become(name, call)]] : [];
  });
  return Object.fromEntries(calls) as Partial<Pick<Port, Name>>;
}

function isCall(value: unknown): value is Call {
  return typeof value === 'function';
}
