/** Whose an issue is: which repository, which gate, which branch, which sprint. Never told by a title or a label. Pure. */
import { PaceError } from '../errors.ts';
import { isRecord } from '../record.ts';
import { plainLine } from '../text/untrusted-text.ts';

/** One gate of one repository, on one branch, in one sprint: whoever differs in any of them has issues of their own. */
export interface Owner {
  readonly repository: OwnerRepository;
  /** The gate's name; `gate` where a repository has one only. */
  readonly gate: string;
  /** The sprint's id; `''` where days count on for ever. */
  readonly sprint: string;
  /** `''` for the default branch. */
  readonly branch: string;
  /** What the branch is called, the default one too: a run that could not know which one that is has marked its issues so. */
  readonly branchName?: string;
  /** The host could not be asked for the repository's id, or for its default branch. */
  readonly isUncertain?: boolean;
  /** The issues live where the code lives: what lies there is this repository's, whatever it was called. */
  readonly isAtHome?: boolean;
}

export interface OwnerRepository {
  readonly name: string;
  /** What the host knows it by, and keeps through renames and moves. */
  readonly id?: string | undefined;
}

/** The gate of a repository that has one only. */
export const ONLY_GATE = 'gate';

/** An owner as it stands in the metadata of an issue. */
export interface OwnerMark {
  /** In lower case: hosts do not mind upper and lower case. */
  readonly repository: string;
  readonly id?: string;
  readonly gate: string;
  readonly sprint: string;
  readonly branch: string;
}

export function ownerMark({ repository: { name, id }, gate, sprint, branch }: Owner): OwnerMark {
  return { repository: name.toLowerCase(), ...(id ? { id } : {}), gate, sprint, branch };
}

export function isOwnerMark(value: unknown): value is OwnerMark {
  if (!isRecord(value)) return false;
  const { repository, id, gate, sprint, branch } = value;
  const texts = [repository, gate, sprint, branch];
  return texts.every((text) => typeof text === 'string') && (id === undefined || typeof id === 'string');
}

/**
 * Whether the mark is this gate's, on this branch, in whatever sprint. Throws `PaceError` where only what the host could not be
 * asked for would tell.
 */
export function isSameGate(owner: Owner, mark: OwnerMark): boolean {
  return owner.gate === mark.gate && isSameRepository(owner, mark) && isSameBranch(owner, mark);
}

/** A name tells only where an id is missing: names are given away, ids are not. */
function isSameRepository({ repository: { name, id }, isUncertain, isAtHome }: Owner, mark: OwnerMark): boolean {
  if (id && mark.id) return id === mark.id;
  if (name.toLowerCase() === mark.repository) return true;
  // of another name, and known to a host by an id: this one, renamed, or one that was moved here
  if (isAtHome && !mark.id) return true;
  if ((isUncertain || (isAtHome && !id)) && mark.id)
    throw uncertain(`an issue of ${mark.repository} is one of ${name}`, 'its id is not known here');
  return false;
}

function isSameBranch({ branch, branchName = '', isUncertain }: Owner, mark: OwnerMark): boolean {
  if (branch === mark.branch || (branch === '' && branchName === mark.branch)) return true;
  if (isUncertain && mark.branch === '')
    throw uncertain(`${branch} is the default branch`, 'the host could not be asked');
  return false;
}

function uncertain(what: string, why: string): PaceError {
  return new PaceError({
    kind: 'transient',
    message: `It cannot be told whether ${plainLine(what, 200)}: ${why}.`,
    remedy: 'Please run it in a job of the host, or again when the host answers.',
  });
}

/** `shop: Day 3 of release/1.2`: what a title says of the owner, as far as it is not the usual one. */
export function dayOf({ gate, branch }: Pick<Owner, 'gate' | 'branch'>, day: number | string): string {
  const named = gate === ONLY_GATE ? '' : `${plainLine(gate, 60)}: `;
  return `${named}Day ${day}${branch === '' ? '' : ` of ${plainLine(branch, 60)}`}`;
}
