/** `pace milestone …` */
import { type Command, Option } from 'commander';
import type { Milestone } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { inSession, onTracker, type Session, writing } from './session.ts';
import type { Shell } from './shell.ts';

export function defineMilestone(cli: Command, shell: Shell): void {
  const milestone = cli.command('milestone').description('the milestones of a tracker');

  onTracker(milestone.command('list'))
    .description('list the milestones')
    .addOption(new Option('-s, --state <state>', 'which ones').choices(['open', 'closed', 'all']).default('all'))
    .action((options) => inSession(shell, options, (session) => list(session, options.state)));

  writing(milestone.command('create'))
    .description('create a milestone')
    .argument('<title>')
    .option('--description <text>', 'what it is about')
    .option('--due <day>', 'as 2026-11-30')
    .action((title: string, options) =>
      inSession(shell, options, (session) => write(session, 'Created', { ...given(options), title })),
    );

  writing(milestone.command('edit'))
    .description('change a milestone')
    .argument('<title>')
    .option('--title <title>', 'a new title')
    .option('--description <text>', 'what it is about')
    .option('--due <day>', 'as 2026-11-30')
    .addOption(new Option('-s, --state <state>').choices(['open', 'closed']))
    .action((title: string, options) =>
      inSession(shell, options, (session) => write(session, 'Changed', given(options), title)),
    );

  writing(milestone.command('close'))
    .description('close a milestone')
    .argument('<title>')
    .action((title: string, options) =>
      inSession(shell, options, (session) => write(session, 'Closed', { state: 'closed' }, title)),
    );

  writing(milestone.command('delete'))
    .description('delete a milestone; its issues stay')
    .argument('<title>')
    .action((title: string, options) =>
      inSession(shell, options, async (session) => {
        const printing = session.printing((await import('../tracker/print/shapes.ts')).MILESTONES);
        const { tracker } = await session.open();
        await tracker.deleteMilestone(title);
        await printing.one({ title, state: 'closed' }, `Deleted the milestone ${plainLine(title)}.\n`);
        return 0;
      }),
    );
}

interface MilestoneOptions {
  readonly title?: string;
  readonly description?: string;
  readonly due?: string;
  readonly state?: Milestone['state'];
}

function given({ title, description, due, state }: MilestoneOptions): Partial<Milestone> {
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(due === undefined ? {} : { dueDate: due }),
    ...(state === undefined ? {} : { state }),
  };
}

async function list(session: Session, state: Milestone['state'] | 'all'): Promise<number> {
  const printing = session.printing((await import('../tracker/print/shapes.ts')).MILESTONES);
  const { tracker } = await session.open();
  await printing.list(inState(tracker.listMilestones(), state), 'No milestones.');
  return 0;
}

async function* inState(all: AsyncIterable<Milestone>, state: Milestone['state'] | 'all'): AsyncGenerator<Milestone> {
  for await (const milestone of all) if (state === 'all' || milestone.state === state) yield milestone;
}

async function write(
  session: Session,
  deed: string,
  milestone: Partial<Milestone>,
  existing?: string,
): Promise<number> {
  const printing = session.printing((await import('../tracker/print/shapes.ts')).MILESTONES);
  const { usageError } = await import('../tracker/usage.ts');
  const { isDay } = await import('../tracker/times.ts');
  if (milestone.dueDate !== undefined && !isDay(milestone.dueDate)) {
    throw usageError(`--due: “${plainLine(milestone.dueDate, 40)}” is no day.`, 'Please write it as 2026-11-30.');
  }
  if (Object.keys(milestone).length === 0) {
    throw usageError('There is nothing to change.', 'Please name --title, --description, --due or --state.');
  }
  const { tracker } = await session.open();
  const { state: _, ...draft } = milestone;
  const written =
    existing === undefined
      ? await tracker.createMilestone({ ...draft, title: draft.title ?? '' })
      : await tracker.updateMilestone(existing, milestone);
  await printing.one(written, `${deed} the milestone ${plainLine(written.title)}.\n`);
  return 0;
}
