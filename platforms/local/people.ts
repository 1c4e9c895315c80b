/** People are names: whoever has written an issue or a comment, or was given an issue. */
import { checkoutUser } from '../../core/drivers/checkout.ts';
import type { Person } from '../../core/ports/issue.ts';
import type { World } from '../../core/world.ts';
import type { Connection } from './connection.ts';
import { toPerson } from './wire.ts';

export function rememberPerson(db: Connection, name: string | undefined): void {
  const known = `person ${name}`;
  if (name === undefined || db.memory.has(known)) return;
  const sql = 'INSERT INTO person (name, folded) VALUES (:name, :folded) ON CONFLICT DO NOTHING';
  db.run(sql, { name, folded: name.toLowerCase() });
  db.memory.add(known);
}

export function findPeople(db: Connection): Person[] {
  return db.all('SELECT name FROM person ORDER BY folded, name').map(({ name }) => toPerson(String(name)));
}

/** In their order. */
export function assign(db: Connection, number: number, people: readonly string[]): void {
  for (const [place, person] of people.entries()) {
    rememberPerson(db, person);
    const sql = 'INSERT INTO issue_assignee (number, place, person) VALUES (:number, :place, :person)';
    db.run(sql, { number, place, person });
  }
}

/** Who writes: the agent's name, else git's `user.name`, else the user of the machine. Asked once, when first needed. */
export function currentPerson(world: World): () => Promise<string | undefined> {
  let person: Promise<string | undefined> | undefined;
  return () => {
    person ??= nameOf(world);
    return person;
  };
}

async function nameOf(world: World): Promise<string | undefined> {
  return world.env['PACE_AGENT'] || checkoutUser(world);
}
