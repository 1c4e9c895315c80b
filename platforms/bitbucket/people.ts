/** Who is asked to review. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-users/ */
import { asPaceError } from '../../core/errors.ts';
import type { Context } from './job.ts';

/** As a pull request takes it. */
export type Reviewer = { readonly uuid: string } | { readonly account_id: string };

const UUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;
const ACCOUNT_ID = /^(?:[0-9a-f]{24}|\d+:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Names of people are not unique and can change, so Bitbucket takes ids only. What is not one is left out, and said. */
export function reviewersFrom({ world }: Context, given: readonly string[]): Reviewer[] {
  return given.flatMap((id): Reviewer[] => {
    const [, uuid] = UUID.exec(id) ?? [];
    if (uuid !== undefined) return [{ uuid: `{${uuid}}` }];
    if (ACCOUNT_ID.test(id)) return [{ account_id: id }];
    world.log.warn(`Bitbucket knows reviewers by account id or UUID only: the review is requested without ${id}.`);
    return [];
  });
}

/**
 * Sends with the reviewers; where Bitbucket refuses the list because of one of them, with those that there are, and at last
 * without any. It does not say which one it refuses.
 */
export async function withReviewers<Result>(
  context: Context,
  reviewers: readonly Reviewer[],
  send: (reviewers: readonly Reviewer[]) => Promise<Result>,
): Promise<Result> {
  try {
    return await send(reviewers);
  } catch (error) {
    const { status, vendorMessage = '' } = asPaceError(error);
    if (status !== 400 || reviewers.length === 0 || !/review/i.test(vendorMessage)) throw error;
    const known = await active(context, reviewers);
    // one of those who are left may be the author
    const rest = known.length < reviewers.length ? known : [];
    const missing = reviewers.filter((each) => !rest.includes(each)).map(idOf);
    context.world.log.warn(
      `Bitbucket refuses the reviewers (${vendorMessage}): the review is requested without ${missing.join(', ')}.`,
    );
    return withReviewers(context, rest, send);
  }
}

function idOf(reviewer: Reviewer): string {
  return 'uuid' in reviewer ? reviewer.uuid : reviewer.account_id;
}

async function active({ api }: Context, reviewers: readonly Reviewer[]): Promise<Reviewer[]> {
  const found: Reviewer[] = [];
  for (const reviewer of reviewers) {
    const path = `/users/${encodeURIComponent(idOf(reviewer))}`;
    try {
      const user = await api.call<{ account_status?: string }>('proposeChange', { path });
      if ((user.account_status ?? 'active') === 'active') found.push(reviewer);
    } catch (error) {
      if (asPaceError(error).kind !== 'not-found') throw error;
    }
  }
  return found;
}
