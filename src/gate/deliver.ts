/** What the runs of earlier days could not deliver: an escalation that is not open, or not closed, misleads the pause switch. */
import { createGuard } from '../../platforms/guard.ts';
import { findingsMarkdown, ordered } from './findings-table.ts';
import type { Report } from './report.ts';
import type { GateParts } from './run.ts';

/** Opens and closes the escalations of earlier days that the tracker had no ear for, as far as this checkout remembers. Never throws. */
export async function deliverEscalations(parts: GateParts): Promise<void> {
  const { world, config, dryRun } = parts;
  if (dryRun || config.gate.mode === 'observe') return;
  await createGuard(world).guarded('deliverEscalations', undefined, () => deliver(parts));
}

async function deliver(parts: GateParts): Promise<void> {
  const { state, gateDay } = parts;
  for (const day of (await state.decidedDays()).filter((decided) => decided < gateDay.day)) {
    const known = (await state.decision(day)) ?? {};
    const left = (known.pending ?? []).map(({ operation }) => operation);
    if (left.includes('openEscalationIssue')) await open(parts, day, known);
    if (left.includes('resolveEscalation')) await resolve(parts, day, known);
  }
}

async function open({ state, trackerAdapter }: GateParts, day: number, known: Partial<Report>): Promise<void> {
  const url = await trackerAdapter.openEscalationIssue({
    day,
    dayDir: state.dayDir(day),
    holdReason: known.holdReason ?? '',
    sha: known.sha ?? '',
    report: findingsMarkdown(ordered(known.findings ?? [])),
  });
  if (url === '') return;
  const key = (await trackerAdapter.escalationOf(day))?.key ?? '';
  await state.delivered(day, 'openEscalationIssue', { key, url });
}

async function resolve({ state, trackerAdapter }: GateParts, day: number, known: Partial<Report>): Promise<void> {
  if (!(await trackerAdapter.resolveEscalation({ day, sha: known.sha ?? '' }))) return;
  await state.delivered(day, 'resolveEscalation', { key: '', url: '' });
}
