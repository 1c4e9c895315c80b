/** What answers of Jira are made of. */
import type { Answer } from '../loopback.ts';

export function refusal(status: number, errorMessages: string[], errors: Record<string, string> = {}): Answer {
  return { status, json: { errorMessages, errors } };
}

export function noIssue(): Answer {
  return refusal(404, ['Issue does not exist or you do not have permission to see it.']);
}

export const user = (origin: string, accountId = '5b10a2844c20165700ede21g') => ({
  self: `${origin}/rest/api/3/user?accountId=${accountId}`,
  accountId,
  accountType: 'atlassian',
  active: true,
  avatarUrls: {},
  displayName: 'Mia Krystof',
  emailAddress: 'pace@example.org',
  timeZone: 'Etc/GMT+12',
});
/** `2026-03-02T09:00:00.000+0000`. */
export function stamp(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000');
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
