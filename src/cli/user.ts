/** `pace user …` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { listUsers } from '../commands/user/list.ts';
import { currentUser } from '../commands/user/me.ts';
import type { UserList, UserMe } from '../commands/user/options.ts';
import { PEOPLE } from '../tracker/print/shapes.ts';
import type { Session } from './session.ts';

export const user = {
  list: async (session: Session, options: UserList) => {
    const printing = session.printing(PEOPLE);
    await printing.list(await listUsers(session.world, options), 'Nobody.');
  },
  me: async (session: Session, options: UserMe) => {
    const printing = session.printing(PEOPLE);
    const person = await currentUser(session.world, options);
    await printing.one(person, `${plainLine(person.id)}  ${plainLine(person.name)}\n`);
  },
};
