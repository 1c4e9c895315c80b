/** One note of a gate at a change, also where two jobs write at one moment. */

export interface Note {
  readonly id: number;
  readonly text: string;
}

/** What a host does with the notes of one gate at one change. */
export interface Notes {
  /** The newest first. */
  list(): Promise<readonly Note[]>;
  /** False where the note is not ours to change, or not there any more. */
  edit(id: number): Promise<boolean>;
  create(): Promise<Pick<Note, 'id'>>;
  remove(id: number): Promise<unknown>;
}

/** Afterwards one note says `text`; one that we may not edit is somebody else's and stays. */
export async function keepOneNote(notes: Notes, text: string): Promise<void> {
  const before = await notes.list();
  const [ours] = before;
  if (ours?.text === text) return;
  if (ours && (await notes.edit(ours.id))) return;
  const made = await notes.create();
  // another job of the matrix may have written at this very moment: the first one stays
  const isAnothers = ({ id }: Note) => id < made.id && before.every((each) => each.id !== id);
  const first = (await notes.list()).findLast(isAnothers);
  if (first && (await notes.edit(first.id))) await notes.remove(made.id);
}
