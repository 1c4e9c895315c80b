/** Makes the copy of an issue on the other side. */
import type { Comment, Issue } from '../../core/ports/index.ts';
import { type Applying, begin, unlooked } from './context.ts';
import { stepLine } from './footers.ts';
import { leave, missingLine, unclearLine } from './left.ts';
import { idOf, withMark } from './mark.ts';
import { newPair } from './matching.ts';
import { quietMentions } from './mentions.ts';
import { ensureMilestone } from './milestones.ts';
import { findGone } from './orphans.ts';
import type { Pair } from './pair.ts';
import { mayLeave } from './privacy.ts';
import { copyComment } from './saying.ts';
import { sendDraft } from './sending.ts';
import { heldBy, valuesOf } from './snapshot.ts';
import { type Agreed, type FieldName, otherSide, type SideName, type Sides, type Values } from './values.ts';
import { draftOf } from './writing.ts';

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
  const canMark = views[to].can.unsupported.metadata === undefined;
  // something has to tell that it is a copy, or a run that was killed makes it twice
  const hasLine = request.origin || !canMark;
  const metadata = withMark({}, source.end, {
    ...{ pair: id, id: idOf(issue), key: issue.key },
    ...(hasLine && { hasLine }),
  });
  const { draft, stateName, unclear } = draftOf(
    {
      values: { ...values, ...fits, links: [] },
      without,
      own: hasLine ? stepLine(origin) : '',
      metadata: canMark ? metadata : undefined,
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
  const { missing, issue: answer } = await sendDraft(sides[to].tracker, { ...draft, body: quietMentions(draft.body) });
  let copy = answer;
  if (stateName !== undefined) copy = await sides[to].tracker.transitionIssue(copy.key, stateName);
  const made = newPair(id, from === 'a' ? { a: issue, b: copy } : { a: copy, b: issue });
  // a line that the tracker tells otherwise was written all the same
  const fresh = hasLine ? { ...made, [to]: { ...made[to], hasLine: true } } : made;
  const { updatedAt, commentCount } = issue;
  const isWhole = commentCount === undefined || commentCount === comments.length;
  const seen = isWhole ? { updatedAt, ...(commentCount !== undefined && { commentCount }) } : {};
  pairs.put(fresh);
  context.tally.set(id, { [to]: 0 });
  const there = valuesOf(copy, views[to]);
  const sent = { ...there, title: held('title', values.title), body: values.body, links: [] };
  const refused = [...missing, ...unclear].map(({ field }) => field);
  const base = baseOfNew(values, sent, { from, refused });
  const now: Pair = { ...fresh, base };
  pairs.put(now);
  journal.end(intent, unlooked(now));
  tell({ kind: 'create', side: to, key: copy.key, other: issue.key, title: copy.title });
  const at = { side: to, key: copy.key, other: issue.key };
  for (const one of unclear) leave(context, unclearLine(at, one));
  for (const one of missing) leave(context, missingLine(at, one));
  for (const comment of comments.filter((one) => mayLeave(one, request))) {
    await copyComment(context, id, to, comment, from === 'a' ? { a: issue, b: copy } : { a: copy, b: issue });
  }
  if (refused.includes('parent')) await findGone(context, values);
  const whole = pairs.get(id) ?? now;
  pairs.put({ ...whole, [from]: { ...whole[from], ...seen } });
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
