/** `pace issue list`, `search`, `children` and `show` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { listChildren } from '../commands/issue/children.ts';
import { type Details, type ListedIssues, listIssues } from '../commands/issue/list.ts';
import type { IssueChildren, IssueList, IssueOpen, IssueSearch, IssueShow } from '../commands/issue/options.ts';
import { searchIssues } from '../commands/issue/search.ts';
import { showIssue } from '../commands/issue/show.ts';
import { issueMarkdown } from '../tracker/print/issue-markdown.ts';
import { issueText, type ShowText } from '../tracker/print/issue-text.ts';
import { ISSUES } from '../tracker/print/shapes.ts';
import { openInBrowser } from './browser.ts';
import { sayEnd } from './list-end.ts';
import { type Session, widthOf } from './session.ts';

export const lists = {
  list: (session: Session, options: Paged<IssueList>) =>
    listed(session, options, (given) => listIssues(session.world, { ...options, ...given })),
  search: (session: Session, options: Paged<IssueSearch>) =>
    listed(session, options, (given) => searchIssues(session.world, { ...options, ...given })),
  children: (session: Session, options: Paged<IssueChildren>) =>
    listed(session, options, (given) => listChildren(session.world, { ...options, ...given })),
  show: async (session: Session, options: IssueShow) => {
    const printing = session.printing(ISSUES);
    const { isMarkdown: whole, names } = printing;
    const shown = await showIssue(session.world, { ...options, ...detailsIn(names), whole });
    const text = whole ? '' : issueText(shown, await showText(session));
    await printing.one(shown, text, () => issueMarkdown(shown));
  },
  open: async (session: Session, { web = false, ...options }: IssueOpen & { readonly web?: boolean }) => {
    const printing = session.printing(ISSUES);
    const issue = await showIssue(session.world, { ...options, ...detailsIn(printing.names), comments: false });
    // a browser is opened for a person; the address is for whoever reads stdout
    if (web) openInBrowser(session.world, issue.url);
    await printing.one(issue, `${plainLine(issue.url)}\n`);
  },
};

/** At a terminal Markdown is shown as it is meant. */
async function showText({ shell }: Session): Promise<ShowText | undefined> {
  if (!shell.stdout.isTerminal) return undefined;
  const { terminalMarkdown } = await import('../tracker/print/terminal-markdown.ts');
  const page = { width: widthOf(shell), colour: shell.hasColour };
  return (markdown) => terminalMarkdown(markdown, page);
}

/** As the command line hands it over: the flag alone is the first page. */
type Paged<Options> = Omit<Options, 'page'> & { readonly page?: string | boolean };

async function listed(
  session: Session,
  { page }: Paged<object>,
  list: (given: Details & { readonly page: string }) => Promise<ListedIssues>,
): Promise<void> {
  const { log } = session.world;
  const printing = session.printing(ISSUES);
  const isPaged = page !== undefined && page !== false;
  const { issues, explained, end } = await list({
    ...detailsIn(printing.names),
    page: typeof page === 'string' ? page : '',
  });
  if (explained !== undefined) log.info(explained);
  if (isPaged && printing.isJson) return printing.page(issues, end);
  await printing.list(issues, 'No issues.');
  await sayEnd(session, end, isPaged);
}

/** Fields that were named are fetched where they cost something. */
function detailsIn(names: readonly string[] | undefined): Details {
  return names ? { details: names } : {};
}
