/** `pace issue list`, `search`, `children` and `show` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { listChildren } from '../commands/issue/children.ts';
import { type Details, type ListedIssues, listIssues } from '../commands/issue/list.ts';
import type { IssueChildren, IssueList, IssueOpen, IssueSearch, IssueShow } from '../commands/issue/options.ts';
import { searchIssues } from '../commands/issue/search.ts';
import { showIssue } from '../commands/issue/show.ts';
import { issueText } from '../tracker/print/issue-text.ts';
import { ISSUES } from '../tracker/print/shapes.ts';
import { openInBrowser } from './browser.ts';
import type { Session } from './session.ts';

export const lists = {
  list: (session: Session, options: IssueList) =>
    listed(session, (details) => listIssues(session.world, { ...options, ...details })),
  search: (session: Session, options: IssueSearch) =>
    listed(session, (details) => searchIssues(session.world, { ...options, ...details })),
  children: (session: Session, options: IssueChildren) =>
    listed(session, (details) => listChildren(session.world, { ...options, ...details })),
  show: async (session: Session, options: IssueShow) => {
    const printing = session.printing(ISSUES);
    const shown = await showIssue(session.world, { ...options, ...detailsIn(printing.names) });
    await printing.one(shown, issueText(shown));
  },
  open: async (session: Session, { web = false, ...options }: IssueOpen & { readonly web?: boolean }) => {
    const printing = session.printing(ISSUES);
    const issue = await showIssue(session.world, { ...options, ...detailsIn(printing.names), comments: false });
    // a browser is opened for a person; the address is for whoever reads stdout
    if (web) openInBrowser(session.world, issue.url);
    await printing.one(issue, `${plainLine(issue.url)}\n`);
  },
};

async function listed(session: Session, list: (details: Details) => Promise<ListedIssues>): Promise<void> {
  const printing = session.printing(ISSUES);
  const { issues, explained } = await list(detailsIn(printing.names));
  if (explained !== undefined) session.world.log.info(explained);
  await printing.list(issues, 'No issues.');
}

/** Fields that were named are fetched where they cost something. */
function detailsIn(names: readonly string[] | undefined): Details {
  return names ? { details: names } : {};
}
