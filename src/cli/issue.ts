/** `pace issue …` at the command line: what is read, and how each answer is shown. Lists and texts have files of their own. */
import type { Claim } from '../../core/ports/index.ts';
import { minute } from '../../core/text/minute.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { claimIssue } from '../commands/issue/claim.ts';
import { listClaims } from '../commands/issue/claims.ts';
import { linkIssue } from '../commands/issue/link.ts';
import type { ChangedLink } from '../commands/issue/link-ends.ts';
import { listLinks } from '../commands/issue/links.ts';
import type {
  IssueClaim,
  IssueClaims,
  IssueLinkChange,
  IssueLinks,
  IssueRelease,
  IssueRenew,
  IssueTransition,
} from '../commands/issue/options.ts';
import { releaseIssue } from '../commands/issue/release.ts';
import { renewClaim } from '../commands/issue/renew.ts';
import { transitionIssue } from '../commands/issue/transition.ts';
import { unlinkIssue } from '../commands/issue/unlink.ts';
import type { Written } from '../commands/on-tracker.ts';
import { CLAIMS, ISSUES, LINKS, TRANSITIONS } from '../tracker/print/shapes.ts';
import { changedText } from './issue-edited.ts';
import type { Session } from './session.ts';

export const issue = {
  transition: async (session: Session, options: IssueTransition) => {
    const targets = options.list ? session.printing(TRANSITIONS) : undefined;
    const moved = targets ? undefined : session.printing(ISSUES);
    const outcome = await transitionIssue(session.world, options);
    if (outcome.kind === 'targets') await targets?.list(outcome.targets, 'No transitions.');
    else await moved?.written(outcome.written, (issue) => changedText(issue, 'Moved'));
  },
  link: (session: Session, options: IssueLinkChange) =>
    linked(session, 'Linked', () => linkIssue(session.world, options)),
  unlink: (session: Session, options: IssueLinkChange) =>
    linked(session, 'Unlinked', () => unlinkIssue(session.world, options)),
  links: async (session: Session, options: IssueLinks) => {
    const printing = session.printing(LINKS);
    await printing.list(await listLinks(session.world, options), 'No links.');
  },
  claim: async (session: Session, options: IssueClaim) => {
    const printing = session.printing(CLAIMS);
    await printing.written(await claimIssue(session.world, options), claimedText);
  },
  renew: async (session: Session, options: IssueRenew) => {
    const printing = session.printing(CLAIMS);
    await printing.written(await renewClaim(session.world, options), claimedText);
  },
  claims: async (session: Session, options: IssueClaims) => {
    const printing = session.printing(CLAIMS);
    await printing.list(
      await listClaims(session.world, options),
      options.expired ? 'No claim has expired.' : 'No claims.',
    );
  },
  release: async (session: Session, options: IssueRelease) => {
    const printing = session.printing(CLAIMS);
    await printing.written(
      await releaseIssue(session.world, options),
      ({ key, agent }) => `${plainLine(key)} is released by ${plainLine(agent)}.\n`,
    );
  },
};

function claimedText({ key, agent, until }: Claim): string {
  return `${plainLine(key)} is claimed by ${plainLine(agent)} until ${minute(until)}.\n`;
}

async function linked(session: Session, deed: string, work: () => Promise<Written<ChangedLink>>): Promise<void> {
  const printing = session.printing(LINKS);
  const { value, planned } = await work();
  const { key, link } = value;
  await printing.written(
    { value: link, planned },
    ({ type, target }) => `${deed}: ${plainLine(key)} ${type} ${plainLine(target)}\n`,
  );
}
