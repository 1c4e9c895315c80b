/** What of a secret is one by itself: in a text that holds a line of a key, or the password of an address, the rest need not stand. Pure. */
import { isRecord } from '../record.ts';
import { isCredentialName } from './secret-names.ts';

/** Shorter ones are words: hiding them would make every text unreadable. */
export const SHORTEST_SECRET = 6;

/** The whole, and the parts that tell something alone. Words that stand in many texts (`{`, `apiVersion: v1`, `-----BEGIN`) are none. */
export function secretParts(secret: string): string[] {
  const whole = secret.trim();
  return [...new Set([whole, ...innerSecrets(whole)])].filter(({ length }) => length >= SHORTEST_SECRET);
}

/** Those parts alone. */
export function innerSecrets(text: string): string[] {
  const json = asJson(text);
  const inner = json === undefined ? inLines(text) : inJson(json, '');
  return [...inner, ...inAddress(text), ...inConnection(text)];
}

function asJson(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of a service account the key, and not its project; of a file of logins what each of them holds. */
function inJson(value: unknown, key: string): string[] {
  if (typeof value === 'string') return isTelling(key, value) ? secretParts(value) : [];
  if (Array.isArray(value)) return value.flatMap((item) => inJson(item, key));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => inJson(item, name));
}

function inLines(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.length < 2 ? [] : lines.flatMap(inLine);
}

/** `token: abc` in YAML, `export TOKEN="abc"` in a shell, `//host/:_authToken=abc` of npm. */
const KEYED = /^(?:- |export )?["']?([\w./:@-]{0,80})["']?\s{0,9}[:=]\s{0,9}["']?([^\s"']+)["']?,?$/;

function inLine(line: string): string[] {
  if (/^-----(?:BEGIN|END) /.test(line)) return [];
  const [, key, value = ''] = KEYED.exec(line) ?? [];
  // base64 ends so
  if (key !== undefined && !/^=*$/.test(value)) return isTelling(key, value) ? [value] : [];
  return isWords(line) ? [] : [line];
}

/** A line without a digit or a sign is prose, or a keyword; one in brackets or before a colon is a heading. */
function isWords(line: string): boolean {
  return /^[A-Za-z]{0,14}[,;{[(]?$|^\[[^\]]{0,80}\]$|^(?:- )?[A-Za-z][\w-]{0,80}:$/.test(line);
}

/** By its name, or because nobody would write it. */
function isTelling(key: string, value: string): boolean {
  const name = key.split(/[/:]/).at(-1) ?? '';
  return (
    isCredentialName(name.replaceAll(/([a-z])([A-Z])/g, '$1_$2')) ||
    /^_?auth$|^[\w-]+-key-data$/i.test(name) ||
    isRandom(value)
  );
}

/** Names of hosts and projects are words between dots and dashes. */
function isRandom(value: string): boolean {
  if (!/^[\w+/.~=-]{20,}$/.test(value)) return false;
  return value.split(/[.-]/).some((part) => part.length >= 16 && /\d/.test(part) && /[A-Za-z]/.test(part));
}

function inAddress(text: string): string[] {
  if (!/^[a-z][a-z0-9+.-]{1,20}:\/\/\S+$/i.test(text)) return [];
  const { password = '' } = URL.parse(text) ?? {};
  return [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * `Server=db;User Id=sa;Password=abc`, and `password abc` of a `.netrc`.
 * https://learn.microsoft.com/dotnet/framework/data/adonet/connection-string-syntax
 */
function inConnection(text: string): string[] {
  const named = text.matchAll(
    /(?:^|[;&?\s])(?:(?:password|pwd|accountkey|sharedaccesskey|sharedaccesssignature|secret)\s{0,3}=\s{0,3}([^;&\s]{6,})|password\s{1,3}([^\s=]{6,}))/gi,
  );
  return [...named].flatMap(([, given, spaced]) => [given ?? spaced ?? '']);
}
