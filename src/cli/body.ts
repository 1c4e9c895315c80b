/** The text of an issue or comment: from a flag, a file, stdin or the editor. */
import type { World } from '../../core/world.ts';
import { type Input, readWhole } from '../tracker/files.ts';
import { usageError } from '../tracker/usage.ts';
import { editText } from './editor.ts';

export interface BodyFlags {
  /** `-` is stdin. */
  readonly body?: string | undefined;
  /** The same, for those who know it by this name. */
  readonly description?: string | undefined;
  /** `-` is stdin. */
  readonly bodyFile?: string | undefined;
  /** Opens the editor on it. */
  readonly editor?: boolean | undefined;
}

/** `undefined` when there is none. `before` is what an editor starts with. Throws a usage error, or `FileNotFound`. */
export async function bodyOf(
  flags: BodyFlags,
  context: { readonly world: World; readonly stdin: Input; before?(): Promise<string> },
): Promise<string | undefined> {
  const { body, description, bodyFile, editor } = flags;
  const { world, stdin } = context;
  const given = [body, description, bodyFile].filter((text) => text !== undefined);
  if (given.length > 1)
    throw usageError('The text is given twice.', 'Please pass one of --body, --description and --body-file.');
  const path = bodyFile ?? ((body ?? description) === '-' ? '-' : undefined);
  const text = path === undefined ? (body ?? description) : (await readWhole(path, world, stdin)).trimEnd();
  if (!editor) return text;
  return editText(world, text ?? (await context.before?.()) ?? '');
}
