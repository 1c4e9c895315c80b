/** `pace epic` at the command line. */
import { resolve } from 'node:path';
import { writeWhole } from '../../core/files/write-whole.ts';
import { standsIn } from '../../core/world.ts';
import { Declined, type EpicContext } from '../commands/epic/context.ts';
import { type EpicDone, runEpic } from '../commands/epic/epic.ts';
import type { EpicOptions } from '../commands/epic/options.ts';
import { EXIT_DECLINED, EXIT_INVALID, EXIT_PARTIAL } from '../commands/exit-codes.ts';
import { epicData, epicText } from '../output/epic-text.ts';
import { outcomeText } from '../output/sync-text.ts';
import { json } from './json.ts';
import type { Session } from './session.ts';

export const epic = {
  epic: async (session: Session, { export: file, ...options }: EpicOptions & { readonly export?: string }) => {
    try {
      const done = await runEpic(session.world, options, await contextOf(session, options));
      const data = epicData(done);
      if (file !== undefined) await writeWhole(resolve(standsIn(session.world), file), json(session.world, data));
      await session.answer(data, () => epicText(done, lookOf(session, options)));
      return exitCodeOf(done);
    } catch (error) {
      if (!(error instanceof Declined)) throw error;
      session.world.log.info(error.message);
      return EXIT_DECLINED;
    }
  },
};

function exitCodeOf(done: EpicDone): number {
  if (done.did === 'sync') return done.synced.exitCode;
  if (done.did === 'validate') return done.found.faults.length > 0 ? EXIT_INVALID : 0;
  return done.did === 'restore' && done.restored.failed.length > 0 ? EXIT_PARTIAL : 0;
}

/** Loaded now: nothing else of the command line needs it. */
async function contextOf(session: Session, options: EpicOptions): Promise<EpicContext> {
  const { engine } = await import('../sync/run.ts');
  const { shell, signal, world } = session;
  const { ask } = shell;
  if (!ask) return { engine, signal };
  return {
    ...{ engine, signal },
    confirm: async (report) => {
      const names = { a: report.ends.a.name, b: report.ends.b.name };
      const flow = options.bidirectional ? 'both' : options.pull ? 'to-a' : 'to-b';
      world.log.info(outcomeText({ pair: null, names, flow, report }, lookOf(session, options)).trimEnd());
      return /^y(?:es)?$/i.test(await ask('Write this? Type yes: '));
    },
  };
}

function lookOf({ shell, isVerbose }: Session, { execute = false }: EpicOptions) {
  return { colour: shell.hasColour, verbose: isVerbose, dryRun: !execute };
}
