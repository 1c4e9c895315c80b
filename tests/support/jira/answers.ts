/** What answers of Jira are made of. */
import type { Answer } from '../loopback.ts';

export function refusal(status: number, errorMessages: string[], errors: Record<string, string> = {}): Answer {
  return { status, json: { errorMessages, errors } };
}

export function noIssue(): Answer {
  return refusal(404, ['Issue does not exist or you do not have permission to see it.']);
}

/** `2026-03-02T09:00:00.000+0000`. */
export function stamp(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000');
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
