/** `pace issue ready`, `blocked`, `tree` and `duplicates` at the command line. */
import { minute } from '../../core/text/minute.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { blockedIssues } from '../commands/issue/blocked.ts';
import { duplicateIssues } from '../commands/issue/duplicates.ts';
import type { IssueBlocked, IssueDuplicates, IssueReady, IssueTree } from '../commands/issue/options.ts';
import { claimReadyIssue, readyIssues } from '../commands/issue/ready.ts';
import { cycleLine, issueTree } from '../commands/issue/tree.ts';
import { BLOCKED, DUPLICATES, READY } from '../tracker/print/shapes.ts';
import { treeText } from '../tracker/print/tree-text.ts';
import { sayEnd } from './list-end.ts';
import type { Session } from './session.ts';

export const graph = {
  ready: async (session: Session, options: IssueReady) => {
    const printing = session.printing(READY);
    if (options.claim) {
      await printing.written(await claimReadyIssue(session.world, options), ({ key, title, url, claim }) => {
        const who = claim ? ` by ${plainLine(claim.agent)} until ${minute(claim.until)}` : '';
        return `${plainLine(key)} is claimed${who}: ${plainLine(title)}\n${plainLine(url)}\n`;
      });
      return;
    }
    const { issues, end } = await readyIssues(session.world, { ...options, details: printing.names ?? [] });
    await printing.list(issues, 'Nothing is ready.');
    await sayEnd(session, end);
  },
  blocked: async (session: Session, options: IssueBlocked) => {
    const printing = session.printing(BLOCKED);
    const { issues, end } = await blockedIssues(session.world, options);
    await printing.list(issues, 'Nothing is blocked.');
    await sayEnd(session, end);
  },
  tree: async (session: Session, options: IssueTree) => {
    const { world } = session;
    const tree = await issueTree(world, options);
    await session.answer(tree, () => treeText(tree));
    for (const cycle of tree.cycles) world.log.warn(`These wait for each other in a cycle: ${cycleLine(cycle)}`);
    if (tree.truncated) world.log.warn(`The tree is cut after ${tree.nodes.length} issues: please name one of them.`);
    if (tree.nodes.length === 0) world.log.info('No issues.');
  },
  duplicates: async (session: Session, options: IssueDuplicates) => {
    const printing = session.printing(DUPLICATES);
    await printing.list(await duplicateIssues(session.world, options), 'No duplicates.');
  },
};
