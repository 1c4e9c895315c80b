/**
 * Dependencies as links. Asana knows one relation, seen from both ends, and calls it so itself: what a task depends on blocks it.
 * https://developers.asana.com/reference/getdependenciesfortask
 */
import { unsupported } from '../../core/errors.ts';
import type { IssueLink, LinkType } from '../../core/ports/index.ts';
import { gidOf } from './address.ts';
import type { Api } from './api.ts';

export const LINK_TYPES = ['blocks', 'is blocked by'] as const satisfies readonly LinkType[];

interface WireLinks {
  /** What the task depends on, and what depends on it. */
  readonly dependencies?: readonly { readonly gid: string }[] | null;
  readonly dependents?: readonly { readonly gid: string }[] | null;
}

export function linkCalls(api: Api) {
  async function getIssueLinks(key: string): Promise<IssueLink[]> {
    const path = `/tasks/${gidOf('getIssueLinks', 'task', key)}`;
    const found = await api.call<WireLinks>('getIssueLinks', { path, fields: ['dependencies', 'dependents'] });
    return [
      ...(found.dependents ?? []).map(({ gid }) => ({ type: 'blocks', target: gid }) as const),
      ...(found.dependencies ?? []).map(({ gid }) => ({ type: 'is blocked by', target: gid }) as const),
    ];
  }

  /** What is there already, or not there, Asana leaves as it is. */
  async function write(
    operation: 'createLink' | 'deleteLink',
    key: string,
    { type, target }: IssueLink,
  ): Promise<void> {
    const end = endOf(type);
    const path = `/tasks/${gidOf(operation, 'task', key)}/${operation === 'createLink' ? 'add' : 'remove'}${end}`;
    const data = { [end.toLowerCase()]: [gidOf(operation, 'task', target)] };
    await api.call(operation, { method: 'POST', path, data });
  }

  return {
    getIssueLinks,
    createLink: (key: string, link: IssueLink) => write('createLink', key, link),
    deleteLink: (key: string, link: IssueLink) => write('deleteLink', key, link),
  };
}

function endOf(type: LinkType): 'Dependents' | 'Dependencies' {
  if (type === 'blocks') return 'Dependents';
  if (type === 'is blocked by') return 'Dependencies';
  throw unsupported('Asana', `keep a link “${type}”`, `It has these: ${LINK_TYPES.join(', ')}.`);
}
