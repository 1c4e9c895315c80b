/** What a token is, as far as its prefix and GitHub's headers tell. Pure. */

/** https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats */
export type TokenKind =
  | 'workflow'
  | 'app'
  | 'installation'
  | 'classic'
  | 'fine-grained'
  | 'oauth'
  | 'app-user'
  | 'unknown';

export interface Token {
  readonly kind: TokenKind;
  readonly title: string;
  /** Of classic tokens and OAuth apps, which GitHub tells; `undefined` where it does not. */
  readonly scopes: readonly string[] | undefined;
  /** Milliseconds since 1970, where GitHub tells. */
  readonly expiresAt: number | undefined;
}

const TITLES: Record<TokenKind, string> = {
  workflow: "a workflow's own GITHUB_TOKEN",
  app: 'an installation token of an app',
  installation: "a workflow's own GITHUB_TOKEN or an installation token of an app",
  classic: 'a classic personal access token',
  'fine-grained': 'a fine-grained personal access token',
  oauth: 'a token of an OAuth app',
  'app-user': "a person's token of an app",
  unknown: 'a token of unknown kind',
};

/**
 * Requests an hour: a workflow's own token has a thousand, an app's five to twelve and a half thousand. In an enterprise both
 * have fifteen thousand; a server may have no limit. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
const WORKFLOW_BUDGET = 1000;
const APP_BUDGET = { least: 5000, most: 12_500 };

/** @param headers of any answer to a request with the token, names in lower case */
export function tokenOf(text: string, headers: Readonly<Record<string, string | number | undefined>>): Token {
  const kind = kindOf(text, Number(headers['x-ratelimit-limit']));
  const scopes = headers['x-oauth-scopes'];
  // 2026-06-01 08:00:00 UTC, or with an offset
  const expiry = String(headers['github-authentication-token-expiration'] ?? '').replace(/^(\S+) (\S+) UTC$/, '$1T$2Z');
  const expiresAt = Date.parse(expiry);
  return {
    kind,
    title: TITLES[kind],
    scopes:
      scopes === undefined
        ? undefined
        : String(scopes)
            .split(',')
            .map((scope) => scope.trim())
            .filter(Boolean),
    expiresAt: Number.isFinite(expiresAt) ? expiresAt : undefined,
  };
}

function kindOf(text: string, budget: number): TokenKind {
  if (text.startsWith('ghs_')) {
    if (budget === WORKFLOW_BUDGET) return 'workflow';
    return budget >= APP_BUDGET.least && budget <= APP_BUDGET.most ? 'app' : 'installation';
  }
  if (text.startsWith('github_pat_')) return 'fine-grained';
  if (text.startsWith('ghp_') || /^[0-9a-f]{40}$/.test(text)) return 'classic';
  if (text.startsWith('gho_')) return 'oauth';
  return text.startsWith('ghu_') ? 'app-user' : 'unknown';
}
