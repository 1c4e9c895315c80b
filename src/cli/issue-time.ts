/** `pace issue history`, `undo`, `watch` and `defer` at the command line. */
import { minute } from '../../core/text/minute.ts';
import { deferIssues } from '../commands/issue/defer.ts';
import { issueHistory } from '../commands/issue/history.ts';
import type { IssueDefer, IssueHistory, IssueUndo, IssueWatch } from '../commands/issue/options.ts';
import { undoIssue } from '../commands/issue/undo.ts';
import { watchIssues } from '../commands/issue/watch.ts';
import { CHANGE_FIELDS, picked, type ShownIssue } from '../tracker/print/fields.ts';
import { tablePrinter } from '../tracker/print/formats.ts';
import { CHANGES, ISSUES, RESTORED } from '../tracker/print/shapes.ts';
import { confirmAt, keysOf } from './chosen.ts';
import { changedText, printEdited } from './issue-edited.ts';
import { jsonLine } from './json.ts';
import type { Session } from './session.ts';

export const time = {
  history: async (session: Session, options: IssueHistory) => {
    const printing = session.printing(CHANGES);
    await printing.list(await issueHistory(session.world, options), 'Nothing has changed.');
  },
  undo: async (session: Session, options: IssueUndo) => {
    const printing = session.printing(ISSUES);
    const { value, planned } = await undoIssue(session.world, options);
    const text = () => `${changedText(value.issue, 'Restored')}${tablePrinter(RESTORED).page(value.restored)}`;
    await printing.written({ value: value.issue, planned }, text);
  },
  watch: async ({ world, shell, signal }: Session, { json, ...options }: IssueWatch & { readonly json?: boolean }) => {
    const printer = tablePrinter(CHANGES);
    for await (const changes of watchIssues(world, options, signal)) {
      const lines = changes.map((change) => jsonLine(world, picked(CHANGE_FIELDS, change)));
      await shell.stdout.write(json ? lines.join('') : printer.page(changes));
      if (shell.stdout.isClosed) return;
    }
  },
  defer: async (session: Session, options: IssueDefer) => {
    const printing = session.printing(ISSUES);
    const keys = await keysOf(session, options.keys);
    const confirm = confirmAt(session.shell, 'Defer');
    const written = await deferIssues(session.world, { ...options, keys }, session.signal, confirm);
    return printEdited(session, printing, written, deferredText);
  },
};

/** Until when, or that nothing is put off any more. */
function deferredText(issue: ShownIssue): string {
  const { deferUntil } = issue;
  if (deferUntil === undefined) return changedText(issue, 'No longer deferred');
  return `${changedText(issue, 'Deferred')}Until ${minute(deferUntil)}\n`;
}
