/** Who has approved the judged commit: of a change its host knows, of a day the tracker does. */
import type { ApprovalAnswer, ApprovalRequest } from '../../core/adapters/approvals.ts';
import { defined } from '../../core/defined.ts';
import type { Person } from '../../core/ports/index.ts';
import { gitOr } from '../../core/programs/git.ts';
import type { AskApprovals } from './evidence/reader.ts';
import type { GateParts } from './parts.ts';
import { allowMinutes, REST_OF_RUN_MINUTES } from './time-of-run.ts';

export function approvalsOf(parts: GateParts): AskApprovals {
  return async (wanted) => {
    const { world, sha, ciAdapter, subject } = parts;
    // commands have run before, however long
    allowMinutes(world, REST_OF_RUN_MINUTES);
    const { people, fault } = wanted.allowAuthor ? { people: [] } : await ciAdapter.commitAuthors(sha);
    if (fault) return { by: [], others: [], fault };
    const request = { ...wanted, sha, authors: [...people, ...(await authorInGit(parts))] };
    if (subject.kind === 'change') return ciAdapter.approvals({ ...request, change: subject.change.id });
    return ofDay(parts, subject.day.day, request);
  };
}

async function ofDay(
  { state, trackerAdapter }: GateParts,
  day: number,
  request: ApprovalRequest,
): Promise<ApprovalAnswer> {
  const known = (await state.decision(day))?.escalation;
  // a key of another tracker leads nowhere here, or to somebody else's issue
  const isHere = (known?.tracker ?? trackerAdapter.platform) === trackerAdapter.platform;
  const rememberedKey = (isHere && known?.key) || undefined;
  return trackerAdapter.approvals({ ...request, day, dayDir: state.agentsDir(day), ...defined({ rememberedKey }) });
}

/** Hosts know logins, trackers often only names and addresses: a commit has both. */
async function authorInGit({ world, sha }: GateParts): Promise<readonly Person[]> {
  const told = /^[0-9a-f]{7,64}$/.test(sha) ? await gitOr(world, ['show', '-s', '--format=%ae%n%an', sha]) : undefined;
  const [id = '', name = ''] = told?.split('\n') ?? [];
  return id === '' && name === '' ? [] : [{ id, name }];
}
