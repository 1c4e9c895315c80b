/**
 * Links in columns: dependencies in one of the type Dependency, other relations in one that connects the board with itself. They
 * stand at one end and are seen from both. https://developer.monday.com/api-reference/reference/dependency
 */
import { unsupported } from '../../core/errors.ts';
import { INVERSE_LINK, type IssueLink, type LinkType } from '../../core/ports/index.ts';
import { idOf } from './address.ts';
import type { Board } from './board.ts';
import { type Columns, columnFor, howToAdd } from './columns.ts';
import type { Tracker } from './issue-context.ts';
import { itemIn } from './lookup.ts';
import type { Operation } from './refusals.ts';
import { listOf, type WireItem } from './shapes.ts';
import { valueIn } from './wire.ts';
import { change } from './writes.ts';

type LinkRole = 'dependencies' | 'related';

/** The relation as it stands at the end that has it. */
const TYPES = { dependencies: 'depends on', related: 'relates to' } as const satisfies Record<LinkRole, LinkType>;
const ROLES = ['dependencies', 'related'] as const satisfies readonly LinkRole[];
const MOST = 500;

export function linkTypes(columns: Columns): LinkType[] {
  const types = ROLES.filter((role) => columns[role]).flatMap((role) => [TYPES[role], INVERSE_LINK[TYPES[role]]]);
  return [...new Set(types)];
}

interface Answer {
  readonly boards?: readonly (Record<string, { readonly items: readonly { readonly id: string }[] }> | null)[] | null;
}

export function linkCalls(tracker: Tracker) {
  const { api, lookup } = tracker;

  async function getIssueLinks(key: string): Promise<IssueLink[]> {
    const operation = 'getIssueLinks';
    const id = idOf(key);
    const found = await lookup.find(operation, { items: [id] });
    const item = itemIn(found, id);
    const { board } = found;
    const roles = ROLES.filter((role) => board.columns[role]);
    const own = roles.flatMap((role) => targetsOf(board, item, role).map((target) => ({ type: TYPES[role], target })));
    const others = roles.length === 0 ? [] : await pointingHere(operation, board, id, roles);
    return unique([...own, ...others]);
  }

  async function pointingHere(
    operation: Operation,
    board: Board,
    id: string,
    roles: readonly LinkRole[],
  ): Promise<IssueLink[]> {
    const pages = roles.map((role) => {
      const rule = `{ column_id: "${columnFor(board.columns, role).id}", compare_value: [${id}], operator: any_of }`;
      return `${role}: items_page(limit: ${MOST}, query_params: { rules: [${rule}] }) { items { id } }`;
    });
    const { boards } = await api.query<Answer>(operation, {
      fields: [`boards(ids: [$board], state: all) { ${pages.join(' ')} }`],
      declared: ['$board: ID!'],
      variables: { board: board.id },
    });
    return roles.flatMap((role) =>
      listOf<{ readonly id: string }>(boards?.[0]?.[role]?.items, 'items').map((item) => ({
        type: INVERSE_LINK[TYPES[role]],
        target: String(item.id),
      })),
    );
  }

  /** Both items, and the end where the link stands or is to stand. */
  async function ends(operation: Operation, key: string, { type, target }: IssueLink) {
    const [id, other] = [idOf(key), idOf(target)];
    const found = await lookup.find(operation, { items: [id, other] });
    const { board } = found;
    const role = ROLES.find((name) => TYPES[name] === type || INVERSE_LINK[TYPES[name]] === type);
    if (role === undefined)
      throw unsupported('monday', `keep a link “${type}”`, `It has these: ${linkTypes(board.columns).join(', ')}.`);
    const column = columnFor(board.columns, role);
    const pair = [itemIn(found, id), itemIn(found, other)] as const;
    const [from, to] = TYPES[role] === type ? pair : ([pair[1], pair[0]] as const);
    const isMutual = INVERSE_LINK[type] === type;
    const has = (one: WireItem, another: WireItem) => targetsOf(board, one, role).includes(another.id);
    const standing = [[from, to] as const, ...(isMutual ? [[to, from] as const] : [])].filter(([one, another]) =>
      has(one, another),
    );
    const write = (item: WireItem, ids: readonly string[]) => {
      const values = { [column.id]: ids.length === 0 ? null : { item_ids: ids.map(Number) } };
      return change(tracker, operation, { board, id: item.id, values });
    };
    return { from, to, standing, write, targets: (item: WireItem) => targetsOf(board, item, role) };
  }

  return {
    getIssueLinks: (key: string) => api.attempt('getIssueLinks', () => getIssueLinks(key)),
    createLink: (key: string, link: IssueLink) =>
      api.attempt('createLink', async () => {
        const { from, to, standing, write, targets } = await ends('createLink', key, link);
        if (standing.length === 0) await write(from, [...targets(from), to.id]);
      }),
    deleteLink: (key: string, link: IssueLink) =>
      api.attempt('deleteLink', async () => {
        const { standing, write, targets } = await ends('deleteLink', key, link);
        for (const [from, to] of standing)
          await write(
            from,
            targets(from).filter((id) => id !== to.id),
          );
      }),
  };
}

/** Why there are no links here. */
export function noLinks(): string {
  return `${howToAdd('dependencies')} One of the type Connect boards with the title “Related” holds other relations.`;
}

function targetsOf(board: Board, item: WireItem, role: LinkRole): string[] {
  return (valueIn(board, item, role)?.linked_item_ids ?? []).map(String);
}

function unique(links: readonly IssueLink[]): IssueLink[] {
  return [...new Map(links.map((link) => [`${link.type} ${link.target}`, link])).values()];
}
