/** Which paths are plans of PACE. Pure. */

const PLAN = /(?:^|\/)(?:[^/]+[.-])?plan\.ya?ml$/i;

/** `plan.yaml`, `pace/plan.yaml`, `sprint-2.plan.yaml`; there or not. */
export function isPlanPath(path: string): boolean {
  return PLAN.test(path);
}
