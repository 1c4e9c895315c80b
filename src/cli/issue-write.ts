/** `pace issue create`, `edit`, `close`, `reopen` and `delete` at the command line. */
import { defined } from '../../core/defined.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { EXIT_PARTIAL } from '../commands/exit-codes.ts';
import { flagOf } from '../commands/flag-name.ts';
import { closeIssues } from '../commands/issue/close.ts';
import { createIssue, createIssues } from '../commands/issue/create.ts';
import { deleteIssues } from '../commands/issue/delete.ts';
import { editIssues } from '../commands/issue/edit.ts';
import type { IssueClose, IssueCreate, IssueDelete, IssueEdit, IssueReopen } from '../commands/issue/options.ts';
import { reopenIssues } from '../commands/issue/reopen.ts';
import { readWhole, shownName } from '../tracker/files.ts';
import { notDoneLine, outcomeOfCreated } from '../tracker/print/not-done.ts';
import { ISSUES } from '../tracker/print/shapes.ts';
import { templateNamed } from '../tracker/templates/find-template.ts';
import { usageError } from '../tracker/usage.ts';
import { fieldValues } from '../tracker/values.ts';
import { type BodyFlags, bodyOf } from './body.ts';
import { confirmAt, keysOf } from './chosen.ts';
import { editorOf } from './editor.ts';
import { printEdited } from './issue-edited.ts';
import type { Session } from './session.ts';

export const writes = {
  create: async (session: Session, { file, ...flags }: IssueCreate & BodyFlags & { readonly file?: string }) => {
    const { world, isDryRun } = session;
    const printing = session.printing(ISSUES);
    if (file !== undefined) return createdFrom(session, file, flags);
    // before a person is asked for anything
    fieldValues(flags);
    const words = await wordsOf(session, flags);
    const written = await createIssue(world, { ...flags, ...words });
    await printing.written(
      { ...written, value: written.value.issue },
      ({ key, title, url }) => `Created ${plainLine(key)}: ${plainLine(title)}\n${plainLine(url)}\n`,
    );
    if (isDryRun) return 0;
    const { left, isPartial } = outcomeOfCreated(written.value, written.value.tracker);
    for (const one of left) world.log.warn(notDoneLine(one, 'Created'));
    return isPartial ? EXIT_PARTIAL : 0;
  },
  edit: async (session: Session, { body, description, bodyFile, editor, ...options }: IssueEdit & BodyFlags) => {
    const { world, shell, signal } = session;
    const printing = session.printing(ISSUES);
    if (options.keys?.includes('-') && [body, description, bodyFile].includes('-'))
      throw usageError('Keys and text cannot both come from stdin.', 'Please pass one of them in another way.');
    const keys = await keysOf(session, options.keys);
    if (editor && (keys.length > 1 || options.query !== undefined))
      throw usageError('--editor is for one issue.', 'Please name one.');
    const flags = { body, description, bodyFile, editor };
    const newBody = (before: () => Promise<string>) => bodyOf(flags, { world, stdin: shell.stdin, before });
    const written = await editIssues(world, { ...options, keys, body: newBody }, signal, confirmAt(shell, 'Change'));
    return printEdited(session, printing, written, 'Changed');
  },
  close: async (session: Session, options: IssueClose) => {
    const printing = session.printing(ISSUES);
    const keys = await keysOf(session, options.keys);
    const confirm = confirmAt(session.shell, 'Close');
    const written = await closeIssues(session.world, { ...options, keys }, session.signal, confirm);
    return printEdited(session, printing, written, 'Closed');
  },
  reopen: async (session: Session, options: IssueReopen) => {
    const printing = session.printing(ISSUES);
    const keys = await keysOf(session, options.keys);
    const confirm = confirmAt(session.shell, 'Reopen');
    const written = await reopenIssues(session.world, { ...options, keys }, session.signal, confirm);
    return printEdited(session, printing, written, 'Reopened');
  },
  delete: async (session: Session, options: IssueDelete) => {
    const printing = session.printing(ISSUES);
    const keys = await keysOf(session, options.keys);
    const confirm = confirmAt(session.shell, 'Delete');
    const written = await deleteIssues(session.world, { ...options, keys }, session.signal, confirm);
    return printEdited(session, printing, written, 'Deleted');
  },
};

/** All issues of the file, whose own words no flag changes. */
async function createdFrom(session: Session, file: string, flags: IssueCreate & BodyFlags): Promise<number> {
  const { world, shell, signal } = session;
  const { config, backend, dryRun, ...others } = flags;
  // all that is left is said of one issue, whatever `create` comes to take
  const given = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (given.length > 0) {
    const names = given.map((name) => (name === 'title' ? 'a title' : flagOf(name)));
    throw usageError(`--file cannot go together with ${names.join(', ')}.`, 'Please say it in the file.');
  }
  const printing = session.printing(ISSUES);
  const { readIssueFile } = await import('../tracker/issue-file.ts');
  const planned = readIssueFile(shownName(file), await readWhole(file, world, shell.stdin), world.redact);
  const written = await createIssues(world, { config, backend, dryRun }, planned, signal);
  return printEdited(session, printing, written, 'Created');
}

/** Title and text; at a terminal what is missing is asked for. */
async function wordsOf(
  { world, shell }: Session,
  flags: BodyFlags & { readonly title?: string | undefined; readonly template?: string | undefined },
): Promise<{ title?: string; body?: string }> {
  const { title, body, description, bodyFile, template } = flags;
  const before = template === undefined ? {} : { before: async () => (await templateNamed(world.cwd, template)).body };
  const read = async (editor: boolean | undefined) =>
    defined({ body: await bodyOf({ ...flags, editor }, { world, stdin: shell.stdin, ...before }) });
  if (title !== undefined) return { title, ...(await read(flags.editor)) };
  if (!shell.ask) return {};
  const asked = await shell.ask('Title: ');
  const hasText = [body, description, bodyFile].some((text) => text !== undefined);
  const editor = flags.editor || (!hasText && editorOf(world.env) !== undefined);
  if (hasText || editor) return { title: asked, ...(await read(editor)) };
  if (template !== undefined) return { title: asked };
  return { title: asked, body: await shell.ask('Text: ') };
}
