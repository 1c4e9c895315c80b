/** What is said of a kind of file that PACE knows when it sees one, read or not. */

/** What a file is about, and hence which sources read it. */
export type ReadBy = 'tests' | 'sarif' | 'coverage';

export interface KnownFormat {
  /** What people call it. */
  readonly name: string;
  /** Whether PACE has a reader for it. */
  readonly isRead?: boolean;
  /** How to have something that is read. */
  readonly instead?: string;
}
