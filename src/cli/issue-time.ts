/** `pace issue history`, `undo`, `watch` and `defer` at the command line. */
import { deferIssues } from '../commands/issue/defer.ts';
import { issueHistory } from '../commands/issue/history.ts';
import type { IssueDefer, IssueHistory, IssueUndo, IssueWatch } from '../commands/issue/options.ts';
import { undoIssue } from '../commands/issue/undo.ts';
import { watchIssues } from '../commands/issue/watch.ts';
import { CHANGE_FIELDS, picked } from '../tracker/print/fields.ts';
import { tablePrinter } from '../tracker/print/formats.ts';
import { CHANGES, ISSUES } from '../tracker/print/shapes.ts';
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
    await printing.written(await undoIssue(session.world, options), (issue) => changedText(issue, 'Restored'));
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
    return printEdited(session, printing, written, 'Deferred');
  },
};
