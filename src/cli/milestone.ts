/** `pace milestone …` at the command line. */
import type { Milestone } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { closeMilestone } from '../commands/milestone/close.ts';
import { createMilestone } from '../commands/milestone/create.ts';
import { deleteMilestone } from '../commands/milestone/delete.ts';
import { editMilestone } from '../commands/milestone/edit.ts';
import { listMilestones } from '../commands/milestone/list.ts';
import type {
  MilestoneClose,
  MilestoneCreate,
  MilestoneDelete,
  MilestoneEdit,
  MilestoneList,
} from '../commands/milestone/options.ts';
import type { Written } from '../commands/on-tracker.ts';
import { MILESTONES } from '../tracker/print/shapes.ts';
import type { Session } from './session.ts';

export const milestone = {
  list: (session: Session, options: MilestoneList) =>
    session.printing(MILESTONES).list(listMilestones(session.world, options), 'No milestones.'),
  create: (session: Session, options: MilestoneCreate) =>
    shown(session, 'Created', () => createMilestone(session.world, options)),
  edit: (session: Session, options: MilestoneEdit) =>
    shown(session, 'Changed', () => editMilestone(session.world, options)),
  close: (session: Session, options: MilestoneClose) =>
    shown(session, 'Closed', () => closeMilestone(session.world, options)),
  delete: (session: Session, options: MilestoneDelete) =>
    shown(session, 'Deleted', () => deleteMilestone(session.world, options)),
};

async function shown(session: Session, deed: string, work: () => Promise<Written<Milestone>>): Promise<void> {
  const printing = session.printing(MILESTONES);
  await printing.written(await work(), ({ title }) => `${deed} the milestone ${plainLine(title)}.\n`);
}
