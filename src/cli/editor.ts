/** The person's editor on a text: `$VISUAL`, else `$EDITOR`, as git runs it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standsIn, type World } from '../../core/world.ts';
import { usageError } from '../tracker/usage.ts';

/** The editor's command line; `undefined` when none is set. */
export function editorOf(env: World['env']): string | undefined {
  return env['VISUAL'] || env['EDITOR'] || undefined;
}

/**
 * The text after editing, without blank ends; an empty one aborts. Nothing else runs meanwhile, so that the file is gone
 * whatever a person presses. Throws a usage error.
 */
export function editText(world: Pick<World, 'env' | 'cwd' | 'here'>, text: string): string {
  const editor = editorOf(world.env);
  if (editor === undefined) {
    throw usageError('There is no editor.', 'Please set EDITOR, or pass the text with --body or --body-file.');
  }
  const folder = mkdtempSync(join(tmpdir(), 'pace-text-'));
  try {
    const file = join(folder, 'text.md');
    writeFileSync(file, text === '' ? '' : `${text.trimEnd()}\n`, { mode: 0o600 });
    // the shell knows quotes and options in it
    const { status, error } = spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', file], {
      cwd: standsIn(world),
      env: world.env,
      stdio: 'inherit',
    });
    if (error || status !== 0) throw usageError('The editor ended with an error: nothing was sent.');
    const edited = readFileSync(file, 'utf8').trim();
    if (edited === '') throw usageError('The text is empty: nothing was sent.');
    return edited;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
