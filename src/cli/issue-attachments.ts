/** `pace issue attachments` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { EXIT_PARTIAL, errorExitCode } from '../commands/exit-codes.ts';
import { listAttachments } from '../commands/issue/attachments.ts';
import type { IssueAttachments } from '../commands/issue/options.ts';
import { ATTACHMENTS } from '../tracker/print/shapes.ts';
import type { Session } from './session.ts';

/** A single file that fails is an error like any other. */
export async function attachments(session: Session, options: IssueAttachments): Promise<number> {
  const { world, signal } = session;
  const printing = session.printing(ATTACHMENTS);
  const { attachments: found, failed } = await listAttachments(world, options, signal);
  const saved = options.download !== undefined && Array.isArray(found) ? found.length : 0;
  const [first] = failed;
  if (first && failed.length === 1 && saved === 0) throw first.error;
  await printing.list(found, failed.length === 0 ? 'No attachments.' : undefined);
  for (const { name, error } of failed)
    world.log.warn(`${plainLine(name, 100)}: ${plainLine(`${error.message} ${error.remedy}`)}`);
  if (!first) return 0;
  return saved > 0 ? EXIT_PARTIAL : errorExitCode(first.error);
}
