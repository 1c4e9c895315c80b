/** Whether an issue is this gate's own: by its mark and who has made it, never by a title or a label alone. */
import type { Issue, Person } from '../../ports/index.ts';
import { isSameGate } from '../owner.ts';
import type { LifeOptions } from './life-options.ts';
import { isOpen, type Mark, readMark } from './own-mark.ts';

/** How a kind of issues is told from others. */
export interface Kind<M extends Mark> {
  readonly kind: M['kind'];
  /** The label that all of this kind carry. */
  readonly label: string;
  /** The mark anew of an issue that has lost it, where its title is one that this owner gives; absent where no title tells enough. */
  remade?(issue: Issue): M | undefined;
}

export interface WhoseIssue<M extends Mark> {
  /** The mark of an issue that is this gate's and was made by somebody who may write; also one that is lost and made anew. */
  ownMark(issue: Issue, isRemembered: boolean): Promise<M | undefined>;
  /**
   * Whether a remembered issue is ours no more: nothing marks it and nobody else is known to have made it, or it has the mark of
   * another owner, as after two runs of the embedded tracker have given one number twice.
   */
  isEstranged(issue: Issue): Promise<boolean>;
}

export function whoseIssue<M extends Mark>(options: LifeOptions & Kind<M>): WhoseIssue<M> {
  const { tracker, world, owner, kind, label } = options;
  const trusted = new Map<string, Promise<boolean>>();
  let ourselves: Promise<Person | undefined> | undefined;

  function me(): Promise<Person | undefined> {
    // the token of a CI job often belongs to nobody that can be asked for
    ourselves ??= tracker.getCurrentUser().catch(() => undefined);
    return ourselves;
  }

  async function ownMark(issue: Issue, isRemembered: boolean): Promise<M | undefined> {
    const mark = readMark<M>(issue, kind);
    if (!mark) return lostMark(issue, isRemembered);
    if (!isSameGate(owner, mark.owner)) return undefined;
    return (await isTrusted(issue)) ? mark : undefined;
  }

  /**
   * Agents and editors drop what they do not see. A title names no repository, and what is closed may be over: both are taken
   * back only where nobody else's can lie, and under a key that was written down.
   */
  async function lostMark(issue: Issue, isRemembered: boolean): Promise<M | undefined> {
    if (issue.metadata['pace'] !== undefined) return undefined;
    if (!isRemembered && !(owner.isAtHome && isOpen(issue))) return undefined;
    const remade = options.remade?.(issue);
    return remade && (await isByUs(issue)) ? remade : undefined;
  }

  async function isByUs(issue: Issue): Promise<boolean> {
    const user = await me();
    if (user && issue.author) return issue.author.id === user.id;
    return hasLabel(issue) && ((await tracker.isTrusted?.(issue)) ?? true);
  }

  function hasLabel({ labels }: Issue): boolean {
    return labels.includes(label);
  }

  /** Anybody can copy a mark; the label, or its author's rights, tell whether somebody who may write has made the issue. */
  function isTrusted(issue: Issue): Promise<boolean> | boolean {
    if (hasLabel(issue) || !tracker.isTrusted) return true;
    const author = issue.author?.id ?? `of ${issue.key}`;
    const answer = trusted.get(author) ?? askedTrust(issue);
    trusted.set(author, answer);
    return answer;
  }

  async function askedTrust(issue: Issue): Promise<boolean> {
    if (await tracker.isTrusted?.(issue)) return true;
    world.log.warn(
      `Issue ${issue.key} claims to be PACE's but was opened by somebody without write access: it is not taken over.`,
    );
    return false;
  }

  async function isEstranged(issue: Issue): Promise<boolean> {
    const mark = readMark<M>(issue, kind);
    if (mark) return !(isSameGate(owner, mark.owner) && mark.owner.sprint === owner.sprint);
    const user = await me();
    const isOthers = user && issue.author && issue.author.id !== user.id;
    return issue.metadata['pace'] === undefined && !isOthers;
  }

  return { ownMark, isEstranged };
}
