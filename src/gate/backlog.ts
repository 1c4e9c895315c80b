/** The list of open advisories, `.pace/advisory_backlog.yaml`: what is new, what is resolved. Pure. */

import { advisoryDigest } from '../../core/adapters/issues/advisory-issue.ts';
import { agentName } from '../../core/adapters/issues/advisory-text.ts';
import type { KnownAdvisory } from '../../core/adapters/ports.ts';
import type { EvidenceReading } from './finding.ts';

/** One entry, in PACE's established shape. */
export interface BacklogItem {
  readonly id: string;
  readonly day_raised: number;
  readonly agent: string;
  readonly finding: string;
  readonly status: 'open' | 'cleared';
}

export interface BacklogChange {
  readonly items: readonly BacklogItem[];
  readonly added: readonly BacklogItem[];
  readonly cleared: readonly BacklogItem[];
}

/**
 * The backlog after a day's readings. A finding is recognised by its text, whenever it was raised; one that comes back is
 * opened again. An open item is cleared when its source was read whole and does not mention it any more: standing evidence on
 * any day, an agent's report only on a clearance day and only when it raises nothing at all. What a person closed is cleared
 * unless it was found again.
 */
export function updateBacklog(options: {
  items: readonly BacklogItem[];
  readings: readonly EvidenceReading[];
  day: number;
  clearanceDay: boolean;
  /** Ids whose issue a person has closed. */
  closedByPeople?: readonly string[];
}): BacklogChange {
  const { readings, day, closedByPeople = [] } = options;
  const raised = readings.flatMap(({ source, findings }) =>
    findings.filter(({ result }) => result === 'ADVISORY').map(({ check }) => ({ agent: source, finding: check })),
  );
  const isRaised = (item: BacklogItem) => raised.some((found) => sameFinding(found, item));
  const kept = options.items.map((item): BacklogItem => {
    if (isRaised(item)) return { ...item, status: 'open' };
    const resolved = closedByPeople.includes(item.id) || isResolved(item, readings, options.clearanceDay);
    return item.status === 'open' && resolved ? { ...item, status: 'cleared' } : item;
  });
  const fresh: BacklogItem[] = [];
  for (const found of raised) {
    if ([...kept, ...fresh].some((item) => sameFinding(found, item))) continue;
    const id = freeId(`${agentName(found.agent)}-day${day}-`, [...kept, ...fresh]);
    fresh.push({ id, day_raised: day, ...found, status: 'open' });
  }
  const before = new Map(options.items.map((item) => [item.id, item.status]));
  const changedTo = (status: BacklogItem['status']) =>
    kept.filter((item) => item.status === status && before.get(item.id) !== status);
  return { items: [...kept, ...fresh], added: [...changedTo('open'), ...fresh], cleared: changedTo('cleared') };
}

/** Counted on; an id that is taken, by another sprint or another run, stays taken. */
export function freeId(stem: string, items: readonly BacklogItem[]): string {
  for (let count = items.length + 1; ; count += 1) {
    if (!items.some(({ id }) => id === `${stem}${count}`)) return `${stem}${count}`;
  }
}

/**
 * The backlog with what only the tracker remembers: runners that forget everything find their advisories there. Texts are kept
 * shortened there, and become whole again where they are found anew.
 */
export function withKnown(
  items: readonly BacklogItem[],
  known: readonly KnownAdvisory[],
  readings: readonly EvidenceReading[],
): readonly BacklogItem[] {
  if (known.length === 0) return items;
  const digests = new Set(items.map(({ agent, finding }) => advisoryDigest(agent, finding)));
  const found = readings.flatMap(({ source, findings }) =>
    findings.map(({ check }) => [advisoryDigest(source, check), check] as const),
  );
  const whole = new Map(found);
  const missing = known.filter(({ id, digest }) => !digests.has(digest) && !items.some((item) => item.id === id));
  return [
    ...items,
    ...missing.map(({ id, day, agent, digest, finding }): BacklogItem => {
      return { id, day_raised: day, agent, finding: whole.get(digest) ?? finding, status: 'open' };
    }),
  ];
}

type Concern = Pick<BacklogItem, 'agent' | 'finding'>;

/** Whether both are about one thing: the same agent has found it, in the same words. */
export function sameFinding(a: Concern, b: Concern): boolean {
  return a.finding === b.finding && agentName(a.agent) === agentName(b.agent);
}

function isResolved(item: BacklogItem, readings: readonly EvidenceReading[], clearanceDay: boolean): boolean {
  const reading = readings.find(({ source }) => agentName(source) === agentName(item.agent));
  if (!reading?.complete) return false;
  const stillFails = reading.findings.some(({ check, result }) => check === item.finding && result === 'FAIL');
  if (reading.standing) return !stillFails;
  return clearanceDay && reading.findings.every(({ result }) => result === 'PASS' || result === 'PARTIAL');
}

export function openItems(items: readonly BacklogItem[]): BacklogItem[] {
  return items.filter(({ status }) => status === 'open');
}
