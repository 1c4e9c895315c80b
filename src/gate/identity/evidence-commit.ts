/**
 * Which commit the evidence in the workspace is of: the one that is checked out, a parent of a merge that is, or the one that
 * whoever started the run names. What cannot be told to be of the judged commit must not speak for it.
 */

import { defined } from '../../../core/defined.ts';
import { isInCi } from '../../../core/drivers/ci-service.ts';
import { PaceError } from '../../../core/errors.ts';
import type { JudgedCommit } from '../../../core/ports/index.ts';
import { type CheckedOut, checkedOut } from '../../../core/programs/checked-out.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { resolveReferences } from '../../config/secrets.ts';

/** What is said of it in words, by options, variables or configuration. */
export interface EvidenceWord {
  /** The files come from a run of this commit: a full hash in lower case. */
  readonly sha?: string | undefined;
  /** The judged commit was named by hand. */
  readonly isNamed?: boolean;
  /** What the host has made of the judged commit to test it, by its own word. */
  readonly testedAs?: string;
}

export interface EvidenceCommit {
  /** Why what passes does not count for the judged commit, and what to do; absent where it does. */
  readonly doubt?: string;
  readonly notes: readonly string[];
  /** The commit that was checked out, where it counts by that: it must still be there when the commands have ended. */
  readonly head?: string;
}

interface Asked {
  readonly world: Pick<World, 'cwd' | 'env'>;
  /** The judged commit; `''` where there is none. */
  readonly sha: string;
  readonly word: EvidenceWord;
  /** Whether commands run: they see what is checked out, whatever anybody says of files. */
  readonly runsCommands: boolean;
}

/** To be asked before the commands of the evidence run. Never throws. */
export async function evidenceCommit(asked: Asked): Promise<EvidenceCommit> {
  const { world, sha, word } = asked;
  // findings are tied to no commit then
  if (sha === '') return { notes: [] };
  if (word.sha !== undefined) return byWord(asked, word.sha);
  const found = await checkedOut(world);
  if (isOf(found, sha, word.testedAs)) return { notes: [], head: found.sha };
  if (!(await isInCi(world.env))) {
    if (word.isNamed)
      return {
        notes: [`The evidence is taken to be of ${short(sha)}, as that commit was named; ${stateText(found)}.`],
      };
    if (found.how === 'none')
      return { notes: [`There is no checkout here: the evidence is taken to be of ${short(sha)}.`] };
  }
  return {
    doubt: `It is not known to be of the judged commit ${short(sha)}: ${stateText(found)}. ${remedyFor(found)}`,
    notes: [],
  };
}

/** What a command moves while it runs is no longer what was looked at. */
export async function afterCommands(
  world: Pick<World, 'cwd' | 'env'>,
  before: EvidenceCommit,
): Promise<EvidenceCommit> {
  if (before.head === undefined) return before;
  const found = await checkedOut(world);
  if (found.how === 'commit' && found.sha === before.head) return before;
  const doubt = `While the commands ran, the checkout was moved away from ${short(before.head)}: ${stateText(found)}. Please let no command change what is checked out.`;
  return { notes: before.notes, doubt };
}

async function byWord({ world, sha, word, runsCommands }: Asked, named: string): Promise<EvidenceCommit> {
  if (named !== sha) {
    const doubt = `It is of ${short(named)}, as \`evidence-sha\` says, and ${short(sha)} is judged. Please judge the commit that the evidence is of.`;
    return { doubt, notes: [] };
  }
  if (!runsCommands) return { notes: [] };
  const found = await checkedOut(world);
  if (isOf(found, sha, word.testedAs)) return { notes: [] };
  const note = `Commands ran where the judged commit is not: ${stateText(found)}. That what they say is of ${short(sha)}, only \`evidence-sha\` tells.`;
  return { notes: [note] };
}

/** It is checked out itself, or merged into what is. */
function isOf(found: CheckedOut, sha: string, testedAs?: string): found is Extract<CheckedOut, { how: 'commit' }> {
  if (found.how !== 'commit') return false;
  // a commit with one parent is no merge of it, but what came after it
  return found.sha === sha || found.sha === testedAs || (found.parents.length > 1 && found.parents.includes(sha));
}

function stateText(found: CheckedOut): string {
  switch (found.how) {
    case 'commit':
      return `checked out is ${short(found.sha)}`;
    case 'none':
      return 'there is no checkout here that tells';
    case 'unreadable':
      return `git does not tell what is checked out (${plainLine(found.why, 200)})`;
  }
}

const BY_WORD =
  'let a run of that commit make the evidence, and hand its files to this one with `evidence-sha` (as docs/forks.md shows)';

function remedyFor(found: CheckedOut): string {
  if (found.how === 'none') return `Please run the gate in a checkout of that commit, or ${BY_WORD}.`;
  if (found.how === 'unreadable') return OWNERSHIP.test(found.why) ? REMEDY_OF_OWNERSHIP : REMEDY_OF_GIT;
  return `Please check that commit out before the gate, but never a stranger's where the job has rights or secrets: ${BY_WORD}.`;
}

/** https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory */
const OWNERSHIP = /dubious ownership/;
const REMEDY_OF_OWNERSHIP =
  'Please tell git before the gate that it may read the checkout: `git config --global --add safe.directory "$PWD"`.';
const REMEDY_OF_GIT = `Please see to it that \`git cat-file commit HEAD\` works there, or ${BY_WORD}.`;

function short(sha: string): string {
  return sha.slice(0, 8);
}

/** Of an option, else the variable, else the configuration. Throws `PaceError` for what is no full hash. */
export function evidenceWord(options: {
  readonly given: string | undefined;
  readonly configured: string | undefined;
  readonly env: World['env'];
}): EvidenceWord {
  const { given, configured, env } = options;
  const words = [
    { source: 'evidence-sha', text: given },
    { source: 'PACE_EVIDENCE_SHA', text: env['PACE_EVIDENCE_SHA'] },
    { source: 'gate.evidence_sha', text: configured && resolveReferences(configured, env).text },
  ];
  for (const { source, text } of words) {
    const sha = text?.trim().toLowerCase() ?? '';
    // an expression that has no value in this event
    if (sha === '') continue;
    if (FULL_HASH.test(sha)) return { sha };
    throw noHash(source, sha);
  }
  return {};
}

const FULL_HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

function noHash(source: string, text: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `\`${source}\` is "${plainLine(text, 80)}", which is not the full hash of a commit.`,
    remedy: 'Please pass all of its 40 (or 64) hexadecimal digits, or leave it out.',
  });
}

/** The merge that the host tests, where it is one of the judged commit. */
export function testedAs(judged: JudgedCommit | undefined, sha: string): Pick<EvidenceWord, 'testedAs'> {
  return defined({ testedAs: judged?.sha === sha ? judged.testedAs : undefined });
}
