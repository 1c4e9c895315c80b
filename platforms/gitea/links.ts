/**
 * Dependencies as links. Gitea knows one relation, seen from both ends: what an issue depends on blocks it. Cross-repository
 * ones have the other repository's name. https://docs.gitea.com/usage/issue-dependencies
 */
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { IssueLink, LinkType } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import { numberOf } from './address.ts';
import type { Api } from './api.ts';
import type { WireIssue } from './issue-wire.ts';
import type { Operation } from './refusals.ts';

export const GITEA_LINKS = ['blocks', 'is blocked by'] as const satisfies readonly LinkType[];

export function createLinks(api: Api) {
  async function targets(operation: Operation, key: string, type: IssueLink['type']): Promise<IssueLink[]> {
    const path = `${api.repo}/issues/${numberOf(api, operation, key)}/${endOf(type)}`;
    const issues = await collect(api.list<WireIssue>(operation, { path }));
    // what the token may not see has no number
    return issues.filter(({ number }) => number > 0).map((issue) => ({ type, target: keyFrom(api, issue) }));
  }

  async function isThere(operation: Operation, key: string, { type, target }: IssueLink): Promise<boolean> {
    const wanted = addressOf(api, operation, target);
    const links = await targets(operation, key, type);
    return links.some((link) => isSame(addressOf(api, operation, link.target), wanted));
  }

  function request(operation: Operation, key: string, { type, target }: IssueLink) {
    const path = `${api.repo}/issues/${numberOf(api, operation, key)}/${endOf(type)}`;
    return { path, body: addressOf(api, operation, target) };
  }

  return {
    list: async (key: string): Promise<IssueLink[]> => {
      const blocks = await targets('getIssueLinks', key, 'blocks');
      const blockers = await targets('getIssueLinks', key, 'is blocked by');
      return [...blocks, ...blockers];
    },
    create: async (key: string, link: IssueLink): Promise<void> => {
      // a link that is there, or that would go round in a circle, is answered 500
      if (await isThere('createLink', key, link)) return;
      const inverse = { ...link, type: link.type === 'blocks' ? 'is blocked by' : 'blocks' } as const;
      if (await isThere('createLink', key, inverse)) throw circle(key, link);
      try {
        await api.send('createLink', { method: 'POST', ...request('createLink', key, link) });
      } catch (error) {
        throw await missingTarget(error, link);
      }
    },
    remove: async (key: string, link: IssueLink): Promise<void> => {
      if (!(await isThere('deleteLink', key, link))) return;
      await api.send('deleteLink', { method: 'DELETE', ...request('deleteLink', key, link) });
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

function keyFrom(api: Api, { number, repository }: WireIssue): string {
  const name = repository?.full_name;
  return !name || name.toLowerCase() === api.fullName.toLowerCase() ? String(number) : `${name}#${number}`;
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
  const name = ({ owner, repo }: Address) => `${owner}/${repo}`.toLowerCase();
  return one.index === other.index && name(one) === name(other);
}

function circle(key: string, { target }: IssueLink): PaceError {
  return new PaceError({
    kind: 'validation',
    operation: 'createLink',
    message: `${key} and ${plainLine(target, 80)} cannot block each other.`,
    remedy: 'Please remove the link in the other direction first.',
  });
}
