/** Makes the copy of an issue on the other side. */
import type { Comment, Issue } from '../../core/ports/index.ts';
import { type Applying, begin, unlooked } from './context.ts';
import { stepLine } from './footers.ts';
import { KNOWN_AS_SENT } from './half-made.ts';
import { leave, missingLine, unclearLine } from './left.ts';
import { idOf, withMark } from './mark.ts';
import { newPair } from './matching.ts';
import { quietMentions } from './mentions.ts';
import { ensureMilestone } from './milestones.ts';
import { findGone } from './orphans.ts';
import type { Pair } from './pair.ts';
import { mayLeave } from './privacy.ts';
import { copyComment } from './saying.ts';
import { leftOver, sendDraft } from './sending.ts';
import { heldBy, valuesOf } from './snapshot.ts';
import {
  type Agreed,
  FIELDS,
  type FieldName,
  otherSide,
  type SideName,
  type Sides,
  sidesOf,
  type Values,
} from './values.ts';
import { draftOf } from './writing.ts';

export interface NewCopy {
  readonly from: SideName;
  readonly issue: Issue;
  /** Oldest first; absent where they are not kept in step. */
  readonly comments: readonly Comment[] | undefined;
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
    about: {
      ...{ id: idOf(issue), key: issue.key, url: issue.url, fields: FIELDS.filter((field) => field in draft) },
      sent: Object.fromEntries(KNOWN_AS_SENT.flatMap((field) => (field in draft ? [[field, values[field]]] : []))),
    },
  });
  const pairWith = (copy: Issue, refused: readonly FieldName[]): Pair => {
    const sent = { ...valuesOf(copy, views[to]), title: held('title', values.title), body: values.body, links: [] };
    const born = newPair(id, from === 'a' ? { a: issue, b: copy } : { a: copy, b: issue });
    // a line that the tracker tells otherwise was written all the same
    const fresh = hasLine ? { ...born, [to]: { ...born[to], hasLine: true } } : born;
    return { ...fresh, base: baseOfNew(values, sent, { from, refused }) };
  };
  // whatever comes after it, the copy is there: half made, it must not look like a change that somebody has made
  let rest: string | undefined;
  const { missing, issue: made } = await sendDraft(
    sides[to].tracker,
    { ...draft, body: quietMentions(draft.body) },
    (born, late) => {
      const fields: FieldName[] = [...late, ...(stateName === undefined ? [] : ['state' as const])];
      const pair = pairWith(born, [...fields, ...unclear.map(({ field }) => field)]);
      pairs.put(pair);
      context.tally.set(id, { [to]: 0 });
      journal.end(intent, unlooked(pair));
      tell({ kind: 'create', side: to, key: born.key, other: issue.key, title: born.title });
      if (fields.length > 0) rest = begin(context, { pair: id, side: to, kind: 'update', about: { fields } });
    },
  );
  let copy = made;
  const move = async (name: string) => {
    copy = await sides[to].tracker.transitionIssue(copy.key, name);
  };
  const unmoved = stateName === undefined ? [] : await leftOver('state', () => move(stateName));
  const refused = [...missing, ...unmoved, ...unclear].map(({ field }) => field);
  const now = pairWith(copy, refused);
  pairs.put(now);
  if (rest !== undefined) journal.end(rest, unlooked(now));
  const { updatedAt, commentCount } = issue;
  const isWhole = !comments || commentCount === undefined || commentCount === comments.length;
  const seen = isWhole ? { updatedAt, ...(commentCount !== undefined && { commentCount }) } : {};
  const at = { side: to, key: copy.key, other: issue.key };
  for (const one of unclear) leave(context, unclearLine(at, one));
  for (const one of [...missing, ...unmoved]) leave(context, missingLine(at, one));
  for (const comment of (comments ?? []).filter((one) => mayLeave(one, request))) {
    await copyComment(context, id, to, comment, from === 'a' ? { a: issue, b: copy } : { a: copy, b: issue });
  }
  if (refused.includes('parent')) await findGone(context, values);
  const whole = pairs.get(id) ?? now;
  pairs.put({ ...whole, [from]: { ...whole[from], ...seen } });
  return pairs.get(id) ?? now;
}

/**
 * What was refused, or comes later, both have agreed upon as the copy has it: so the source is the one that has changed it since, and
 * the next run tries again.
 */
function baseOfNew(
  values: Values,
  sent: Values,
  { from, refused }: { readonly from: SideName; readonly refused: readonly FieldName[] },
): Sides<Agreed> {
  const late = refused.map((field) => [field, commonOf(values[field], sent[field])]);
  const source: Agreed = { ...values, ...Object.fromEntries(late) };
  return sidesOf((side) => (side === from ? source : sent));
}

function commonOf(own: Values[FieldName], copied: Values[FieldName]): Values[FieldName] {
  if (!Array.isArray(own) || !Array.isArray(copied)) return copied;
  return own.filter((element) => copied.includes(element));
}
