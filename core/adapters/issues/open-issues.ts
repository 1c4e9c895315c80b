/** What lies open in a tracker, as far as PACE has to look: one short list for all kinds of its issues. */
import type { Issue, IssueTracker } from '../../ports/index.ts';
import { collect } from '../../tracker/collect.ts';

/** So many of the newest are looked at whatever their labels: people drop labels, and some trackers do not take them. */
const NEWEST = 100;

export interface OpenIssues {
  /** The newest open ones, and every open one with this label, newest first. Each is asked for once. */
  with(label: string): Promise<readonly Issue[]>;
}

/** An answer that failed is asked for again. */
export function createOpenIssues(tracker: Pick<IssueTracker, 'listIssues'>): OpenIssues {
  const labelled = new Map<string, readonly Issue[]>();
  let newest: readonly Issue[] | undefined;

  async function older(label: string, known: readonly Issue[]): Promise<readonly Issue[]> {
    const keys = new Set(known.map(({ key }) => key));
    const found = await collect(tracker.listIssues({ state: 'open', labels: [label] }));
    return found.filter(({ key }) => !keys.has(key));
  }

  return {
    with: async (label) => {
      newest ??= await collect(tracker.listIssues({ state: 'open' }), NEWEST);
      if (newest.length < NEWEST) return newest;
      const more = labelled.get(label) ?? (await older(label, newest));
      labelled.set(label, more);
      return [...newest, ...more];
    },
  };
}
