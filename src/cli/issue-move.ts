/** `pace issue close`, `reopen` and `transition`. */
import { type Command, Option } from 'commander';
import type { IssueState } from '../../core/ports/index.ts';
import { changedText, printEdited } from './issue-edited.ts';
import { inSession, onTracker, type Session, writing } from './session.ts';
import type { Shell } from './shell.ts';

export const MOVES = { close: defineClose, reopen: defineReopen, transition: defineTransition };

function defineClose(issue: Command, shell: Shell): void {
  writing(issue.command('close'))
    .description('close one or several issues')
    .argument('<keys...>', 'e.g. 12 13, PROJ-12')
    .addOption(new Option('-r, --reason <reason>', 'why').choices(['done', 'not-planned']).default('done'))
    .option('--comment <text>', 'say something first')
    .action((keys: string[], options) =>
      inSession(shell, options, (session) => {
        const state = options.reason === 'done' ? 'done' : 'canceled';
        return move(session, { keys, state, comment: options.comment, deed: 'Closed' });
      }),
    );
}

function defineReopen(issue: Command, shell: Shell): void {
  writing(issue.command('reopen'))
    .description('open one or several issues again')
    .argument('<keys...>', 'e.g. 12 13, PROJ-12')
    .option('--comment <text>', 'say something first')
    .action((keys: string[], options) =>
      inSession(shell, options, (session) =>
        move(session, { keys, state: 'open', comment: options.comment, deed: 'Reopened' }),
      ),
    );
}

function defineTransition(issue: Command, shell: Shell): void {
  onTracker(issue.command('transition'))
    .description('move an issue to a state, or list where it can go')
    .argument('<key>', 'e.g. 12, PROJ-12')
    .argument('[state]', 'one of the six states, or the tracker’s own name of one')
    .option('--list', 'list the states that it can be moved to')
    .option('--dry-run', 'print what would be sent; send nothing')
    .action((key: string, state: string | undefined, options) =>
      inSession(shell, options, (session) => (options.list ? targets(session, key) : transition(session, key, state)), {
        showsWrites: !options.list,
      }),
    );
}

interface Move {
  readonly keys: readonly string[];
  readonly state: IssueState;
  readonly comment: string | undefined;
  readonly deed: string;
}

async function move(session: Session, { keys: references, state, comment, deed }: Move): Promise<number> {
  const { ISSUES } = await import('../tracker/print/shapes.ts');
  const { editIssues } = await import('../commands/issue-edit.ts');
  const printing = session.printing(ISSUES);
  const { tracker, keys } = await session.open(references);
  if (comment !== undefined) for (const key of keys) await tracker.addComment(key, comment);
  const edited = await editIssues(tracker, keys, { values: { state } }, session.signal);
  return printEdited(session, printing, edited, deed);
}

async function targets(session: Session, reference: string): Promise<number> {
  const { TRANSITIONS } = await import('../tracker/print/shapes.ts');
  const printing = session.printing(TRANSITIONS);
  const { tracker, keys } = await session.open([reference]);
  await printing.list(await tracker.getAvailableTransitions(keys[0] ?? ''), 'It can go nowhere.');
  return 0;
}

async function transition(session: Session, reference: string, state: string | undefined): Promise<number> {
  const { ISSUES } = await import('../tracker/print/shapes.ts');
  const { usageError } = await import('../tracker/usage.ts');
  const printing = session.printing(ISSUES);
  if (state === undefined) throw usageError('The state is missing.', '--list shows where the issue can go.');
  const { tracker, keys } = await session.open([reference]);
  const moved = await tracker.transitionIssue(keys[0] ?? '', state);
  await printing.one(moved, changedText(moved, 'Moved'));
  return 0;
}
