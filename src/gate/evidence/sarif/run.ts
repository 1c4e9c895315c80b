/** Whether the scan itself worked: a scanner that broke down found nothing, which is not "nothing to find". */

import { isRecord } from '../../../../core/record.ts';
import type { Finding } from '../../finding.ts';
import { checkText, proofText } from '../finding-text.ts';
import { objects, stringOf } from '../json.ts';
import type { Json } from './rules.ts';

const LISTED = 10;

export function toolName(run: Json): string {
  const driver = isRecord(run.tool) && isRecord(run.tool.driver) ? run.tool.driver : {};
  return stringOf(driver.name) ?? 'a tool without a name';
}

/** §3.20.14, §3.20.21, §3.20.22: what an invocation says about its own failure; one FAIL each, at most 10. */
export function scanTroubles(run: Json, source: string, file: string): Finding[] {
  const tool = toolName(run);
  const texts = new Set<string>();
  for (const invocation of objects(run.invocations)) {
    const notices = errorNotices(invocation);
    for (const notice of notices) texts.add(notice);
    if (invocation.executionSuccessful === false && notices.length === 0) texts.add(ending(invocation));
  }
  return [...texts].slice(0, LISTED).map((text) => ({
    source,
    check: checkText(`${tool} ran to its end`),
    result: 'FAIL',
    evidence: proofText(`${file}: ${text}`),
  }));
}

function errorNotices(invocation: Json): string[] {
  const notices = [
    ...objects(invocation.toolExecutionNotifications),
    ...objects(invocation.toolConfigurationNotifications),
  ];
  return notices
    .filter(({ level }) => level === 'error')
    .map(({ message }) => (isRecord(message) && stringOf(message.text)) || 'An error without a message.');
}

function ending({ exitCode, exitCodeDescription, exitSignalName }: Json): string {
  const details = [
    typeof exitCode === 'number' ? `exit code ${exitCode}` : undefined,
    stringOf(exitCodeDescription),
    stringOf(exitSignalName),
  ].filter((detail) => detail !== undefined);
  return `The scan did not succeed${details.length > 0 ? ` (${details.join(', ')})` : ''}.`;
}
