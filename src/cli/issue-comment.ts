/** `pace issue comment`. */
import type { Command } from 'commander';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { inSession, type Session, writing } from './session.ts';
import type { Shell } from './shell.ts';

export const COMMENTS = { comment: defineComment };

function defineComment(issue: Command, shell: Shell): void {
  writing(issue.command('comment'))
    .description('comment on an issue; edit, delete or list its comments')
    .argument('<key>', 'e.g. 12, PROJ-12')
    .argument('[body]', 'the text, in Markdown; - reads stdin')
    .option('--body <text>', 'the same')
    .option('-F, --body-file <file>', 'the text from a file; - reads stdin')
    .option('-e, --editor', 'write the text in $VISUAL or $EDITOR')
    .option('--edit <id>', 'replace the text of this comment')
    .option('--delete <id>', 'delete this comment')
    .option('--list', 'list the comments')
    .action((key: string, body: string | undefined, options) =>
      inSession(shell, options, (session) => comment(session, key, { ...options, body: body ?? options.body }), {
        showsWrites: !options.list,
      }),
    );
}

interface CommentOptions {
  readonly body?: string;
  readonly bodyFile?: string;
  readonly editor?: boolean;
  readonly edit?: string;
  readonly delete?: string;
  readonly list?: boolean;
}

async function comment(session: Session, reference: string, options: CommentOptions): Promise<number> {
  const { COMMENTS } = await import('../tracker/print/shapes.ts');
  const { usageError } = await import('../tracker/usage.ts');
  const { edit: edited, delete: deleted, list } = options;
  if ([edited, deleted, list].filter((given) => given !== undefined).length > 1) {
    throw usageError('--edit, --delete and --list cannot go together.', 'Please give one of them.');
  }
  const printing = session.printing(COMMENTS);
  if (list) {
    const { tracker, keys } = await session.open([reference]);
    await printing.list(tracker.listComments(keys[0] ?? ''), 'No comments.');
    return 0;
  }
  if (deleted !== undefined) {
    const {
      tracker,
      keys: [key = ''],
    } = await session.open([reference]);
    await tracker.deleteComment(key, deleted);
    await printing.one(
      { id: deleted, body: '', createdAt: session.world.now() },
      `Deleted the comment ${plainLine(deleted)}.\n`,
    );
    return 0;
  }
  const text = await textOf(session, reference, options);
  const {
    tracker,
    keys: [key = ''],
  } = await session.open([reference]);
  const written =
    edited === undefined ? await tracker.addComment(key, text) : await tracker.updateComment(key, edited, text);
  await printing.one(
    written,
    `${edited === undefined ? 'Commented' : 'Changed a comment'} on ${plainLine(key)} (${plainLine(written.id)}).\n`,
  );
  return 0;
}

/** At a terminal the editor opens when there is no text. Never empty. */
async function textOf(session: Session, reference: string, options: CommentOptions): Promise<string> {
  const { bodyOf } = await import('../tracker/body.ts');
  const { editorOf } = await import('../tracker/editor.ts');
  const { usageError } = await import('../tracker/usage.ts');
  const { world, shell } = session;
  const isMissing = options.body === undefined && options.bodyFile === undefined && !options.editor;
  if (isMissing && !shell.ask)
    throw usageError(
      'The text is missing.',
      `Please pass it: pace issue comment ${plainLine(reference)} "Some words".`,
    );
  if (isMissing && shell.ask && editorOf(world.env) === undefined) return shell.ask('Comment: ');
  const before = async () => {
    if (options.edit === undefined) return '';
    const { tracker, keys } = await session.open([reference]);
    for await (const { id, body } of tracker.listComments(keys[0] ?? '')) if (id === options.edit) return body;
    return '';
  };
  const text = await bodyOf({ ...options, editor: options.editor ?? isMissing }, { world, stdin: shell.stdin, before });
  if (text?.trim()) return text;
  throw usageError('The text is empty: nothing was sent.');
}
