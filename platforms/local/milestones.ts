/** Milestones: known by their title without regard to case. */
import { PaceError } from '../../core/errors.ts';
import type { Milestone } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Connection } from './connection.ts';
import { record, type Stamp } from './events.ts';
import { checkDate, checkName, refused } from './input.ts';
import { toMilestone } from './wire.ts';

export function findMilestones(db: Connection): Milestone[] {
  return db.all('SELECT * FROM milestone ORDER BY due_date IS NULL, due_date, folded').map(toMilestone);
}

export function insertMilestone(db: Connection, milestone: Omit<Milestone, 'state'>, stamp: Stamp): Milestone {
  check(milestone);
  const title = milestone.title.trim();
  refuseTaken(db, title);
  const sql = `INSERT INTO milestone (title, folded, description, due_date)
    VALUES (:title, :folded, :description, :dueDate)`;
  const id = db.run(sql, {
    title,
    folded: title.toLowerCase(),
    description: milestone.description || null,
    dueDate: milestone.dueDate || null,
  });
  record(db, stamp, { kind: 'milestone created', subject: title });
  return milestoneOf(db, id);
}

export function changeMilestone(db: Connection, title: string, changes: Partial<Milestone>, stamp: Stamp): Milestone {
  check(changes);
  const id = milestoneId(db, title) ?? noSuchMilestone(title);
  const old = milestoneOf(db, id);
  const next = { ...old, ...changes, title: (changes.title ?? old.title).trim() };
  refuseTaken(db, next.title, id);
  db.run(
    `UPDATE milestone SET title = :title, folded = :folded, description = :description, state = :state, due_date = :dueDate
     WHERE id = :id`,
    {
      id,
      title: next.title,
      folded: next.title.toLowerCase(),
      description: next.description || null,
      state: next.state,
      dueDate: next.dueDate || null,
    },
  );
  record(db, stamp, { kind: 'milestone edited', subject: next.title, before: old });
  return milestoneOf(db, id);
}

/** Its issues stay, without a milestone. */
export function removeMilestone(db: Connection, title: string, stamp: Stamp): void {
  const id = milestoneId(db, title) ?? noSuchMilestone(title);
  const milestone = milestoneOf(db, id);
  const issues = db.all('SELECT number FROM issue WHERE milestone = :id ORDER BY number', { id });
  db.run('DELETE FROM milestone WHERE id = :id', { id });
  const before = { ...milestone, issues: issues.map(({ number }) => Number(number)) };
  record(db, stamp, { kind: 'milestone deleted', subject: milestone.title, before });
}

export function milestoneId(db: Connection, title: string): number | undefined {
  const id = db.get('SELECT id FROM milestone WHERE folded = :folded', { folded: title.toLowerCase() })?.['id'];
  return typeof id === 'number' ? id : undefined;
}

/** For an issue that is to be put in it. */
export function existingMilestone(db: Connection, title: string): number {
  const id = milestoneId(db, title.trim());
  if (id !== undefined) return id;
  const titles = findMilestones(db).map((milestone) => `“${plainLine(milestone.title, 60)}”`);
  throw refused(
    `There is no milestone “${plainLine(title, 60)}”. Available: ${titles.slice(0, 20).join(', ') || 'none'}.`,
    'Please name one of them, or create it first.',
  );
}

export function noSuchMilestone(title: string): never {
  throw new PaceError({
    kind: 'not-found',
    message: `There is no milestone “${plainLine(title, 60)}”.`,
    remedy: 'Please check its title: `pace milestone list` shows all of them.',
  });
}

function milestoneOf(db: Connection, id: number): Milestone {
  return toMilestone({ ...db.get('SELECT * FROM milestone WHERE id = :id', { id }) });
}

function refuseTaken(db: Connection, title: string, own?: number): void {
  const other = milestoneId(db, title);
  if (other === undefined || other === own) return;
  throw new PaceError({
    kind: 'conflict',
    message: `There is a milestone “${plainLine(title, 60)}” already.`,
    remedy: 'Please choose another title, or edit that milestone.',
  });
}

function check({ title, dueDate, state }: Partial<Milestone>): void {
  if (title !== undefined) checkName(title, 'a milestone');
  if (dueDate) checkDate(dueDate);
  if (state === undefined || state === 'open' || state === 'closed') return;
  throw refused(`\`${plainLine(state, 40)}\` is not a state of a milestone.`, 'Please give `open` or `closed`.');
}
