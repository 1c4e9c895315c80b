/** `pace issue comment` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { type CommentBody, commentOnIssue, type WrittenComment } from '../commands/issue/comment.ts';
import type { IssueComment } from '../commands/issue/options.ts';
import { COMMENTS } from '../tracker/print/shapes.ts';
import { type BodyFlags, bodyOf } from './body.ts';
import { editorOf } from './editor.ts';
import type { Session } from './session.ts';

export async function comment(
  session: Session,
  { bodyFile, editor, ...options }: IssueComment & BodyFlags,
): Promise<void> {
  const printing = session.printing(COMMENTS);
  const flags = { body: options.body, bodyFile, editor };
  const outcome = await commentOnIssue(session.world, { ...options, body: bodyFrom(session, flags) });
  if (outcome.kind === 'listed') return printing.list(outcome.comments, 'No comments.');
  const { value, planned } = outcome.written;
  await printing.written({ value: value.comment, planned }, () => words(value));
}

function words({ deed, key, comment: { id } }: WrittenComment): string {
  if (deed === 'deleted') return `Deleted the comment ${plainLine(id)}.\n`;
  return `${deed === 'added' ? 'Commented' : 'Changed a comment'} on ${plainLine(key)} (${plainLine(id)}).\n`;
}

/** At a terminal the editor opens when there is no text, or the person is asked. */
function bodyFrom({ world, shell }: Session, flags: BodyFlags): CommentBody | undefined {
  const isMissing = flags.body === undefined && flags.bodyFile === undefined && !flags.editor;
  if (isMissing && !shell.ask) return undefined;
  return async (before) => {
    if (isMissing && shell.ask && editorOf(world.env) === undefined) return shell.ask('Comment: ');
    const editor = flags.editor ?? isMissing;
    return (await bodyOf({ ...flags, editor }, { world, stdin: shell.stdin, before })) ?? '';
  };
}
