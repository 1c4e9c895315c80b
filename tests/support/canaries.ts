/** Credentials that a test plants everywhere, and the search for them in everything that PACE emits. */
import type { RecordedExchange } from './loopback.ts';

/** Values that look like nothing known: only PACE's own knowledge of them can hide them. */
export const CANARIES = {
  CANARY_TOKEN: 'cAn4ry/0ne+Wxq7&Jh_Zp2*Lm5',
  DEPLOY_PASSWORD: 'k9Xv-tWo.cAn4ry@Qr8~Ty3',
  SIGNING_PRIVATE_KEY:
    '-----BEGIN ODD KEY-----\nGt6Yh2Nb8ThreeCan4ryVfr4Esw1\nPl0Ok9Ij8Uh7ThreeCan4ryYgv3\n-----END ODD KEY-----',
} as const;

/** Tokens that nobody has told PACE about: their shape alone must hide them. */
export const STRANGERS = [
  'ghp_Zq3Xw5Ec7Rv9Tb1Yn2Um4Ik6Ol8Pa0',
  'glpat-Mn8Bv6Cx4Zl2Kj1Hg3Fd5Sa7',
  'xoxb-918273645-Rt5Yu6Io7Pl',
];

const PIECE = 8;

/** Every way in which the gate might meet a canary, as one text. */
export function canaryText(): string {
  const all = [...Object.values(CANARIES), ...STRANGERS];
  return [
    ...all,
    ...all.map((secret) => encodeURIComponent(secret)),
    ...all.flatMap((secret) => ['', ':', 'a:'].map((before) => Buffer.from(`${before}${secret}`).toString('base64'))),
    ...Object.values(CANARIES).map((secret) => JSON.stringify({ secret })),
    ...Object.values(CANARIES).map((secret) => `https://bot:${encodeURIComponent(secret)}@example.org/x`),
  ].join('\n');
}

/** Pieces of secrets in a text, as they are or behind URL, JSON, Markdown and base64 encoding. */
export function leaks(text: string, secrets: readonly string[]): string[] {
  const views = [text, text.replace(/\\n/g, '\n').replace(/\\|\u2060/g, ''), ...unpacked(text, 2)];
  const pieces = secrets.flatMap((secret) => secret.split('\n').flatMap(piecesOf));
  return [...new Set(pieces.filter((piece) => views.some((view) => view.includes(piece))))];
}

function piecesOf(line: string): string[] {
  if (line.startsWith('-----')) return [];
  return Array.from({ length: Math.max(0, line.length - PIECE + 1) }, (_, at) => line.slice(at, at + PIECE));
}

function unpacked(text: string, depth: number): string[] {
  if (depth === 0) return [];
  const urls = [...text.matchAll(/[^\s"<>]*%[0-9A-F]{2}[^\s"<>]*/gi)].map(([part]) => decoded(part));
  const packed = [...text.matchAll(/[A-Za-z0-9+/_-]{12,}/g)].flatMap(([part]) =>
    [0, 1, 2, 3].map((skipped) => Buffer.from(part.slice(skipped), 'base64').toString('latin1')),
  );
  return [...urls, ...packed, ...[...urls, ...packed].flatMap((inner) => unpacked(inner, depth - 1))];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const CREDENTIAL_HEADERS = ['authorization', 'private-token', 'job-token'];

/** A request as text, without the header that carries the credential. */
export function requestText({ asked }: RecordedExchange): string {
  const headers = Object.entries(asked.headers).filter(([name]) => !CREDENTIAL_HEADERS.includes(name));
  return [asked.method, asked.path, String(asked.query), JSON.stringify(headers), bodyText(asked.body)].join('\n');
}

/** Every string of a JSON body, unescaped. */
function bodyText(body: unknown): string {
  if (typeof body !== 'object' || body === null) return String(body ?? '');
  return Object.entries(body)
    .map(([key, value]) => `${key}: ${bodyText(value)}`)
    .join('\n');
}
