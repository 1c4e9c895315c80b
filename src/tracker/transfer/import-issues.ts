/** Issues from JSON Lines. A second run of the same file does nothing again. */

import { asPaceError, type PaceError } from '../../../core/errors.ts';
import type { Capabilities } from '../../../core/ports/capabilities.ts';
import type { IssueDraft, IssueTracker } from '../../../core/ports/index.ts';
import { importedComment, importPatch, toImportDraft } from './import-draft.ts';
import { type IssueLine, parseLine } from './jsonl.ts';
import { type KnownIssues, knownIssues } from './known-issues.ts';
import { originId, originIn, originOf } from './origin.ts';

/** What became of one line. */
export interface ImportResult {
  /** From 1. */
  readonly line: number;
  /** The key in the file. */
  readonly source: string;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'failed';
  /** The key in this tracker; `''` where there is none. */
  readonly key: string;
  readonly notes: readonly string[];
  readonly error?: PaceError;
  /** What is wrong with the line itself. */
  readonly mistakes?: string;
}

export interface ImportOptions {
  /** Bring issues that are there already up to the file. */
  readonly update: boolean;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** Without the empty ones. */
export type Lines = AsyncIterable<{ readonly number: number; readonly text: string }>;
type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

interface NumberedLine {
  readonly number: number;
  readonly line: IssueLine;
}

/** A line that is about to become an issue. */
interface Item {
  readonly line: IssueLine;
  readonly result: Writable<ImportResult>;
  readonly existing?: string;
}

const AT_ONCE = 50;

/** Creates what is new, then the comments; when all issues are there, parents and links. Throws only for the tracker as a whole. */
export async function* importIssues(
  tracker: IssueTracker,
  lines: Lines,
  options: ImportOptions,
): AsyncGenerator<ImportResult> {
  const can = await tracker.capabilities();
  const known = await knownIssues(tracker);
  const context: Creation = { can, milestones: milestonesOf(tracker, can, options.dryRun), options };
  const relatives: Item[] = [];
  for await (const chunk of chunksOf(lines, AT_ONCE)) {
    if (options.signal.aborted) break;
    const parsed: NumberedLine[] = [];
    for (const { number, text } of chunk) {
      const line = parseLine(text);
      if (line.ok) parsed.push({ number, line: line.issue });
      else yield { line: number, source: '', outcome: 'failed', key: '', notes: [], mistakes: line.mistakes };
    }
    for (const group of apart(parsed)) {
      const items = group.map(({ number, line }) => toItem(number, line, known));
      await create(tracker, items, context);
      for (const { line, result } of items) known.remember(originOf(line), result.key);
      for (const item of items) {
        await finish(tracker, item, context);
        // what follows needs the keys of all
        if (item.result.outcome !== 'failed' && hasRelatives(item.line)) relatives.push(withoutTexts(item));
        else yield item.result;
      }
    }
  }
  for (const item of relatives) {
    if (!options.dryRun) await relate(tracker, item, known);
    yield item.result;
  }
}

/** In groups in which no issue stands twice: what a file repeats is there already when its turn comes. */
function* apart(lines: readonly NumberedLine[]): Generator<NumberedLine[]> {
  let group: NumberedLine[] = [];
  const ids = new Set<string>();
  for (const each of lines) {
    const id = originId(originOf(each.line));
    if (id !== undefined && ids.has(id)) {
      yield group;
      group = [];
      ids.clear();
    }
    if (id !== undefined) ids.add(id);
    group.push(each);
  }
  if (group.length > 0) yield group;
}

function toItem(number: number, line: IssueLine, known: KnownIssues): Item {
  const own = originIn(line.metadata);
  // an issue of this tracker that went out and comes back is still that issue
  const existing = known.find(originOf(line)) ?? (own && known.find(own));
  const base = { line: number, source: line.key, notes: [] };
  if (existing === undefined) return { line, result: { ...base, outcome: 'created', key: '' } };
  return { line, existing, result: { ...base, outcome: 'unchanged', key: existing } };
}

interface Creation {
  readonly can: Capabilities;
  readonly milestones: (title: string) => Promise<string | undefined>;
  readonly options: ImportOptions;
}

async function create(tracker: IssueTracker, items: readonly Item[], context: Creation): Promise<void> {
  const fresh = items.filter(({ existing }) => existing === undefined);
  const drafts = await Promise.all(fresh.map((item) => draftOf(item, context)));
  const answers = await tracker.createMany(drafts, { signal: context.options.signal });
  for (const answer of answers) {
    const result = fresh[answer.index]?.result;
    if (!result) continue;
    if (answer.ok) result.key = answer.issue.key;
    else Object.assign(result, { outcome: 'failed', error: answer.error });
  }
}

/** The draft as this tracker can keep it, with its milestone; what is left out is noted. */
async function draftOf({ line, result }: Item, { can, milestones }: Creation): Promise<IssueDraft> {
  const { draft, notes } = toImportDraft(line, can);
  const { milestone, ...rest } = draft;
  const reason = milestone === undefined ? undefined : await milestones(milestone);
  result.notes = reason === undefined ? notes : [...notes, reason];
  return reason === undefined ? draft : rest;
}

/** Comments, and with `update` the fields, of one issue that is there. */
async function finish(tracker: IssueTracker, item: Item, context: Creation): Promise<void> {
  const { line, result, existing } = item;
  const { update, dryRun } = context.options;
  if (result.outcome === 'failed' || result.key === '') return;
  await attempted(result, async () => {
    if (existing !== undefined && update) {
      const patch = importPatch(await tracker.getIssue(existing), await draftOf(item, context));
      if (patch) {
        await tracker.updateIssue(existing, patch);
        result.outcome = 'updated';
      }
    }
    // an import that was cut off between issue and comments goes on here
    if (line.comments.length > 0 && !dryRun) await addMissingComments(tracker, item);
  });
}

async function addMissingComments(tracker: IssueTracker, { line, result }: Item): Promise<void> {
  const there: string[] = [];
  for await (const { body } of tracker.listComments(result.key)) there.push(words(body));
  for (const comment of line.comments) {
    const imported = importedComment(comment);
    // at home it stands there as it was written
    const place = [imported, comment.body].map((text) => there.indexOf(words(text))).find((index) => index !== -1);
    if (place !== undefined) there.splice(place, 1);
    else await tracker.addComment(result.key, imported);
  }
}

/** What is left of a text when a tracker has converted it to its own form and back. */
function words(markdown: string): string {
  return markdown.replace(/[^\p{L}\p{N}]+/gu, ' ').trim() || markdown.trim();
}

async function relate(tracker: IssueTracker, { line, result }: Item, known: KnownIssues): Promise<void> {
  const keyOf = (source: string) => known.sibling(originOf(line), source);
  const missing = (what: string, source: string) => `${what} ${source} is left out: it is not in the file.`;
  const { key, notes } = result;
  if (line.parent) {
    const parent = keyOf(line.parent);
    if (parent === undefined) result.notes = [...notes, missing('the parent', line.parent)];
    else
      await attempted(result, async () => {
        if ((await tracker.getIssue(key)).parent !== parent) await tracker.updateIssue(key, { parent });
      });
  }
  if (line.links.length > 0) await attempted(result, () => link(tracker, { line, result }, keyOf, missing));
}

/** Those that are there are not written again. */
async function link(
  tracker: IssueTracker,
  { line, result }: Pick<Item, 'line' | 'result'>,
  keyOf: (source: string) => string | undefined,
  missing: (what: string, source: string) => string,
): Promise<void> {
  const reason = (await tracker.capabilities()).unsupported.links;
  if (reason !== undefined) {
    result.notes = [...result.notes, `the links are left out: ${reason}`];
    return;
  }
  const there = await tracker.getIssueLinks(result.key);
  for (const { type, target } of line.links) {
    const other = keyOf(target);
    if (other === undefined) result.notes = [...result.notes, missing(`the link “${type}”`, target)];
    else if (!there.some((each) => each.type === type && each.target === other)) {
      await tracker.createLink(result.key, { type, target: other });
    }
  }
}

/** One that fails does not stop the rest. */
async function attempted(result: Writable<ImportResult>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    Object.assign(result, { outcome: 'failed', error: asPaceError(error) });
  }
}

/** Makes a milestone that is not there; says why when it cannot be had. */
function milestonesOf(tracker: IssueTracker, can: Capabilities, dryRun: boolean): Creation['milestones'] {
  let there: Promise<Set<string>> | undefined;
  const titles = async () => {
    const found = new Set<string>();
    if (can.unsupported['list milestones'] === undefined) {
      for await (const { title } of tracker.listMilestones()) found.add(title);
    }
    return found;
  };
  return async (title) => {
    there ??= titles();
    const known = await there;
    if (known.has(title) || dryRun) return undefined;
    if (can.unsupported['create milestones'] !== undefined)
      return `the milestone “${title}” is left out: it is not there.`;
    known.add(title);
    await tracker.createMilestone({ title });
    return undefined;
  };
}

function hasRelatives({ parent, links }: IssueLine): boolean {
  return Boolean(parent) || links.length > 0;
}

/** What waits for the end of the file is small. */
function withoutTexts({ line, ...item }: Item): Item {
  return { ...item, line: { ...line, title: '', body: '', comments: [], metadata: {} } };
}

async function* chunksOf<Each>(list: AsyncIterable<Each>, size: number): AsyncGenerator<Each[]> {
  let chunk: Each[] = [];
  for await (const each of list) {
    chunk.push(each);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
