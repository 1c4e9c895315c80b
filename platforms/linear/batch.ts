/** Many issues in few requests. https://linear.app/developers/graphql */
import { randomUUID } from 'node:crypto';
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Issue, IssueDraft, IssuePatch, TrackerBatch } from '../../core/ports/index.ts';
import { keyOf } from './address.ts';
import { documentParts } from './document.ts';
import { type Input, namesOf, toDraftInput, toPatchInput } from './fields.ts';
import type { Place } from './issue-context.ts';
import { ensureLabels } from './labels.ts';
import { hasMetadata, toAttachment } from './metadata.ts';
import { page, textOf } from './selection.ts';
import { ISSUE, listOf, type WireIssue, type WirePage } from './wire.ts';
import { completeIssue, createIssue, updateIssue } from './writes.ts';

/** `issueBatchUpdate` takes no more. */
const SIZE = 50;

/** What is wrong with one of a group, each of them hears when it goes alone. */
function tellsEach(): undefined {}

type Answered = Issue | PaceError;
type Operation = 'createIssue' | 'updateIssue';
type Translate = (operation: Operation, ask: () => Promise<WireIssue>) => Promise<Issue>;

interface Change {
  readonly key: string;
  readonly patch: IssuePatch;
}

interface Ready {
  readonly draft: IssueDraft;
  readonly input: Input & { readonly id: string };
}

export function createBatch(place: Place, translate: Translate): TrackerBatch {
  const { api, lookup, states, team } = place;

  function answered(operation: Operation, ask: () => Promise<WireIssue>): Promise<Answered> {
    return translate(operation, ask).catch(asPaceError);
  }

  async function create(drafts: readonly IssueDraft[]): Promise<Answered[]> {
    await ensureLabels(
      place,
      'createIssue',
      drafts.flatMap((draft) => namesOf(place, draft)),
    );
    const ready: (Ready | PaceError)[] = [];
    for (const draft of drafts) {
      const input = await api.attempt('createIssue', () => toDraftInput(place, draft)).catch(asPaceError);
      // no two runs may ever choose the same id: `world.random` would not do
      ready.push(input instanceof PaceError ? input : { draft, input: { ...input, id: randomUUID() } });
    }
    const sent = ready.flatMap((item) => (item instanceof PaceError ? [] : item));
    const refused = sent.length === 0 ? undefined : await createAll(sent).then(() => undefined, asPaceError);
    const there = new Map(
      (await readAll('createIssue', { id: { in: sent.map(({ input }) => input.id) } }, sent.length)).map((issue) => [
        issue.id,
        issue,
      ]),
    );
    return Promise.all(ready.map(async (item) => (item instanceof PaceError ? item : outcome(item, there, refused))));
  }

  /** Linear creates all or none. */
  async function createAll(ready: readonly Ready[]): Promise<void> {
    const asked = documentParts();
    const input = asked.variable('IssueBatchCreateInput!', { issues: ready.map((item) => item.input) });
    asked.field(`issueBatchCreate(input: ${input}) { success }`);
    for (const [
      index,
      {
        draft,
        input: { id },
      },
    ] of ready.entries()) {
      if (!hasMetadata(draft.metadata)) continue;
      const attachment = asked.variable('AttachmentCreateInput!', toAttachment(id, draft.metadata));
      asked.field(`m${index}: attachmentCreate(input: ${attachment}) { success }`);
    }
    await api.mutate('createIssue', asked.text, asked.declared, asked.variables);
  }

  /** What one bad draft has spoiled goes alone; what may be on its way does not go twice. */
  function outcome({ draft, input }: Ready, there: ReadonlyMap<string, WireIssue>, refused: PaceError | undefined) {
    const issue = there.get(input.id);
    if (issue) return answered('createIssue', () => completeIssue(place, issue, draft.metadata));
    if (refused && !['validation', 'not-found', 'conflict'].includes(refused.kind)) return refused;
    return answered('createIssue', () => createIssue(place, draft));
  }

  async function readAll(operation: Operation, filter: Input, count: number): Promise<readonly WireIssue[]> {
    if (count === 0) return [];
    const text = textOf([page('issues', count, ISSUE, 'filter: $filter, includeArchived: true')]);
    const answer = await api.query<{ issues?: WirePage<WireIssue> }>(operation, text, '$filter: IssueFilter', {
      filter,
    });
    return answer.issues ? listOf(answer.issues, 'issues') : [];
  }

  async function update(changes: readonly Change[]): Promise<Answered[]> {
    const groups = Map.groupBy(changes, ({ patch }) => JSON.stringify(patch));
    const answers = new Map<Change, Answered>();
    for (const group of groups.values()) {
      const together = group.length > 1 ? await updateGroup(group).catch(tellsEach) : undefined;
      for (const change of group) {
        const issue = together?.get(change.key);
        const { key, patch } = change;
        const alone = () => updateIssue(place, key, patch);
        answers.set(change, await answered('updateIssue', issue ? async () => issue : alone));
      }
    }
    return changes.flatMap((change) => answers.get(change) ?? []);
  }

  /** The same change of several issues. Those that are missing in what comes back have to go alone. */
  async function updateGroup(group: readonly Change[]): Promise<Map<string, WireIssue>> {
    const keys = group.map(({ key }) => keyOf(key, team));
    const { state, ...patch } = group[0]?.patch ?? {};
    const isAlike = patch.metadata === undefined && patch.labels === undefined && patch.type === undefined;
    if (!isAlike || keys.some((key) => key.team !== team.toUpperCase())) return new Map();
    const before = await readAll(
      'updateIssue',
      { team: { key: { eqIgnoreCase: team } }, number: { in: keys.map(({ number }) => number) } },
      keys.length,
    );
    const moving = before.filter(
      (issue) => !issue.trashed && (state === undefined || states.toState(issue.state) !== state),
    );
    if (moving.length < 2) return new Map();
    const { workflow } = await lookup.team('updateIssue');
    const stateId = state === undefined ? {} : { stateId: states.choose({ state }, workflow).id };
    const input = { ...(await toPatchInput(place, moving[0]?.identifier ?? '', patch)), ...stateId };
    if (Object.keys(input).length === 0) return new Map();
    const answer = await api.mutate<{ issueBatchUpdate?: { readonly issues: readonly WireIssue[] } }>(
      'updateIssue',
      `issueBatchUpdate(ids: $ids, input: $input) { issues { ${textOf(ISSUE)} } }`,
      '$ids: [UUID!]!, $input: IssueUpdateInput!',
      { ids: moving.map(({ id }) => id), input },
    );
    const written = new Map((answer.issueBatchUpdate?.issues ?? []).map((issue) => [issue.identifier, issue]));
    return new Map(
      group.flatMap(({ key }) => {
        const issue = written.get(keyOf(key, team).identifier);
        return issue ? [[key, issue] as const] : [];
      }),
    );
  }

  return { size: SIZE, create, update };
}
