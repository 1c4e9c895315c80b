/**
 * Claims: in bd an issue is whose its assignee is, and `bd update --claim` takes one that is nobody's in one act. Until when it is
 * taken stands beside; whoever is assigned without such a time has it until somebody changes that. Older versions look first and
 * write then: there, where a time is up, and where bd would take only what is open, agents prove by comments who was first.
 */
import { PaceError } from '../../core/errors.ts';
import type { Claim, ClaimRequest, TrackerClaims } from '../../core/ports/index.ts';
import { isClosed } from '../../core/ports/issue.ts';
import { option } from '../../core/programs/program.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { agentName, isClaim, markIn, notEnded } from '../../core/tracker/claim-comments.ts';
import { isClaimable, notOpen, taken as takenUntil } from '../../core/tracker/claims.ts';
import { keyOf } from './address.ts';
import type { Tracker } from './issue-context.ts';
import { listed } from './list.ts';
import { metadataOf } from './metadata.ts';
import type { WireIssue } from './shapes.ts';
import { toComment, toIssue } from './wire.ts';

/** Among the metadata of the issue: `2026-12-01T10:00:00.000Z ann`. */
const CLAIM_KEY = 'pace_claim';

/** Of who was assigned by bd itself, or by a person. */
export const WITHOUT_END = Date.UTC(9999, 11, 31);

interface BeadsClaims extends TrackerClaims {
  /** Those that stand, or in their place those whose time is up and that nobody has given back. */
  list(filter: { readonly expired?: boolean }): AsyncIterable<Claim>;
  /** Of an issue that was closed: its assignee stays, and does not have it again when it is opened. */
  end(key: string): Promise<void>;
}

/** `byComment` proves who was first where bd cannot. */
export function beadsClaims(tracker: Tracker, byComment: TrackerClaims): BeadsClaims {
  const { api, shows, states } = tracker;
  const now = () => api.world.now();
  // metadata and a claim that is one act came with the same storage
  const isExclusive = () => api.knows('update', 'unset-metadata');

  async function holderOf(key: string, wire: WireIssue): Promise<Claim | undefined> {
    if (!wire.assignee || isClosed(toIssue(wire, states).state)) return undefined;
    const until = (await isExclusive()) ? endBeside(wire) : endInComments(await shows.withComments(key));
    return { key, agent: wire.assignee, until: until ?? WITHOUT_END };
  }

  async function claim(key: string, request: ClaimRequest & { readonly start?: boolean }): Promise<Claim> {
    const agent = agentName(request.agent);
    const wire = await shows.issue(keyOf(key));
    const issue = toIssue(wire, states);
    if (!isClaimable(issue.state)) throw notOpen(key, issue);
    const holder = await holderOf(key, wire);
    const isOwn = holder?.agent === agent;
    if (holder && !isOwn && holder.until > now()) throw taken(holder);
    const claimed = { key, agent, until: now() + Math.round(request.forMs) };
    const wanted = { claimed, wire, start: request.start === true };
    const isAct = await isExclusive();
    if (isAct && (!holder || isOwn) && isTakable(wire, agent)) await takeByAct(wanted);
    else if (isAct && isOwn && holder.until > now()) await prolong(wanted);
    else await takeByProof(wanted, request);
    const { assignee } = await shows.issue(key);
    if (assignee !== agent) throw taken({ key, agent: assignee ?? '', until: WITHOUT_END });
    return claimed;
  }

  /** The act fails where somebody else is assigned by then. It starts the work, so that the state is put back where it was not to. */
  async function takeByAct({ claimed, wire, start }: Wanted): Promise<void> {
    const { key, agent } = claimed;
    const stays = start || wire.status === 'in_progress' ? [] : [option('status', 'open')];
    await api.call(['update', key, '--claim', ...stays, ...endArgs(claimed)], { actor: agent });
  }

  async function prolong({ claimed, start }: Wanted): Promise<void> {
    const { key, agent } = claimed;
    const moves = start ? [option('status', 'in_progress')] : [];
    await api.call(['update', key, ...moves, ...endArgs(claimed)], { actor: agent });
  }

  async function takeByProof({ claimed, start }: Wanted, { forMs }: ClaimRequest): Promise<void> {
    const { key, agent } = claimed;
    await byComment.claim(key, { agent, forMs });
    const holder = await holderOf(key, await shows.issue(key));
    // somebody may have taken it before the proof
    if (holder && holder.agent !== agent && holder.until > now()) {
      await byComment.release(key, agent);
      throw taken(holder);
    }
    const besides = (await isExclusive()) ? endArgs(claimed) : [];
    const moves = start ? [option('status', 'in_progress')] : [];
    await api.call(['update', key, option('assignee', agent), ...moves, ...besides], { actor: agent });
    // from now on the issue itself tells
    if (besides.length > 0) await byComment.release(key, agent);
  }

  async function standing(key: string): Promise<{ claim: Claim | undefined; wire: WireIssue }> {
    const wire = await shows.issue(keyOf(key));
    const holder = await holderOf(key, wire);
    return { claim: holder && holder.until > now() ? holder : undefined, wire };
  }

  async function* list({ expired = false }: { readonly expired?: boolean }): AsyncGenerator<Claim> {
    const taken = (await listed(api, [])).filter(({ assignee }) => assignee);
    // before version 1 the time of each is in its comments: asked for in one run
    const found = await Promise.all(taken.map((wire) => holderOf(wire.id, wire)));
    for (const holder of found) if (holder && holder.until > now() !== expired) yield holder;
  }

  async function end(key: string): Promise<void> {
    const wire = await shows.issue(keyOf(key));
    const { assignee: agent } = wire;
    if (!agent) return;
    if (!(await isExclusive())) await byComment.release(key, agent);
    else if (endBeside(wire) !== undefined) await api.call(['update', key, ...endArgs({ key, agent, until: now() })]);
  }

  return {
    claim,
    list,
    end,
    current: async (key) => (await standing(key)).claim,
    release: async (key, name) => {
      const agent = agentName(name);
      const { claim: held, wire } = await standing(key);
      if (held?.agent !== agent) return false;
      const ends = (await isExclusive()) ? [option('unset-metadata', CLAIM_KEY)] : [];
      const moves = wire.status === 'in_progress' ? [option('status', 'open')] : [];
      await api.call(['update', key, option('assignee', ''), ...moves, ...ends], { actor: agent });
      if (ends.length === 0) await byComment.release(key, agent);
      return true;
    },
  };
}

interface Wanted {
  readonly claimed: Claim;
  readonly wire: WireIssue;
  readonly start: boolean;
}

/** bd takes what is open, and what the agent is at already. To open anything else for it would undo what others have begun. */
function isTakable({ status = 'open', assignee }: WireIssue, agent: string): boolean {
  return status === 'open' || (status === 'in_progress' && assignee === agent);
}

function endArgs({ until, agent }: Claim): string[] {
  return [option('set-metadata', `${CLAIM_KEY}=${new Date(until).toISOString()} ${agent}`)];
}

/** A time that was written for somebody else says nothing about who is assigned now. */
function endBeside(wire: WireIssue): number | undefined {
  const mark = metadataOf(wire)[CLAIM_KEY];
  const [, time = '', agent] = /^(\S+) (.+)$/s.exec(typeof mark === 'string' ? mark : '') ?? [];
  return agent === wire.assignee && !Number.isNaN(Date.parse(time)) ? Date.parse(time) : undefined;
}

/** Of the last one that the agent has written: the one before it was made longer by it. `0`: it was ended. */
function endInComments({ comments, assignee }: WireIssue): number | undefined {
  const marks = (comments ?? []).flatMap((comment) => markIn(toComment(comment)) ?? []);
  const last = marks.filter(isClaim).findLast(({ agent }) => agent === assignee);
  return last && (notEnded(marks).find((mark) => mark === last)?.until ?? 0);
}

function taken(holder: Claim): PaceError {
  if (holder.until !== WITHOUT_END) return takenUntil(holder);
  const agent = plainLine(holder.agent, 100);
  return new PaceError({
    kind: 'conflict',
    operation: 'claim',
    message: agent === '' ? `${holder.key} was taken away meanwhile.` : `${holder.key} is assigned to ${agent}.`,
    remedy: 'Please take another issue, or let whoever has it give it back: `bd update ID --assignee ""`.',
  });
}
