/** What sync remembers of two trackers, and of each pair of issues: the shapes of the file and of the journal beside it. */
import type { Agreed, FieldName, SideName, Sides } from './values.ts';

/** One of two trackers. */
export interface End {
  /** Which tracker it is, for ever: platform, server, and the vendor's own id of the project where there is one. */
  readonly id: string;
  /** For people: `github octo-org/octo-repo`. A rename changes it, and nothing else. */
  readonly name: string;
  /** What opened it last: what `--backend` takes. Commands that name no trackers open it by that. */
  readonly backend?: string;
}

/** An issue of one side. */
export interface Half {
  /** The vendor's id, which a rename or a move does not change; the key where there is none. */
  readonly id: string;
  readonly key: string;
  readonly url: string;
  /** As it was when nothing was left to do, in milliseconds since 1970: with it, and as many comments, it is not looked at again. */
  readonly updatedAt?: number;
  readonly commentCount?: number;
  /** Its body had the line that ends what is kept in step. */
  readonly hasLine?: boolean;
}

export interface Pair extends Sides<Half> {
  readonly id: string;
  /** Absent until both have agreed once. */
  readonly base?: Sides<Agreed>;
  /** Ids of comments that are one: written there, copied here. */
  readonly comments: readonly Sides<string>[];
  /** Files of one side that the other one has been told of, by their ids. */
  readonly attachments?: Partial<Sides<readonly string[]>>;
  /** A person has said that these two are not one. Neither is copied, until it is linked with another one. */
  readonly isApart?: boolean;
  /** One of them is gone, or is not to be reached: nothing is written any more. */
  readonly orphan?: { readonly side: SideName; readonly why: string; readonly at: number };
}

/** A value that lost, or that nobody has decided about, whole. */
export interface KeptConflict {
  readonly id: string;
  readonly pair: string;
  readonly field: FieldName;
  readonly base: unknown;
  readonly a: unknown;
  readonly b: unknown;
  readonly at: number;
  /** Absent while nobody has decided; `neither`: a person has given both another text. */
  readonly winner?: SideName | 'neither';
  /** That text; of one that is open: which one of the two issues may have been told of. */
  readonly text?: string;
  /** `policy`, `force`, or `person`. */
  readonly by?: 'policy' | 'force' | 'person';
}

/** How far one side was read. */
export interface Watermark {
  /** The largest time of change that was seen, in milliseconds since 1970. */
  readonly seen: number;
  /** Of the query and the ends: another one is read from the start. */
  readonly scope: string;
}

export interface Retry {
  readonly side: SideName;
  readonly key: string;
  readonly why: string;
  readonly tries: number;
}

/** The whole file of two ends. */
export interface SyncState {
  readonly ends: Sides<End>;
  readonly watermarks: Partial<Sides<Watermark>>;
  /** By which version of each side's normal form the texts of the bases were compared last. */
  readonly normalForms?: Partial<Sides<number>>;
  readonly pairs: ReadonlyMap<string, Pair>;
  readonly retries: readonly Retry[];
  readonly conflicts: readonly KeptConflict[];
  /** What a tracker lacks, which was said: it is not said again. */
  readonly said: readonly string[];
}

/** A write that is about to be sent. Its answer is a line of its own, with what the pair is then. */
export interface Intent {
  readonly id: string;
  readonly pair: string;
  readonly side: SideName;
  readonly kind: 'create' | 'update' | 'comment' | 'link' | 'mark';
  readonly at: number;
  /** What is needed to see afterwards whether it was done. */
  readonly about: Readonly<Record<string, unknown>>;
}
