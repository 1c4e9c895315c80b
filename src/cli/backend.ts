/** `pace backend …`: the trackers that the other verbs can be pointed at. */
import type { Command } from 'commander';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { inSession, printed, type Session, type TrackerOptions } from './session.ts';
import { common, type Shell, several } from './shell.ts';

export function defineBackend(cli: Command, shell: Shell): void {
  const backend = cli.command('backend').description('the trackers that can be named with --backend');
  const verb = (name: string) => printed(common(backend.command(name)));

  verb('list')
    .description('list the backends, and the tracker of the gate')
    .action((options) =>
      inSession(shell, options, async (session) => {
        const { BACKENDS } = await import('../tracker/backend-shapes.ts');
        const { listBackends } = await import('../commands/backend.ts');
        await session.printing(BACKENDS).list(await listBackends(session.world, options));
        return 0;
      }),
    );

  placed(verb('add'))
    .description('add a backend; at a terminal what is missing is asked for')
    .argument('<name>', 'what it is called from now on')
    .argument('[platform]', 'github, gitlab, jira, local, …')
    .option('--set <key=value>', 'a setting of the platform; secrets stay in the environment', several)
    .action((name: string, platform: string | undefined, options) =>
      inSession(shell, options, (session) => add(session, { ...options, name, platform })),
    );

  placed(verb('remove'))
    .description('take a backend out of its file')
    .argument('<name>')
    .action((name: string, options) =>
      inSession(shell, options, async (session) => {
        const { removeBackend } = await import('../commands/backend.ts');
        const file = await removeBackend(session.world, { ...options, name });
        await changed(session, name, file, 'Removed');
        return 0;
      }),
    );

  placed(verb('set-default'))
    .description('use this backend where none is named')
    .argument('<name>')
    .action((name: string, options) =>
      inSession(shell, options, async (session) => {
        const { setDefaultBackend } = await import('../commands/backend.ts');
        const file = await setDefaultBackend(session.world, { ...options, name });
        await changed(session, name, file, 'The default is now');
        return 0;
      }),
    );

  verb('test')
    .description('see whether a backend answers, and what it can do; writes nothing')
    .argument('[name]', 'else the one that is used by default')
    .action((name: string | undefined, options) =>
      inSession(shell, options, async (session) => {
        const { TESTS } = await import('../tracker/backend-shapes.ts');
        const { testBackend } = await import('../commands/backend.ts');
        const results = await testBackend(session.world, { ...options, name });
        await session.printing(TESTS).list(results);
        return results.every(({ ok }) => ok) ? 0 : 1;
      }),
    );

  verb('detect')
    .description('say which tracker is used when none is named, and why')
    .action((options) =>
      inSession(shell, options, async (session) => {
        const { DETECTIONS } = await import('../tracker/backend-shapes.ts');
        const { detectBackend } = await import('../commands/backend.ts');
        const found = await detectBackend(session.world, options);
        const words = [`${found.tracker}: ${found.because}`, ...found.missing].map((line) => `${plainLine(line)}\n`);
        await session.printing(DETECTIONS).one(found, words.join(''));
        return 0;
      }),
    );
}

/** Which of the two files. */
function placed(command: Command): Command {
  return command
    .option('--user', 'in your own file, for all projects')
    .option('--project', 'in the configuration of this project');
}

interface AddOptions extends TrackerOptions {
  readonly name: string;
  readonly platform: string | undefined;
  readonly set?: readonly string[];
}

async function add(session: Session, options: AddOptions): Promise<number> {
  const { CHANGES } = await import('../tracker/backend-shapes.ts');
  const { addBackend } = await import('../commands/backend.ts');
  const { file, hints } = await addBackend(session.world, { ...options, ask: session.shell.ask });
  const name = plainLine(options.name);
  await session.printing(CHANGES).one({ name: options.name, file }, `Added ${name} to ${plainLine(file)}.\n`);
  for (const hint of hints) session.world.log.info(plainLine(hint));
  return 0;
}

async function changed(session: Session, name: string, file: string, deed: string): Promise<void> {
  const { CHANGES } = await import('../tracker/backend-shapes.ts');
  await session.printing(CHANGES).one({ name, file }, `${deed} ${plainLine(name)} (${plainLine(file)}).\n`);
}
