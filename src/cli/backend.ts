/** `pace backend …` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { addBackend } from '../commands/backend/add.ts';
import { detectBackend } from '../commands/backend/detect.ts';
import { listBackends } from '../commands/backend/list.ts';
import type {
  BackendAdd,
  BackendDetect,
  BackendList,
  BackendRemove,
  BackendSetDefault,
  BackendTest,
} from '../commands/backend/options.ts';
import { removeBackend } from '../commands/backend/remove.ts';
import { setDefaultBackend } from '../commands/backend/set-default.ts';
import { testBackend } from '../commands/backend/test.ts';
import { BACKENDS, CHANGES, DETECTIONS, TESTS } from '../tracker/print/backend-shapes.ts';
import type { Session } from './session.ts';

export const backend = {
  list: async (session: Session, options: BackendList) => {
    const printing = session.printing(BACKENDS);
    await printing.list(await listBackends(session.world, options));
  },
  add: async (session: Session, options: BackendAdd) => {
    const printing = session.printing(CHANGES);
    const { file, hints } = await addBackend(session.world, options, session.shell.ask);
    const { name } = options;
    await printing.one({ name, file }, `Added ${plainLine(name)} to ${plainLine(file)}.\n`);
    for (const hint of hints) session.world.log.info(plainLine(hint));
  },
  remove: (session: Session, options: BackendRemove) =>
    changed(session, options.name, 'Removed', () => removeBackend(session.world, options)),
  'set-default': (session: Session, options: BackendSetDefault) =>
    changed(session, options.name, 'The default is now', () => setDefaultBackend(session.world, options)),
  test: async (session: Session, options: BackendTest) => {
    const printing = session.printing(TESTS);
    const results = await testBackend(session.world, options);
    await printing.list(results);
    return results.every(({ ok }) => ok) ? 0 : 1;
  },
  detect: async (session: Session, options: BackendDetect) => {
    const printing = session.printing(DETECTIONS);
    const found = await detectBackend(session.world, options);
    const words = [`${found.tracker}: ${found.because}`, ...found.missing].map((line) => `${plainLine(line)}\n`);
    await printing.one(found, words.join(''));
  },
};

async function changed(session: Session, name: string, deed: string, work: () => Promise<string>): Promise<void> {
  const printing = session.printing(CHANGES);
  const file = await work();
  await printing.one({ name, file }, `${deed} ${plainLine(name)} (${plainLine(file)}).\n`);
}
