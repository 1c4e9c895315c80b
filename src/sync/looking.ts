/** Pairs as they stand now: of what was listed, what needs a look, and both of its issues with their links and comments. */
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Attachment, Comment, Issue, IssueLink, NormalText } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { KeptConflict, Pair } from './pair.ts';
import type { Side } from './side.ts';
import { type Reader, valuesOf, withOrphans } from './snapshot.ts';
import { type Agreed, FIELDS, otherSide, type SideName, type Sides, sidesOf, type Values } from './values.ts';

export interface Looked {
  readonly pair: Pair;
  readonly issues: Sides<Issue>;
  readonly links: Sides<readonly IssueLink[]>;
  /** Absent where none can be new. */
  readonly comments: Sides<readonly Comment[]> | undefined;
  /** Those that are no links in the texts. */
  readonly files: Sides<readonly Attachment[]>;
  /** Comments, as far as they may tell of these files. */
  readonly lists: Sides<readonly Comment[]>;
  /** When the older of the issues was read, in milliseconds since 1970. */
  readonly readAt: number;
}

/** One of the issues is not there any more. */
export interface Gone {
  readonly pair: Pair;
  readonly side: SideName;
  readonly why: string;
}

/** What each side had when the pair was left: a value that nobody has decided about stays as it is known. */
export function leftAs(pair: Pair, conflicts: readonly KeptConflict[]): Sides<Agreed> {
  const open = conflicts.filter((one) => one.pair === pair.id && one.winner === undefined);
  if (open.length === 0) return pair.base ?? { a: {}, b: {} };
  return sidesOf((side) => ({
    ...pair.base?.[side],
    ...Object.fromEntries(open.map((one) => [one.field, one[side]])),
  }));
}

/**
 * Whether an issue that was listed may have changed since both agreed. An edit within the same second as the last look shows in the
 * values; links are told by the time alone.
 */
export function needsLook(
  pair: Pair,
  heads: Partial<Sides<Issue>>,
  readers: Sides<Reader>,
  { texts, conflicts }: { readonly texts: Sides<NormalText>; readonly conflicts: readonly KeptConflict[] },
): boolean {
  const left = leftAs(pair, conflicts);
  return (['a', 'b'] as const).some((side) => {
    const issue = heads[side];
    if (!issue) return false;
    const { updatedAt, commentCount, key } = pair[side];
    const isAsBefore = updatedAt === issue.updatedAt && commentCount === issue.commentCount && key === issue.key;
    return !isAsBefore || !pair.base || differs(nowOf(issue, left[side], readers[side]), left[side], texts[side]);
  });
}

/** Links are not in lists: they are told by the time of the change. */
const PLAIN = FIELDS.filter((field) => !['links', 'body'].includes(field));

function nowOf(issue: Issue, base: Agreed, reader: Reader): Values {
  return withOrphans(valuesOf(issue, reader), base, reader);
}

export function differs(now: Values, base: Agreed, text: NormalText): boolean {
  // what is not kept in step was never agreed upon
  if (PLAIN.some((field) => base[field] !== undefined && String(now[field]) !== String(base[field]))) return true;
  return base.body !== undefined && now.body !== base.body && text.of(now.body) !== text.of(base.body);
}

export interface LookOptions {
  readonly sides: Sides<Side>;
  readonly now: () => number;
  /** When the lists were read. */
  readonly listedAt: number;
  readonly withLinks: boolean;
  readonly withComments: boolean;
  /** Of which sides files are told on the other one. */
  readonly withFiles: Sides<boolean>;
  /** Nothing that was told before is believed. */
  readonly isFull?: boolean;
}

export async function lookAt(
  pair: Pair,
  heads: Partial<Sides<Issue>>,
  { sides, now, listedAt, withLinks, withComments, withFiles, isFull }: LookOptions,
): Promise<Looked | Gone> {
  const found: { [Name in SideName]?: Issue } = {};
  for (const side of ['a', 'b'] as const) {
    const issue = heads[side] ?? (await issueOf(pair, sides[side]));
    if ('gone' in issue) return { pair, side, why: issue.gone };
    found[side] = issue;
  }
  const issues = found as Sides<Issue>;
  for (const side of ['a', 'b'] as const) refuseGivenAgain(pair, issues[side], sides[side]);
  const linksOf = async (side: SideName) =>
    withLinks ? (issues[side].links ?? (await sides[side].tracker.getIssueLinks(issues[side].key))) : [];
  const links = { a: await linksOf('a'), b: await linksOf('b') };
  const isNew = withComments && (isFull || (['a', 'b'] as const).some((side) => mayHaveNew(pair, side, issues[side])));
  const commentsOf = (side: SideName) =>
    issues[side].commentCount === 0 ? [] : collect(sides[side].tracker.listComments(issues[side].key));
  const comments = isNew ? { a: await commentsOf('a'), b: await commentsOf('b') } : undefined;
  const filesOf = (side: SideName) =>
    withFiles[side] ? collect(sides[side].tracker.listAttachments(issues[side].key)) : [];
  const files = { a: await filesOf('a'), b: await filesOf('b') };
  // an earlier run may have told of them without remembering it
  const isUntold = (side: SideName) => files[side].some(({ id }) => !(pair.attachments?.[side] ?? []).includes(id));
  const listsOn = async (side: SideName) => (isUntold(otherSide(side)) ? await commentsOf(side) : []);
  const lists = comments ?? { a: await listsOn('a'), b: await listsOn('b') };
  // both are there: one that was gone has come back
  const { orphan: _, ...whole } = pair;
  return { pair: whole, issues, links, comments, files, lists, readAt: heads.a || heads.b ? listedAt : now() };
}

/** Where ids stand in the text a person gives them, and may give one anew that was another issue's before. */
function refuseGivenAgain({ orphan, base }: Pair, issue: Issue, { name, tracker }: Side): void {
  const before = base?.[name].title;
  if (orphan?.side !== name || !tracker.idsStandInText || before === undefined || before === issue.title) return;
  throw new PaceError({
    kind: 'conflict',
    message: `${plainLine(issue.key, 60)} was gone, and is there again as “${plainLine(issue.title, 80)}”; it was “${plainLine(before, 80)}”. Nothing was written.`,
    remedy:
      'Please give the new issue an id of its own, or its former title to the old one; `pace sync unlink` forgets the pair.',
  });
}

function mayHaveNew(pair: Pair, side: SideName, { commentCount, updatedAt }: Issue): boolean {
  const half = pair[side];
  // where nobody counts them, they have to be read to be counted
  if (commentCount === undefined) return true;
  // where one was deleted and one written, there are as many as before
  const mayBeOthers = commentCount > 0 && updatedAt !== half.updatedAt;
  return mayBeOthers || commentCount !== (half.commentCount ?? 0);
}

async function issueOf(pair: Pair, { name, tracker }: Side): Promise<Issue | { readonly gone: string }> {
  const half = pair[name];
  try {
    const issue = await tracker.getIssue(half.key);
    const isOther = (issue.id ?? issue.key) !== half.id && issue.key === half.key;
    return isOther ? { gone: 'its number belongs to another issue now' } : issue;
  } catch (error) {
    const known: PaceError = asPaceError(error);
    if (known.kind !== 'not-found') throw error;
    return { gone: known.message };
  }
}
