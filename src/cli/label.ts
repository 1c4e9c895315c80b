/** `pace label …` */
import type { Command } from 'commander';
import type { Label } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { inSession, onTracker, type Session, writing } from './session.ts';
import type { Shell } from './shell.ts';

export function defineLabel(cli: Command, shell: Shell): void {
  const label = cli.command('label').description('the labels of a tracker');

  onTracker(label.command('list'))
    .description('list the labels')
    .action((options) =>
      inSession(shell, options, async (session) => {
        const printing = session.printing((await import('../tracker/print/shapes.ts')).LABELS);
        const { tracker } = await session.open();
        await printing.list(tracker.listLabels(), 'No labels.');
        return 0;
      }),
    );

  writing(label.command('create'))
    .description('create a label')
    .argument('<name>')
    .option('--color <rrggbb>', 'six hexadecimal digits')
    .option('--description <text>', 'what it is for')
    .action((name: string, options) =>
      inSession(shell, options, (session) => write(session, 'Created', { ...given(options), name })),
    );

  writing(label.command('edit'))
    .description('change a label')
    .argument('<name>')
    .option('--name <name>', 'a new name')
    .option('--color <rrggbb>', 'six hexadecimal digits')
    .option('--description <text>', 'what it is for')
    .action((name: string, options) =>
      inSession(shell, options, (session) => write(session, 'Changed', given(options), name)),
    );

  writing(label.command('delete'))
    .description('delete a label, on all issues')
    .argument('<name>')
    .action((name: string, options) =>
      inSession(shell, options, async (session) => {
        const printing = session.printing((await import('../tracker/print/shapes.ts')).LABELS);
        const { tracker } = await session.open();
        await tracker.deleteLabel(name);
        await printing.one({ name }, `Deleted the label ${plainLine(name)}.\n`);
        return 0;
      }),
    );
}

interface LabelOptions {
  readonly name?: string;
  readonly color?: string;
  readonly description?: string;
}

function given({ name, color, description }: LabelOptions): Partial<Label> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(color === undefined ? {} : { color: color.replace(/^#/, '').toLowerCase() }),
    ...(description === undefined ? {} : { description }),
  };
}

async function write(session: Session, deed: string, label: Partial<Label>, existing?: string): Promise<number> {
  const printing = session.printing((await import('../tracker/print/shapes.ts')).LABELS);
  const { usageError } = await import('../tracker/usage.ts');
  if (label.color !== undefined && !/^[0-9a-f]{6}$/.test(label.color)) {
    throw usageError(
      `--color: “${plainLine(label.color, 40)}” is no colour.`,
      'Please write six hexadecimal digits, e.g. d73a4a.',
    );
  }
  if (Object.keys(label).length === 0)
    throw usageError('There is nothing to change.', 'Please name --name, --color or --description.');
  const { tracker } = await session.open();
  const written =
    existing === undefined
      ? await tracker.createLabel({ ...label, name: label.name ?? '' })
      : await tracker.updateLabel(existing, label);
  await printing.one(written, `${deed} the label ${plainLine(written.name)}.\n`);
  return 0;
}
