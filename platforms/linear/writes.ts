/** Creating and changing issues. https://linear.app/developers/graphql#mutations */
import { randomUUID } from 'node:crypto';
import { asPaceError } from '../../core/errors.ts';
import { refusedField } from '../../core/http/graphql.ts';
import type { IssueDraft, IssuePatch, Metadata } from '../../core/ports/index.ts';
import { keyOf } from './address.ts';
import { type Input, toDraftInput, toPatchInput } from './fields.ts';
import type { Place } from './issue-context.ts';
import { needed } from './lookup.ts';
import { hasMetadata, readMetadata, toAttachment } from './metadata.ts';
import { textOf } from './selection.ts';
import { ISSUE, listOf, type WireIssue } from './wire.ts';

interface Written {
  readonly issueCreate?: { readonly issue?: WireIssue | null };
  readonly issueUpdate?: { readonly issue?: WireIssue | null };
  readonly attachmentCreate?: { readonly attachment?: { readonly issue?: WireIssue } };
}

type WriteOperation = 'createIssue' | 'updateIssue' | 'transitionIssue';

const PAYLOAD = `issue { ${textOf(ISSUE)} }`;
const WITH_METADATA = `attachmentCreate(input: $metadata) { attachment { ${PAYLOAD} } }`;
const CREATE = { field: 'issueCreate(input: $input)', declared: '$input: IssueCreateInput!' };
const UPDATE = { field: 'issueUpdate(id: $id, input: $input)', declared: '$id: String!, $input: IssueUpdateInput!' };

/**
 * Issue and metadata in one request. The id is ours, so that after a lost answer, or half of the work, the issue is found and
 * completed rather than created once more: no two runs may ever choose the same, so that `world.random` would not do.
 */
export async function createIssue(place: Place, draft: IssueDraft): Promise<WireIssue> {
  const input = { ...(await toDraftInput(place, draft)), id: randomUUID() };
  const metadata = hasMetadata(draft.metadata) ? draft.metadata : undefined;
  try {
    return await write(place, 'createIssue', CREATE, { variables: { input }, id: input.id, metadata });
  } catch (error) {
    if (!mayBeThere(error)) throw error;
    const issue = await findIssue(place, input.id);
    if (!issue) throw error;
    return completeIssue(place, issue, metadata);
  }
}

/** A new issue with its metadata, which may not have been written. */
export async function completeIssue(
  place: Place,
  issue: WireIssue,
  metadata: Metadata | undefined,
): Promise<WireIssue> {
  const [attachment] = listOf(issue.attachments, 'attachments');
  if (!hasMetadata(metadata) || hasMetadata(readMetadata(attachment?.metadata))) return issue;
  return writeMetadata(place, 'createIssue', issue.id, metadata);
}

/** No answer, half of the work, or the answer that an earlier attempt has done it. */
function mayBeThere(error: unknown): boolean {
  const { kind } = asPaceError(error);
  const field = refusedField(error);
  return ['transient', 'unexpected', 'conflict'].includes(kind) || field === 'attachmentCreate';
}

async function findIssue({ api }: Place, id: string): Promise<WireIssue | undefined> {
  const text = `issue(id: $id) { ${textOf(ISSUE)} }`;
  try {
    return (await api.query<{ issue: WireIssue }>('createIssue', text, '$id: String!', { id })).issue;
  } catch {
    // the first error tells more: nobody knows whether the issue is there
    return undefined;
  }
}

/** What stays as it is is not sent; an empty patch is a read. */
export async function updateIssue(place: Place, key: string, patch: IssuePatch): Promise<WireIssue> {
  const { identifier } = keyOf(key, place.team);
  const input = await toPatchInput(place, key, patch);
  const { metadata } = patch;
  if (Object.keys(input).length === 0 && metadata === undefined) return readIssue(place, 'updateIssue', key);
  if (Object.keys(input).length === 0) return writeMetadata(place, 'updateIssue', identifier, metadata ?? {});
  return write(place, 'updateIssue', UPDATE, { variables: { id: identifier, input }, id: identifier, metadata });
}

export async function readIssue(
  { api, team }: Place,
  operation: 'getIssue' | 'updateIssue' | 'deleteIssue' | 'listAttachments',
  key: string,
) {
  const { identifier } = keyOf(key, team);
  const text = `issue(id: $id) { ${textOf(ISSUE)} }`;
  const { issue } = await api.query<{ issue?: WireIssue }>(operation, text, '$id: String!', { id: identifier });
  return needed(issue, 'the issue');
}

/** The issue by its workflow state. */
export function moveIssue(place: Place, key: string, stateId: string): Promise<WireIssue> {
  const { identifier } = keyOf(key, place.team);
  return write(place, 'transitionIssue', UPDATE, { variables: { id: identifier, input: { stateId } }, id: identifier });
}

interface Write {
  readonly variables: { readonly id?: string; readonly input: Input };
  /** The issue that the metadata belong to. */
  readonly id: string;
  readonly metadata?: Metadata | undefined;
}

async function write(
  { api }: Place,
  operation: WriteOperation,
  { field, declared }: typeof CREATE,
  { variables, id, metadata }: Write,
): Promise<WireIssue> {
  const text = `${field} { ${metadata ? 'success' : PAYLOAD} }${metadata ? ` ${WITH_METADATA}` : ''}`;
  const answer = await api.mutate<Written>(
    operation,
    text,
    metadata ? `${declared}, $metadata: AttachmentCreateInput!` : declared,
    metadata ? { ...variables, metadata: toAttachment(id, metadata) } : variables,
  );
  const { issueCreate, issueUpdate, attachmentCreate } = answer;
  const issue = attachmentCreate?.attachment?.issue ?? issueCreate?.issue ?? issueUpdate?.issue;
  return needed(issue ?? undefined, 'the issue');
}

async function writeMetadata({ api }: Place, operation: WriteOperation, issueId: string, metadata: Metadata) {
  const input = toAttachment(issueId, metadata);
  const answer = await api.mutate<Written>(operation, WITH_METADATA, '$metadata: AttachmentCreateInput!', {
    metadata: input,
  });
  return needed(answer.attachmentCreate?.attachment?.issue, 'the issue');
}
