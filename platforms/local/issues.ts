/** The embedded tracker: issues in one SQLite file, and Markdown files beside it for people. */

import { relative, resolve, sep } from 'node:path';
import { ABILITIES, capabilitiesBut } from '../capabilities.ts';
import { asPaceError } from '../errors.ts';
import { ISSUE_STATES, type Issue, type Metadata, type Settings, type TrackerDriver } from '../ports.ts';
import { plainLine } from '../untrusted-text.ts';
import type { World } from '../world.ts';
import type { Connection } from './connection.ts';
import { currentPerson } from './current-person.ts';
import { during } from './during.ts';
import {
  BODY_LIMIT,
  checkBody,
  checkLabels,
  checkTitle,
  measureBody,
  noSuchIssue,
  TITLE_LIMIT,
  toNumber,
} from './input.ts';
import { mirrorIssue, mirrorPath, originOf } from './mirror.ts';
import { findPage } from './pages.ts';
import {
  changeIssue,
  findComments,
  findIssue,
  findMarked,
  insertComment,
  insertIssue,
  moveIssue,
  type Stamp,
} from './records.ts';
import { openStore } from './store.ts';

const NOT_YET = Object.fromEntries(
  ABILITIES.filter((name) => name !== 'labels' && name !== 'metadata').map((name) => [name, 'This is not built yet.']),
);

const PAGE = 50;

export function createTracker(world: World, settings: Settings): TrackerDriver {
  const path = resolve(world.cwd, settings['database'] ?? '.pace/pace.db');
  const database = relative(world.cwd, path).split(sep).join('/');
  const store = openStore(path);
  const actor = currentPerson(world);

  function urlOf(number: number, metadata: Metadata): string {
    return mirrorPath(metadata) ?? `${database}#${number}`;
  }

  /** To be called while nobody else can write, so that a higher number is never an older issue. */
  async function stamper(): Promise<() => Stamp> {
    const person = await actor();
    return () => ({ at: world.now(), actor: person });
  }

  function found(db: Connection, number: number): Issue {
    return findIssue(db, number, urlOf) ?? noSuchIssue(number);
  }

  /** Changes one issue in one transaction, with its Markdown file. */
  async function change<Result>(
    key: string,
    work: (db: Connection, issue: Issue, stamp: Stamp) => Result,
  ): Promise<{ issue: Issue; result: Result }> {
    const number = toNumber(key);
    const stampNow = await stamper();
    return store.write(
      (db) => {
        const result = work(db, found(db, number), stampNow());
        return { result, issue: mirrored(db, found(db, number)) };
      },
      () => noSuchIssue(number),
    );
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
      mirrorIssue(world, { issue, comments: findComments(db, Number(issue.key)), database });
    } catch (error) {
      const { message, remedy } = asPaceError(error);
      world.log.warn(
        `Issue ${changed.key} is stored, but its Markdown file is not. ${plainLine(`${message} ${remedy}`)}`,
      );
    }
    return changed;
  }

  return {
    platform: 'local',
    // what follows is not here yet
    filters: ['state', 'labels', 'createdSince'],
    sorts: [],
    capabilities: async () => capabilitiesBut(NOT_YET, { states: ISSUE_STATES }),
    getCurrentUser: () => Promise.reject(new Error('not yet')),
    getAvailableTransitions: () => Promise.reject(new Error('not yet')),
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody,
    formatDescription: (markdown) => markdown,
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(store, path, database),

    getIssue: (key) =>
      during('getIssue', async () => {
        const number = toNumber(key);
        return store.read(
          (db) => found(db, number),
          () => noSuchIssue(number),
        );
      }),

    async *listIssues(filter = {}) {
      let before = Number.MAX_SAFE_INTEGER;
      let page: Issue[];
      do {
        const query = { filter, before, limit: PAGE };
        page = await during('listIssues', async () =>
          store.read(
            (db) => findPage(db, query, urlOf),
            () => [],
          ),
        );
        yield* page;
        before = Number(page.at(-1)?.key);
      } while (page.length === PAGE);
    },

    createIssue: (draft) =>
      during('createIssue', async () => {
        checkTitle(draft.title);
        checkBody(draft.body, draft.metadata);
        checkLabels(draft.labels);
        const stampNow = await stamper();
        return store.write((db) => mirrored(db, found(db, insertIssue(db, draft, stampNow()))));
      }),

    updateIssue: (key, patch) =>
      during('updateIssue', async () => {
        if (patch.title !== undefined) checkTitle(patch.title);
        checkLabels(patch.labels);
        const { issue } = await change(key, (db, old, stamp) => {
          checkBody(patch.body ?? old.body, patch.metadata ?? old.metadata);
          changeIssue(db, old, patch, stamp);
          if (patch.state) moveIssue(db, old, patch.state, stamp);
        });
        return issue;
      }),

    transitionIssue: (key, { state }) =>
      during(
        'transitionIssue',
        async () => (await change(key, (db, old, stamp) => moveIssue(db, old, state, stamp))).issue,
      ),

    async *listComments(key) {
      yield* await during('listComments', async () => {
        const number = toNumber(key);
        return store.read(
          (db) => findComments(db, Number(found(db, number).key)),
          () => noSuchIssue(number),
        );
      });
    },

    addComment: (key, markdown) =>
      during('addComment', async () => {
        checkBody(markdown);
        return (await change(key, (db, old, stamp) => insertComment(db, old, markdown, stamp))).result;
      }),
  };
}
