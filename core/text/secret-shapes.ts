/** What well-known credentials look like. Used to refuse them in files and to hide them in logs. */

import type { SecretShape } from './secret-shape.ts';
import { serviceTokens } from './service-tokens.ts';

/** Prefixes as the vendors document them, with a length below which a match would be chance. */
export const secretShapes: readonly SecretShape[] = [
  // https://github.blog/changelog/2021-03-31-authentication-token-format-updates-are-generally-available/
  {
    what: 'a GitHub token',
    hints: ['gho_', 'ghp_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    pattern: /\b(?:gh[opusr]_[A-Za-z0-9_]{16,}|github_pat_[A-Za-z0-9_]{20,})/g,
  },
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  {
    what: 'a GitLab token',
    hints: ['gl'],
    pattern: /\bgl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct|oas|wt)-[A-Za-z0-9_.-]{16,}/g,
  },
  { what: 'an Atlassian API token', hints: ['atatt', 'atctt'], pattern: /\bAT[AC]TT3?[A-Za-z0-9_=-]{20,}/g },
  { what: 'a Slack token', hints: ['xox'], pattern: /\bxox[abeprs](?:\.xox[abeprs])?-[A-Za-z0-9-]{10,}/g },
  { what: 'a Linear API key', hints: ['lin_'], pattern: /\blin_(?:api|oauth)_[A-Za-z0-9]{16,}/g },
  // https://developer.clickup.com/docs/authentication: the id of the user, then the token
  { what: 'a ClickUp token', hints: ['pk_'], pattern: /\bpk_\d{1,15}_[A-Z0-9]{20,}/g },
  {
    what: 'an AWS access key',
    hints: ['akia', 'asia', 'abia', 'acca'],
    pattern: /\bA(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}\b/g,
  },
  {
    what: 'an API key',
    hints: ['sk-', 'sk_', 'rk_'],
    pattern: /\bsk-(?=[A-Za-z_-]{0,200}\d)[A-Za-z0-9_-]{20,}|\b[sr]k_(?:live|test|prod)_[A-Za-z0-9]{16,}/g,
  },
  { what: 'an npm token', hints: ['npm_'], pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { what: 'a PyPI token', hints: ['pypi-'], pattern: /\bpypi-AgE[A-Za-z0-9_-]{30,}/g },
  { what: 'a Google API key', hints: ['aiza'], pattern: /\bAIza[A-Za-z0-9_-]{35}/g },
  // https://datatracker.ietf.org/doc/html/rfc7519: header and claims are JSON objects
  {
    what: 'a JSON web token',
    hints: ['eyj'],
    pattern: /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,6000}\.[A-Za-z0-9_-]{10,2000}/g,
  },
  {
    what: 'an authorization header',
    hints: ['authorization'],
    pattern:
      /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:basic|bearer|token(?:\s{1,3}token=)?|geniekey|apikey|api-key|splunk|ssws|bot)\s{1,3}["']?[A-Za-z0-9._~+/=-]{8,}/gi,
  },
  {
    what: 'a private key',
    hints: ['private key'],
    // up to the first character that no key block has: the block may be indented, or lack its end
    pattern: /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\sA-Za-z0-9+/=:,.\\-]*/g,
  },
  {
    what: 'a URL with a password',
    hints: ['://'],
    pattern: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@"'<>]{0,200}:(?!\$\{)[^\s/@"'<>]{1,400}@[^\s"'<>]{1,400}/gi,
  },
  {
    what: 'a webhook address',
    hints: ['://'],
    pattern:
      /https:\/\/(?:hooks\.slack\.com\/(?:services|workflows)|(?:[a-z0-9-]{1,63}\.)?webhook\.office\.com\/webhookb2|(?:[a-z]{1,20}\.)?discord(?:app)?\.com\/api\/webhooks)\/[^\s"'<>]+/gi,
  },
  {
    what: 'a URL with a credential',
    hints: ['://'],
    pattern:
      /https?:\/\/[^\s"'<>?]{1,400}\?(?:[^\s"'<>&]{0,400}&){0,9}(?:access_token|api_key|apikey|key|sig|signature|token)=(?!\$\{)[^\s"'<>&]{8,}/gi,
  },
];

const allShapes: readonly SecretShape[] = [...secretShapes, ...serviceTokens];

/** Every credential in a text, in order of their place; overlapping ones once. */
export function findSecrets(text: string): { what: string; start: number; end: number }[] {
  const lower = text.toLowerCase();
  const possible = allShapes.filter(({ hints }) => hints.some((hint) => lower.includes(hint)));
  const found = possible.flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({ what, start: match.index, end: match.index + match[0].length })),
  );
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let reached = 0;
  return found.filter(({ start, end }) => {
    if (start < reached) return false;
    reached = end;
    return true;
  });
}

/** The text with `***` in place of everything that looks like a credential. */
export function hideSecrets(text: string): string {
  return findSecrets(text).reduceRight((rest, { start, end }) => `${rest.slice(0, start)}***${rest.slice(end)}`, text);
}
