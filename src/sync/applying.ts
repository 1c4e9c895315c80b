/** Writes what was planned, one pair after the other: each write is in the journal before it is sent, and counts after its answer. */
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Comment, Issue } from '../../core/ports/index.ts';
import { copyText } from './comments.ts';
import type { SyncLine, SyncRequest } from './engine.ts';
import { filesText, type NewFiles } from './files.ts';
import { splitBody, stepLine } from './footers.ts';
import { keepConflicts, loserOf } from './kept-conflicts.ts';
import { idOf, withMark } from './mark.ts';
import { newPair } from './matching.ts';
import { noteText } from './note.ts';
import type { Intent, KeptConflict, Pair } from './pair.ts';
import type { Pairs } from './pairs.ts';
import { changedFields, isEmpty, movedBase, type PairPlan, settled, unsettled } from './planning.ts';
import { sendDraft, sendPatch } from './sending.ts';
import type { Side } from './side.ts';
import { heldBy, type View, valuesOf } from './snapshot.ts';
import type { LoadedState } from './store.ts';
import {
  type Agreed,
  type FieldName,
  linkOf,
  otherSide,
  type SetName,
  type SideName,
  type Sides,
  type Values,
} from './values.ts';
import { draftOf, patchOf, type Unclear, unclearError } from './writing.ts';

export interface Applying {
  readonly sides: Sides<Side>;
  readonly views: Sides<View>;
  readonly pairs: Pairs;
  readonly journal: Pick<LoadedState, 'begin' | 'end'>;
  readonly request: Pick<SyncRequest, 'force' | 'origin'>;
  readonly without: ReadonlySet<FieldName>;
  readonly conflicts: { all: readonly KeptConflict[] };
  readonly by: KeptConflict['by'];
  /** How many comments the issues have that were written to; see `settling.ts`. */
  readonly tally: Map<string, Partial<Sides<number>>>;
  now(): number;
  newId(): string;
  /** Hears of each thing that was written, or left. */
  tell(line: SyncLine): void;
}

export async function applyPair(context: Applying, plan: PairPlan): Promise<void> {
  const { pairs, journal } = context;
  const { looked, reconciled } = plan;
  const { pair, issues } = looked;
  const { known: attachments } = plan.files;
  let now: Pair = {
    ...pair,
    comments: plan.comments?.known ?? pair.comments,
    ...(Object.keys(attachments).length > 0 && { attachments }),
  };
  count(context, plan);
  await sayConflicts(context, plan);
  const waiting: SideName[] = (['a', 'b'] as const).filter((side) => !isEmpty(reconciled.changes[side]));
  let base: Sides<Agreed> = reconciled.base;
  const refused = new Set<FieldName>();
  const moved = () => ({ ...now, base: movedBase(pair, { ...reconciled, base }, waiting, refused) });
  for (const side of [...waiting]) {
    const written = await writeSide(context, plan, side, now);
    for (const field of written.refused) refused.add(field);
    base = { ...base, [side]: answeredBase(base[side], written.values, changedFields(reconciled.changes[side])) };
    waiting.splice(waiting.indexOf(side), 1);
    now = moved();
    journal.end(written.intent, now);
    pairs.put(now);
  }
  now = moved();
  pairs.put(settledUnless(now, plan));
  for (const copy of plan.comments?.copies ?? []) await copyComment(context, pair.id, copy.to, copy.comment, issues);
  for (const one of plan.files.news) await tellFiles(context, pair.id, one, issues);
}

/** How many comments there are on what was written to, before any is copied. */
function count(
  { tally }: Applying,
  { looked: { pair, issues, comments }, reconciled, comments: planned, files, waits }: PairPlan,
): void {
  for (const side of ['a', 'b'] as const) {
    if (waits[side]) continue;
    const isWritten =
      !isEmpty(reconciled.changes[side]) ||
      planned?.copies.some(({ to }) => to === side) ||
      files.news.some(({ to }) => to === side);
    const known = comments?.[side].length ?? issues[side].commentCount;
    if (isWritten && known !== undefined && tally.get(pair.id)?.[side] === undefined)
      tally.set(pair.id, { ...tally.get(pair.id), [side]: known });
  }
}

function countOneMore({ tally }: Applying, id: string, side: SideName): void {
  const known = tally.get(id)?.[side];
  if (known !== undefined) tally.set(id, { ...tally.get(id), [side]: known + 1 });
}

/** What was written to is looked at again at the end; only what was not is settled now. */
function settledUnless(pair: Pair, plan: PairPlan): Pair {
  const { reconciled, comments, files } = plan;
  const whole = settled(pair, plan);
  const isWritten = (side: SideName) =>
    !isEmpty(reconciled.changes[side]) ||
    comments?.copies.some(({ to }) => to === side) === true ||
    files.news.some(({ to }) => to === side);
  return {
    ...whole,
    ...(isWritten('a') && { a: unsettled(whole.a) }),
    ...(isWritten('b') && { b: unsettled(whole.b) }),
  };
}

interface Written {
  readonly intent: string;
  /** As the tracker tells it now. */
  readonly values: Values;
  /** Fields that it has not taken, or that are not clear. */
  readonly refused: readonly FieldName[];
}

async function writeSide(context: Applying, plan: PairPlan, name: SideName, pair: Pair): Promise<Written> {
  const { sides, views, tell } = context;
  const { tracker } = sides[name];
  const { issues } = plan.looked;
  const changes = plan.reconciled.changes[name];
  const view = views[name];
  const issue = await unchanged(context, plan, name);
  const { patch, stateName, unclear } = patchOf(changes, view, splitBody(issue.body).own);
  const links = changes.sets.links;
  const intent = begin(context, {
    pair: pair.id,
    side: name,
    kind: 'update',
    about: { fields: changedFields(changes) },
  });
  await ensureMilestone(context, name, patch.milestone ?? undefined);
  const sent = Object.keys(patch).length > 0 ? await sendPatch(tracker, issue, patch) : { issue, missing: [] };
  const { missing } = sent;
  let after = sent.issue;
  if (stateName !== undefined) after = await tracker.transitionIssue(issue.key, stateName);
  for (const text of links?.add ?? []) await changeLink(context, name, issue.key, text, 'createLink');
  for (const text of links?.remove ?? []) await changeLink(context, name, issue.key, text, 'deleteLink');
  const other = issues[otherSide(name)].key;
  const now = valuesOf(after, view, plan.looked.links[name]);
  const refused = [...missing.map(fieldOf), ...unclear.map(({ field }) => field)];
  for (const field of changedFields(changes)) {
    if (refused.includes(field)) continue;
    const [before, value] = [plan.values[name][field], wanted(plan, name, field)];
    tell({
      kind: field === 'links' ? 'link' : 'update',
      side: name,
      key: after.key,
      other,
      title: after.title,
      field,
      before,
      after: value,
    });
  }
  for (const one of unclear) tellUnclear(context, name, issue.key, one);
  for (const words of missing) tell(notTakenLine(name, issue.key, words));
  return { intent, values: { ...now, links: plan.reconciled.base[name].links ?? now.links }, refused };
}

function wanted({ reconciled }: PairPlan, side: SideName, field: FieldName): unknown {
  return reconciled.base[side][field];
}

function notTakenLine(side: SideName, key: string, words: string): SyncLine {
  return {
    ...{ kind: 'failed', side, key, field: fieldOf(words) },
    message: `The tracker has not taken all of it: ${words}. The token may not set it, or it is not kept there.`,
    remedy: 'It is tried again with the next run; `--fields` leaves a field out.',
  };
}

/** `labels (bug)` → `labels`. */
function fieldOf(words: string): FieldName {
  return (words.split(' ')[0] ?? words) as FieldName;
}

/** An issue that somebody has changed since it was read is looked at again by the next run: nothing of theirs is written over. */
async function unchanged(context: Applying, { looked, values }: PairPlan, side: SideName): Promise<Issue> {
  const issue = looked.issues[side];
  if (context.now() - looked.readAt < FRESH_MS) return issue;
  const fresh = await context.sides[side].tracker.getIssue(issue.key);
  const now = valuesOf(fresh, context.views[side], looked.links[side]);
  if (JSON.stringify(now) !== JSON.stringify(values[side])) throw changedMeanwhile(issue.key);
  return fresh;
}

/** How old what was read may be when it is written over. */
const FRESH_MS = 2000;

/** Nothing is wrong: there is a newer state to begin from. */
export function changedMeanwhile(key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `${key} was changed while sync was at work: nothing was written to it.`,
    remedy: 'The next run begins from what it is now.',
  });
}

/** What was sent stays in the base, so that what comes back otherwise is somebody's change; names are as the tracker has them. */
function answeredBase(sent: Agreed, answered: Values, fields: readonly FieldName[]): Agreed {
  const told = TOLD.filter((field) => fields.includes(field)).map((field) => [field, answered[field]]);
  const sets = SPELLED.filter((field) => fields.includes(field)).map((field) => [
    field,
    spelled(sent[field] ?? [], answered[field]),
  ]);
  return { ...sent, ...Object.fromEntries([...told, ...sets]) };
}

const TOLD = ['state', 'type', 'priority', 'milestone', 'parent', 'storyPoints', 'dueDate'] as const;
const SPELLED = ['labels', 'assignees'] as const satisfies readonly SetName[];

/** Each name as the tracker spells it, where it has it at all. */
function spelled(sent: readonly string[], answered: readonly string[]): string[] {
  const spelling = (name: string) => name.toLowerCase().replace(/[\s_]+/g, '-');
  const names = sent.map(
    (name) => answered.find((one) => one === name) ?? answered.find((one) => spelling(one) === spelling(name)) ?? name,
  );
  return [...new Set(names)].sort();
}

async function changeLink(
  { sides, views }: Applying,
  name: SideName,
  key: string,
  text: string,
  deed: 'createLink' | 'deleteLink',
): Promise<void> {
  const { type, pair } = linkOf(text);
  const target = views[name].keyOf(pair);
  if (target !== undefined) await sides[name].tracker[deed](key, { type, target });
}

const made = new WeakMap<Applying, Sides<Set<string>>>();

/** A milestone is named, and has to be there first. */
async function ensureMilestone(context: Applying, name: SideName, title: string | undefined): Promise<void> {
  if (title === undefined) return;
  const known = made.get(context) ?? { a: new Set<string>(), b: new Set<string>() };
  made.set(context, known);
  const { tracker } = context.sides[name];
  const { unsupported } = context.views[name].can;
  if (unsupported['list milestones'] !== undefined || unsupported['create milestones'] !== undefined) return;
  if (known[name].size === 0)
    for await (const { title: one } of tracker.listMilestones()) known[name].add(one.toLowerCase());
  if (known[name].has(title.toLowerCase())) return;
  await tracker.createMilestone({ title });
  known[name].add(title.toLowerCase());
}

function begin(context: Applying, intent: Omit<Intent, 'id' | 'at'>): string {
  const id = context.newId();
  context.journal.begin({ id, at: context.now(), ...intent });
  return id;
}

function tellUnclear({ tell }: Applying, side: SideName, key: string, unclear: Unclear): void {
  const { message, remedy } = unclearError(unclear, key);
  tell({ kind: 'ambiguous', side, key, field: unclear.field, message, remedy });
}

/** Said on the issue of which a value is about to be overwritten, and kept here. */
async function sayConflicts(context: Applying, { looked, reconciled }: PairPlan): Promise<void> {
  const { pair, issues } = looked;
  const { conflicts, decided } = keepConflicts({
    ...{ kept: context.conflicts.all, pair: pair.id, found: reconciled.conflicts },
    ...{ by: context.by, at: context.now(), newId: context.newId },
  });
  context.conflicts.all = conflicts;
  for (const conflict of decided) {
    const loser = loserOf(conflict);
    if (!loser || !conflict.winner) continue;
    const winner = context.sides[conflict.winner].place(issues[conflict.winner]);
    const { tracker } = context.sides[loser];
    const intent = begin(context, { pair: pair.id, side: loser, kind: 'comment', about: { conflict: conflict.id } });
    await tracker.addComment(issues[loser].key, tracker.harmless(noteText(conflict, winner)));
    context.journal.end(intent, undefined, conflict);
    countOneMore(context, pair.id, loser);
  }
}

async function copyComment(
  context: Applying,
  id: string,
  to: SideName,
  comment: Comment,
  issues: Sides<Pick<Issue, 'key' | 'url' | 'title'>>,
): Promise<void> {
  const { sides, pairs, journal, tell } = context;
  const from = otherSide(to);
  const { key, title } = issues[to];
  const intent = begin(context, { pair: id, side: to, kind: 'comment', about: { comment: comment.id } });
  const { tracker } = sides[to];
  const text = tracker.harmless(copyText(comment, sides[from].place(issues[from])));
  const copy = await tracker.addComment(key, text);
  const pair = pairs.get(id);
  if (!pair) return;
  const known = to === 'b' ? { a: comment.id, b: copy.id } : { a: copy.id, b: comment.id };
  const now = { ...pair, comments: [...pair.comments, known], [to]: unsettled(pair[to]) };
  pairs.put(now);
  journal.end(intent, now);
  countOneMore(context, id, to);
  tell({ kind: 'comment', side: to, key, other: issues[from].key, title, after: comment.body });
}

async function tellFiles(
  context: Applying,
  id: string,
  { to, files }: NewFiles,
  issues: Sides<Pick<Issue, 'key' | 'url' | 'title'>>,
): Promise<void> {
  const { sides, pairs, journal, tell } = context;
  const from = otherSide(to);
  const { key, title } = issues[to];
  const about = { files: files.map((file) => file.id) };
  const intent = begin(context, { pair: id, side: to, kind: 'comment', about });
  const { tracker } = sides[to];
  const text = tracker.harmless(filesText(files, sides[from].place(issues[from])));
  await tracker.addComment(key, text);
  const pair = pairs.get(id);
  if (!pair) return;
  const known = [...(pair.attachments?.[from] ?? []), ...about.files];
  const now: Pair = { ...pair, attachments: { ...pair.attachments, [from]: known }, [to]: unsettled(pair[to]) };
  pairs.put(now);
  journal.end(intent, now);
  countOneMore(context, id, to);
  tell({ kind: 'comment', side: to, key, other: issues[from].key, title, field: 'attachments', after: text });
}

export interface NewCopy {
  readonly from: SideName;
  readonly issue: Issue;
  /** Oldest first. */
  readonly comments: readonly Comment[];
}

/** Makes the issue's copy on the other side. Links, and a parent that has no copy yet, come when all copies are there. */
export async function createCopy(context: Applying, { from, issue, comments }: NewCopy): Promise<Pair> {
  const { sides, views, pairs, journal, request, without, tell } = context;
  const to = otherSide(from);
  const source = sides[from];
  const id = context.newId();
  const values = { ...valuesOf(issue, views[from]), links: [] };
  const held = heldBy(views[to], { ...values, type: null, assignees: [] });
  const fits = Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, held(field as FieldName, value as never)]),
  );
  const origin = source.place(issue);
  const metadata = withMark({}, source.end, { pair: id, id: idOf(issue), key: issue.key });
  const { draft, stateName, unclear } = draftOf(
    {
      values: { ...values, ...fits, links: [] },
      without,
      own: request.origin === false ? '' : stepLine(origin),
      metadata: views[to].can.unsupported.metadata === undefined ? metadata : undefined,
    },
    views[to],
  );
  await ensureMilestone(context, to, draft.milestone);
  const intent = begin(context, {
    pair: id,
    side: to,
    kind: 'create',
    about: { id: idOf(issue), key: issue.key, url: issue.url },
  });
  const { missing, issue: made } = await sendDraft(sides[to].tracker, draft);
  let copy = made;
  if (stateName !== undefined) copy = await sides[to].tracker.transitionIssue(copy.key, stateName);
  const fresh = newPair(id, from === 'a' ? { a: issue, b: copy } : { a: copy, b: issue });
  const { updatedAt, commentCount } = issue;
  const isWhole = commentCount === undefined || commentCount === comments.length;
  const seen = isWhole ? { updatedAt, ...(commentCount !== undefined && { commentCount }) } : {};
  const pair: Pair = { ...fresh, [from]: { ...fresh[from], ...seen } };
  pairs.put(pair);
  context.tally.set(id, { [to]: 0 });
  const there = valuesOf(copy, views[to]);
  const sent = { ...there, title: held('title', values.title), body: values.body, links: [] };
  const refused = [...missing.map(fieldOf), ...unclear.map(({ field }) => field)];
  const base = baseOfNew(values, sent, { from, refused });
  const now: Pair = { ...pair, base };
  pairs.put(now);
  journal.end(intent, now);
  tell({ kind: 'create', side: to, key: copy.key, other: issue.key, title: copy.title });
  for (const one of unclear) tellUnclear(context, to, copy.key, one);
  for (const words of missing) tell(notTakenLine(to, copy.key, words));
  for (const comment of comments) {
    await copyComment(context, id, to, comment, from === 'a' ? { a: issue, b: copy } : { a: copy, b: issue });
  }
  return pairs.get(id) ?? now;
}

/** What was refused was not agreed upon: the next run tries again. */
function baseOfNew(
  values: Values,
  sent: Values,
  { from, refused }: { readonly from: SideName; readonly refused: readonly FieldName[] },
): Sides<Agreed> {
  const agreed = (whole: Values): Agreed =>
    Object.fromEntries(Object.entries(whole).filter(([field]) => !refused.includes(field as FieldName)));
  return from === 'a' ? { a: agreed(values), b: agreed(sent) } : { a: agreed(sent), b: agreed(values) };
}

/** Trouble that the next issue would meet as well. */
export function endsRun(error: unknown): boolean {
  const { kind } = asPaceError(error);
  return kind === 'authentication' || kind === 'rate-limit' || kind === 'output';
}
