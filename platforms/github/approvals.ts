/** Who has approved a pull request, and who wrote its commits. https://docs.github.com/en/rest/pulls/reviews */
import { changeNumber } from '../../core/drivers/change-number.ts';
import { type Review, standingApprovals } from '../../core/drivers/standing-reviews.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { ChangeApprovals, Person } from '../../core/ports/index.ts';
import type { Api } from './api.ts';
import type { WholePull } from './host-wire.ts';
import { toPerson, type WireUser } from './issue-wire.ts';
import type { Part } from './schema.ts';

/** One of an account that is gone has no user. */
type WireReview = Part<'pull-request-review', 'state' | 'commit_id'> & { readonly user: WireUser | null };

export async function listApprovals(api: Api, id: string): Promise<ChangeApprovals> {
  const operation = 'listApprovals';
  const pull_number = changeNumber(id);
  const pull: WholePull = await api.call(operation, 'read a pull request', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...api.repository, pull_number }),
  );
  const reviews: WireReview[] = [];
  const path = `pulls/${pull_number}/reviews`;
  for await (const page of api.list<WireReview>(operation, 'read a pull request', path)) reviews.push(...page);
  return {
    approvals: standingApprovals(reviews.map(toReview)),
    ...(pull.user ? { author: toPerson(pull.user) } : {}),
    url: neededText('GitHub', 'html_url', pull.html_url),
  };
}

/** A word that we do not know approves nothing. A dismissed approval is told as `DISMISSED`. */
function toReview({ user, state, commit_id: sha }: WireReview): Review {
  const says = { APPROVED: 'approves', CHANGES_REQUESTED: 'objects', DISMISSED: 'objects' } as const;
  return {
    person: user ? toPerson(user) : undefined,
    says: Object.hasOwn(says, state) ? says[state as keyof typeof says] : 'nothing',
    sha: sha ?? undefined,
  };
}

/** Nobody for an address that belongs to no account. https://docs.github.com/en/rest/commits/commits#get-a-commit */
export async function commitAuthors(api: Api, ref: string): Promise<Person[]> {
  const { author } = await api.call('commitAuthors', 'read the repository', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/commits/{ref}', { ...api.repository, ref }),
  );
  const login: unknown = author?.login;
  // no account is told as an empty object, too
  return typeof login === 'string' ? [toPerson({ login })] : [];
}
