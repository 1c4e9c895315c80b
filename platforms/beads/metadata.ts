/** Where an issue's metadata stand: beside it; before version 1 in its text. Texts of bd's own are read into them, too. */
import { isDeepStrictEqual } from 'node:util';
import { splitMetadata, withMetadata } from '../../core/drivers/hidden-metadata.ts';
import type { IssuePatch, Metadata } from '../../core/ports/issue.ts';
import { option } from '../../core/programs/program.ts';
import { isRecord } from '../../core/record.ts';
import type { Api } from './api.ts';
import { ownDependencies } from './edges.ts';
import type { WireIssue } from './shapes.ts';

/** The key of ours among the metadata of an issue, which other programs use as well. */
export const METADATA_KEY = 'pace_issue';

/** The member of our metadata with what only bd has. */
export const OWN_MEMBER = 'beads';

/** Fields of bd's own that can be written: their flag and the words for people. */
const OWN_FIELDS = [
  { field: 'design', flag: 'design', words: 'Design' },
  { field: 'acceptance_criteria', flag: 'acceptance', words: 'Acceptance criteria' },
  { field: 'notes', flag: 'notes', words: 'Notes' },
  { field: 'estimated_minutes', flag: 'estimate', words: 'Estimate' },
] as const;

/** Ours stand among the metadata of the issue; versions before 1.0 have none, and keep them in the text. */
export function textOf(wire: WireIssue): { body: string; metadata: Metadata } {
  const body = wire.description ?? '';
  const own = metadataOf(wire)[METADATA_KEY];
  const metadata = typeof own === 'string' ? parsed(own) : own;
  return isRecord(metadata) ? { body, metadata } : splitMetadata(body);
}

/** Ours, with what only bd has under one name: so it is shown, exported, and kept by other trackers. */
export function shownMetadata(wire: WireIssue, kept: Metadata): Metadata {
  const own = ownFields(wire);
  if (Object.keys(own).length === 0) return kept;
  const beside = kept[OWN_MEMBER];
  return { ...kept, [OWN_MEMBER]: { ...(isRecord(beside) ? beside : {}), ...own } };
}

function ownFields(wire: WireIssue): Record<string, unknown> {
  const { external_ref: reference, spec_id: spec } = wire;
  const dependencies = ownDependencies(wire);
  return {
    ...Object.fromEntries(OWN_FIELDS.flatMap(({ field }) => (isSaid(wire[field]) ? [[field, wire[field]]] : []))),
    ...(isSaid(spec) ? { spec_id: spec } : {}),
    // a web address is the issue's own
    ...(isSaid(reference) && !/^https?:\/\//.test(reference) ? { external_ref: reference } : {}),
    ...(dependencies.length > 0 ? { dependencies } : {}),
  };
}

function isSaid<Value>(value: Value | null | undefined | ''): value is Value {
  return value !== undefined && value !== null && value !== '';
}

/** Texts beside the body, for people. */
export function sectionsOf(wire: WireIssue): { name: string; text: string }[] {
  return OWN_FIELDS.flatMap(({ field, words }) => {
    const value = wire[field];
    if (!isSaid(value)) return [];
    return [{ name: words, text: typeof value === 'number' ? `${value} minutes` : value }];
  });
}

/** Everybody's metadata. */
export function metadataOf({ metadata }: Pick<WireIssue, 'metadata'>): Readonly<Record<string, unknown>> {
  if (isRecord(metadata)) return metadata;
  return typeof metadata === 'string' && metadata.startsWith('{') ? parsed(metadata) : {};
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  const found: unknown = JSON.parse(json);
  return isRecord(found) ? found : {};
}

export interface KeptText {
  readonly description?: string;
  /** For our metadata, and for the fields of bd's own. */
  readonly flags: readonly string[];
}

/** Body and metadata where this version keeps them; a text that looks like metadata of ours needs some beside it. */
export async function keptText(api: Api, body: string, metadata: Metadata = {}, before?: WireIssue): Promise<KeptText> {
  const { kept, own } = split(metadata, before);
  const isThere = before !== undefined && METADATA_KEY in metadataOf(before);
  const isNeeded = Object.keys(kept).length > 0 || body.includes('<!-- pace:metadata ') || isThere;
  if (!isNeeded) return { ...(body === '' ? {} : { description: body }), flags: own };
  if (!(await api.knows('create', 'metadata'))) return { description: withMetadata(body, kept), flags: own };
  if (isThere && isDeepStrictEqual(textOf(before).metadata, kept)) return { description: body, flags: own };
  return { description: body, flags: [metadataFlag(kept, before), ...own] };
}

/** Of an issue that is there only ours are written: a claim may have been written beside them meanwhile. bd keeps them as text then. */
function metadataFlag(ours: Metadata, before: WireIssue | undefined): string {
  if (!before) return option('metadata', JSON.stringify({ [METADATA_KEY]: ours }));
  return option('set-metadata', `${METADATA_KEY}=${JSON.stringify(ours)}`);
}

export async function newText(api: Api, before: WireIssue, { body, metadata }: IssuePatch): Promise<KeptText> {
  if (body === undefined && metadata === undefined) return { flags: [] };
  const known = textOf(before);
  const wanted = metadata ?? known.metadata;
  const { description = '', flags } = await keptText(api, body ?? known.body, wanted, before);
  return { flags, ...(description === (before.description ?? '') ? {} : { description }) };
}

/** What is bd's own goes to its fields; what is left out there stays as it is. */
function split(metadata: Metadata, before: WireIssue | undefined): { kept: Metadata; own: string[] } {
  const { [OWN_MEMBER]: member, ...rest } = metadata;
  if (!isRecord(member)) return { kept: metadata, own: [] };
  const fields = OWN_FIELDS.filter(({ field }) => fits(field, member[field]));
  const known = new Set<string>([...fields.map(({ field }) => field), 'spec_id', 'external_ref', 'dependencies']);
  const others = Object.fromEntries(Object.entries(member).filter(([name]) => !known.has(name)));
  const own = fields.flatMap(({ field, flag }) =>
    member[field] === before?.[field] ? [] : [option(flag, String(member[field]))],
  );
  return { kept: Object.keys(others).length > 0 ? { ...rest, [OWN_MEMBER]: others } : rest, own };
}

function fits(field: (typeof OWN_FIELDS)[number]['field'], value: unknown): boolean {
  return field === 'estimated_minutes' ? Number.isSafeInteger(value) : typeof value === 'string';
}

export function textArgs({ description, flags }: KeptText): string[] {
  return [...(description === undefined ? [] : [option('description', description)]), ...flags];
}

/** A single dash means “read it from the input” to newer versions: then it stands there, too. */
export function inputOf({ description }: KeptText): string | undefined {
  return description === '-' ? '-' : undefined;
}
