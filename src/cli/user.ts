/** `pace user …` */
import type { Command } from 'commander';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { inSession, onTracker } from './session.ts';
import type { Shell } from './shell.ts';

export function defineUser(cli: Command, shell: Shell): void {
  const user = cli.command('user').description('the people of a tracker');

  onTracker(user.command('list'))
    .description('list those who can be given an issue')
    .action((options) =>
      inSession(shell, options, async (session) => {
        const printing = session.printing((await import('../tracker/print/shapes.ts')).PEOPLE);
        const { tracker } = await session.open();
        await printing.list(tracker.listUsers(), 'Nobody.');
        return 0;
      }),
    );

  onTracker(user.command('me'))
    .description('show whose token it is')
    .action((options) =>
      inSession(shell, options, async (session) => {
        const printing = session.printing((await import('../tracker/print/shapes.ts')).PEOPLE);
        const { tracker } = await session.open();
        const { id, name } = await tracker.getCurrentUser();
        await printing.one({ id, name }, `${plainLine(id)}  ${plainLine(name)}\n`);
        return 0;
      }),
    );
}
