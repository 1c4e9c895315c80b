/** What a day's escalation is to say: from the run's findings, and from what agents wrote about the day. */
import { type DayFile, readDayFile, readDayMap, textOf } from '../../files/day-files.ts';
import { digest } from '../digest.ts';
import { fitBody } from '../fit-body.ts';
import type { TrackerAdapter } from '../ports.ts';
import { escalationBody, escalationTitle, NO_REASON } from './escalation-text.ts';
import { type HoldMark, markOfDay } from './hold.ts';
import type { LifeOptions } from './life-options.ts';

export type OpenOptions = Parameters<TrackerAdapter['openEscalationIssue']>[0];

export interface EscalationDraft {
  readonly title: string;
  readonly body: string;
  readonly reason: string;
  readonly mark: HoldMark;
}

/** @param heldAt when the run that holds began, in milliseconds since 1970 */
export async function escalationDraft(
  { tracker, owner }: Pick<LifeOptions, 'tracker' | 'owner'>,
  request: OpenOptions,
  heldAt: number,
): Promise<EscalationDraft> {
  const { day, dayDir, sha = '', jobUrl = '', report = '', reportPath = '' } = request;
  const reason = await reasonOf(request);
  const files: Partial<Record<DayFile, string>> = {};
  for (const file of ['story', 'handoff', 'gate'] as const) {
    const text = await readDayFile(dayDir, file);
    if (text !== undefined) files[file] = text;
  }
  const shape = { ...markOfDay(owner, day), state: 'open', reason: digest(reason), sha, heldAt } as const;
  const content = { owner, day, reason, sha, report, reportPath, files };
  const body = fitBody(tracker, (limit) => escalationBody({ ...content, jobUrl }, limit), {
    pace: { ...shape, body: digest('') },
  });
  // the job differs from run to run: by itself it is not news
  const mark = { ...shape, body: digest(JSON.stringify(content)) };
  return { title: escalationTitle(owner, day, reason, tracker.titleLimit), body, reason, mark };
}

/** The reason that was given, else the one that an agent's report names. */
async function reasonOf({ holdReason, dayDir }: OpenOptions): Promise<string> {
  if (holdReason) return holdReason;
  for (const file of ['gate', 'sentinel', 'conduit'] as const) {
    const reason = textOf((await readDayMap(dayDir, file))['hold_reason']);
    if (reason) return reason;
  }
  return NO_REASON;
}
