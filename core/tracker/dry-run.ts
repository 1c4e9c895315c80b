/** A tracker on which every write says what it would send, and sends nothing. Reads are as they are. */

import { defined } from '../defined.ts';
import type { Comment, Issue, IssueDraft, IssuePatch } from '../ports/issue.ts';
import type { PlannedWrite } from '../ports/issue-tracker.ts';
import type { Claim, ClaimRequest, TrackerClaims, TrackerDriver } from '../ports/tracker-driver.ts';
import type { World } from '../world.ts';
import { isClaimable, notHeld, notOpen, taken } from './claims.ts';
import { type ClaimWrite, eachCall, WRITES, type Write } from './driver-writes.ts';
import { dryIntake } from './intake.ts';
import { edited } from './patched-issue.ts';

/** `plan` hears of each write that was held back. What a write returns is how it would look; a new issue has no key. */
export function dryRunDriver(
  driver: TrackerDriver,
  world: Pick<World, 'now'>,
  plan: (write: PlannedWrite) => void,
): TrackerDriver {
  const { batch: _, intake, claims, ...reads } = driver;

  /** In the vendor's form, where it has one. */
  const sentForm = (written: IssueDraft | IssuePatch) => ({
    ...written,
    ...(written.body === undefined ? {} : { body: driver.formatDescription(written.body) }),
  });

  async function updateIssue(key: string, patch: IssuePatch): Promise<Issue> {
    const before = await driver.getIssue(key);
    const after = edited(before, patch);
    plan({ operation: 'updateIssue', key, sent: sentForm(patch), changes: differences(before, after) });
    return after;
  }

  const createIssue = async (draft: IssueDraft) => {
    plan({ operation: 'createIssue', key: '', sent: sentForm(draft) });
    return preview(draft, world.now());
  };

  async function addComment(key: string, markdown: string): Promise<Comment> {
    await driver.getIssue(key);
    plan({ operation: 'addComment', key, sent: { body: driver.formatDescription(markdown) } });
    return { id: '', body: markdown, createdAt: world.now() };
  }

  const writes: Required<Pick<TrackerDriver, Write>> = {
    createIssue,
    updateIssue,
    transitionIssue: async (key, { state, name }) => {
      const before = await driver.getIssue(key);
      const after = { ...before, state, stateName: name ?? (before.state === state ? before.stateName : state) };
      plan({
        operation: 'transitionIssue',
        key,
        sent: { state, ...(name ? { name } : {}) },
        changes: differences(before, after),
      });
      return after;
    },
    deleteIssue: async (key) => {
      const { title } = await driver.getIssue(key);
      plan({ operation: 'deleteIssue', key, sent: { title } });
    },
    undo: async (key, last) => {
      plan({ operation: 'undo', key, sent: { last } });
      return driver.getIssue(key);
    },
    addComment,
    updateComment: async (key, id, markdown) => {
      plan({ operation: 'updateComment', key, sent: { id, body: driver.formatDescription(markdown) } });
      return { id, body: markdown, createdAt: world.now() };
    },
    deleteComment: async (key, id) => plan({ operation: 'deleteComment', key, sent: { id } }),
    createLink: async (key, link) => plan({ operation: 'createLink', key, sent: link }),
    deleteLink: async (key, link) => plan({ operation: 'deleteLink', key, sent: link }),
    createLabel: async (label) => planned('createLabel', label),
    updateLabel: async (name, changes) => planned('updateLabel', { name, ...changes }),
    deleteLabel: async (name) => void planned('deleteLabel', { name }),
    createMilestone: async (milestone) => planned('createMilestone', { ...milestone, state: 'open' as const }),
    updateMilestone: async (title, changes) =>
      planned('updateMilestone', { title, state: 'open' as const, ...changes }),
    deleteMilestone: async (title) => void planned('deleteMilestone', { title }),
  };

  const claiming = ({ current }: TrackerClaims): Required<Omit<Pick<TrackerClaims, ClaimWrite>, 'claimReady'>> => ({
    claim: async (key, request) => {
      const holder = await current(key);
      if (holder && holder.agent !== request.agent) throw taken(holder);
      const issue = await driver.getIssue(key);
      if (!holder && !isClaimable(issue.state)) throw notOpen(key, issue);
      return claimed(key, request);
    },
    renew: async (key, request) => {
      const holder = await current(key);
      if (holder?.agent !== request.agent) throw holder ? taken(holder, 'renew') : notHeld(key, request.agent);
      return claimed(key, request);
    },
    release: async (key, agent) => {
      plan({ operation: 'release', key, sent: { agent } });
      return (await current(key))?.agent === agent;
    },
    // it would end with what was planned before
    end: async () => undefined,
  });

  return {
    ...reads,
    ...eachCall(driver, WRITES, (name) => writes[name]),
    ...(intake && { intake: dryIntake(createIssue, (key, { body }) => addComment(key, body)) }),
    // the first ready one is found by looking
    ...(claims && { claims: { current: claims.current, ...defined({ list: claims.list }), ...claiming(claims) } }),
  };

  function claimed(key: string, { agent, forMs, start }: ClaimRequest): Claim {
    const until = world.now() + forMs;
    plan({ operation: 'claim', key, sent: { agent, until, ...(start ? { state: 'in_progress' } : {}) } });
    return { key, agent, until };
  }

  function planned<Sent>(operation: string, sent: Sent): Sent {
    plan({ operation, key: '', sent });
    return sent;
  }
}

/** An issue as it would be created. */
function preview(
  { assignees = [], labels = [], metadata = {}, purpose: _, state = 'open', ...draft }: IssueDraft,
  now: number,
): Issue {
  return {
    ...draft,
    key: '',
    url: '',
    state,
    stateName: state,
    labels,
    assignees: assignees.map((id) => ({ id, name: id })),
    metadata,
    createdAt: now,
    updatedAt: now,
  };
}

function differences(before: Issue, after: Issue): NonNullable<PlannedWrite['changes']> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof Issue)[];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(changed.map((name) => [name, { before: before[name], after: after[name] }]));
}
