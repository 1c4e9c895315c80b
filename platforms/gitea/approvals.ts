/** Who has approved a pull request, and who wrote its commits. https://docs.gitea.com/api/ (repository, reviews) */
import { changeNumber } from '../../core/drivers/change-number.ts';
import { standingApprovals } from '../../core/drivers/standing-reviews.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { ChangeApprovals, Person } from '../../core/ports/index.ts';
import type { Api } from './api.ts';
import { toReview, type WireReview, type WireWholePull } from './host-wire.ts';
import { toPerson, type WireUser } from './issue-wire.ts';

export async function listApprovals(api: Api, id: string): Promise<ChangeApprovals> {
  const operation = 'listApprovals';
  const path = `${api.repo}/pulls/${changeNumber(id)}`;
  const pull = await api.call<WireWholePull>(operation, { path });
  const reviews: WireReview[] = [];
  for await (const review of api.list<WireReview>(operation, { path: `${path}/reviews` })) reviews.push(review);
  return {
    approvals: standingApprovals(reviews.map(toReview)),
    ...(pull.user ? { author: toPerson(pull.user) } : {}),
    url: neededText('Gitea', 'html_url', pull.html_url),
  };
}

/** Nobody for an address that belongs to no account. */
export async function commitAuthors(api: Api, sha: string): Promise<Person[]> {
  const path = `${api.repo}/git/commits/${encodeURIComponent(sha)}`;
  const query = { stat: 'false', verification: 'false', files: 'false' };
  const { author } = await api.call<{ readonly author?: WireUser | null }>('commitAuthors', { path, query });
  return author?.login ? [toPerson(author)] : [];
}
