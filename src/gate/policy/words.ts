/** Whose configuration would judge, for a person who looks at one. Pure. */
import type { PaceConfig } from '../../config/schema.ts';

export function policyWords({ policy: { from } }: Pick<PaceConfig, 'policy'>): string {
  if (from === undefined)
    return 'A change is judged by the configuration of the branch that it goes to, a day by that of its commit.';
  if (from === 'commit') return 'Every commit is judged by its own configuration (`policy.from: commit`).';
  return `Days, and changes that go to a branch which says so, are judged by the configuration of ${from} (\`policy.from\`).`;
}
