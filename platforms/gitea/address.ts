/** Addresses as people copy them from the browser, and numbers as they write them. Pure. */
import { PaceError } from '../../core/errors.ts';
import type { IssueReference, Settings } from '../../core/ports/index.ts';
import type { Operation } from './refusals.ts';

/** The server's address without `/` at its end and without the API's own path. */
export function serverAddress(url: string): string {
  return url
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/api\/v1$/, '');
}

/**
 * `https://HOST/[PATH/]owner/name/issues/12`; pull requests have numbers of the same kind. Where a server is configured only its
 * own addresses count: the token is for nobody else. Else `isKnown` tells by the name of the host.
 */
export function issueUrlReader(isKnown: (hostname: string) => boolean) {
  return (url: URL, configured: Settings = {}): IssueReference | undefined => {
    const server = configured['url'] === undefined ? undefined : URL.parse(serverAddress(configured['url']));
    const prefix = (server?.pathname ?? '').replace(/\/$/, '');
    const isOurs = server
      ? server.origin === url.origin && url.pathname.startsWith(`${prefix}/`)
      : isKnown(url.hostname);
    const address = /^\/([^/]+\/[^/]+)\/(?:issues|pulls)\/([1-9]\d*)\/?$/.exec(url.pathname.slice(prefix.length));
    const [, repository, key] = address ?? [];
    if (!isOurs || repository === undefined || key === undefined) return undefined;
    return { key, settings: { url: `${url.origin}${prefix}`, repository, issues_repository: repository } };
  };
}

/** The number of an issue or of a pull request as people write it. Throws `validation`. */
export function numberOf(api: { readonly fullName: string }, operation: Operation, key: string): number {
  const number = /^#?([1-9]\d{0,14})$/.exec(key)?.[1];
  if (number !== undefined) return Number(number);
  throw new PaceError({
    kind: 'validation',
    operation,
    message: `"${key.slice(0, 40)}" is not the number of an issue.`,
    remedy: `Please give the number of an issue in ${api.fullName}, e.g. 12.`,
  });
}
