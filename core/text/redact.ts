/** Hides credentials in everything that PACE says, sends or stores. Pure but for what it has been told to hide. */

import { isRecord } from '../record.ts';
import type { World } from '../world.ts';
import { matcherOf } from './known-secrets.ts';
import { secretForms } from './secret-forms.ts';
import { isCredentialName, mayHoldCredential } from './secret-names.ts';
import { innerSecrets, SHORTEST_SECRET, secretParts } from './secret-parts.ts';
import { findSecrets } from './secret-shapes.ts';
import { type Range, withoutEscapes, withoutLineEnds, withoutWraps } from './without-escapes.ts';

/** What stands in the place of a secret. */
const HIDDEN = '***';
/** A shorter one is on one line, or two words by chance. */
const SHORTEST_BROKEN = 12;

export interface Redactor {
  /** The text with `***` for every known secret, as it is or in a usual encoding, and for what looks like a credential. */
  redact(text: string): string;
  /** These are secrets too, from now on. */
  conceal(secrets: Iterable<string>): void;
}

/** Knows the values of all variables that are credentials by their names. */
export function createRedactor(env: World['env']): Redactor {
  const secrets = new Set<string>();
  let [known, broken]: (((text: string) => Range[]) | undefined)[] = [];

  function conceal(values: Iterable<string>): void {
    keep([...values].flatMap(secretParts));
  }

  function keep(parts: readonly string[]): void {
    for (const part of parts) {
      if (part.length < SHORTEST_SECRET || secrets.has(part)) continue;
      secrets.add(part);
      known = undefined;
      broken = undefined;
    }
  }

  function find(text: string): Range[] {
    // made when it is needed: many secrets come one by one
    known ??= matcherOf([...secrets].flatMap(secretForms));
    return [
      ...known(text),
      ...userInfo(text),
      ...shaped(text),
      ...inQuery(text),
      ...labelled(text),
      ...logins(text),
      ...packed(text),
    ];
  }

  /** Known ones that a log or an encoder broke into lines: what only looks like one would be two words too often. */
  function wrapped(text: string): Range[] {
    broken ??= matcherOf([...secrets].filter(({ length }) => length >= SHORTEST_BROKEN).flatMap(secretForms));
    return broken(text);
  }

  function redactOnce(text: string): string {
    const [whole, unwrapped] = [withoutLineEnds(text), withoutWraps(text)];
    // at once: half of a token that colours part would be hidden as a whole one, and the other half stay
    return hide(text, [
      ...find(text),
      ...[...withoutEscapes(text)].flatMap((view) => find(view.text).map(view.range)),
      ...(whole ? wrapped(whole.text).map(whole.range) : []),
      ...(unwrapped ? packed(unwrapped.text).map(unwrapped.range) : []),
    ]);
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

/** Of an address only the password is hidden, or the credential in its query. */
function shaped(text: string): Range[] {
  const inAddress = ['a URL with a password', 'a URL with a credential'];
  return findSecrets(text).filter(({ what }) => !inAddress.includes(what));
}

function inQuery(text: string): Range[] {
  return [...text.matchAll(QUERY)].flatMap((match) => {
    const [, name = '', value = ''] = match;
    const end = match.index + match[0].length;
    // `?key=PACE-12` is an issue, or a row
    return name.toLowerCase() === 'key' && !isNobodysWord(value) ? [] : [{ start: end - value.length, end }];
  });
}

const QUERY =
  /[?&#;]((?:access|refresh|id|auth|private|job|api)?[_-]?token|api[_-]?key|app[_-]?key|key|auth[_-]?key|client[_-]?secret|secret|password|sig|signature|x-(?:amz|goog)-(?:signature|security-token))=(?!\$?\{)([^\s"'<>&]{8,})/gi;

/** What stands behind the name of a credential, and could hardly be a word: `sonar.token=…`, `"aws_secret_access_key": "…"`. */
function labelled(text: string): Range[] {
  return [...text.matchAll(LABELLED), ...text.matchAll(FLAGGED)].flatMap((match) => {
    const [, name = '', value = ''] = match;
    const end = match.index + match[0].length;
    return namesCredential(name) && isNobodysWord(value) ? [{ start: end - value.length, end }] : [];
  });
}

const LABELLED =
  /(?<![\w.-])-{0,2}([A-Za-z_][\w.-]{2,80})["']?\s{0,3}(?:=>|[:=]{1,2})\s{0,3}["']?([\w+/.~=-]{16,200})(?![\w+/.~=(-])/g;
/** `--token …`, and `password …` of a `.netrc`. */
const FLAGGED =
  /(?<![\w.-])(?:--(?=[a-z]))?((?<=--)[\w-]{3,40}|password)\s{1,3}["']?([\w+/.~=-]{16,200})(?![\w+/.~=(-])/gi;
/** `curl -u name:…` */
function logins(text: string): Range[] {
  return [...text.matchAll(/(?<!\S)(?:-u|--user)\s{1,3}["']?[\w.@+-]{1,60}:([\w+/.~=-]{8,200})/g)].flatMap((match) => {
    const value = match[1] ?? '';
    const end = match.index + match[0].length;
    return isNobodysWord(value) ? [{ start: end - value.length, end }] : [];
  });
}

/** In a text a name may also be written as one word, or as programs write it. */
function namesCredential(name: string): boolean {
  const last = name.split('.').at(-1) ?? '';
  return (
    isCredentialName(last.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')) ||
    /(?:passw(?:or)?d|passphrase|secret|accountkey|authkey|^_?auth)$/i.test(last)
  );
}

/** Digits among letters in one run, or small among capital ones, and neither the name of a variable nor a path. */
function isNobodysWord(value: string): boolean {
  if (/^[A-Z][A-Z0-9_]*$|^\.{0,2}\//.test(value)) return false;
  return value.split(/[./_-]/).some((run) => run.length >= 12 && isMixed(run) && !IDENTIFIER.test(run));
}

function isMixed(run: string): boolean {
  return /[A-Za-z]/.test(run) && (/\d/.test(run) || (run.length >= 20 && /[a-z]/.test(run) && /[A-Z]/.test(run)));
}

/** Words of a program: `passwordHash256Value`. */
const IDENTIFIER = /^[A-Z]{0,5}[a-z]{2,}(?:[A-Z]{1,5}[a-z]{2,}|\d{1,4}(?!\d))*(?:[A-Z]{2,4})?$/;

/** Parts two texts, and stands in no credential. */
const BETWEEN = '"\n';

/** Base64 in which something looks like a credential, wherever in a run of its signs the text begins. */
function packed(text: string): Range[] {
  const runs = [...text.matchAll(/[A-Za-z0-9+/_-]{24,}={0,2}/g)];
  if (runs.length === 0) return [];
  const holding = new Set<RegExpExecArray>();
  for (const offset of [0, 1, 2, 3]) {
    const plain = runs.map(([run]) => Buffer.from(run.slice(offset), 'base64').toString('latin1'));
    const all = plain.join(BETWEEN);
    const found = [...userInfo(all), ...shaped(all), ...inQuery(all), ...labelled(all)].toSorted(
      (one, other) => one.start - other.start,
    );
    let [at, next] = [0, 0];
    for (const [index, run] of runs.entries()) {
      const end = at + (plain[index]?.length ?? 0);
      while ((found[next]?.start ?? all.length) < at) next += 1;
      if ((found[next]?.start ?? all.length) < end) holding.add(run);
      at = end + BETWEEN.length;
    }
  }
  return [...holding].map(({ 0: run, index }) => ({ start: index, end: index + run.length }));
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
