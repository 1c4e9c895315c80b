/** Links between issues: relations, which stand at one issue and are read at both. https://linear.app/docs/issue-relations */
import type { IssueLink, LinkType } from '../../core/ports/index.ts';
import { keyOf } from './address.ts';
import type { LinearApi } from './api.ts';
import { allOf } from './pages.ts';
import type { Operation } from './refusals.ts';
import { nested, page, type Selection, textOf } from './selection.ts';
import type { WirePage } from './wire.ts';

interface WireRelation {
  readonly id: string;
  /** `blocks`, `duplicate`, `related`, `similar`. */
  readonly type: string;
  readonly issue: WireEnd;
  readonly relatedIssue: WireEnd;
}

interface WireEnd {
  readonly identifier: string;
  readonly trashed?: boolean | null;
}

type Side = 'relations' | 'inverseRelations';

interface Answer {
  readonly issue?: Partial<Record<Side, WirePage<WireRelation>>>;
}

interface Relation {
  readonly type: string;
  /** At which end the link's own issue stands. */
  readonly side: Side;
}

/** `similar` is Linear's guess, not a person's word: it is left out. */
const RELATIONS = new Map<LinkType, Relation>([
  ['blocks', { type: 'blocks', side: 'relations' }],
  ['is blocked by', { type: 'blocks', side: 'inverseRelations' }],
  ['relates to', { type: 'related', side: 'relations' }],
  ['duplicates', { type: 'duplicate', side: 'relations' }],
  ['is duplicated by', { type: 'duplicate', side: 'inverseRelations' }],
]);
export const LINK_TYPES = [...RELATIONS.keys()];

const RELATION: Selection = [
  ...['id', 'type'],
  nested('issue', ['identifier', 'trashed']),
  nested('relatedIssue', ['identifier', 'trashed']),
];

interface Found extends IssueLink {
  readonly id: string;
}

export function linkCalls(api: LinearApi, team: string) {
  async function linksOf(operation: Operation, key: string): Promise<Found[]> {
    const { identifier } = keyOf(key, team);
    const found: Found[] = [];
    for (const side of ['relations', 'inverseRelations'] as const) {
      const relations = allOf<WireRelation>({
        of: RELATION,
        ask: async (first, after) => {
          const text = `issue(id: $id) { ${textOf([page(side, first, RELATION, 'after: $after')])} }`;
          const declared = '$id: String!, $after: String';
          return (await api.query<Answer>(operation, text, declared, { id: identifier, after })).issue?.[side];
        },
      });
      for await (const relation of relations) {
        const type = typeOf(relation.type, side);
        const other = side === 'relations' ? relation.relatedIssue : relation.issue;
        if (type && !other.trashed) found.push({ id: relation.id, type, target: other.identifier });
      }
    }
    return found;
  }

  async function same(operation: Operation, key: string, { type, target }: IssueLink): Promise<Found | undefined> {
    const { identifier } = keyOf(target, team);
    return (await linksOf(operation, key)).find((link) => link.type === type && link.target === identifier);
  }

  async function createLink(key: string, link: IssueLink): Promise<void> {
    const relation = RELATIONS.get(link.type);
    if (!relation || (await same('createLink', key, link))) return;
    const ends = [keyOf(key, team).identifier, keyOf(link.target, team).identifier];
    const [issueId, relatedIssueId] = relation.side === 'relations' ? ends : ends.toReversed();
    const input = { issueId, relatedIssueId, type: relation.type };
    const text = 'issueRelationCreate(input: $input) { issueRelation { id } }';
    await api.mutate('createLink', text, '$input: IssueRelationCreateInput!', { input });
  }

  async function deleteLink(key: string, link: IssueLink): Promise<void> {
    const found = await same('deleteLink', key, link);
    if (!found) return;
    await api.mutate('deleteLink', 'issueRelationDelete(id: $id) { success }', '$id: String!', { id: found.id });
  }

  async function getIssueLinks(key: string): Promise<IssueLink[]> {
    return (await linksOf('getIssueLinks', key)).map(({ type, target }) => ({ type, target }));
  }

  return {
    getIssueLinks: (key: string) => api.attempt('getIssueLinks', () => getIssueLinks(key)),
    createLink: (key: string, link: IssueLink) => api.attempt('createLink', () => createLink(key, link)),
    deleteLink: (key: string, link: IssueLink) => api.attempt('deleteLink', () => deleteLink(key, link)),
  };
}

function typeOf(relation: string, side: Side): LinkType | undefined {
  const [found] = [...RELATIONS].filter(
    ([, each]) => each.type === relation && (each.side === side || relation === 'related'),
  );
  return found?.[0];
}
