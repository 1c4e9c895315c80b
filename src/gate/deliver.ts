/** Delivers what was decided, each step journalled before and after. Every step may fail on its own and is kept then. */
import type { Delivery } from './delivery.ts';
import type { GateParts } from './parts.ts';
import { PAUSE_VARIABLE } from './pause-word.ts';

/** A URL, or `true`; `''` or `false` when it was not delivered. */
export type Delivered = string | boolean;

/** Writes the intent, delivers, writes what came of it. */
export async function deliver(parts: GateParts, delivery: Delivery): Promise<Delivered> {
  return attempted(parts, await parts.journal.begin(delivery), delivery);
}

/** Delivers what was journalled under this id, writes what came of it. */
export async function attempted(parts: GateParts, id: string, delivery: Delivery): Promise<Delivered> {
  const { result, reason } = await attempt(parts, delivery);
  await settle(parts, id, result, reason);
  return result;
}

/** For what was tried before it became a delivery: keeps it for a later run. */
export async function keepUndelivered(parts: GateParts, delivery: Delivery): Promise<void> {
  await settle(parts, await parts.journal.begin(delivery), false, parts.faults.list.at(-1)?.message);
}

async function settle({ journal }: GateParts, id: string, result: Delivered, reason = ''): Promise<void> {
  if (result) return journal.done(id, String(result));
  return journal.failed(id, reason || 'no reason is known');
}

/** What came of it, and the trouble that was met. */
async function attempt(parts: GateParts, delivery: Delivery): Promise<{ result: Delivered; reason?: string }> {
  const before = parts.faults.list.length;
  const result = await perform(parts, delivery);
  const last = parts.faults.list.slice(before).at(-1);
  return last ? { result, reason: last.message } : { result };
}

async function perform(parts: GateParts, delivery: Delivery): Promise<Delivered> {
  const { trackerAdapter, ciAdapter, state } = parts;
  const { day } = delivery;
  switch (delivery.kind) {
    case 'escalate': {
      const { sha, reason, report, jobUrl, key } = delivery;
      const remembered = key ? { rememberedKey: key } : {};
      return trackerAdapter.openEscalationIssue({
        day,
        dayDir: state.agentsDir(day),
        reportPath: `${state.folder}/day-${day}/decision.yaml`,
        holdReason: reason,
        sha,
        report,
        jobUrl,
        ...remembered,
      });
    }
    case 'resolve': {
      const { sha, key } = delivery;
      return trackerAdapter.resolveEscalation({ day, sha, ...(key ? { rememberedKey: key } : {}) });
    }
    case 'pause':
      return ciAdapter.setVariable(PAUSE_VARIABLE, 'true');
    case 'clear-advisories':
      return trackerAdapter.clearAdvisoryItems({ ids: delivery.ids });
    case 'push-advisories':
      return trackerAdapter.pushAdvisoryItems({ day, agent: delivery.agent, items: delivery.items });
    case 'review': {
      const { kind: _, ...request } = delivery;
      return ciAdapter.openReviewPr({
        ...request,
        ...{ stateDir: state.dir, agentsDir: state.root, folder: state.folder },
      });
    }
    case 'story':
      return trackerAdapter.updateStoryStatus({ day, dayDir: state.agentsDir(day), status: 'done' });
    case 'handoff':
      return trackerAdapter.postHandoffComment({ day, dayDir: state.agentsDir(day) });
    case 'plan-issue':
      return trackerAdapter.closePlanIssue(delivery.key);
    case 'summary':
      return ciAdapter.writeJobSummary(delivery.markdown);
    case 'status':
      return setStatus(parts, delivery.sha, delivery.status);
  }
}

/** Delivered as well where the host has no commit statuses. */
async function setStatus(
  { ciAdapter, faults }: GateParts,
  ...status: Parameters<GateParts['ciAdapter']['setCommitStatus']>
): Promise<boolean> {
  const before = faults.list.length;
  await ciAdapter.setCommitStatus(...status);
  return faults.list.length === before;
}
