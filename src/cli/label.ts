/** `pace label …` at the command line. */
import type { Label } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { createLabel } from '../commands/label/create.ts';
import { deleteLabel } from '../commands/label/delete.ts';
import { editLabel } from '../commands/label/edit.ts';
import { listLabels } from '../commands/label/list.ts';
import type { LabelCreate, LabelDelete, LabelEdit, LabelList } from '../commands/label/options.ts';
import type { Written } from '../commands/on-tracker.ts';
import { LABELS } from '../tracker/print/shapes.ts';
import type { Session } from './session.ts';

export const label = {
  list: async (session: Session, options: LabelList) => {
    const printing = session.printing(LABELS);
    await printing.list(await listLabels(session.world, options), 'No labels.');
  },
  create: (session: Session, options: LabelCreate) =>
    shown(session, 'Created', () => createLabel(session.world, options)),
  edit: (session: Session, options: LabelEdit) => shown(session, 'Changed', () => editLabel(session.world, options)),
  delete: (session: Session, options: LabelDelete) =>
    shown(session, 'Deleted', () => deleteLabel(session.world, options)),
};

async function shown(session: Session, deed: string, work: () => Promise<Written<Label>>): Promise<void> {
  const printing = session.printing(LABELS);
  await printing.written(await work(), ({ name }) => `${deed} the label ${plainLine(name)}.\n`);
}
