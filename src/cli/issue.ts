/** `pace issue …`: the same verbs on every tracker. */
import type { Command } from 'commander';
import { REFERENCE_FORMS } from '../tracker/backends/references.ts';
import { exitCodeHelp } from './exit-codes.ts';
import { CLAIMS } from './issue-claim.ts';
import { COMMENTS } from './issue-comment.ts';
import { LINKS } from './issue-link.ts';
import { LISTS } from './issue-list.ts';
import { MOVES } from './issue-move.ts';
import { TRANSFER } from './issue-transfer.ts';
import { WRITES } from './issue-write.ts';
import type { Shell } from './shell.ts';

/** Each verb by its name; defining one takes a good part of the time in which it answers. */
const VERBS: Readonly<Record<string, (issue: Command, shell: Shell) => void>> = {
  ...LISTS,
  ...WRITES,
  ...MOVES,
  ...COMMENTS,
  ...LINKS,
  ...CLAIMS,
  ...TRANSFER,
};

export function defineIssue(cli: Command, shell: Shell, verb = ''): void {
  const issue = cli
    .command('issue')
    .description('the issues of a tracker, with the same words on every tracker')
    .addHelpText('after', `\nAn issue is named by ${REFERENCE_FORMS}.\n\nExit codes:\n${exitCodeHelp()}`);
  const own = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  for (const define of own ? [own] : Object.values(VERBS)) define(issue, shell);
}
