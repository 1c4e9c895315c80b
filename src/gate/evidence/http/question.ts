/** What is sent: the settings with day, commit and variables filled in. */
import { PaceError } from '../../../../core/errors.ts';
import { isRecord } from '../../../../core/record.ts';
import { VERSION } from '../../../../core/version.ts';
import { isHeaderText } from '../../../config/http-schema.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import { namesIn, withReferences } from '../../../config/secrets.ts';
import type { EvidenceContext } from '../reader.ts';
import { looksIntoJson } from './conditions.ts';

export interface Question {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
}

type Config = EvidenceOf<'http'>;

/** A shorter one is a word that anything may hold. */
const SHORTEST_SECRET = 8;

/** Throws `PaceError` with every variable that is not set, or that PACE keeps for itself. */
export function questionOf(config: Config, context: EvidenceContext): Question {
  const { sha, world } = context;
  if (sha === '' && JSON.stringify([config.url, config.body ?? '']).includes('{sha}')) throw noCommit();
  const names = [...new Set(Object.values(config.headers).flatMap(namesIn))];
  const wrong = names.flatMap((name) => wrongVariable(name, context) ?? []);
  if (wrong.length > 0) throw wrongHeaders(wrong);
  world.conceal(names.flatMap((name) => world.env[name] ?? []));
  return {
    url: filled(config.url, context, encodeURIComponent),
    method: methodOf(config),
    headers: headersOf(config, (name) => world.env[name]?.trim() ?? ''),
    body: bodyOf(config, context),
  };
}

export function methodOf({ method, body }: Config): string {
  return method ?? (body === undefined ? 'GET' : 'POST');
}

/** `{day}` and `{sha}` replaced. Evidence with a `{day}` is not asked of a change. */
function filled(text: string, { day, sha }: EvidenceContext, encode = (value: string) => value): string {
  return text.replaceAll('{day}', () => encode(String(day ?? ''))).replaceAll('{sha}', () => encode(sha));
}

function bodyOf({ body }: Config, context: EvidenceContext): string | undefined {
  if (body === undefined || typeof body === 'string') return body && filled(body, context);
  return JSON.stringify(body, (_, value: unknown) => (typeof value === 'string' ? filled(value, context) : value));
}

function headersOf(config: Config, lookUp: (name: string) => string): Headers {
  const headers = new Headers({ 'user-agent': `pace/${VERSION}` });
  if (looksIntoJson(config)) headers.set('accept', 'application/json');
  if (isRecord(config.body)) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(config.headers)) headers.set(name, withReferences(value, lookUp));
  return headers;
}

function wrongVariable(name: string, { world, secretNames }: EvidenceContext): string | undefined {
  const value = Object.hasOwn(world.env, name) ? (world.env[name] ?? '').trim() : '';
  const ours = secretNames
    .map((own) => (world.env[own] ?? '').trim())
    .filter(({ length }) => length >= SHORTEST_SECRET);
  if (secretNames.includes(name) || ours.some((secret) => value.includes(secret)))
    return `${name} holds a credential of PACE's own, which is sent to no other service.`;
  if (value === '') return `${name} is not set.`;
  return isHeaderText(value) ? undefined : `${name} cannot be sent: a header is one line of Latin characters.`;
}

function wrongHeaders(wrong: readonly string[]): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `It was not asked: ${wrong.join(' ')}`,
    remedy: 'Please give the job a variable of its own for this service, and name it in `headers`.',
  });
}

function noCommit(): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: 'It was not asked: its address or body names `{sha}`, and no commit is judged.',
    remedy: 'Please run PACE where it knows the commit, or pass --sha.',
  });
}
