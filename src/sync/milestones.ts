import type { Applying } from './context.ts';
import type { SideName } from './values.ts';

/** A milestone is named, and has to be there first. */
export async function ensureMilestone(context: Applying, name: SideName, title: string | undefined): Promise<void> {
  if (title === undefined) return;
  const known = context.milestones;
  const { tracker } = context.sides[name];
  const { unsupported } = context.views[name].can;
  if (unsupported['list milestones'] !== undefined || unsupported['create milestones'] !== undefined) return;
  if (known[name].size === 0)
    for await (const { title: one } of tracker.listMilestones()) known[name].add(one.toLowerCase());
  if (known[name].has(title.toLowerCase())) return;
  await tracker.createMilestone({ title });
  known[name].add(title.toLowerCase());
}
