/** The whole port over the plain calls of a platform: what follows from them, and the refusal of what the tracker cannot do. */

import { defined } from '../defined.ts';
import { asPaceError, PaceError, unsupported } from '../errors.ts';
import { inOperation } from '../operation.ts';
import { type Ability, inWords, requireAbility, requireLinkType, requireState } from '../ports/capabilities.ts';
import {
  type FilterName,
  INVERSE_LINK,
  ISSUE_STATES,
  type Issue,
  type IssueDraft,
  type IssueFilter,
  type IssuePatch,
  type IssueSort,
  type IssueState,
  isClosed,
} from '../ports/issue.ts';
import type { IssueTracker } from '../ports/issue-tracker.ts';
import type {
  BlockedIssue,
  Claim,
  ClaimedIssue,
  ClaimRequest,
  Target,
  TrackerDriver,
} from '../ports/tracker-driver.ts';
import { NORMAL_TEXT } from '../text/normal-text.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { World } from '../world.ts';
import { aFewAhead } from './a-few-ahead.ts';
import { type BatchWork, inBatches } from './batches.ts';
import { checkedInput, ME } from './checked-input.ts';
import { refuseCircle } from './circles.ts';
import { claimsByComment, claimsOneByOne, isTakenOrClosed, notHeld, taken } from './claims.ts';
import { collect } from './collect.ts';
import { withDeferral } from './deferral.ts';
import { checkClaim, checkFilter, checkLabel, checkMilestone, tidiedLabel } from './input-rules.ts';
import { checkedIntake } from './intake.ts';
import { asksIn, conditionsOf, filtersIn, fits, mapFilter, sorted } from './issue-filter.ts';
import { keptLink } from './kept-link.ts';
import { afterDone } from './partly.ts';
import { lookAtReadiness } from './readiness.ts';
import { watchTracker } from './watching.ts';

export interface Completion {
  readonly driver: TrackerDriver;
  /** The name people use: "GitHub". */
  readonly name: string;
  /** Where its issues are, for people. */
  readonly place?: string | undefined;
  readonly world: Pick<World, 'now' | 'random' | 'log'>;
  /** No write is sent. */
  readonly dryRun?: boolean;
}

export function completeTracker({ driver: given, name, place, world, dryRun = false }: Completion): IssueTracker {
  const driver = withDeferral(given);
  const capabilities = remembered(() => driver.capabilities());
  const containerId = remembered(async () => driver.containerId?.() ?? place ?? driver.platform);

  async function offered<Call>(call: Call | undefined, ability: Ability): Promise<Call> {
    requireAbility(name, await capabilities(), ability);
    if (call === undefined) throw unsupported(name, inWords(ability), 'Please use another tracker for this.');
    return call;
  }

  const input = checkedInput(driver, name, capabilities);

  async function withMe(filter: IssueFilter): Promise<IssueFilter> {
    if (!filtersIn(filter).some(({ assignee, author }) => assignee === ME || author === ME)) return filter;
    const { id } = await driver.getCurrentUser();
    return mapFilter(filter, (one) => ({
      ...one,
      ...(one.assignee === ME ? { assignee: id } : {}),
      ...(one.author === ME ? { author: id } : {}),
    }));
  }

  async function* listIssues(filter: IssueFilter = {}): AsyncGenerator<Issue> {
    inOperation('listIssues', () => checkFilter(filter));
    const wanted = await withMe(filter);
    const found = fitting(wanted);
    const { sort } = wanted;
    if (!sort || driver.sorts.includes(sort.by) || isNewestFirst(sort)) yield* found;
    else yield* inSort(await collect(found), sort);
  }

  async function* fitting(filter: IssueFilter): AsyncGenerator<Issue> {
    const asks = asksIn(filter) && conditionsOf(filter).some((condition) => !driver.filters.includes(condition));
    if (asks) return yield* fittingAsked(filter);
    for await (const issue of driver.listIssues(filter)) if (fits(issue, filter, driver.filters)) yield issue;
  }

  const look = (ofOne = false) =>
    lookAtReadiness({
      driver,
      ofOne,
      hasLinks: async () => (await capabilities()).unsupported.links === undefined,
      currentClaim: (key) => claims.current(key),
      now: world.now,
    });

  async function* fittingAsked(filter: IssueFilter): AsyncGenerator<Issue> {
    const { fits } = look();
    const looked = aFewAhead(driver.listIssues(filter), async (issue) =>
      (await fits(issue, filter, driver.filters)) ? issue : undefined,
    );
    for await (const issue of looked) if (issue) yield issue;
  }

  async function* listReady(filter: IssueFilter = {}): AsyncGenerator<Issue> {
    inOperation('listReady', () => checkFilter(filter));
    const wanted = await withMe(filter);
    yield* driver.listReady ? driver.listReady(wanted) : look().listReady(wanted);
  }

  async function* listBlocked(filter: IssueFilter = {}): AsyncGenerator<BlockedIssue> {
    inOperation('listBlocked', () => checkFilter(filter));
    const wanted = await withMe(filter);
    yield* driver.listBlocked ? driver.listBlocked(wanted) : look().listBlocked(wanted);
  }

  async function checkClaiming(operation: 'claim' | 'claimReady', request: ClaimRequest): Promise<void> {
    inOperation(operation, () => checkClaim(request));
    await checkClaimsKept();
    if (request.start) requireState(name, await capabilities(), 'in_progress');
  }

  /** Claims are comments, unless the tracker has a way of its own. */
  async function checkClaimsKept(): Promise<void> {
    if (!driver.claims) await checkComments('keep claims, which are comments');
  }

  async function checkComments(what: string): Promise<void> {
    // where they are kept, that is not worth a request
    if (driver.keepsComments !== false) return;
    throw unsupported(
      name,
      what,
      (await capabilities()).unsupported.comments ?? 'Please use another tracker for this.',
    );
  }

  async function claim(key: string, request: ClaimRequest): Promise<Claim> {
    await checkClaiming('claim', request);
    return claims.claim(key, request);
  }

  async function claimReady(filter: IssueFilter, request: ClaimRequest): Promise<ClaimedIssue | undefined> {
    // before the first look: what cannot be had of any issue is no reason to try the next one
    await checkClaiming('claimReady', request);
    if (claims.claimReady) {
      inOperation('claimReady', () => checkFilter(filter));
      return claims.claimReady(await withMe(filter), request);
    }
    for await (const issue of listReady(filter)) {
      let claimed: Claim;
      try {
        claimed = await claim(issue.key, request);
      } catch (error) {
        if (await isOverMeanwhile(issue.key, asPaceError(error))) continue;
        throw error;
      }
      return asClaimed(issue.key, claimed);
    }
    return undefined;
  }

  /** Another agent was faster, or the issue is gone: the next one may be free. Whatever else is refused would be so there as well. */
  async function isOverMeanwhile(key: string, error: PaceError): Promise<boolean> {
    if (error.kind !== 'not-found') return isTakenOrClosed(error);
    return driver.getIssue(key).then(
      () => false,
      (met: unknown) => asPaceError(met).kind === 'not-found',
    );
  }

  /** As it is after the claim, which may have moved it. */
  async function asClaimed(key: string, claimed: Claim): Promise<ClaimedIssue> {
    try {
      return { issue: await driver.getIssue(key), claim: claimed };
    } catch (error) {
      throw afterDone(key, asPaceError(error), [`the claim of ${plainLine(claimed.agent, 100)}`]);
    }
  }

  async function target(key: string, wanted: string): Promise<Target> {
    if (isState(wanted)) {
      // every tracker can close in some way; the finer states are looked at before anything is tried
      if (wanted !== 'open' && !isClosed(wanted)) requireState(name, await capabilities(), wanted);
      return { state: wanted };
    }
    const transitions = await driver.getAvailableTransitions(key);
    const fold = wanted.trim().toLowerCase();
    const [found] = transitions.filter((transition) => transition.name.toLowerCase() === fold);
    if (found) return found;
    // where the issue is already, no transition leads
    const { state, stateName } = await driver.getIssue(key);
    if (stateName.toLowerCase() === fold) return { state, name: stateName };
    const names = transitions.map((transition) => `“${plainLine(transition.name, 60)}”`);
    throw new PaceError({
      kind: 'transition',
      operation: 'transitionIssue',
      message: `${key} cannot be moved to “${plainLine(wanted, 60)}”. From where it is, it can go to: ${names.join(', ') || 'nowhere'}.`,
      remedy: `Please choose one of them, or one of: ${ISSUE_STATES.join(', ')}.`,
    });
  }

  const createIssue = async (draft: IssueDraft) => driver.createIssue(await input.draft(draft));
  const updateIssue = async (key: string, patch: IssuePatch) => driver.updateIssue(key, await input.patch(key, patch));
  const create: BatchWork<IssueDraft> = {
    check: input.draft,
    one: (draft) => driver.createIssue(draft),
    ...(driver.batch?.create ? { many: driver.batch.create, size: driver.batch.size } : {}),
  };
  const update: BatchWork<{ key: string; patch: IssuePatch }> = {
    check: async ({ key, patch }) => ({ key, patch: await input.patch(key, patch) }),
    one: ({ key, patch }) => driver.updateIssue(key, patch),
    ...(driver.batch?.update ? { many: driver.batch.update, size: driver.batch.size } : {}),
  };
  const claims = driver.claims ?? claimsByComment(driver, world);
  let connected = false;
  async function getCurrentUser() {
    const person = await driver.getCurrentUser();
    connected = true;
    return person;
  }

  function undoing(): NonNullable<TrackerDriver['undo']> {
    if (driver.undo) return driver.undo;
    throw unsupported(name, 'undo a change', 'Only the embedded tracker keeps all that was there before.');
  }

  return {
    platform: driver.platform,
    name,
    ...defined({ place }),
    containerId,
    harmless: driver.harmless ?? ((markdown) => markdown),
    normalText: driver.normalText ?? NORMAL_TEXT,
    titleLimit: driver.titleLimit,
    bodyLimit: driver.bodyLimit,
    measureBody: driver.measureBody,
    formatDescription: driver.formatDescription,
    ...defined({ closedBy: driver.closedBy, isTeamMember: driver.isTeamMember }),
    ...defined({ isTrusted: driver.isTrusted, diagnose: driver.diagnose, readsAtOnce: driver.readsAtOnce }),
    ...defined({ countIssues: driver.countIssues, ordersByNumber: driver.ordersByNumber }),
    ...defined({ watchEveryMs: driver.watchEveryMs, filesAreLinks: driver.filesAreLinks }),
    ...defined({ keepsComments: driver.keepsComments, idsStandInText: driver.idsStandInText }),
    ...defined({ peopleAreNames: driver.peopleAreNames, listSilentComments: driver.listSilentComments }),
    ...(driver.intake && { intake: checkedIntake(driver.intake, input) }),
    capabilities,

    get isConnected() {
      return connected;
    },
    getCurrentUser,
    testConnection: () =>
      getCurrentUser().then(
        () => true,
        () => false,
      ),

    getIssue: driver.getIssue,
    listIssues,
    explainFilter: (filter) => explain(driver, filter),
    listReady,
    listBlocked,
    history: (key) => {
      if (driver.history) return driver.history(key);
      throw unsupported(name, 'tell the history of an issue', 'Please look at the issue at its address.');
    },
    undo: async (key, last) => undoing()(key, last),
    requireUndo: () => void undoing(),
    watch: () => watchTracker(driver),
    explainReadiness: async (key) => look(true).explain(await driver.getIssue(key)),
    searchIssues: (query, maxResults = 50) => collect(listIssues({ text: query }), maxResults),
    getEpicChildren: (key) => collect(listIssues({ parent: key })),
    getIssueStatus: async (key) => (await driver.getIssue(key)).stateName,
    createIssue,
    updateIssue,
    updateIssueDescription: async (key, body) => Boolean(await updateIssue(key, { body })),
    updateIssueStoryPoints: async (key, storyPoints) => Boolean(await updateIssue(key, { storyPoints })),
    createSubtask: async (parent, title, body, { assignee, ...fields } = {}) => {
      const { key } = await createIssue({
        title,
        body,
        parent,
        ...fields,
        ...(assignee ? { assignees: [assignee] } : {}),
      });
      return dryRun ? undefined : key;
    },
    updateSubtask: async (key, { assignee, description, ...fields }) => {
      const said = {
        ...defined({ assignees: assignee ? [assignee] : undefined, body: description }),
      };
      return Boolean(await updateIssue(key, { ...fields, ...said }));
    },
    transitionIssue: async (key, wanted) => driver.transitionIssue(key, await target(key, wanted)),
    getAvailableTransitions: driver.getAvailableTransitions,
    deleteIssue: async (key) => (await offered(driver.deleteIssue, 'delete issues'))(key),

    listAttachments: (key) => later(offered(driver.listAttachments, 'attachments'), (list) => list(key)),
    readAttachment: async (file) => (await offered(driver.readAttachment, 'attachments'))(file),

    listComments: driver.listComments,
    getIssueComments: async (key) =>
      (await collect(driver.listComments(key))).map(({ id, body, author, createdAt }) => ({
        id,
        body,
        author: author?.name ?? '',
        created: new Date(createdAt).toISOString(),
      })),
    addComment: async (key, markdown) => {
      const text = input.comment('addComment', markdown);
      await checkComments(inWords('comments'));
      return driver.addComment(key, text);
    },
    updateComment: async (key, id, markdown) => {
      const update = await offered(driver.updateComment, 'edit comments');
      return update(key, id, input.comment('updateComment', markdown));
    },
    deleteComment: async (...given) => (await offered(driver.deleteComment, 'delete comments'))(...given),

    getLinkTypes: async () => (await capabilities()).linkTypes,
    getIssueLinks: async (key) => (await offered(driver.getIssueLinks, 'links'))(key),
    createLink: async (key, link) => {
      const create = await offered(driver.createLink, 'links');
      const can = await capabilities();
      const kept = keptLink(can.linkTypes, link);
      requireLinkType(name, can, kept.type);
      if (kept.target === key) throw linkToItself(key);
      if (!driver.refusesCircles) await refuseCircle(await offered(driver.getIssueLinks, 'links'), key, kept);
      await create(key, kept);
      if (kept.type !== link.type)
        world.log.warn(`${name} keeps no link “${link.type}”: it is kept as “${kept.type}”.`);
      return kept;
    },
    deleteLink: async (key, link) => {
      const remove = await offered(driver.deleteLink, 'links');
      return remove(key, keptLink((await capabilities()).linkTypes, link));
    },

    listLabels: () => later(offered(driver.listLabels, 'list labels'), (list) => list()),
    createLabel: async (label) => {
      inOperation('createLabel', () => checkLabel(label));
      return (await offered(driver.createLabel, 'create labels'))(tidiedLabel(label));
    },
    updateLabel: async (label, changes) => {
      inOperation('updateLabel', () => checkLabel(changes));
      return (await offered(driver.updateLabel, 'edit labels'))(label, tidiedLabel(changes));
    },
    deleteLabel: async (...given) => (await offered(driver.deleteLabel, 'delete labels'))(...given),
    listMilestones: () => later(offered(driver.listMilestones, 'list milestones'), (list) => list()),
    createMilestone: async (milestone) => {
      inOperation('createMilestone', () => checkMilestone(milestone));
      return (await offered(driver.createMilestone, 'create milestones'))(milestone);
    },
    updateMilestone: async (title, changes) => {
      inOperation('updateMilestone', () => checkMilestone(changes));
      return (await offered(driver.updateMilestone, 'edit milestones'))(title, changes);
    },
    deleteMilestone: async (...given) => (await offered(driver.deleteMilestone, 'delete milestones'))(...given),
    listUsers: () => later(offered(driver.listUsers, 'list users'), (list) => list()),

    createMany: (drafts, options) => inBatches(create, drafts, options),
    updateMany: (changes, options) => inBatches(update, changes, options),
    claim,
    renew: async (key, request) => {
      inOperation('renew', () => checkClaim(request));
      await checkClaimsKept();
      if (claims.renew) return claims.renew(key, request);
      const holder = await claims.current(key);
      if (holder?.agent !== request.agent) throw holder ? taken(holder, 'renew') : notHeld(key, request.agent);
      return claims.claim(key, request);
    },
    claimReady,
    release: claims.release,
    currentClaim: claims.current,
    claims: (filter = {}) => claimsOneByOne(driver, claims, filter),
    endClaim: async (key) => claims.end?.(key),
  };
}

/** Asked for once; trouble is not remembered. */
function remembered<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let known: Promise<Answer> | undefined;
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

function explain(driver: TrackerDriver, filter: IssueFilter): { byVendor: FilterName[]; byUs: FilterName[] } {
  const byVendor: FilterName[] = [];
  const byUs: FilterName[] = [];
  for (const condition of conditionsOf(filter)) (driver.filters.includes(condition) ? byVendor : byUs).push(condition);
  const { sort } = filter;
  if (sort && !isNewestFirst(sort)) (driver.sorts.includes(sort.by) ? byVendor : byUs).push('sort');
  return { byVendor, byUs };
}

/** Lists come newest first; in an ascending one, of issues that are alike the oldest is first too. */
function inSort(newestFirst: readonly Issue[], sort: IssueSort): Issue[] {
  return sorted(sort.direction === 'asc' ? newestFirst.toReversed() : newestFirst, sort);
}

function isNewestFirst({ by, direction }: IssueSort): boolean {
  return by === 'created' && direction === 'desc';
}

function isState(word: string): word is IssueState {
  return (ISSUE_STATES as readonly string[]).includes(word);
}

async function* later<Call, Item>(
  call: Promise<Call>,
  list: (call: Call) => AsyncIterable<Item>,
): AsyncGenerator<Item> {
  yield* list(await call);
}

function linkToItself(key: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${key} cannot be linked to itself.`,
    remedy: `Please name another issue. A link “blocks” reads “${INVERSE_LINK.blocks}” from its other end.`,
  });
}
