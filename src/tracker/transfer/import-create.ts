/** Creates the issues of some lines, each once, as far as the tracker allows. */
import { defined } from '../../../core/defined.ts';
import { asPaceError, PaceError } from '../../../core/errors.ts';
import type { Issue, IssueDraft, TakenAnswer, TakenComment, TrackerIntake } from '../../../core/ports/index.ts';
import { toImportDraft } from './import-draft.ts';
import { type ImportContext, type Item, note } from './import-item.ts';
import { giveWay } from './import-twins.ts';
import type { IssueLine } from './jsonl.ts';

export async function createIssues(items: readonly Item[], context: ImportContext): Promise<void> {
  const fresh = items.filter(({ existing }) => existing === undefined);
  if (fresh.length === 0) return;
  const drafts = await Promise.all(fresh.map((item) => draftOf(item, context)));
  const { intake } = context.tracker;
  if (intake) return takeOver(fresh, drafts, intake);
  await createAll(fresh, drafts, context);
  if (!context.options.dryRun) await giveWay(fresh, context);
}

/** The draft as this tracker can keep it, with its milestone; what is left out is noted. */
export async function draftOf(item: Item, { target, milestones }: ImportContext): Promise<IssueDraft> {
  const { draft, notes } = toImportDraft(item.line, target);
  note(item, ...notes);
  const { milestone, ...rest } = draft;
  const reason = milestone === undefined ? undefined : await milestones(milestone);
  if (reason === undefined) return draft;
  note(item, reason);
  return rest;
}

/** The tracker itself sees to it that each comes once. */
async function takeOver(items: readonly Item[], drafts: readonly IssueDraft[], intake: TrackerIntake): Promise<void> {
  const answers = await answered(
    intake.take(
      items.map(({ line }, place) => ({
        draft: drafts[place] ?? { title: line.title, body: line.body },
        comments: takenComments(line),
        ...defined({
          author: line.author?.name,
          createdAt: momentOf(line.createdAt),
          closedAt: momentOf(line.closedAt),
        }),
      })),
    ),
    items.length,
  );
  for (const [place, item] of items.entries()) {
    const answer = answers[place];
    if (answer === undefined || answer instanceof PaceError) failed(item, answer);
    else Object.assign(item.result, { key: answer.issue.key, outcome: answer.isNew ? 'created' : 'unchanged' });
  }
}

/** Trouble with all of them is the trouble of each. */
async function answered(
  work: Promise<(TakenAnswer | PaceError)[]>,
  count: number,
): Promise<(TakenAnswer | PaceError)[]> {
  try {
    return await work;
  } catch (error) {
    return Array.from({ length: count }, () => asPaceError(error));
  }
}

/** With their authors and times; of those that are alike, which one each is. */
export function takenComments({ comments }: IssueLine): TakenComment[] {
  const alike = new Map<string, number>();
  return comments.map(({ body, author, createdAt }) => {
    const form = JSON.stringify([author?.name, createdAt, body]);
    const nth = (alike.get(form) ?? 0) + 1;
    alike.set(form, nth);
    return { body, nth, ...defined({ author: author?.name, createdAt: momentOf(createdAt) }) };
  });
}

function momentOf(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}

async function createAll(items: readonly Item[], drafts: readonly IssueDraft[], context: ImportContext): Promise<void> {
  const { tracker, options } = context;
  for (const answer of await tracker.createMany(drafts, { signal: options.signal })) {
    const [item, draft] = [items[answer.index], drafts[answer.index]];
    if (!item || !draft) continue;
    if (answer.ok) created(item, draft, answer.issue);
    else await again(item, draft, answer.error, context);
  }
}

/** Nobody is lost for somebody whom the tracker does not know. */
async function again(item: Item, draft: IssueDraft, error: PaceError, { tracker }: ImportContext): Promise<void> {
  const { assignees = [], ...rest } = draft;
  if (assignees.length === 0 || !['validation', 'not-found'].includes(error.kind)) return failed(item, error);
  try {
    created(item, draft, await tracker.createIssue(rest));
  } catch {
    failed(item, error);
  }
}

function created(item: Item, { assignees = [] }: IssueDraft, issue: Issue): void {
  item.result.key = issue.key;
  const there = new Set(issue.assignees.flatMap(({ id, name }) => [id.toLowerCase(), name.toLowerCase()]));
  const wanted = issue.assignees.length >= assignees.length ? [] : assignees;
  const left = wanted.filter((name) => !there.has(name.toLowerCase()));
  if (left.length > 0)
    note(
      item,
      `assigned to ${left.join(', ')} is left out: the tracker does not know them as people who can be assigned.`,
    );
}

function failed({ result }: Item, error: unknown): void {
  Object.assign(result, { outcome: 'failed', error: asPaceError(error) });
}
