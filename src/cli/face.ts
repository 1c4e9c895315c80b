/** What the command line does with a verb: reads what only it can read, calls the command, and shows the value. */
import type { Session } from './session.ts';

/** `options`: as the verb's schema says, with the flags that only the command line has. Gives the exit code; anything but a number means 0. */
export type Face = (session: Session, options: never) => Promise<unknown>;

/** Loads the faces of several verbs, by the verb. */
export type LoadFaces = () => Promise<Readonly<Record<string, Face>>>;
