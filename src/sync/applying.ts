/** Writes what was planned, one pair after the other: each write is in the journal before it is sent, and counts after its answer. */
import { PaceError } from '../../core/errors.ts';
import type { Issue } from '../../core/ports/index.ts';
import { type Applying, begin, unlooked } from './context.ts';
import type { SyncLine } from './engine.ts';
import { splitBody, stepLine } from './footers.ts';
import { leave, linelessLine, missingLine, sealedLine, unclearLine } from './left.ts';
import { quietMentions } from './mentions.ts';
import { ensureMilestone } from './milestones.ts';
import { findGone } from './orphans.ts';
import type { Pair } from './pair.ts';
import { changedFields, isEmpty, movedBase, type PairPlan, settled, unsettled } from './planning.ts';
import { copyComment, sayConflicts, tellFiles } from './saying.ts';
import { leftOver, sendPatch } from './sending.ts';
import { spelling } from './set-words.ts';
import { samePerson, type View, valuesOf, withOrphans } from './snapshot.ts';
import {
  type Agreed,
  type FieldName,
  linkOf,
  otherSide,
  type SetName,
  type SideName,
  type Sides,
  sidesOf,
  type Values,
} from './values.ts';
import { patchOf } from './writing.ts';

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
  for (const line of heldLines(context.sides, plan)) leave(context, line);
  await sayConflicts(context, plan, {
    unclear: sidesOf((side) => unclearOn(context, plan, side)),
    ready: (side) => unchanged(context, plan, side),
  });
  const waiting: SideName[] = (['a', 'b'] as const).filter((side) => !isEmpty(reconciled.changes[side]));
  let base: Sides<Agreed> = reconciled.base;
  const refused = new Set<FieldName>();
  const moved = () => ({ ...now, base: movedBase(pair, { ...reconciled, base }, waiting, refused) });
  for (const side of [...waiting]) {
    const written = await writeSide(context, plan, side, now);
    for (const field of written.refused) refused.add(field);
    base = {
      ...base,
      [side]: answeredBase(base[side], written.values, changedFields(reconciled.changes[side]), context.views[side]),
    };
    waiting.splice(waiting.indexOf(side), 1);
    now = moved();
    journal.end(written.intent, unlooked(now));
    pairs.put(now);
  }
  now = moved();
  pairs.put(unlooked(now));
  if (refused.has('parent') || refused.has('links'))
    for (const side of ['a', 'b'] as const) await findGone(context, plan.values[side]);
  for (const copy of plan.comments?.copies ?? []) await copyComment(context, pair.id, copy.to, copy.comment, issues);
  for (const one of plan.files.news) await tellFiles(context, pair.id, one, issues);
  // not before all is there: comments are told by their number only
  pairs.put(settledUnless(pairs.get(pair.id) ?? now, plan));
}

/** Texts that go nowhere, or over which nothing is written. */
export function heldLines(
  sides: Applying['sides'],
  { looked: { issues }, lineless, sealed }: Pick<PairPlan, 'looked' | 'lineless' | 'sealed'>,
): SyncLine[] {
  const at = (side: SideName) => ({ side, key: issues[side].key, other: issues[otherSide(side)].key });
  const lineOf = (side: SideName) => stepLine(sides[otherSide(side)].place(issues[otherSide(side)]));
  return [
    ...lineless.map((side) => linelessLine(at(side), lineOf(side))),
    ...sealed.map(({ side, field }) => sealedLine(at(side), field)),
  ];
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

/** What has several names there, so that it is not written. */
function unclearOn({ views }: Applying, { reconciled, looked }: PairPlan, side: SideName): ReadonlySet<FieldName> {
  const { own } = splitBody(looked.issues[side].body);
  return new Set(patchOf(reconciled.changes[side], views[side], own).unclear.map(({ field }) => field));
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
  const quiet = patch.body === undefined ? patch : { ...patch, body: quietMentions(patch.body, issue.body) };
  const sent = Object.keys(quiet).length > 0 ? await sendPatch(tracker, issue.key, quiet) : { issue, missing: [] };
  const missing = [...sent.missing];
  let after = sent.issue;
  const move = async (to: string) => {
    after = await tracker.transitionIssue(issue.key, to);
  };
  if (stateName !== undefined) missing.push(...(await leftOver('state', () => move(stateName))));
  for (const [deed, texts] of [
    ['createLink', links?.add],
    ['deleteLink', links?.remove],
  ] as const) {
    for (const text of texts ?? [])
      missing.push(...(await leftOver('links', () => changeLink(context, name, issue.key, text, deed))));
  }
  const other = issues[otherSide(name)].key;
  const now = valuesOf(after, view, plan.looked.links[name]);
  const refused = [...missing, ...unclear].map(({ field }) => field);
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
  const at = { side: name, key: issue.key, other };
  for (const one of unclear) leave(context, unclearLine(at, one));
  for (const one of missing) leave(context, missingLine(at, one));
  return { intent, values: { ...now, links: plan.reconciled.base[name].links ?? now.links }, refused };
}

function wanted({ reconciled }: PairPlan, side: SideName, field: FieldName): unknown {
  return reconciled.base[side][field];
}

/** An issue that somebody has changed since it was read is looked at again by the next run: nothing of theirs is written over. */
async function unchanged(context: Applying, { looked }: PairPlan, side: SideName): Promise<Issue> {
  const issue = looked.issues[side];
  if (context.now() - looked.readAt < FRESH_MS) return issue;
  const fresh = await context.sides[side].tracker.getIssue(issue.key);
  // as they are read now: an issue that both name may have turned out to be gone since
  const view = context.views[side];
  const [before, now] = [issue, fresh].map((one) =>
    withOrphans(valuesOf(one, view, looked.links[side]), looked.pair.base?.[side], view),
  );
  if (JSON.stringify(now) !== JSON.stringify(before)) throw changedMeanwhile(issue.key);
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
function answeredBase(sent: Agreed, answered: Values, fields: readonly FieldName[], { people }: View): Agreed {
  const told = TOLD.filter((field) => fields.includes(field)).map((field) => [field, answered[field]]);
  const isPerson = (name: string) => samePerson(name, answered.assignees, people) ?? name;
  const sets = SPELLED.filter((field) => fields.includes(field)).map((field) => {
    const names = sent[field] ?? [];
    return [field, spelled(field === 'assignees' ? names.map(isPerson) : names, answered[field])];
  });
  return { ...sent, ...Object.fromEntries([...told, ...sets]) };
}

const TOLD = ['state', 'type', 'priority', 'milestone', 'parent', 'storyPoints', 'dueDate'] as const;
const SPELLED = ['labels', 'assignees'] as const satisfies readonly SetName[];

/** Each name as the tracker spells it, where it has it at all. */
function spelled(sent: readonly string[], answered: readonly string[]): string[] {
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
