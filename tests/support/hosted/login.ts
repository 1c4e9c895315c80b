/** Logging in: the first tokens for a password, and the device flow of the clients after it. */
import { randomUUID } from 'node:crypto';
import { isRecord } from '../../../core/record.ts';
import type { Answer, Asked, Routes } from '../loopback.ts';
import type { HostedState } from './state.ts';

export function loginRoutes(state: HostedState): Routes {
  const { person } = state;
  const lifetimes = { access_lifetime: 900, refresh_lifetime: 604_800 };
  const password = ({ body }: Asked): Answer => {
    const isKnown = isRecord(body) && body['username'] === person.email && body['password'] === person.password;
    if (!isKnown) return { status: 401, json: { detail: 'No active account found with the given credentials' } };
    return { json: { ...state.newTokens(), ...lifetimes, team_slug: 'owls' } };
  };
  const renewal = ({ body }: Asked): Answer => {
    const given = isRecord(body) ? String(body['refresh']) : '';
    if (!state.refresh.delete(given)) return { status: 401, json: { detail: 'Token is invalid or expired' } };
    return { json: { ...state.newTokens(), ...lifetimes } };
  };
  return {
    'POST /api/v1/token': password,
    'POST /api/v1/token/': password,
    'POST /api/v1/token/refresh': renewal,
    'POST /api/v1/token/refresh/': renewal,
    'POST /oauth/device': (asked) => {
      if (formOf(asked).get('client_id') !== 'cli_native') return { status: 400, json: { error: 'invalid_client' } };
      const [code, userCode] = [randomUUID(), `OWLS-${1000 + state.devices.size}`];
      const { confirms = false } = state.options;
      state.devices.set(code, { userCode, confirmed: confirms });
      const page = `${state.origin}/device`;
      return {
        json: {
          ...{
            device_code: code,
            user_code: userCode,
            verification_uri: page,
            expires_in: 900,
            interval: confirms ? 0 : 5,
          },
          verification_uri_complete: `${page}?user_code=${userCode}`,
        },
      };
    },
    'POST /oauth/token': (asked) => tokenFor(state, formOf(asked)),
    'POST /oauth/revoke': (asked) => {
      state.refresh.delete(formOf(asked).get('token') ?? '');
      return { json: { revoked: true } };
    },
    'GET /api/v1/me': ({ headers }) => {
      if (!state.access.has(bearerOf(headers['authorization']))) return { status: 401, json: { detail: 'no' } };
      // a client of Spec Kitty wants both to be the same
      return { json: { user_id: person.email, email: person.email, name: 'Ann', teams: person.teams } };
    },
  };
}

function tokenFor(state: HostedState, form: URLSearchParams): Answer {
  const oauth = () => {
    const { access, refresh } = state.newTokens();
    const times = { expires_in: 900, refresh_token_expires_in: 604_800 };
    const names = { access_token: access, refresh_token: refresh, token_type: 'Bearer' };
    return { json: { ...names, ...times, session_id: randomUUID(), scope: 'offline_access', generation: 1 } };
  };
  if (form.get('grant_type') === 'refresh_token') {
    const isKnown = state.refresh.delete(form.get('refresh_token') ?? '');
    return isKnown ? oauth() : { status: 400, json: { error: 'invalid_grant' } };
  }
  const code = form.get('device_code') ?? '';
  const device = state.devices.get(code);
  if (!device) return { status: 400, json: { error: 'expired_token' } };
  if (!device.confirmed) return { status: 400, json: { error: 'authorization_pending' } };
  state.devices.delete(code);
  return oauth();
}

export function bearerOf(header = ''): string {
  return header.replace(/^Bearer /, '');
}

function formOf({ body }: Asked): URLSearchParams {
  return new URLSearchParams(typeof body === 'string' ? body : '');
}
