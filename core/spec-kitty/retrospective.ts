/** What `status.json` tells of a mission's retrospective. Pure. */
import type { Retrospective } from './events.ts';
import { byCodePoints } from './json-text.ts';

const ENDS = ['completed', 'skipped', 'failed'];

/** `undefined` where there is none. */
export function retrospectiveOf(all: readonly Retrospective[]): Readonly<Record<string, unknown>> | undefined {
  if (all.length === 0) return undefined;
  const ordered = all.toSorted((one, other) => byCodePoints(one.at, other.at) || byCodePoints(one.id, other.id));
  const nameOf = ({ name }: Retrospective) => name.slice('retrospective.'.length);
  const end = ordered.findLast((event) => ENDS.includes(nameOf(event)));
  const asked = ordered.findLast((event) => nameOf(event) === 'requested');
  const count = (name: string) => all.filter((event) => nameOf(event) === name).length;
  const [total, applied, rejected] = [
    count('proposal.generated'),
    count('proposal.applied'),
    count('proposal.rejected'),
  ];
  const path = end?.payload['record_path'];
  return {
    status: end ? nameOf(end) : 'pending',
    mode: modeOf(asked?.payload['mode']),
    record_path: path === undefined || path === null ? null : String(path),
    proposals_total: total,
    proposals_applied: applied,
    proposals_rejected: rejected,
    proposals_pending: Math.max(0, total - applied - rejected),
  };
}

const SIGNALS = ['charter_override', 'explicit_flag', 'environment', 'parent_process'];

/** Nothing where it is not exactly what the program takes. */
function modeOf(value: unknown): unknown {
  if (!hasKeys(value, 'source_signal,value')) return null;
  const { value: mode, source_signal: signal } = value;
  if (mode !== 'autonomous' && mode !== 'human_in_command') return null;
  if (!hasKeys(signal, 'evidence,kind') || typeof signal['evidence'] !== 'string') return null;
  return SIGNALS.some((kind) => kind === signal['kind']) ? value : null;
}

function hasKeys(value: unknown, keys: string): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.keys(value).sort().join(',') === keys;
}
