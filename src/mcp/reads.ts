/** The tools that read. */
import { z } from 'zod';
import { defined } from '../../core/defined.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import { issue } from '../commands/issue/options.ts';
import type { ShownIssue } from '../tracker/print/fields.ts';
import { issueRow } from '../tracker/print/issue-row.ts';
import type { EndingList } from '../tracker/query/bounded-list.ts';
import { noCursor } from '../tracker/query/page-cursor.ts';
import { saysLimit } from '../tracker/query/select.ts';
import { type Answer, countLine, fenced } from './answer.ts';
import { partsOf } from './issue-parts.ts';
import { ROW_NOTE } from './issue-words.ts';
import { refuseElsewhere } from './own-issues.ts';
import { roomOfPage } from './pages.ts';
import { type Tool, tool } from './tool.ts';

const READS = { readOnlyHint: true, destructiveHint: false, idempotentHint: true } as const;

const cursor = z.string().optional().meta({ description: '`next` of the page before' });
const limit = z.number().int().min(1).max(100).optional().meta({ description: 'default 30' });
const ROWS = 30;

const list = tool({
  name: 'issue_list',
  description: 'List issues, newest first; without a state the open ones.',
  input: issue.list.options
    .pick({ state: true, label: true, assignee: true, text: true, query: true, sort: true })
    .extend({ limit, cursor }),
  about: {
    state: 'open, closed, all or a state; several with commas',
    label: 'all of them',
    assignee: 'person, @me or none',
    text: 'words in title or body',
    query: 'more conditions, e.g. type:bug -label:wontfix priority:high parent:3 since:7d',
    sort: 'created, updated or priority',
  },
  annotations: READS,
  run: async (world, { limit: most, cursor: next, ...options }) => {
    const { listIssues } = await import('../commands/issue/list.ts');
    return rows(await listIssues(world, { ...options, ...pageFor(options.query, { most, next }) }));
  },
});

const ready = tool({
  name: 'issue_ready',
  description: 'List what can be begun now: nobody has it and nothing waits before it. The most urgent first.',
  input: issue.ready.options.pick({ label: true, query: true }).extend({ limit, cursor }),
  about: { label: '', query: 'as in issue_list' },
  annotations: READS,
  run: async (world, { limit: most, cursor: next, ...options }) => {
    const { readyIssues } = await import('../commands/issue/ready.ts');
    return rows(await readyIssues(world, { ...options, ...pageFor(options.query, { most, next }) }));
  },
});

/** A page as a command lists it: as many rows as are asked for, or as there is room for. A limit in the query is that of a page too. */
function pageFor(
  query: string | undefined,
  { most, next = '' }: { readonly most?: number | undefined; readonly next?: string | undefined },
): { readonly limit?: string; readonly page: string; hasRoom(issue: ShownIssue): boolean } {
  const limit = most ?? (saysLimit(query) ? undefined : ROWS);
  const hasRoom = roomOfPage();
  return { ...defined({ limit: limit?.toString() }), page: next, hasRoom: (issue) => hasRoom(issueRow(issue)) };
}

async function rows({ issues, end }: EndingList<ShownIssue>): Promise<Answer> {
  const shown = (await collect(issues)).map((one) => issueRow(one));
  const { total, next } = await end();
  const counts = countLine({ shown: shown.length, total: total ?? undefined, next: next ?? undefined });
  if (shown.length === 0) return { text: counts };
  return { text: `${counts}\n${ROW_NOTE}\n${fenced(shown)}` };
}

const show = tool({
  name: 'issue_show',
  description: 'Show one issue: fields, links, claim, text, comments.',
  input: issue.show.options.pick({ key: true }).extend({ cursor }),
  about: { key: 'e.g. 12 or PROJ-12' },
  annotations: READS,
  run: async (world, { key, cursor: place, ...where }) => {
    const { showIssue } = await import('../commands/issue/show.ts');
    refuseElsewhere(key);
    const shown = await showIssue(world, { ...where, key, details: ['comments', 'links', 'claim'] });
    const start = place === undefined ? 0 : partOf(place);
    const parts = partsOf(shown);
    const page = pageOf(parts.slice(start));
    const end = start + page.length;
    const counts = countLine({
      shown: page.length,
      total: parts.length,
      next: end < parts.length ? String(end) : undefined,
    });
    return { text: [`parts ${counts}`, ...page].join('\n') };
  },
});

const MOST_PARTS = 200;
/** Those that fit; one at least, so that no page is without end. */
function pageOf(parts: readonly string[]): readonly string[] {
  const hasRoom = roomOfPage();
  const end = parts.findIndex((part, place) => (!hasRoom(part) && place > 0) || place >= MOST_PARTS);
  return end === -1 ? parts : parts.slice(0, end);
}

function partOf(place: string): number {
  if (/^\d{1,6}$/.test(place)) return Number(place);
  throw noCursor();
}

const gate = tool({
  name: 'gate_status',
  description: 'Say what holds or pauses the release gate, and why.',
  input: z.object({}),
  annotations: READS,
  onTracker: false,
  run: async (world, { config }, signal) => {
    const { status } = await import('../commands/status.ts');
    const known = await status(world, { config }, signal);
    const { gate: name, repository, branch, sprint, day, pauses, unknown } = known;
    const lines = [
      `gate: ${plainLine(name, 200)}`,
      `repository: ${plainLine(repository, 200)}`,
      ...(branch === '' ? [] : [`branch: ${plainLine(branch, 200)}`]),
      ...(sprint === '' ? [] : [`sprint: ${plainLine(sprint, 200)}`]),
      ...(day === null ? [] : [`day: ${day}`]),
      ...pauses
        .slice(0, 20)
        .map(({ kind, reason, until, by, url }) =>
          [`${kind}: ${plainLine(reason, 500)}`, until && `until ${until}`, by && `by ${plainLine(by, 100)}`, url]
            .filter(Boolean)
            .join(' | '),
        ),
      ...unknown.slice(0, 20).map((what) => `not known: ${plainLine(what, 500)}`),
    ];
    const verdict =
      pauses.length > 0 ? 'Held or paused.' : unknown.length > 0 ? 'Nothing is known to hold.' : 'Nothing holds.';
    return { text: `${verdict}\n${fenced(lines)}` };
  },
});

export const reads: readonly Tool[] = [gate, list, ready, show];
