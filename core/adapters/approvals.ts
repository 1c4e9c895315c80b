/** Which approvals of a commit count: of those who are named, for this very commit, and not by its author. */
import type { Fault } from '../faults.ts';
import type { Person } from '../ports/index.ts';
import { isListed, isNamed, isTeam, type TeamsKnown } from './named-people.ts';

/** What is wanted to be known. */
export interface ApprovalRequest {
  readonly sha: string;
  /** People, and teams as `@org/team`. */
  readonly from: readonly string[];
  /** So many are enough: nobody is asked about more. */
  readonly count: number;
  /** Who wrote the commit, as far as it is known. */
  readonly authors: readonly Person[];
  readonly allowAuthor: boolean;
}

/** The same about a day. */
export interface DayApprovalRequest extends ApprovalRequest {
  readonly day: number;
  /** The folder with what agents have written about the day, absolute. */
  readonly dayDir: string;
  /** The key of the day's escalation that an earlier run has written down. */
  readonly rememberedKey?: string;
}

/** What a review or a comment says. */
export interface GivenApproval {
  readonly person: Person;
  /** The commit, or at least the beginning of its hash; absent where that cannot be told. */
  readonly sha?: string;
  /** Somebody has changed it since. */
  readonly isEdited?: boolean;
}

export interface CountedApprovals {
  /** Who has approved, by id, each once. */
  readonly by: readonly string[];
  /** Approvals of those who are named that do not count, in words: `ann is an author of it`. */
  readonly others: readonly string[];
}

/** Of one change, or of one day. */
export interface ApprovalAnswer extends CountedApprovals {
  /** Where one can approve: the change, or the issue of the day; absent where there is no issue yet. */
  readonly place?: { readonly name: string; readonly url: string };
  /** Set when it could not be asked: nothing is known then. */
  readonly fault?: Fault;
}

const SETTING = 'from';

/** Throws `PaceError` where it cannot be known who belongs to a team, and people alone are not enough. */
export async function countApprovals(
  asked: TeamsKnown,
  request: ApprovalRequest,
  given: readonly GivenApproval[],
): Promise<CountedApprovals> {
  const { from, count } = request;
  const people = given.filter(({ person }) => isListed(from, person));
  const byPeople = sorted(request, people);
  // teams are not asked for in vain: many tokens may not
  if (byPeople.by.length >= count || !from.some(isTeam)) return byPeople;
  const members: GivenApproval[] = [];
  for (const approval of given)
    if (people.includes(approval) || (await isNamed(asked, from, approval.person, SETTING))) members.push(approval);
  return sorted(request, members);
}

function sorted(request: ApprovalRequest, given: readonly GivenApproval[]): CountedApprovals {
  const by = new Map<string, string>();
  const others: string[] = [];
  for (const approval of given) {
    const { id } = approval.person;
    const wrong = whyNot(request, approval);
    if (wrong) others.push(`${id} ${wrong}`);
    else by.set(id.toLowerCase(), id);
  }
  return { by: [...by.values()], others };
}

function whyNot({ sha, authors, allowAuthor }: ApprovalRequest, approval: GivenApproval): string | undefined {
  const { person, sha: approved, isEdited } = approval;
  if (approved === undefined) return 'approved, and which commit is not known';
  if (!isOfCommit(sha, approved)) return `approved another commit (${approved.slice(0, 7)})`;
  if (isEdited) return 'approved by a comment that was edited';
  if (!allowAuthor && authors.some((author) => isSame(author, person))) return 'is an author of it';
  return undefined;
}

function isOfCommit(sha: string, approved: string): boolean {
  return approved !== '' && sha.toLowerCase().startsWith(approved.toLowerCase());
}

/** Tracker and host may know a person by different ids, and commits know addresses: one that is equal is enough. */
function isSame(one: Person, other: Person): boolean {
  const words = wordsOf(other);
  return wordsOf(one).some((word) => words.includes(word));
}

function wordsOf({ id, name }: Person): string[] {
  return [id, name].map((word) => word.trim().toLowerCase()).filter((word) => word !== '');
}
