/** The life of advisory issues: one per agent and day, ticked off item by item, closed with the last one. */

import { plainLine } from '../../text/untrusted-text.ts';
import { digest } from '../digest.ts';
import { fitBody } from '../fit-body.ts';
import { ownerMark } from '../owner.ts';
import type { AdvisoryItem, KnownAdvisory } from '../ports.ts';
import { ADVISORY_LABEL, advisoryBody, advisoryTitle, agentLabel, agentName } from './advisory-text.ts';
import { dayLabel } from './escalation-text.ts';
import type { LifeOptions } from './life-options.ts';
import { createOwnIssues } from './own-issues.ts';
import { isOpen, type Mark, type OwnIssue, withMark } from './own-mark.ts';

interface MarkedItem extends AdvisoryItem {
  readonly digest: string;
}

interface AdvisoryMark extends Mark {
  readonly kind: 'advisory';
  readonly agent: string;
  readonly items: readonly MarkedItem[];
  /** Ids of resolved items. */
  readonly cleared: readonly string[];
}

/** Findings are kept in the issue's metadata, which counts into the tracker's limit. */
const KEPT_FINDING = 200;
const KEPT_ITEMS = 50;
const ALL_CLEARED = 'None of this is found any more. Closed by PACE.';

export interface Advisories {
  /** Returns the URL of the issue. */
  push(options: { day: number; agent: string; items: readonly AdvisoryItem[] }): Promise<string>;
  /** In whatever sprint they were raised. `false` when an issue was closed, and that is still to be said. */
  clear(ids: readonly string[]): Promise<boolean>;
  /** What is not resolved: in open issues, and in those that a person has closed. */
  known(): Promise<KnownAdvisory[]>;
}

/** The same for the same finding of the same agent, however long the finding is. */
export function advisoryDigest(agent: string, finding: string): string {
  return digest(agentName(agent), finding);
}

export function createAdvisories(options: LifeOptions): Advisories {
  const { tracker, owner } = options;
  // one that has lost its mark is not taken back: no title tells what it lists
  const own = createOwnIssues<AdvisoryMark>({ ...options, kind: 'advisory', label: ADVISORY_LABEL });

  function compose(mark: Omit<AdvisoryMark, 'body'>): { title: string; body: string; mark: AdvisoryMark } {
    const content = { ...mark, gate: owner };
    const body = fitBody(tracker, (limit) => advisoryBody(content, limit), { pace: { ...mark, body: digest('') } });
    const title = advisoryTitle(content, tracker.titleLimit);
    return { title, body, mark: { ...mark, body: digest(body) } };
  }

  async function write(
    { issue, mark: before }: OwnIssue<AdvisoryMark>,
    wanted: Omit<AdvisoryMark, 'body'>,
    state?: 'open' | 'done',
  ): Promise<OwnIssue<AdvisoryMark>> {
    const { title, body, mark } = compose(wanted);
    if (!state && mark.body === before.body && mark.state === before.state) return { issue, mark: before };
    const move = state ? { state } : {};
    return own.wrote(await tracker.updateIssue(issue.key, { title, body, metadata: withMark(issue, mark), ...move }));
  }

  async function push({ day, agent, items }: Parameters<Advisories['push']>[0]): Promise<string> {
    const is = (mark: AdvisoryMark) =>
      mark.owner.sprint === owner.sprint && mark.day === day && agentName(mark.agent) === agentName(agent);
    const marked = items.map((item) => markedItem(agent, item));
    const fresh: Omit<AdvisoryMark, 'body'> = {
      kind: 'advisory',
      owner: ownerMark(owner),
      day,
      state: 'open',
      agent: plainLine(agent, 40),
      items: marked.slice(0, KEPT_ITEMS),
      cleared: [],
    };
    const [found] = (await own.open()).filter(({ mark }) => is(mark));
    const existing = found ?? (await created(is, fresh));
    if ('isNew' in existing && existing.isNew) return existing.issue.url;
    const before = existing.mark.items;
    const merged = [...before, ...marked.filter(({ id }) => !before.some((known) => known.id === id))];
    const cleared = existing.mark.cleared.filter((id) => !items.some((item) => item.id === id));
    const wanted = { ...fresh, items: merged.slice(0, KEPT_ITEMS), cleared };
    return (await write(existing, wanted, isOpen(existing.issue) ? undefined : 'open')).issue.url;
  }

  function created(is: (mark: AdvisoryMark) => boolean, wanted: Omit<AdvisoryMark, 'body'>) {
    const draft = compose(wanted);
    const labels = [ADVISORY_LABEL, agentLabel(wanted.agent), dayLabel(wanted.day)];
    const twin = (key: string) =>
      `The same findings were filed at the same time as ${key}. That one stays; this one is closed.`;
    return own.createOnce(is, draft.mark, { ...draft, labels, purpose: 'advisory' }, twin);
  }

  async function clearIn(existing: OwnIssue<AdvisoryMark>, ids: readonly string[]): Promise<boolean> {
    const { body: _, ...mark } = existing.mark;
    const cleared = mark.items.map(({ id }) => id).filter((id) => mark.cleared.includes(id) || ids.includes(id));
    const done = cleared.length === mark.items.length;
    const wasOpen = isOpen(existing.issue);
    await write(
      existing,
      { ...mark, cleared, state: done ? 'resolved' : 'open' },
      done && wasOpen ? 'done' : undefined,
    );
    return !(done && wasOpen) || own.say(existing.issue.key, ALL_CLEARED);
  }

  async function clear(ids: readonly string[]): Promise<boolean> {
    const lists = ({ mark }: OwnIssue<AdvisoryMark>) => mark.items.some(({ id }) => ids.includes(id));
    const listing = (await unresolved()).filter(lists);
    let isSaid = true;
    for (const existing of listing) isSaid = (await clearIn(existing, ids)) && isSaid;
    if (listing.length > 0) return isSaid;
    // one that was cut off after it had closed has said nothing yet
    for (const { issue } of (await closed()).filter(lists).filter(isCleared)) {
      isSaid = (await own.say(issue.key, ALL_CLEARED)) && isSaid;
    }
    return isSaid;
  }

  /** Open ones, and those that a person has closed. */
  async function unresolved(): Promise<OwnIssue<AdvisoryMark>[]> {
    return [...(await own.open()), ...(await closed()).filter(({ mark }) => mark.state === 'open')];
  }

  function closed(): Promise<readonly OwnIssue<AdvisoryMark>[]> {
    return own.closed([ADVISORY_LABEL]);
  }

  return {
    push,
    clear,
    known: async () =>
      (await unresolved()).flatMap(({ issue, mark: { agent, day, items, cleared } }) =>
        items
          .filter(({ id }) => !cleared.includes(id))
          .map((item) => ({ ...item, agent, day, isClosed: !isOpen(issue) })),
      ),
  };
}

function isCleared({ mark: { items, cleared, state } }: OwnIssue<AdvisoryMark>): boolean {
  return state === 'resolved' && items.every(({ id }) => cleared.includes(id));
}

function markedItem(agent: string, { id, finding }: AdvisoryItem): MarkedItem {
  return { id, finding: plainLine(finding, KEPT_FINDING), digest: advisoryDigest(agent, finding) };
}
