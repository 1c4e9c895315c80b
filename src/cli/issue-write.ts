/** `pace issue create`, `edit`, `close` and `reopen` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { EXIT_PARTIAL } from '../commands/exit-codes.ts';
import { closeIssues } from '../commands/issue/close.ts';
import { createIssue } from '../commands/issue/create.ts';
import { editIssues } from '../commands/issue/edit.ts';
import type { IssueClose, IssueCreate, IssueEdit, IssueReopen } from '../commands/issue/options.ts';
import { reopenIssues } from '../commands/issue/reopen.ts';
import { ISSUES } from '../tracker/print/shapes.ts';
import { usageError } from '../tracker/usage.ts';
import { fieldValues } from '../tracker/values.ts';
import { type BodyFlags, bodyOf } from './body.ts';
import { editorOf } from './editor.ts';
import { partlyText, printEdited } from './issue-edited.ts';
import type { Session } from './session.ts';

export const writes = {
  create: async (session: Session, flags: IssueCreate & BodyFlags) => {
    const { world, isDryRun } = session;
    const printing = session.printing(ISSUES);
    // before a person is asked for anything
    fieldValues(flags);
    const words = await wordsOf(session, flags);
    const written = await createIssue(world, { ...flags, ...words });
    await printing.written(
      { ...written, value: written.value.issue },
      ({ key, title, url }) => `Created ${plainLine(key)}: ${plainLine(title)}\n${plainLine(url)}\n`,
    );
    const { issue, unassigned, lacks, tracker } = written.value;
    if (isDryRun) return 0;
    if (lacks.length > 0) world.log.warn(partlyText(issue.key, lacks));
    if (unassigned.length === 0) return lacks.length > 0 ? EXIT_PARTIAL : 0;
    world.log.warn(
      `${plainLine(issue.key)} is created, but not assigned to ${plainLine(unassigned.join(', '))}: ${tracker} does not know them as people who can be assigned here.`,
    );
    return EXIT_PARTIAL;
  },
  edit: async (session: Session, { body, description, bodyFile, editor, ...options }: IssueEdit & BodyFlags) => {
    const { world, shell, signal } = session;
    const printing = session.printing(ISSUES);
    if (editor && options.keys.length > 1) throw usageError('--editor is for one issue.', 'Please name one.');
    const flags = { body, description, bodyFile, editor };
    const newBody = (before: () => Promise<string>) => bodyOf(flags, { world, stdin: shell.stdin, before });
    return printEdited(session, printing, await editIssues(world, { ...options, body: newBody }, signal), 'Changed');
  },
  close: async (session: Session, options: IssueClose) => {
    const printing = session.printing(ISSUES);
    return printEdited(session, printing, await closeIssues(session.world, options, session.signal), 'Closed');
  },
  reopen: async (session: Session, options: IssueReopen) => {
    const printing = session.printing(ISSUES);
    return printEdited(session, printing, await reopenIssues(session.world, options, session.signal), 'Reopened');
  },
};

/** Title and text; at a terminal what is missing is asked for. */
async function wordsOf(
  { world, shell }: Session,
  flags: BodyFlags & { readonly title?: string | undefined },
): Promise<{ title?: string; body: string }> {
  const { title, body, description, bodyFile } = flags;
  const read = async (editor: boolean | undefined) =>
    (await bodyOf({ ...flags, editor }, { world, stdin: shell.stdin })) ?? '';
  if (title !== undefined) return { title, body: await read(flags.editor) };
  if (!shell.ask) return { body: '' };
  const asked = await shell.ask('Title: ');
  const hasText = [body, description, bodyFile].some((text) => text !== undefined);
  const editor = flags.editor || (!hasText && editorOf(world.env) !== undefined);
  if (hasText || editor) return { title: asked, body: await read(editor) };
  return { title: asked, body: await shell.ask('Text: ') };
}
