/** Whether the scan itself worked: a scanner that broke down found nothing, which is not "nothing to find". */

import { isRecord } from '../../../../core/record.ts';
import { objects, stringOf } from '../json.ts';
import { type ArtifactPlace, outsidePlace, placeOfResult } from './location.ts';
import { messageOf } from './result.ts';
import { createRuleBook, type Json, type RuleBook } from './rules.ts';
import { levelNamed } from './severity.ts';

/** Something that the tool says about its own run. */
export interface Notice {
  /** Only a warning; the scan has gone on. */
  readonly isWarning: boolean;
  readonly text: string;
  readonly place: ArtifactPlace;
}

export function toolName(run: Json): string {
  const driver = isRecord(run.tool) && isRecord(run.tool.driver) ? run.tool.driver : {};
  return stringOf(driver.name) ?? 'a tool without a name';
}

/** Whether an invocation says that it succeeded, and none that it did not. */
export function hasSucceeded(run: Json): boolean {
  const ends = objects(run.invocations).map(({ executionSuccessful }) => executionSuccessful);
  return ends.includes(true) && !ends.includes(false);
}

/** §3.20.14, §3.20.21, §3.20.22: what the invocations say about themselves, and §3.22.3 that of a converter. */
export function* noticesOf(run: Json, cwd: string): Generator<Notice> {
  const invocations = [...all(run.invocations), ...(isRecord(run.conversion) ? [run.conversion.invocation] : [])];
  const levels = createRuleBook(run, 'notifications');
  for (const [invocationIndex, invocation] of invocations.entries()) {
    if (!isRecord(invocation)) continue;
    const notices = [
      ...objects(invocation.toolExecutionNotifications),
      ...objects(invocation.toolConfigurationNotifications),
    ].map((json) => noticeOf(json, { run, cwd, levels, invocationIndex }));
    yield* ofInvocation(
      notices.filter((notice) => notice !== undefined),
      hasFailed(invocation, run) ? ending(invocation) : undefined,
    );
  }
}

/** Where the scan has failed and no error tells why, the warnings do. */
function* ofInvocation(notices: readonly Notice[], failure: string | undefined): Generator<Notice> {
  if (failure === undefined || notices.some(({ isWarning }) => !isWarning)) return yield* notices;
  if (notices.length === 0) yield { isWarning: false, text: `${failure}.`, place: {} };
  for (const notice of notices) yield { ...notice, isWarning: false, text: `${failure}: ${notice.text}` };
}

/** What says nothing of success has failed when it could not be started, was ended by a signal, or left nothing but its exit code. */
function hasFailed({ executionSuccessful, ...end }: Json, { results }: Json): boolean {
  if (typeof executionSuccessful === 'boolean') return !executionSuccessful;
  if (stringOf(end.processStartFailureMessage) || stringOf(end.exitSignalName)) return true;
  return typeof end.exitCode === 'number' && end.exitCode !== 0 && all(results).length === 0;
}

function ending({ exitCode, exitCodeDescription, exitSignalName, processStartFailureMessage }: Json): string {
  const details = [
    typeof exitCode === 'number' ? `exit code ${exitCode}` : undefined,
    stringOf(exitCodeDescription),
    stringOf(exitSignalName),
    stringOf(processStartFailureMessage),
  ].filter((detail) => detail !== undefined);
  return `The scan did not succeed${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

interface Speaker {
  readonly run: Json;
  readonly cwd: string;
  readonly levels: RuleBook;
  readonly invocationIndex: number;
}

/** §3.58; without a level it is a warning. `undefined` for what is only a note. */
function noticeOf(notification: Json, { run, cwd, levels, invocationIndex }: Speaker): Notice | undefined {
  const asked = { rule: notification.descriptor, provenance: { invocationIndex } };
  const descriptor = levels.ruleOf(asked);
  const level = levelNamed(stringOf(notification.level) ?? levels.levelOf(asked, descriptor));
  if (level === 'note' || level === 'none') return undefined;
  const isWarning = level === 'warning';
  const place = placeOfResult(notification, run, cwd);
  const silent = isWarning ? 'A warning without a message.' : 'An error without a message.';
  const text = messageOf(notification, descriptor) ?? exceptionText(notification.exception) ?? silent;
  return { isWarning, text: `${outsidePlace(place) || fileOutside(place)}${text}`, place };
}

function fileOutside({ shown, file }: ArtifactPlace): string {
  return shown === undefined || file !== undefined ? '' : `${shown}: `;
}

/** §3.59: the words of the thing that went wrong inside of the tool. */
function exceptionText(exception: unknown): string | undefined {
  if (!isRecord(exception)) return undefined;
  const parts = [stringOf(exception.kind), stringOf(exception.message)].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(': ') : undefined;
}

function all(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
