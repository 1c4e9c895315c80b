/** Hides credentials in everything that PACE says, sends or stores. Pure but for what it has been told to hide. */

import { isRecord } from '../record.ts';
import type { World } from '../world.ts';
import { matcherOf } from './known-secrets.ts';
import { secretForms } from './secret-forms.ts';
import { isCredentialName, mayHoldCredential } from './secret-names.ts';
import { innerSecrets, SHORTEST_SECRET, secretParts } from './secret-parts.ts';
import { findSecrets } from './secret-shapes.ts';
import { type Range, withoutEscapes } from './without-escapes.ts';

/** What stands in the place of a secret. */
const HIDDEN = '***';

export interface Redactor {
  /** The text with `***` for every known secret, as it is or in a usual encoding, and for what looks like a credential. */
  redact(text: string): string;
  /** These are secrets too, from now on. */
  conceal(secrets: Iterable<string>): void;
}

/** Knows the values of all variables that are credentials by their names. */
export function createRedactor(env: World['env']): Redactor {
  const secrets = new Set<string>();
  let known: ((text: string) => Range[]) | undefined;

  function conceal(values: Iterable<string>): void {
    keep([...values].flatMap(secretParts));
  }

  function keep(parts: readonly string[]): void {
    for (const part of parts) {
      if (part.length < SHORTEST_SECRET || secrets.has(part)) continue;
      secrets.add(part);
      known = undefined;
    }
  }

  function find(text: string): Range[] {
    // made when it is needed: many secrets come one by one
    known ??= matcherOf([...secrets].flatMap(secretForms));
    return [...known(text), ...userInfo(text), ...shaped(text), ...labelled(text), ...packed(text)];
  }

  function redactOnce(text: string): string {
    const plain = hide(text, find(text));
    const views = [...withoutEscapes(plain)];
    return hide(
      plain,
      views.flatMap((view) => find(view.text).map(view.range)),
    );
  }

  for (const [name, value] of Object.entries(env)) {
    if (value && isCredentialName(name)) keep(secretParts(value));
    else if (value && mayHoldCredential(name)) keep(innerSecrets(value.trim()));
  }
  return {
    conceal,
    // what stood right beside a secret may look like one itself
    redact: (text) => {
      const once = redactOnce(text);
      return once === text ? once : redactOnce(once);
    },
  };
}

/** The same value with every string in it redacted, also the keys. Anything but plain data is left as it is. */
export function redactDeep<T>(redact: World['redact'], value: T): T {
  return deep(redact, value) as T;
}

function deep(redact: World['redact'], value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => deep(redact, item));
  if (!isRecord(value) || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), deep(redact, item)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Name and password, or a token, before the host of an address. `git@` of an SSH address is neither. */
function userInfo(text: string): Range[] {
  return [...text.matchAll(/(?:https?:\/\/|[a-z][a-z0-9+.-]{0,20}:\/\/(?=[^\s/@"'<>]*:))([^\s/@"'<>]{1,400})@/gi)].map(
    (match) => ({
      start: match.index + match[0].length - 1 - (match[1] ?? '').length,
      end: match.index + match[0].length - 1,
    }),
  );
}

/** Of an address with a password only the password is hidden. */
function shaped(text: string): Range[] {
  return findSecrets(text).filter(({ what }) => what !== 'a URL with a password');
}

/** What stands behind the name of a credential, and could hardly be a word: `sonar.token=…`, `"aws_secret_access_key": "…"`. */
function labelled(text: string): Range[] {
  return [...text.matchAll(LABELLED)].flatMap((match) => {
    const value = match[1] ?? '';
    const end = match.index + match[0].length;
    return isNobodysWord(value) ? [{ start: end - value.length, end }] : [];
  });
}

const LABELLED =
  /(?:secret|token|passw(?:or)?d|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key|auth[_-]?key)(?:[_-](?:access[_-])?key)?["']?\s{0,3}(?:=>|[:=]{1,2})\s{0,3}["']?([\w+/.~=-]{16,200})/gi;

/** Digits among letters in one run, and neither the name of a variable nor a path. */
function isNobodysWord(value: string): boolean {
  if (/^[A-Z][A-Z0-9_]*$|^\.{0,2}\//.test(value)) return false;
  return value.split(/[./_-]/).some((run) => run.length >= 12 && /\d/.test(run) && /[A-Za-z]/.test(run));
}

/** Base64 in which something looks like a credential. */
function packed(text: string): Range[] {
  const runs = [...text.matchAll(/[A-Za-z0-9+/_-]{24,}={0,2}/g)];
  const holding = runs.filter(([run]) => shaped(Buffer.from(run, 'base64').toString('latin1')).length > 0);
  return holding.map(({ 0: run, index }) => ({ start: index, end: index + run.length }));
}

function hide(text: string, ranges: readonly Range[]): string {
  let shown = '';
  let reached = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (start >= reached) shown += `${text.slice(reached, start)}${HIDDEN}`;
    reached = Math.max(reached, end);
  }
  return shown + text.slice(reached);
}
