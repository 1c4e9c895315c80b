/**
 * Dependencies as links. Gitea knows one relation, seen from both ends: what an issue depends on blocks it. Cross-repository
 * ones have the other repository's name. https://docs.gitea.com/usage/issue-dependencies
 */
import { unless } from '../../core/drivers/unless.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { IssueLink, LinkType } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import { numberOf } from './address.ts';
import type { Api } from './api.ts';
import type { WireIssue } from './issue-wire.ts';
import type { Operation } from './refusals.ts';
import { requireIssue } from './writes.ts';

export const GITEA_LINKS = ['blocks', 'is blocked by'] as const satisfies readonly LinkType[];

export function createLinks(api: Api) {
  const names = new Map<string, Promise<string>>();

  /** What a repository is called now: addresses of its old name are led on, names in what is sent are not. */
  function nameNow(operation: Operation, repository: string): Promise<string> {
    const fold = repository.toLowerCase();
    const known = names.get(fold) ?? readName(api, operation, repository);
    names.set(fold, known);
    // it may be seen later
    known.catch(() => names.delete(fold));
    return known;
  }

  async function targets(operation: Operation, key: string, type: IssueLink['type']): Promise<IssueLink[]> {
    const path = `${api.repo}/issues/${numberOf(api, operation, key)}/${endOf(type)}`;
    const issues = await collect(api.list<WireIssue>(operation, { path }));
    // what the token may not see has no number
    const seen = issues.filter(({ number }) => number > 0);
    const isForeign = ({ repository }: WireIssue) => !isNamed(repository?.full_name ?? api.fullName, api.fullName);
    const own = seen.some(isForeign) ? await nameNow(operation, api.fullName) : api.fullName;
    return seen.map((issue) => ({ type, target: keyFrom([api.fullName, own], issue) }));
  }

  async function isThere(operation: Operation, key: string, { type, target }: IssueLink): Promise<boolean> {
    const wanted = addressOf(api, operation, target);
    const links = await targets(operation, key, type);
    const alike = links
      .map((link) => addressOf(api, operation, link.target))
      .filter(({ index }) => index === wanted.index);
    if (alike.some((each) => isSame(each, wanted))) return true;
    // perhaps under another name of its repository
    for (const each of alike) {
      const [one, other] = [await renamed(operation, each), await renamed(operation, wanted)];
      if (isSame(one ?? each, other ?? wanted)) return true;
    }
    return false;
  }

  /** With the name that the repository has now; `undefined` where it is the same, or not to be seen. */
  async function renamed(operation: Operation, { owner, repo, index }: Address): Promise<Address | undefined> {
    const before = `${owner}/${repo}`;
    const now = await unless(['not-found', 'permission'], () => nameNow(operation, before));
    const [newOwner, newRepo] = (now ?? '').split('/');
    if (!newOwner || !newRepo || isNamed(`${newOwner}/${newRepo}`, before)) return undefined;
    return { owner: newOwner, repo: newRepo, index };
  }

  /** Names the other issue in what is sent; once more under the new name where its repository was renamed. */
  async function send(operation: Operation, method: 'POST' | 'DELETE', key: string, { type, target }: IssueLink) {
    const path = `${api.repo}/issues/${numberOf(api, operation, key)}/${endOf(type)}`;
    const address = addressOf(api, operation, target);
    try {
      await api.send(operation, { method, path, body: address });
    } catch (error) {
      const now = asPaceError(error).status === 404 ? await renamed(operation, address) : undefined;
      if (now === undefined) throw error;
      await api.send(operation, { method, path, body: now });
    }
  }

  return {
    list: async (key: string): Promise<IssueLink[]> => {
      await requireIssue(api, 'getIssueLinks', key);
      const blocks = await targets('getIssueLinks', key, 'blocks');
      const blockers = await targets('getIssueLinks', key, 'is blocked by');
      return [...blocks, ...blockers];
    },
    create: async (key: string, link: IssueLink): Promise<void> => {
      // some servers take it, and the issue can never be closed then
      if (isSame(addressOf(api, 'createLink', key), addressOf(api, 'createLink', link.target))) throw itself(key);
      await requireIssue(api, 'createLink', key);
      // a link that is there, or that would go round in a circle, is answered 500
      if (await isThere('createLink', key, link)) return;
      const inverse = { ...link, type: link.type === 'blocks' ? 'is blocked by' : 'blocks' } as const;
      if (await isThere('createLink', key, inverse)) throw circle(key, link);
      try {
        await send('createLink', 'POST', key, link);
      } catch (error) {
        throw await missingTarget(error, link);
      }
    },
    remove: async (key: string, link: IssueLink): Promise<void> => {
      await requireIssue(api, 'deleteLink', key);
      if (!(await isThere('deleteLink', key, link))) return;
      await send('deleteLink', 'DELETE', key, link);
    },
  };

  async function missingTarget(error: unknown, { target }: IssueLink): Promise<unknown> {
    const { kind, status } = asPaceError(error);
    if (kind !== 'not-found' && status !== 400) return error;
    return new PaceError({
      kind: kind === 'not-found' ? 'not-found' : 'validation',
      operation: 'createLink',
      message: `Gitea does not link to ${plainLine(target, 80)}: there is no such issue, or it may not be linked from ${api.fullName}.`,
      remedy:
        'Please check the number. Dependencies must be enabled in the repository; those between repositories can be turned off by the server.',
      cause: error,
    });
  }
}

/** What the issue blocks, or what it depends on. */
function endOf(type: LinkType): 'blocks' | 'dependencies' {
  if (type === 'blocks') return 'blocks';
  if (type === 'is blocked by') return 'dependencies';
  throw new PaceError({
    kind: 'unsupported',
    message: `Gitea keeps no link “${type}”.`,
    remedy: `It has these: ${GITEA_LINKS.join(', ')}.`,
  });
}

async function readName(api: Api, operation: Operation, repository: string): Promise<string> {
  const [owner = '', name = ''] = repository.split('/').map(encodeURIComponent);
  const found = await api.call<{ readonly full_name?: unknown }>(operation, { path: `/repos/${owner}/${name}` });
  return neededText('Gitea', 'full_name', found.full_name);
}

/** `own`: what our repository is called. */
function keyFrom(own: readonly string[], { number, repository }: WireIssue): string {
  const name = repository?.full_name;
  return !name || own.some((each) => isNamed(each, name)) ? String(number) : `${name}#${number}`;
}

function isNamed(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

interface Address {
  readonly owner: string;
  readonly repo: string;
  readonly index: number;
}

/** `12`, or `owner/name#12` in another repository. */
function addressOf(api: Api, operation: Operation, key: string): Address {
  const [, owner, repo, number] = /^([^/#\s]+)\/([^/#\s]+)#(\d+)$/.exec(key) ?? [];
  if (owner !== undefined && repo !== undefined) return { owner, repo, index: Number(number) };
  const [ownOwner = '', ownRepo = ''] = api.fullName.split('/');
  return { owner: ownOwner, repo: ownRepo, index: numberOf(api, operation, key) };
}

function isSame(one: Address, other: Address): boolean {
  const name = ({ owner, repo }: Address) => `${owner}/${repo}`;
  return one.index === other.index && isNamed(name(one), name(other));
}

function circle(key: string, { target }: IssueLink): PaceError {
  return new PaceError({
    kind: 'validation',
    operation: 'createLink',
    message: `${key} and ${plainLine(target, 80)} cannot block each other.`,
    remedy: 'Please remove the link in the other direction first.',
  });
}

function itself(key: string): PaceError {
  return new PaceError({
    kind: 'validation',
    operation: 'createLink',
    message: `${plainLine(key, 40)} cannot block itself.`,
    remedy: 'Please name another issue.',
  });
}
