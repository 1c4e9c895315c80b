/** Logging in at a hosted tracker: with a code that a person confirms in a browser, or with a name and a password. */
import { defined } from '../defined.ts';
import { PaceError } from '../errors.ts';
import { unexpectedAnswer } from '../http/unexpected-answer.ts';
import { isRecord } from '../record.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { World } from '../world.ts';
import {
  type Credentials,
  clearCredentials,
  readCredentials,
  withCredentialsLock,
  writeCredentials,
} from './credentials.ts';
import { refusalIn } from './envelope.ts';
import { type Exchange, TITLE } from './exchange.ts';
import { monotonic } from './monotonic.ts';
import { CLIENT_ID } from './session.ts';
import { readTokens, type Tokens } from './tokens.ts';

export interface DeviceCode {
  readonly userCode: string;
  readonly address: string;
  /** The same with the code in it. */
  readonly wholeAddress?: string;
}

export interface LoginOptions {
  /** Id, slug or name of the team, where the account has several. */
  readonly team?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Person {
  readonly username?: string;
  readonly teams: readonly Team[];
}

interface Team {
  readonly id: string;
  readonly slug?: string;
  readonly name?: string;
  readonly isPrivate: boolean;
}

/** `show` tells the person where to go with which code. https://www.rfc-editor.org/rfc/rfc8628 */
export async function deviceLogin(
  world: World,
  exchange: Exchange,
  { team, signal, show }: LoginOptions & { readonly show: (code: DeviceCode) => void },
): Promise<Credentials> {
  const { body } = await exchange.send({
    ...{ method: 'POST', path: '/oauth/device', isPlain: true, writes: true },
    form: { client_id: CLIENT_ID, scope: 'offline_access' },
  });
  const deviceCode = needed(body, 'device_code');
  world.conceal([deviceCode]);
  const wholeAddress = webAddress(body['verification_uri_complete'], exchange.origin);
  const address = webAddress(needed(body, 'verification_uri'), exchange.origin);
  if (address === undefined) throw unexpectedAnswer(TITLE, 'the address of a page to log in was expected');
  show({ userCode: plainLine(needed(body, 'user_code'), 40), address, ...defined({ wholeAddress }) });
  const tokens = await confirmed(world, exchange, { deviceCode, body, signal });
  const person = await personOf(exchange, tokens.access);
  return kept(world, exchange, { tokens, login: 'device', person, team });
}

/** The form of the first generation of such services. */
export async function passwordLogin(
  world: World,
  exchange: Exchange,
  { username, password, team }: LoginOptions & { readonly username: string; readonly password: string },
): Promise<Credentials> {
  world.conceal([password]);
  const request = { method: 'POST', path: '/api/v1/token', body: { username, password }, writes: true } as const;
  const { body } = await exchange.send(request).catch((error: unknown) => {
    const status = refusalIn(error)?.status;
    throw status === 400 || status === 401 ? wrongPassword(error) : error;
  });
  const tokens = readTokens(body, world.now());
  const told = team === undefined && tokens.team !== undefined;
  const person: Person = told ? { teams: [] } : await personOf(exchange, tokens.access);
  return kept(world, exchange, { tokens, login: 'password', person: { username, ...person }, team });
}

/** `false` when nobody was logged in. What the server says of it changes nothing here. */
export async function logout(world: World, exchangeWith: (origin: string) => Exchange): Promise<boolean> {
  const found = readCredentials(world);
  if (!found) return false;
  if (found.login === 'device' && found.refresh !== undefined) {
    const form = { token: found.refresh, token_type_hint: 'refresh_token' };
    const request = { method: 'POST', path: '/oauth/revoke', isPlain: true, form, writes: true } as const;
    await exchangeWith(found.server)
      .send(request)
      .catch(() => world.log.warn(`${found.server} was not told; its tokens end by themselves.`));
  }
  await withCredentialsLock(world, async () => clearCredentials(world));
  return true;
}

/** No longer than it is wise to keep a person waiting. */
const LONGEST_INTERVAL = 10;

async function confirmed(
  world: World,
  exchange: Exchange,
  {
    deviceCode,
    body,
    signal,
  }: { deviceCode: string; body: Readonly<Record<string, unknown>>; signal: AbortSignal | undefined },
): Promise<Tokens> {
  const deadline = monotonic(world) + numberIn(body['expires_in'], 900, 3600) * 1000;
  let interval = numberIn(body['interval'], 5, LONGEST_INTERVAL);
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: deviceCode,
    client_id: CLIENT_ID,
  };
  while (monotonic(world) < deadline) {
    await world.sleep(interval * 1000, signal);
    const word = await exchange
      .send({ method: 'POST', path: '/oauth/token', isPlain: true, form, writes: true })
      .then((answer) => readTokens(answer.body, world.now()), oauthWord);
    if (typeof word !== 'string') return word;
    if (word === 'slow_down') interval = Math.min(interval + 5, LONGEST_INTERVAL);
    else if (word !== 'authorization_pending') throw notConfirmed(word);
  }
  throw notConfirmed('expired_token');
}

/** Its `error`; any other refusal ends the login. https://www.rfc-editor.org/rfc/rfc8628#section-3.5 */
function oauthWord(error: unknown): string {
  const refused = refusalIn(error);
  if (refused?.status === 400 && refused.envelope.oauth !== undefined) return refused.envelope.oauth;
  throw error;
}

/** Who it is, and in which teams. A service of the first generation does not tell. */
async function personOf(exchange: Exchange, access: string): Promise<Person> {
  const headers = { authorization: `Bearer ${access}` };
  const me = await exchange
    .send({ method: 'GET', path: '/api/v1/me', isPlain: true, headers })
    .catch((error: unknown) => {
      if (refusalIn(error)?.status === 404) return { body: {} as Readonly<Record<string, unknown>> };
      throw error;
    });
  const { email, user_id: id, teams } = me.body;
  const username = text(email) ?? text(id);
  return { teams: Array.isArray(teams) ? teams.flatMap(teamIn) : [], ...defined({ username }) };
}

function teamIn(value: unknown): Team[] {
  if (!isRecord(value)) return [];
  const id = text(value['id']);
  if (id === undefined) return [];
  const isPrivate = value['is_private_teamspace'] === true;
  return [{ id, isPrivate, ...defined({ slug: text(value['slug']), name: text(value['name']) }) }];
}

interface Login {
  readonly tokens: Tokens;
  readonly login: Credentials['login'];
  readonly person: Person;
  readonly team: string | undefined;
}

async function kept(
  world: World,
  exchange: Exchange,
  { tokens, login, person, team: asked }: Login,
): Promise<Credentials> {
  const { team: told, ...rest } = tokens;
  const team = teamOf(person.teams, asked) ?? told;
  const { username } = person;
  const credentials: Credentials = {
    ...{ access: rest.access, accessExpiresAt: rest.accessExpiresAt, server: exchange.origin, login },
    ...defined({ refresh: rest.refresh, refreshExpiresAt: rest.refreshExpiresAt, username, team }),
  };
  await withCredentialsLock(world, async () => writeCredentials(world, credentials));
  return credentials;
}

/** By id, which is what such a service looks for; one that tells of no teams takes the word as it is. */
function teamOf(teams: readonly Team[], asked: string | undefined): string | undefined {
  const shared = teams.filter(({ isPrivate }) => !isPrivate);
  if (asked === undefined && shared.length > 1) throw severalTeams(shared);
  if (asked === undefined) return shared[0]?.id;
  if (teams.length === 0) return asked;
  const found = teams.filter(({ id, slug, name }) => [id, slug, name].includes(asked));
  if (found.length === 1 && found[0]) return found[0].id;
  throw noSuchTeam(asked, teams);
}

function listed(teams: readonly Team[]): string {
  return teams.map(({ id, slug, name }) => plainLine(slug ?? name ?? id, 60)).join(', ');
}

function severalTeams(teams: readonly Team[]): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `You are in several teams: ${listed(teams)}.`,
    remedy: 'Please name one: `pace tracker login --team TEAM`.',
  });
}

function noSuchTeam(asked: string, teams: readonly Team[]): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `You are in no team “${plainLine(asked, 60)}”.`,
    remedy: `Please name one of: ${listed(teams)}.`,
  });
}

function wrongPassword(cause: unknown): PaceError {
  return new PaceError({
    kind: 'authentication',
    message: 'The hosted tracker does not take this name with this password.',
    remedy: 'Please try again, or log in with a browser: `pace tracker login`.',
    cause,
  });
}

function notConfirmed(word: string): PaceError {
  const isDenied = word === 'access_denied';
  return new PaceError({
    kind: 'authentication',
    message: isDenied
      ? 'The login was declined in the browser.'
      : word === 'expired_token'
        ? 'The code was not confirmed in time.'
        : `The login has failed: ${plainLine(word, 60)}.`,
    remedy: 'Please run `pace tracker login` again.',
  });
}

function needed(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = text(body[name]);
  if (value === undefined) throw unexpectedAnswer(TITLE, `\`${name}\` was expected`);
  return value;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberIn(value: unknown, instead: number, most: number): number {
  return typeof value === 'number' && value >= 0 ? Math.min(value, most) : instead;
}

/** A page of the web, which may be another one than the service’s own. */
function webAddress(value: unknown, origin: string): string | undefined {
  const url = typeof value === 'string' ? URL.parse(value, origin) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
