/**
 * What servers say about their limits, in all the forms that they say it. Pure.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers
 * https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 * https://linear.app/developers/rate-limiting
 * https://developer.clickup.com/docs/rate-limits
 */
import { defined } from '../defined.ts';
import type { Budget } from '../traffic.ts';

const PREFIXES = ['x-ratelimit-', 'ratelimit-', 'x-ratelimit-requests-', 'x-ratelimit-complexity-'];

/** The tightest budget that the headers tell of; `undefined` when they tell of none. */
export function budgetOf(headers: Headers, now: number): Budget | undefined {
  const told = PREFIXES.flatMap((prefix) => {
    const remaining = numberIn(headers, `${prefix}remaining`);
    if (remaining === undefined) return [];
    const limit = numberIn(headers, `${prefix}limit`);
    const resetAt = instant(headers.get(`${prefix}reset`), now);
    return [{ remaining, ...defined({ limit, resetAt }) }];
  });
  const all = [...told, ...structured(headers, now)];
  return all.sort((a, b) => share(a) - share(b))[0];
}

function share({ remaining, limit }: Budget): number {
  return limit ? remaining / limit : remaining;
}

/** `RateLimit: "default";r=50;t=30` of the IETF draft: requests left, seconds until more. */
function structured(headers: Headers, now: number): Budget[] {
  const text = headers.get('ratelimit') ?? '';
  const remaining = /(?:^|[;,\s])r(?:emaining)?=(\d+)/.exec(text)?.[1];
  if (remaining === undefined) return [];
  const seconds = /(?:^|[;,\s])(?:t|reset)=(\d+)/.exec(text)?.[1];
  return [
    { remaining: Number(remaining), ...(seconds === undefined ? {} : { resetAt: now + Number(seconds) * 1000 }) },
  ];
}

function numberIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

/** Seconds from now, seconds or milliseconds since 1970, or a date: vendors write all of these. */
function instant(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  if (!/^\s*\d+(\.\d+)?\s*$/.test(text)) {
    const date = Date.parse(text);
    return Number.isFinite(date) ? date : undefined;
  }
  const number = Number(text);
  if (number > 1e11) return number;
  return number > 1e9 ? number * 1000 : now + number * 1000;
}

/**
 * How long the server asks us to stay away, in milliseconds: `Retry-After` in seconds or as a date, else the end of an
 * exhausted window. `undefined` when it does not ask.
 */
export function waitAskedFor(headers: Headers, now: number): number | undefined {
  const after = headers.get('retry-after')?.trim();
  if (after) {
    const milliseconds = /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now;
    if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  }
  const budget = budgetOf(headers, now);
  if (budget?.remaining !== 0 || budget.resetAt === undefined) return undefined;
  return Math.max(0, budget.resetAt - now);
}

/** When the tightest budget is new again, of a server that refuses before it is used up: what was asked for was more than is left. */
export function untilReset(headers: Headers, now: number): number | undefined {
  const { resetAt } = budgetOf(headers, now) ?? {};
  return resetAt === undefined ? undefined : Math.max(0, resetAt - now);
}

/** Whether a refusal is about the rate and not about rights: status 429, or a 403 that says so. */
export function isRateLimited(status: number, headers: Headers, words: string): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0' || /\brate limit\b/i.test(words);
}
