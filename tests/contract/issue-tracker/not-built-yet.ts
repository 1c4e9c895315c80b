/** The cases that a driver cannot pass before it has the calls of the whole port. To be gone when all have them. */
const REASON = 'not built yet';

export const NOT_BUILT_YET: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'can be given to a new issue',
    'have transitions that say where they lead',
    'have a way back from everything that is closed',
    'refuse a name that is none, with the names that there are',
    'tell that there is no such issue',
    'states tell apart what is only open or closed elsewhere',
    'author',
    'all together',
  ].map((title) => [title, REASON]),
);
