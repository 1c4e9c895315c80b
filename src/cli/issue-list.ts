/** `pace issue list`, `search`, `children` and `show`. */
import type { Command } from 'commander';
import { ISSUE_TYPES, PRIORITY_NAMES, SORTS } from '../../core/ports/index.ts';
import { STATE_WORDS } from '../tracker/query/conditions.ts';
import type { ListFlags } from '../tracker/query/select.ts';
import { inSession, onTracker, type Session } from './session.ts';
import { proposing, type Shell, several } from './shell.ts';

/** The flags whose names are words of a query. */
export function choosing(command: Command, state: string): Command {
  return command
    .addOption(proposing('-s, --state <state>', `one, or several with commas; else ${state}`, STATE_WORDS))
    .option('-l, --label <label>', 'with this label; several: with all of them', several)
    .option('--any-label <label>', 'with at least one of these labels', several)
    .option('-a, --assignee <person>', 'assigned to; @me, or none')
    .option('--author <person>', 'written by; @me')
    .option('--milestone <title>', 'in this milestone, or none')
    .addOption(proposing('--type <type>', 'of this type, or of the tracker’s own', ISSUE_TYPES))
    .addOption(proposing('--priority <priority>', 'so urgent; also 0 to 4', PRIORITY_NAMES))
    .option('--parent <key>', 'directly below this issue, or none')
    .option('--text <words>', 'with these words in title or body')
    .option('--since <time>', 'changed since: 2026-11-01, 7d, yesterday (UTC)')
    .option('--until <time>', 'changed until')
    .option('--created-since <time>', 'created since')
    .option('--created-until <time>', 'created until')
    .option('-q, --query <query>', 'the same in one line: state:open -label:bug assignee:@me sort:updated crash');
}

function ordering(command: Command): Command {
  return command
    .addOption(proposing('--sort <order>', 'the largest first; with :asc the smallest', SORTS))
    .option('-n, --limit <n>', 'at most so many, or all (default: 50)')
    .option('--explain', 'say which conditions the tracker looks at, and which are looked at here');
}

/** The flags of `choosing` and `ordering` by the names of their words. */
export function listFlags(options: Record<string, string | string[] | undefined>): ListFlags {
  const { state, label, assignee, author, milestone, type, priority, parent, text, since, until, sort, limit } =
    options;
  const flags = { state, label, assignee, author, milestone, type, priority, parent, text, since, until, sort, limit };
  return {
    ...flags,
    'any-label': options['anyLabel'],
    'created-since': options['createdSince'],
    'created-until': options['createdUntil'],
  };
}

export const LISTS = { list: defineList, search: defineSearch, children: defineChildren, show: defineShow };

function defineList(issue: Command, shell: Shell): void {
  ordering(choosing(onTracker(issue.command('list')), 'open'))
    .description('list issues, newest first')
    .action((options) => inSession(shell, options, (session) => list(session, options, listFlags(options), 'open')));
}

function defineSearch(issue: Command, shell: Shell): void {
  ordering(choosing(onTracker(issue.command('search')), 'all'))
    .description('find words in titles and bodies')
    .argument('<words...>', 'all of them must be there; "two words" in quotes are one')
    .action((words: string[], options) =>
      inSession(shell, options, (session) => {
        const text = [...words, ...(options.text ? [options.text] : [])].join(' ');
        return list(session, options, { ...listFlags(options), text }, 'all');
      }),
    );
}

function defineChildren(issue: Command, shell: Shell): void {
  ordering(choosing(onTracker(issue.command('children')), 'all'))
    .description('list the issues directly below one')
    .argument('<key>', 'the parent, e.g. 12, PROJ-12, jira:PROJ-12 or its address')
    .action((key: string, options) =>
      inSession(shell, options, (session) => list(session, options, listFlags(options), 'all', key)),
    );
}

function defineShow(issue: Command, shell: Shell): void {
  onTracker(issue.command('show'))
    .description('show one issue with its comments')
    .argument('<key>', 'e.g. 12, PROJ-12, jira:PROJ-12 or its address')
    .option('--comments', 'with its comments, as without this')
    .option('--no-comments', 'without its comments')
    .option('--links', 'with its links')
    .action((key: string, options) =>
      inSession(shell, options, async (session) => {
        const { ISSUES } = await import('../tracker/print/shapes.ts');
        const { showIssue } = await import('../commands/issue-show.ts');
        const { issueText } = await import('../tracker/print/issue-text.ts');
        const printing = session.printing(ISSUES);
        const asked = [options.comments === false ? '' : 'comments', options.links ? 'links' : ''].filter(Boolean);
        const { tracker, keys } = await session.open([key]);
        const shown = await showIssue(tracker, keys[0] ?? '', { with: printing.names ?? asked });
        await printing.one(shown, issueText(shown));
        return 0;
      }),
    );
}

async function list(
  session: Session,
  options: { readonly query?: string; readonly explain?: boolean },
  flags: ListFlags,
  state: string,
  parent?: string,
): Promise<number> {
  const { ISSUES } = await import('../tracker/print/shapes.ts');
  const { explainSelection, selectIssues, selectionOf, settledSelection } = await import('../tracker/query/select.ts');
  const { withDetails } = await import('../commands/issue-show.ts');
  const { world } = session;
  const printing = session.printing(ISSUES);
  const selection = selectionOf({ ...flags, ...(parent ? { parent } : {}) }, options.query, world.now(), state);
  const { tracker, keys } = await session.open(parent ? [parent] : []);
  const own = parent ? { ...selection, filter: { ...selection.filter, parent: keys[0] ?? '' } } : selection;
  const settled = await settledSelection(tracker, own);
  if (options.explain) world.log.info(explainSelection(tracker, settled));
  const issues = selectIssues(tracker, settled);
  const details = DETAILS.filter((name) => printing.names?.includes(name));
  await printing.list(withDetails(tracker, issues, { with: details }), 'No issues.');
  return 0;
}

/** Fields that cost a request per issue: in a list only when they are named. */
const DETAILS = ['comments', 'links', 'claim'];
