/** What a service answers to a login or a renewal, in the words of both generations. Pure. */
import { unexpectedAnswer } from '../http/unexpected-answer.ts';

export interface Tokens {
  readonly access: string;
  /** Absent: the one that was used stays. */
  readonly refresh: string | undefined;
  readonly accessExpiresAt: number;
  readonly refreshExpiresAt: number | undefined;
  readonly team: string | undefined;
}

/** Seconds, where the service does not say. */
const ACCESS_LIFETIME = 900;
const REFRESH_LIFETIME = 604_800;

/** Throws for an answer without a token. */
export function readTokens(body: Readonly<Record<string, unknown>>, now: number): Tokens {
  const access = word(body['access']) ?? word(body['access_token']);
  if (access === undefined) throw unexpectedAnswer('The hosted tracker', 'a token was expected');
  const refresh = word(body['refresh']) ?? word(body['refresh_token']);
  const seconds = secondsIn(body['access_lifetime']) ?? secondsIn(body['expires_in']) ?? ACCESS_LIFETIME;
  const longer = secondsIn(body['refresh_lifetime']) ?? secondsIn(body['refresh_expires_in']);
  const until = Date.parse(word(body['refresh_token_expires_at']) ?? '');
  const lasts = (longer ?? secondsIn(body['refresh_token_expires_in']) ?? REFRESH_LIFETIME) * 1000;
  return {
    access,
    refresh,
    accessExpiresAt: now + seconds * 1000,
    refreshExpiresAt: Number.isFinite(until) ? until : refresh === undefined ? undefined : now + lasts,
    team: word(body['team_slug']),
  };
}

function word(value: unknown): string | undefined {
  // it goes into a header
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) ? value : undefined;
}

function secondsIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.min(value, 1e9) : undefined;
}
