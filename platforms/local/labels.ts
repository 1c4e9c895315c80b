/** Labels: known by their name without regard to case, written as they were first. */
import { PaceError } from '../../core/errors.ts';
import type { IssueState, Label } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Connection } from './connection.ts';
import { record, type Stamp } from './events.ts';
import { checkColor, checkName } from './input.ts';
import { toLabel } from './wire.ts';

export function findLabels(db: Connection): Label[] {
  return db.all('SELECT * FROM label ORDER BY folded, name').map(toLabel);
}

export function insertLabel(db: Connection, label: Label, stamp: Stamp): Label {
  check(label);
  const name = label.name.trim();
  refuseTaken(db, name);
  const id = insert(db, name);
  describe(db, id, label);
  record(db, stamp, { kind: 'label created', subject: name });
  return labelOf(db, id);
}

export function changeLabel(db: Connection, name: string, changes: Partial<Label>, stamp: Stamp): Label {
  check(changes);
  const id = known(db, name);
  const old = labelOf(db, id);
  const next = { ...old, ...changes, name: (changes.name ?? old.name).trim() };
  refuseTaken(db, next.name, id);
  db.run('UPDATE label SET name = :name, folded = :folded WHERE id = :id', { ...folded(next.name), id });
  describe(db, id, next);
  record(db, stamp, { kind: 'label edited', subject: next.name, before: old });
  return labelOf(db, id);
}

/** It is taken off the issues that have it. */
export function removeLabel(db: Connection, name: string, stamp: Stamp): void {
  const id = known(db, name);
  const label = labelOf(db, id);
  const issues = db.all('SELECT number FROM issue_label WHERE label = :id ORDER BY number', { id });
  db.run(
    `UPDATE issue SET labels = (SELECT json_group_array(value) FROM json_each(labels) WHERE value <> :id)
     WHERE number IN (SELECT number FROM issue_label WHERE label = :id)`,
    { id },
  );
  db.run('DELETE FROM issue_label WHERE label = :id', { id });
  db.run('DELETE FROM label WHERE id = :id', { id });
  const before = { ...label, issues: issues.map(({ number }) => Number(number)) };
  record(db, stamp, { kind: 'label deleted', subject: label.name, before });
}

interface Labelled {
  readonly number: number;
  readonly state: IssueState;
}

/** Each once; new ones are created. */
export function labelIds(db: Connection, names: readonly string[]): number[] {
  return [...new Set(names.map((name) => labelId(db, name) ?? insert(db, name.trim())))];
}

/** Lets a new issue be found by its labels. */
export function indexLabels(db: Connection, { number, state }: Labelled, ids: readonly number[]): void {
  for (const label of ids) {
    db.run('INSERT INTO issue_label (label, state, number) VALUES (?, ?, ?)', [label, state, number]);
  }
}

/** Gives the issue these labels instead of those that it has. */
export function changeLabels(db: Connection, issue: Labelled, names: readonly string[]): void {
  const { number } = issue;
  const ids = labelIds(db, names);
  db.run(
    `DELETE FROM issue_label WHERE state = :state AND number = :number
     AND label IN (SELECT json_each.value FROM issue, json_each(labels) WHERE issue.number = :number)`,
    { ...issue },
  );
  db.run('UPDATE issue SET labels = :labels WHERE number = :number', { labels: JSON.stringify(ids), number });
  indexLabels(db, issue, ids);
}

/** The names as they are written here, each once, in order. */
export function spelled(db: Connection, names: readonly string[]): string[] {
  const found = new Map<number | string, string>();
  for (const given of names) {
    const name = given.trim();
    const id = labelId(db, name);
    if (id !== undefined) found.set(id, labelOf(db, id).name);
    else if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), name);
  }
  return [...found.values()].sort();
}

/** The one of that very spelling before those of another. */
function labelId(db: Connection, name: string): number | undefined {
  const rows = db.all('SELECT id, name FROM label WHERE folded = :folded ORDER BY id', {
    folded: name.trim().toLowerCase(),
  });
  const row = rows.find((one) => one['name'] === name.trim()) ?? rows[0];
  return row && Number(row['id']);
}

function insert(db: Connection, name: string): number {
  return db.run('INSERT INTO label (name, folded) VALUES (:name, :folded)', folded(name));
}

function folded(name: string): { name: string; folded: string } {
  return { name, folded: name.toLowerCase() };
}

function describe(db: Connection, id: number, { description, color }: Partial<Label>): void {
  const sql = 'UPDATE label SET description = :description, color = :color WHERE id = :id';
  db.run(sql, { id, description: description || null, color: color || null });
}

function labelOf(db: Connection, id: number): Label {
  return toLabel({ ...db.get('SELECT * FROM label WHERE id = :id', { id }) });
}

function known(db: Connection, name: string): number {
  return labelId(db, name) ?? noSuchLabel(name);
}

export function noSuchLabel(name: string): never {
  throw new PaceError({
    kind: 'not-found',
    message: `There is no label \`${plainLine(name, 60)}\`.`,
    remedy: 'Please check its name: `pace label list` shows all of them.',
  });
}

function refuseTaken(db: Connection, name: string, own?: number): void {
  const other = labelId(db, name);
  if (other === undefined || other === own) return;
  throw new PaceError({
    kind: 'conflict',
    message: `There is a label \`${plainLine(labelOf(db, other).name, 60)}\` already.`,
    remedy: 'Please choose another name, or edit that label.',
  });
}

function check({ name, color }: Partial<Label>): void {
  if (name !== undefined) checkName(name, 'a label');
  if (color) checkColor(color);
}
