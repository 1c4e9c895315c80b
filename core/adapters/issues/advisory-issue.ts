/** The life of advisory issues: one per agent and day, ticked off item by item, closed with the last one. */

import type { IssueState } from '../../ports/index.ts';
import { plainLine } from '../../text/untrusted-text.ts';
import { fingerprint } from '../fingerprint.ts';
import { fitBody } from '../fit-body.ts';
import type { AdvisoryItem } from '../ports.ts';
import { ADVISORY_LABEL, advisoryBody, advisoryTitle, agentLabel, agentName } from './advisory-text.ts';
import { dayLabel } from './escalation-text.ts';
import { createOwnIssues, isOpen, type LifeOptions, type Mark, type OwnIssue, sayOnce } from './own-issues.ts';

interface AdvisoryMark extends Mark {
  readonly kind: 'advisory';
  readonly agent: string;
  readonly items: readonly AdvisoryItem[];
  /** Ids of resolved items. */
  readonly cleared: readonly string[];
}

/** Findings are kept in the issue's metadata, which counts into the tracker's limit. */
const KEPT_FINDING = 200;
const KEPT_ITEMS = 50;

export interface Advisories {
  /** Returns the URL of the issue. */
  push(options: { day: number; agent: string; items: readonly AdvisoryItem[] }): Promise<string>;
  clear(ids: readonly string[]): Promise<void>;
  /** Ids of open items whose issue a person has closed. */
  closedByPeople(): Promise<string[]>;
}

export function createAdvisories(options: LifeOptions): Advisories {
  const { tracker, world, repository, quota } = options;
  const own = createOwnIssues<AdvisoryMark>({ tracker, world, kind: 'advisory', label: ADVISORY_LABEL, quota });

  function compose(mark: Omit<AdvisoryMark, 'body'>): { title: string; body: string; mark: AdvisoryMark } {
    const body = fitBody(tracker, (limit) => advisoryBody(mark, limit), { pace: { ...mark, body: fingerprint('') } });
    const title = advisoryTitle(mark.agent, mark.day, mark.items.length, tracker.titleLimit);
    return { title, body, mark: { ...mark, body: fingerprint(body) } };
  }

  async function write(
    existing: OwnIssue<AdvisoryMark>,
    wanted: Omit<AdvisoryMark, 'body'>,
    state?: IssueState,
  ): Promise<OwnIssue<AdvisoryMark>> {
    const { title, body, mark } = compose(wanted);
    if (!state && mark.body === existing.mark.body && mark.state === existing.mark.state) return existing;
    const move = state ? { state } : {};
    return own.wrote(await tracker.updateIssue(existing.issue.key, { title, body, metadata: { pace: mark }, ...move }));
  }

  async function push({ day, agent, items }: Parameters<Advisories['push']>[0]): Promise<string> {
    const mark = fingerprint(repository, 'advisory', day, agentName(agent));
    const existing = await own.find(mark);
    const before = existing?.mark.items ?? [];
    const merged = [...before, ...items.filter(({ id }) => !before.some((known) => known.id === id)).map(bounded)];
    const wanted = {
      kind: 'advisory',
      fingerprint: mark,
      day,
      state: 'open',
      agent: plainLine(agent, 40),
      items: merged.slice(0, KEPT_ITEMS),
      cleared: (existing?.mark.cleared ?? []).filter((id) => !items.some((item) => item.id === id)),
    } as const;
    if (existing) return (await write(existing, wanted, isOpen(existing.issue) ? undefined : 'open')).issue.url;
    const draft = compose(wanted);
    const labels = [ADVISORY_LABEL, agentLabel(agent), dayLabel(day)];
    const twin = (key: string) =>
      `The same findings were filed at the same time as ${key}. That one stays; this one is closed.`;
    return (await own.createOnce(draft.mark, { ...draft, labels, purpose: 'advisory' }, twin)).issue.url;
  }

  async function clearIn(existing: OwnIssue<AdvisoryMark>, ids: readonly string[]): Promise<void> {
    const { body: _, ...mark } = existing.mark;
    const cleared = mark.items.map(({ id }) => id).filter((id) => mark.cleared.includes(id) || ids.includes(id));
    const done = cleared.length === mark.items.length;
    if (done) await sayOnce(tracker, existing.issue.key, 'None of this is found any more. Closed by PACE.');
    await write(existing, { ...mark, cleared, state: done ? 'resolved' : 'open' }, done ? 'done' : undefined);
  }

  async function mine(): Promise<readonly OwnIssue<AdvisoryMark>[]> {
    const marks = await own.all();
    return marks.filter(
      ({ mark }) => mark.fingerprint === fingerprint(repository, 'advisory', mark.day, agentName(mark.agent)),
    );
  }

  return {
    push,
    clear: async (ids) => {
      for (const existing of await mine()) {
        // one that is resolved and still open was left by a run that was cut off
        const concerned = existing.mark.items.some(({ id }) => ids.includes(id));
        if (concerned && isOpen(existing.issue)) await clearIn(existing, ids);
      }
    },
    closedByPeople: async () => {
      const closed = (await mine()).filter(({ issue, mark }) => !isOpen(issue) && mark.state === 'open');
      return closed.flatMap(({ mark }) => mark.items.map(({ id }) => id).filter((id) => !mark.cleared.includes(id)));
    },
  };
}

function bounded({ id, finding }: AdvisoryItem): AdvisoryItem {
  return { id, finding: plainLine(finding, KEPT_FINDING) };
}
