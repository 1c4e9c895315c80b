/** Pull requests: found by their branch, opened once. https://docs.gitea.com/api/ (repository, pull requests) */

import { changeNumber } from '../../core/drivers/change-number.ts';
import { unlessMissing } from '../../core/drivers/unless.ts';
import { asPaceError } from '../../core/errors.ts';
import type { ChangeRequest, FoundChange, ProposedChange } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import { commitFiles } from './commit-files.ts';
import { isFromBranch, toChangeRequest, toJudgedChange, type WirePull, type WireWholePull } from './host-wire.ts';
import { unifyLineEnds } from './issue-wire.ts';
import type { LabelBook } from './labels.ts';
import type { Operation } from './refusals.ts';

const OPERATION = 'proposeChange';

export interface ChangeTools {
  readonly world: World;
  readonly api: Api;
  readonly labels: LabelBook;
  defaultBranch(operation: Operation): Promise<string>;
}

/** How many of the newest pull requests are looked through for one that the server did not find. */
const LOOKED_THROUGH = 50;

/** The newest pull request from this branch, in whatever state. One into another branch than `base` is found while it is new. */
export async function findPull(
  tools: ChangeTools,
  operation: Operation,
  branch: string,
  wantedBase?: string,
): Promise<WirePull | undefined> {
  const base = wantedBase ?? (await tools.defaultBranch(operation));
  const found = await pullBetween(tools.api, operation, base, branch);
  // a server may overlook a part of the address
  const known = found && isFromBranch(found, branch, tools.api.fullName) ? found : undefined;
  return known?.state === 'open' ? known : newest(tools.api, operation, known, branch);
}

async function pullBetween(api: Api, operation: Operation, base: string, head: string): Promise<WirePull | undefined> {
  // slashes in the last part may stay, and some proxies do not let them pass in any other form
  const path = `${api.repo}/pulls/${encodeURIComponent(base)}/${head.split('/').map(encodeURIComponent).join('/')}`;
  return unlessMissing(() => api.call<WirePull>(operation, { path }));
}

/** Of several closed ones Gitea gives the first that it comes across, and 404 has many reasons: the newest ones are looked through. */
async function newest(
  api: Api,
  operation: Operation,
  known: WirePull | undefined,
  branch: string,
): Promise<WirePull | undefined> {
  let looked = 0;
  for await (const pull of api.list<WirePull>(operation, { path: `${api.repo}/pulls`, query: { state: 'all' } })) {
    if (isFromBranch(pull, branch, api.fullName)) return pull;
    looked += 1;
    if (known ? pull.number <= known.number : looked >= LOOKED_THROUGH) break;
  }
  return known;
}

/** The pull request of this number, with its head. */
export async function changeById(api: Api, id: string): Promise<FoundChange | undefined> {
  const path = `${api.repo}/pulls/${changeNumber(id)}`;
  const pull = await unlessMissing(() => api.call<WireWholePull>('changeById', { path }));
  return pull && toJudgedChange(id, pull);
}

/** Opens the pull request with its branch and one commit; where there is one already, refreshes its text while it is open. */
export async function proposeChange(tools: ChangeTools, change: ProposedChange): Promise<ChangeRequest> {
  const { api, defaultBranch } = tools;
  const base = change.base ?? (await defaultBranch(OPERATION));
  const known = await findPull(tools, OPERATION, change.branch, base);
  if (known) return toChangeRequest(await refreshed(tools, known, change));
  await commitFiles(api, change);
  const pull = await open(tools, change, base);
  // what makes no sense is noticed before more is written
  const opened = toChangeRequest(pull);
  await decorate(tools, pull, change);
  return opened;
}

async function open(tools: ChangeTools, { branch, title, body }: ProposedChange, base: string): Promise<WirePull> {
  const { api } = tools;
  const content = { head: branch, base, title: storable(title), body: storable(body) };
  try {
    return await api.call<WirePull>(OPERATION, { method: 'POST', path: `${api.repo}/pulls`, body: content });
  } catch (error) {
    // another run was faster
    const other = asPaceError(error).status === 409 ? await findPull(tools, OPERATION, branch, base) : undefined;
    if (other) return other;
    throw error;
  }
}

async function refreshed(tools: ChangeTools, pull: WirePull, change: ProposedChange): Promise<WirePull> {
  if (pull.state !== 'open') return pull;
  // left by a run that was cut off: the labels come last
  if (change.labels.some((label) => !hasLabel(pull, label))) await decorate(tools, pull, change);
  const { title, body } = change;
  if (pull.title === title && sameText(pull.body ?? '', body)) return pull;
  const path = `${tools.api.repo}/pulls/${pull.number}`;
  const content = { title: storable(title), body: storable(body) };
  return tools.api.call<WirePull>(OPERATION, { method: 'PATCH', path, body: content });
}

function hasLabel({ labels }: WirePull, wanted: string): boolean {
  return (labels ?? []).some(({ name }) => name.toLowerCase() === wanted.toLowerCase());
}

function sameText(one: string, other: string): boolean {
  return unifyLineEnds(one).trim() === unifyLineEnds(other).trim();
}

/** Reviewers and labels, as far as they can be had: the pull request is worth more than its trimmings. */
async function decorate({ world, api, labels }: ChangeTools, pull: WirePull, change: ProposedChange): Promise<void> {
  // one unknown name makes Gitea refuse them all
  for (const reviewer of change.reviewers) {
    await attempt(world, `${reviewer} could not be asked to review ${pull.html_url}`, () => {
      const path = `${api.repo}/pulls/${pull.number}/requested_reviewers`;
      return api.send(OPERATION, { method: 'POST', path, body: reviewerOrTeam(reviewer) });
    });
  }
  if (change.labels.length === 0) return;
  await attempt(world, `Labels of ${pull.html_url} were not set`, async () => {
    const found = await labels.ensure('labelChange', change.labels);
    const path = `${api.repo}/issues/${pull.number}/labels`;
    await api.send('labelChange', { method: 'POST', path, body: { labels: found.map(({ id }) => id) } });
  });
}

async function attempt(world: World, loss: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const { message, remedy } = asPaceError(error);
    world.log.warn(`${loss}: ${message} ${remedy}`);
  }
}

/** `ada` and `@ada` are people, `org/team` is a team. */
function reviewerOrTeam(name: string): { reviewers: string[] } | { team_reviewers: string[] } {
  const bare = name.replace(/^@/, '');
  return bare.includes('/') ? { team_reviewers: [bare.slice(bare.indexOf('/') + 1)] } : { reviewers: [bare] };
}
