/** The embedded tracker: issues in one SQLite file, and Markdown files beside it for people. */
import { PaceError, withOperation } from '../../core/errors.ts';
import { inOperation } from '../../core/operation.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Settings, TrackerDriver } from '../../core/ports/index.ts';
import {
  DELTAS,
  type FilterName,
  ISSUE_STATES,
  type Issue,
  type IssueDraft,
  type IssuePatch,
  isClosed,
  SORTS,
} from '../../core/ports/issue.ts';
import type { World } from '../../core/world.ts';
import { noSuchIssue, toNumber } from './address.ts';
import { commentCalls, labelCalls, linkCalls, milestoneCalls } from './calls.ts';
import { findClaims, insertClaim, prolongClaim, removeClaim, standingClaim } from './claims.ts';
import type { Connection } from './connection.ts';
import { countIssues } from './count.ts';
import { createPlaceCheck, databasePlace, keepAtPlace, sayLeftBehind } from './database-place.ts';
import { removeIssue } from './deletion.ts';
import { lastMover, type Stamp } from './events.ts';
import { changesAfter, findHistory, undoLast } from './history.ts';
import { BODY_LIMIT, checkBody, checkFields, checkTitle, measureBody, TITLE_LIMIT } from './input.ts';
import { createIntake } from './intake.ts';
import { type Context, createContext } from './issue-context.ts';
import { listIssues } from './list.ts';
import { findPeople } from './people.ts';
import { claimFirst, listBlocked, listReady } from './standing.ts';
import { openStore } from './store.ts';
import { STATE_NAMES, toPerson } from './wire.ts';
import { changeIssue, findNewIssue, insertIssue, metadataOf, moveIssue } from './writes.ts';

/** How many issues one transaction takes. */
const BATCH = 1000;

const FILTERS = [
  ...['state', 'states', 'labels', 'anyLabels', 'type', 'priority', 'assignee', 'author', 'milestone', 'parent'],
  ...[
    'text',
    'createdSince',
    'createdUntil',
    'updatedSince',
    'updatedUntil',
    'sprint',
    'dueDate',
    'dueSince',
    'dueUntil',
  ],
  ...['claimed', 'deferred', 'blocked', 'ready', 'anyOf', 'noneOf'],
] as const satisfies readonly FilterName[];

export function createTracker(world: World, settings: Settings): TrackerDriver {
  const place = databasePlace(world, settings);
  sayLeftBehind(world, settings, place);
  const store = openStore(place.path, { check: createPlaceCheck(world, place), prepare: () => keepAtPlace(place) });
  const context = createContext(world, store, place.shown);

  return {
    platform: 'local',
    filters: FILTERS,
    sorts: SORTS,
    ordersByNumber: true,
    // a look is one at a file
    watchEveryMs: 1000,
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
    measureBody,
    formatDescription: (markdown) => markdown,
    capabilities: async () => capabilitiesBut({ attachments: NO_FILES }),
    getCurrentUser: () => inOperation('getCurrentUser', async () => toPerson((await context.person()) ?? nobody())),
    diagnose: async () => (await import('./doctor.ts')).diagnoseTracker(store, place),

    containerId: () => inOperation('containerId', async () => store.id()),

    getIssue: (key) => context.look('getIssue', key, context.found),
    listIssues: (filter) => listIssues(context, filter),
    listReady: (filter) => listReady(context, filter),
    listBlocked: (filter) => listBlocked(context, filter),
    keepsDeferral: true,
    async *history(key) {
      yield* await context.look('history', key, (db, number) => findHistory(db, context.found(db, number)));
    },
    undo: (key, last) =>
      context.change('undo', key, (db, issue, stamp, after) => {
        undoLast(db, issue, { last, stamp, found: () => context.found(db, Number(issue.key)) });
        return after();
      }),
    changesAfter: (cursor) =>
      context.read(
        'changesAfter',
        (db) => changesAfter(db, cursor, context.found),
        () => ({ cursor: '0 0', changes: [] }),
      ),
    countIssues: (filter) =>
      context.read(
        'listIssues',
        (db) => countIssues(db, filter, context.now()),
        () => 0,
      ),
    createIssue: (draft) =>
      inOperation('createIssue', async () => {
        checkDraft(draft);
        return context.write('createIssue', (db, stamp) => create(context, db, draft, stamp));
      }),
    deltas: DELTAS,
    refusesCircles: true,
    peopleAreNames: true,
    updateIssue: (key, patch) =>
      inOperation('updateIssue', async () => {
        checkPatch(patch);
        return context.change('updateIssue', key, (db, issue, stamp, after) => {
          update(db, issue, patch, stamp);
          return after();
        });
      }),
    transitionIssue: (key, { state }) =>
      context.change('transitionIssue', key, (db, issue, stamp, after) => {
        moveIssue(db, issue, state, stamp);
        return after();
      }),
    deleteIssue: (key) => context.erase('deleteIssue', key, removeIssue),
    getAvailableTransitions: (key) =>
      context.look('getAvailableTransitions', key, () =>
        ISSUE_STATES.map((state) => ({ name: STATE_NAMES[state], state })),
      ),

    closedBy: (key) =>
      context.look('closedBy', key, (db, number) => {
        const mover = isClosed(context.found(db, number).state) ? lastMover(db, number) : undefined;
        return mover === undefined ? undefined : toPerson(mover);
      }),

    ...commentCalls(context),
    ...linkCalls(context),
    ...labelCalls(context),
    ...milestoneCalls(context),
    async *listUsers() {
      yield* await context.read('listUsers', findPeople, () => []);
    },

    batch: {
      size: BATCH,
      create: (drafts) =>
        context.write('createIssue', (db, stamp) =>
          drafts.map((draft) =>
            oneOf('createIssue', () => {
              checkDraft(draft);
              return create(context, db, draft, stamp);
            }),
          ),
        ),
      update: (changes) =>
        context.write('updateIssue', (db, stamp) =>
          changes.map(({ key, patch }) =>
            oneOf('updateIssue', () => {
              checkPatch(patch);
              const number = toNumber(key);
              update(db, context.found(db, number), patch, stamp);
              return context.mirrored(db, context.found(db, number));
            }),
          ),
        ),
    },

    intake: createIntake(context, (db, draft, stamp) => {
      checkDraft(draft);
      return create(context, db, draft, stamp);
    }),

    claims: {
      claim: (key, request) =>
        context.change('claim', key, (db, issue, stamp) => {
          const claim = insertClaim(db, issue, request, stamp);
          if (request.start) moveIssue(db, issue, 'in_progress', stamp);
          return claim;
        }),
      renew: (key, request) =>
        context.change('renew', key, (db, issue, stamp) => prolongClaim(db, issue, request, stamp)),
      release: (key, agent) =>
        context.change('release', key, (db, issue, stamp) => removeClaim(db, Number(issue.key), agent, stamp)),
      claimReady: (filter, request) =>
        context.write(
          'claim',
          (db, stamp) => claimFirst(db, filter, request, { stamp, urlOf: context.urlOf }),
          () => undefined,
        ),
      current: (key) => context.look('currentClaim', key, (db, number) => standingClaim(db, number, world.now())),
      async *list(filter) {
        yield* await context.read(
          'claims',
          (db) => findClaims(db, filter, world.now()),
          () => [],
        );
      },
    },
  };
}

const NO_FILES = 'It keeps no files: please commit the file, and link to it in the text.';

function checkDraft(draft: IssueDraft): void {
  checkTitle(draft.title);
  checkBody(draft.body, draft.metadata);
  checkFields(draft);
}

function checkPatch(patch: IssuePatch): void {
  if (patch.title !== undefined) checkTitle(patch.title);
  checkFields(patch);
}

function create(context: Context, db: Connection, draft: IssueDraft, stamp: Stamp): Issue {
  const number = insertIssue(db, draft, stamp);
  return context.mirrored(db, findNewIssue(db, number, context.urlOf) ?? noSuchIssue(number));
}

function update(db: Connection, issue: Issue, patch: IssuePatch, stamp: Stamp): void {
  checkBody(patch.body ?? issue.body, metadataOf(issue.metadata, patch));
  changeIssue(db, issue, patch, stamp);
  if (patch.state) moveIssue(db, issue, patch.state, stamp);
}

/**
 * One of many in a transaction. Whatever is wrong with it is thrown before its first write, so that there is nothing to undo: a
 * savepoint for each would cost as much as the write. Other trouble ends them all.
 */
function oneOf(operation: string, work: () => Issue): Issue | PaceError {
  try {
    return work();
  } catch (error) {
    if (error instanceof PaceError) return withOperation(error, operation);
    throw error;
  }
}

function nobody(): never {
  throw new PaceError({
    kind: 'configuration',
    message: 'PACE does not know who you are here.',
    remedy: 'Please set PACE_AGENT to a name, or run `git config --global user.name "Your Name"`.',
  });
}
