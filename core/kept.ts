/**
 * What PACE keeps under `.pace/` between runs, through one door. A commit commands nothing: what git tracks, what is no plain file
 * and what lies behind a link is as if it were absent, and nothing is written to it, over it or through it. Texts are written without credentials.
 */
export interface Kept {
  /** Absolute path of `.pace`. */
  readonly root: string;
  /** Why nothing of it is used and nothing is kept: then what is written stays in memory. Absent while all is well. */
  readonly refusal: Refusal | undefined;
  /** From an absolute path to one below `.pace`, with `/`, as all others here are. */
  pathOf(absolute: string): string;
  isTracked(path: string): boolean;
  /** `undefined` when there is none. Throws a `PaceError` when it cannot be read, or is larger than PACE's own ever are. */
  read(path: string): Buffer | undefined;
  /**
   * The same for what can only make a run stricter: where nothing is used because of what a commit brings, this stands all the same,
   * as long as no commit has brought it itself.
   */
  readStanding(path: string): Buffer | undefined;
  /** Names of files and folders in a folder; none where there is no such folder. Throws a `PaceError` when it cannot be read. */
  names(folder: string): string[];
  /** The files of which PACE remembers something, and those on the disk. */
  paths(): string[];
  /** Whole or not at all. Throws a `PaceError` when it cannot be. */
  write(path: string, content: string | Buffer): void;
  /** At its end, and on the disk on return. Throws a `PaceError`. */
  append(path: string, content: string | Buffer): void;
  /** `false` when there was none. Throws a `PaceError`. */
  remove(path: string): boolean;
  /** Never over another file: what is there stays. Throws a `PaceError`. */
  move(from: string, to: string): void;
  /** Removes a folder that is empty. */
  removeFolder(folder: string): void;
  /**
   * Keeps the file byte for byte beside itself, or the part of it that cannot be used, and gives the name of what was kept. The
   * file itself stays. `undefined` when there is none.
   */
  keepAside(path: string, part?: string): string | undefined;
  /**
   * Moves the file beside itself unread, and gives the name that it has there: from now on there is none. `undefined` when there was none.
   * Throws a `PaceError`.
   */
  setAside(path: string): string | undefined;
  /** Looks at everything below `.pace` before anything of it is used. */
  examine(): void;
  /** Remembers all that is there: from now on nothing is read from the disk, where what is judged could have written it. */
  hold(): void;
  /** Undoes on the disk what others have done there to what PACE obeys. Says what that was. */
  undo(): void;
}

export interface Refusal {
  /** In one sentence. */
  readonly message: string;
  readonly remedy: string;
}
