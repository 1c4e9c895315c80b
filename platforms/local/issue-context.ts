/** What the calls of the embedded tracker share: the open store, who writes, and how one issue is looked at or changed. */

import { asPaceError } from '../../core/errors.ts';
import { keptOf } from '../../core/kept/open-kept.ts';
import { inOperation } from '../../core/operation.ts';
import type { Issue, Metadata } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { noSuchIssue, toNumber } from './address.ts';
import { findComments } from './comments.ts';
import type { Connection } from './connection.ts';
import type { Stamp } from './events.ts';
import { mirrorIssue, mirrorPath, originOf, removeMirror } from './mirror.ts';
import { currentPerson } from './people.ts';
import type { Store } from './store.ts';
import { findIssue, findMarked, refuseUnknown } from './writes.ts';

/** Every call is a transaction of its own, and names itself in what it throws. */
export interface Context {
  /** Who writes; `undefined` when nobody can be told. */
  person(): Promise<string | undefined>;
  now(): number;
  urlOf(number: number, metadata: Metadata): string;
  read<Result>(operation: string, work: (db: Connection) => Result, none: () => Result): Promise<Result>;
  write<Result>(
    operation: string,
    work: (db: Connection, stamp: Stamp) => Result,
    none?: () => Result,
  ): Promise<Result>;
  /** Looks at what belongs to an issue that is there. */
  look<Result>(operation: string, key: string, work: (db: Connection, number: number) => Result): Promise<Result>;
  /** Changes one issue, with its Markdown file. */
  change<Result>(operation: string, key: string, work: ChangeWork<Result>): Promise<Result>;
  /** Takes one issue away, with its Markdown file. */
  erase(operation: string, key: string, work: (db: Connection, issue: Issue, stamp: Stamp) => void): Promise<void>;
  /** For a transaction that is under way. */
  found(db: Connection, number: number): Issue;
  /** Writes the issue's Markdown file, where it has one. */
  mirrored(db: Connection, issue: Issue): Issue;
}

/** `after` reads the issue back, as it is then. */
export type ChangeWork<Result> = (db: Connection, issue: Issue, stamp: Stamp, after: () => Issue) => Result;

/** @param database the path as people are shown it */
export function createContext(world: World, store: Store, database: string): Context {
  const person = currentPerson(world);
  const kept = keptOf(world);

  function urlOf(number: number, metadata: Metadata): string {
    return mirrorPath(metadata) ?? `${database}#${number}`;
  }

  function found(db: Connection, number: number): Issue {
    return findIssue(db, number, urlOf) ?? noSuchIssue(number);
  }

  /** Two processes may file the same fact; the file shows the one that stays. */
  function shownAt(db: Connection, issue: Issue): Issue {
    const origin = originOf(issue.metadata);
    const alike = origin ? findMarked(db, { kind: origin.kind, day: origin.day }, urlOf) : [];
    return alike.find((other) => other.url === issue.url) ?? issue;
  }

  /**
   * Writes the issue's file before the change is committed: of a run that is killed in between, the next one makes the change
   * and the file again. The other way round nothing would be left to do, and the file would stay behind.
   */
  function mirrored(db: Connection, changed: Issue): Issue {
    if (mirrorPath(changed.metadata) === undefined) return changed;
    try {
      const issue = shownAt(db, changed);
      mirrorIssue(kept, { issue, comments: findComments(db, Number(issue.key)), database });
    } catch (error) {
      const { message, remedy } = asPaceError(error);
      world.log.warn(
        `Issue ${changed.key} is stored, but its Markdown file is not. ${plainLine(`${message} ${remedy}`)}`,
      );
    }
    return changed;
  }

  /** Of two issues of one fact, the file shows the other one then. */
  function unmirrored(db: Connection, gone: Issue): void {
    const next = shownAt(db, gone);
    if (next.key !== gone.key) mirrored(db, next);
    else removeMirror(kept, gone.metadata);
  }

  /** The time is taken while nobody else can write, so that a higher number is never an older issue. */
  function write<Result>(
    operation: string,
    work: (db: Connection, stamp: Stamp) => Result,
    none?: () => Result,
  ): Promise<Result> {
    return inOperation(operation, async () => {
      const actor = await person();
      return store.write((db) => work(db, { at: world.now(), actor }), none);
    });
  }

  return {
    person,
    now: world.now,
    urlOf,
    found,
    mirrored,
    read: (operation, work, none) => inOperation(operation, async () => store.read(work, none)),
    write,
    look: (operation, key, work) =>
      inOperation(operation, async () => {
        const number = toNumber(key);
        return store.read(
          (db) => {
            refuseUnknown(db, number);
            return work(db, number);
          },
          () => noSuchIssue(number),
        );
      }),
    change: (operation, key, work) =>
      inOperation(operation, async () => {
        const number = toNumber(key);
        return write(
          operation,
          (db, stamp) => {
            let after: Issue | undefined;
            const result = work(db, found(db, number), stamp, () => {
              after ??= found(db, number);
              return after;
            });
            mirrored(db, after ?? found(db, number));
            return result;
          },
          () => noSuchIssue(number),
        );
      }),
    erase: (operation, key, work) =>
      inOperation(operation, async () => {
        const number = toNumber(key);
        await write(
          operation,
          (db, stamp) => {
            const issue = found(db, number);
            work(db, issue, stamp);
            unmirrored(db, issue);
          },
          () => noSuchIssue(number),
        );
      }),
  };
}
