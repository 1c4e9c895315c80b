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
    'are added and removed beside others',
    'are added by two at the same time without a loss, where the tracker can',
    'come back from more than one page',
    'say who wrote them, and when',
    'getCurrentUser says whose token it is, and that it works',
    'testConnection is true when it works',
    'testConnection is false, and no error, when it does not',
    'change many, each in its own way, and go on after one that is not there',
    'getCurrentUser ends in an error, too, and testConnection in false',
    // an answer to a new issue that has no key
    'an empty object: every call ends in an error that says what to do',
    'an empty list: every call ends in an error that says what to do',
    'a list of nulls: every call ends in an error that says what to do',
    'wrong types: every call ends in an error that says what to do',
    'a list of wrong types: every call ends in an error that says what to do',
    'author',
    'all together',
  ].map((title) => [title, REASON]),
);
