/** Issues from lines of a file. A second run of the same file does nothing again. */
import type { Capabilities } from '../../../core/ports/capabilities.ts';
import type { Issue, IssueTracker } from '../../../core/ports/index.ts';
import { originId, originIn } from '../../../core/tracker/origin.ts';
import { createIssues, draftOf, takenComments } from './import-create.ts';
import { earlierComment, importedComment, importPatch } from './import-draft.ts';
import {
  attempted,
  type ImportContext,
  type ImportOptions,
  type ImportResult,
  type Item,
  isThere,
  note,
} from './import-item.ts';
import { relate } from './import-relatives.ts';
import type { IssueLine } from './jsonl.ts';
import { type KnownIssues, knownIssues } from './known-issues.ts';
import { homeOf, originOf } from './origin.ts';
import { parseLine } from './parse-line.ts';

export type { ImportOptions, ImportResult } from './import-item.ts';

/** Without the empty ones. */
export type Lines = AsyncIterable<{ readonly number: number; readonly text: string }>;

interface NumberedLine {
  readonly number: number;
  readonly line: IssueLine;
  readonly notes: readonly string[];
}

/** Few enough that a person sees it go on; where each handful is one transaction, more and more of them. */
const [AT_ONCE, TAKEN_AT_ONCE] = [50, 800];

/** Creates what is new, then the comments; when all issues are there, parents and links. Throws only for the tracker as a whole. */
export async function* importIssues(
  tracker: IssueTracker,
  lines: Lines,
  options: ImportOptions,
): AsyncGenerator<ImportResult> {
  const context = await contextOf(tracker, options);
  const { known } = context;
  const relatives: Item[] = [];
  for await (const chunk of chunksOf(lines, AT_ONCE, tracker.intake ? TAKEN_AT_ONCE : AT_ONCE)) {
    if (options.signal.aborted) break;
    const parsed: NumberedLine[] = [];
    for (const { number, text } of chunk) {
      const line = parseLine(text);
      if (line.ok && 'issue' in line) parsed.push({ number, line: line.issue, notes: line.notes });
      else yield ended(number, line);
    }
    for (const group of apart(parsed)) {
      const items = group.map((line) => toItem(line, known));
      await createIssues(items, context);
      for (const { line, result } of items) if (result.outcome !== 'failed') known.remember(originOf(line), result.key);
      for (const item of items) {
        await finish(item, context);
        // what follows needs the keys of all
        if (item.result.outcome !== 'failed' && hasRelatives(item.line)) relatives.push(withoutTexts(item));
        else yield item.result;
      }
    }
  }
  for (const item of relatives) {
    await relate(item, context);
    yield item.result;
  }
}

async function contextOf(tracker: IssueTracker, options: ImportOptions): Promise<ImportContext> {
  const can = await tracker.capabilities();
  return {
    tracker,
    target: { can, titleLimit: tracker.titleLimit, saysWho: tracker.intake === undefined },
    known: await knownIssues(tracker),
    options,
    milestones: milestonesOf(tracker, can),
  };
}

/** Of a line that is no issue. */
function ended(number: number, line: Exclude<ReturnType<typeof parseLine>, { issue: unknown }>): ImportResult {
  const base = { line: number, key: '' };
  if (!line.ok) return { ...base, source: '', outcome: 'failed', notes: [], mistakes: line.mistakes };
  return { ...base, source: line.source, outcome: 'passed over', notes: [line.passedOver] };
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

function toItem({ number, line, notes }: NumberedLine, known: KnownIssues): Item {
  const own = originIn(line.metadata);
  // an issue of this tracker that went out and comes back is still that issue
  const existing = known.find(originOf(line)) ?? (own && known.find(own));
  const base = { line: number, source: line.key, notes };
  if (existing === undefined) return { line, result: { ...base, outcome: 'created', key: '' } };
  return { line, existing, result: { ...base, outcome: 'unchanged', key: existing } };
}

/** Comments, and with `update` the fields, of one issue that is there. */
async function finish(item: Item, context: ImportContext): Promise<void> {
  const { existing, result } = item;
  // whoever made the one that stands brings its comments, and a tracker that takes issues over has taken them with it
  if (!isThere(item) || (existing === undefined && (result.outcome === 'unchanged' || context.tracker.intake))) return;
  await attempted(item, async () => {
    if (existing !== undefined && context.options.update) await update(item, existing, context);
    // an import that was cut off between issue and comments goes on here
    if (item.line.comments.length > 0) await addMissingComments(item, context);
  });
}

async function update(item: Item, key: string, context: ImportContext): Promise<void> {
  const { tracker, target } = context;
  const issue = await tracker.getIssue(key);
  const saysWho = target.saysWho && !isHome(tracker, issue, item.line);
  const patch = importPatch(issue, await draftOf(item, { ...context, target: { ...target, saysWho } }));
  if (!patch) return;
  await tracker.updateIssue(key, patch);
  item.result.outcome = 'updated';
}

/** It was written here: it needs no word about where it comes from. */
function isHome({ platform }: IssueTracker, issue: Issue, line: IssueLine): boolean {
  const home = originId(homeOf(platform, issue));
  return [originOf(line), originIn(line.metadata)].some((origin) => origin && originId(origin) === home);
}

async function addMissingComments(item: Item, { tracker }: ImportContext): Promise<void> {
  const { line, result, existing } = item;
  if (tracker.keepsComments === false) return void note(item, 'Its comments are left out: there is no place for them.');
  const there: string[] = [];
  for await (const { body } of tracker.listComments(result.key)) there.push(words(body));
  const taken = takenComments(line);
  let added = 0;
  for (const [index, comment] of line.comments.entries()) {
    const imported = importedComment(comment);
    // at home it stands there as it was written
    const forms = [imported, earlierComment(comment), comment.body];
    const place = forms.map((text) => there.indexOf(words(text))).find((at) => at !== -1);
    const as = tracker.intake && taken[index];
    if (place !== undefined) there.splice(place, 1);
    else if (tracker.intake && as) await tracker.intake.comment(result.key, as);
    else await tracker.addComment(result.key, imported);
    added += place === undefined ? 1 : 0;
  }
  if (existing !== undefined && added > 0)
    note(item, added === 1 ? '1 comment is added.' : `${added} comments are added.`);
}

/** What is left of a text when a tracker has converted it to its own form and back. */
function words(markdown: string): string {
  return markdown.replace(/[^\p{L}\p{N}]+/gu, ' ').trim() || markdown.trim();
}

function milestonesOf(tracker: IssueTracker, can: Capabilities): ImportContext['milestones'] {
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
    if (known.has(title)) return undefined;
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

/** The first of `first`, each next one twice as large, up to `most`. */
async function* chunksOf<Each>(list: AsyncIterable<Each>, first: number, most: number): AsyncGenerator<Each[]> {
  let chunk: Each[] = [];
  let size = first;
  for await (const each of list) {
    chunk.push(each);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
    size = Math.min(size * 2, most);
  }
  if (chunk.length > 0) yield chunk;
}
