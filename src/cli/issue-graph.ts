/** `pace issue ready` and `blocked` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { blockedIssues } from '../commands/issue/blocked.ts';
import type { IssueBlocked, IssueReady } from '../commands/issue/options.ts';
import { claimReadyIssue, readyIssues } from '../commands/issue/ready.ts';
import { BLOCKED, minute, READY } from '../tracker/print/shapes.ts';
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
    const { issues } = await readyIssues(session.world, { ...options, details: printing.names ?? [] });
    await printing.list(issues, 'Nothing is ready.');
  },
  blocked: async (session: Session, options: IssueBlocked) => {
    const printing = session.printing(BLOCKED);
    await printing.list(await blockedIssues(session.world, options), 'Nothing is blocked.');
  },
};
