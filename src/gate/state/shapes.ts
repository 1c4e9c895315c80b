/** What the files of `.pace/` hold, and how much of a torn one is still worth something. Pure. */
import { isRecord } from '../../../core/record.ts';
import type { BacklogItem } from '../backlog.ts';
import type { KnownFailures } from '../known-failures.ts';
import { REPORT_VERSION, type Report } from '../report.ts';
import { type KeptShape, parsedYaml } from './kept-yaml.ts';

/** One entry of `attempts.yaml`. */
export interface Attempt {
  readonly run: number;
  readonly date: string;
  readonly cost_usd: number;
  readonly outcome: string;
  readonly hold_reason: string;
}

/** `decision.yaml`. A part of a report is worth something as soon as it holds the decision. */
export const decisionShape: KeptShape<Partial<Report>> = {
  version: REPORT_VERSION,
  whole: (data) =>
    isRecord(data) && isDecided(data) && (!('schemaVersion' in data) || isWhole(data)) ? data : undefined,
  recovered: (text) => {
    const data = leadingKeys(text);
    return isRecord(data) && isDecided(data) && isSound(data) ? data : undefined;
  },
};

export const attemptsShape = listShape(isAttempt);
export const backlogShape = listShape(isBacklogItem);

/** `failures.yaml`: of a torn one nothing counts as known. */
export const failuresShape: KeptShape<KnownFailures> = {
  whole: (data) => (isRecord(data) && Object.values(data).every(isTextList) ? (data as KnownFailures) : undefined),
  recovered: () => undefined,
};

/** `story-ticket.yaml`. */
export const ticketShape: KeptShape<object> = {
  whole: (data) => (isRecord(data) && ('key' in data || 'id' in data) ? data : undefined),
  recovered: () => undefined,
};

function listShape<T>(isEntry: (value: unknown) => value is T): KeptShape<T[]> {
  return {
    whole: (data) => (Array.isArray(data) && data.every(isEntry) ? data : undefined),
    recovered: (text) => {
      const entries = text.split(/^(?=- )/m).flatMap((entry): unknown[] => {
        const parsed = parsedYaml(entry);
        return Array.isArray(parsed) ? parsed : [];
      });
      const usable = entries.filter(isEntry);
      return usable.length > 0 ? usable : undefined;
    },
  };
}

/** Cuts from the end, a top-level key at a time, until what is left is YAML. */
function leadingKeys(text: string): unknown {
  const starts = [...text.matchAll(/^[A-Za-z]/gm)].map(({ index }) => index).slice(0, MOST_KEYS);
  for (const end of [text.length, ...starts.reverse()]) {
    const data = parsedYaml(text.slice(0, end));
    if (isRecord(data)) return data;
  }
  return undefined;
}

const MOST_KEYS = 60;
/** As many as can be asked for by hand. */
const MOST_ATTEMPTS = 999_999;
const LONGEST_ADDRESS = 8000;

function isDecided({ decision }: Record<string, unknown>): boolean {
  return decision === 'SHIP' || decision === 'HOLD' || decision === 'PAUSED' || decision === 'UNKNOWN';
}

/** `pending` is written last. */
function isWhole(data: Record<string, unknown>): boolean {
  return isSound(data) && Array.isArray(data['faults']) && Array.isArray(data['pending']);
}

/** What later runs read is of the kind that they expect. */
function isSound({ coverage, escalation, holdReason, sha, sprint }: Record<string, unknown>): boolean {
  const numbers = isRecord(coverage) ? Object.values(coverage) : [];
  return (
    numbers.every((value) => typeof value === 'number') &&
    (coverage === undefined || isRecord(coverage)) &&
    (escalation === undefined || isEscalation(escalation)) &&
    [holdReason, sprint, sha].every((text) => text === undefined || typeof text === 'string')
  );
}

/** Its key is asked for, its address is shown. */
function isEscalation(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const texts = [value['key'], value['url'], value['tracker']];
  return texts.every((text) => text === undefined || (typeof text === 'string' && text.length <= LONGEST_ADDRESS));
}

function isAttempt(value: unknown): value is Attempt {
  if (!isRecord(value) || typeof value['outcome'] !== 'string') return false;
  // the next attempt is counted on from it: one from nowhere would use up the retries, or never come to their end
  return Number.isInteger(value['run']) && Number(value['run']) >= 1 && Number(value['run']) <= MOST_ATTEMPTS;
}

function isBacklogItem(value: unknown): value is BacklogItem {
  if (!isRecord(value)) return false;
  const { id, agent, finding, status } = value;
  return [id, agent, finding].every((text) => typeof text === 'string') && (status === 'open' || status === 'cleared');
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
