/** `pace issue …`: the same verbs on every tracker. */
import type { Command } from 'commander';
import { REFERENCE_FORMS } from '../tracker/references.ts';
import { exitCodeHelp } from './exit-codes.ts';
import { defineClaims } from './issue-claim.ts';
import { defineComments } from './issue-comment.ts';
import { defineLinks } from './issue-link.ts';
import { defineLists } from './issue-list.ts';
import { defineMoves } from './issue-move.ts';
import { defineTransfer } from './issue-transfer.ts';
import { defineWrites } from './issue-write.ts';
import type { Shell } from './shell.ts';

export function defineIssue(cli: Command, shell: Shell): void {
  const issue = cli
    .command('issue')
    .description('the issues of a tracker, with the same words on every tracker')
    .addHelpText('after', `\nAn issue is named by ${REFERENCE_FORMS}.\n\nExit codes:\n${exitCodeHelp()}`);
  defineLists(issue, shell);
  defineWrites(issue, shell);
  defineMoves(issue, shell);
  defineComments(issue, shell);
  defineLinks(issue, shell);
  defineClaims(issue, shell);
  defineTransfer(issue, shell);
}
