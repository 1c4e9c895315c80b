/**
 * The findings of one source, one by one: first comes what waivers, quarantine, the last SHIP and the source's own settings make
 * of each, only then a list is cut. So a source of any size takes little memory, and its new failure is always named.
 */
import { defined } from '../../../core/defined.ts';
import { type EvidenceReading, type Finding, type FindingResult, RESULTS, title } from '../finding.ts';
import { createKnown, failureDigest, MOST_REMEMBERED } from '../known-failures.ts';
import type { Waivable } from '../waivers.ts';
import { grouped } from './finding-text.ts';
import type { EvidenceContext } from './reader.ts';

/** So many of each result are listed. */
const LISTED = 50;

const onFail = { hold: 'FAIL', advisory: 'ADVISORY', observe: 'OBSERVED' } satisfies Record<string, FindingResult>;

/** What is needed of a source's configuration. */
export interface GatheredSource {
  readonly name: string;
  readonly on_fail: keyof typeof onFail;
  readonly new_only?: boolean;
}

export interface GatherOptions {
  /** What the findings are, in the plural: `tests`. */
  readonly noun: string;
  /** Tests may be in quarantine. */
  readonly areTests?: boolean;
  /** How many of each result are listed. */
  readonly listed?: number;
}

type Identity = (() => string) | undefined;

export interface Gathered {
  /** Of the source itself. On another day it is known by its check, and where two of one check must not be one, by its identity. */
  add(finding: Waivable, identity?: () => string): void;
  /** That it is not there or cannot be used: that has settings of its own, and only a waiver makes it count for less. */
  addProblem(finding: Finding): void;
  /** That the report tells of its own tool's failure: a problem too, and a failure that was read. */
  addOwnFailure(finding: Finding): void;
  /** Whether no finding of this result was cut off. */
  isWhole(result: FindingResult): boolean;
  /** The findings as they came, those that count though the last SHIP had them after the others, a line for what was cut off of each result, and what the days after this one need to know of them. */
  reading(): Pick<EvidenceReading, 'source' | 'findings' | 'hasFailure' | 'failures'>;
}

export function createGathered(config: GatheredSource, context: EvidenceContext, options: GatherOptions): Gathered {
  const { noun, areTests = false, listed = LISTED } = options;
  const { waivers } = context;
  const kept = { fresh: [] as Finding[], old: [] as Finding[] };
  const counts = new Map<FindingResult, number>();
  const failures: string[] = [];
  const known = createKnown(context.knownFailures?.[config.name] ?? []);
  let hasFailure = false;

  function keep({ finding, isOld = false }: { readonly finding: Waivable; readonly isOld?: boolean }): void {
    const { result } = finding;
    const before = counts.get(result) ?? 0;
    counts.set(result, before + 1);
    // an old failure makes room for a new one
    const last = before < listed || isOld ? -1 : kept.old.findLastIndex((old) => old.result === result);
    if (last >= 0) kept.old.splice(last, 1);
    if (before < listed || last >= 0) kept[isOld ? 'old' : 'fresh'].push(written(finding));
  }

  function weighed(draft: Waivable, identity: Identity): { readonly finding: Waivable; readonly isOld?: boolean } {
    const isFailure = draft.result === 'FAIL' || draft.result === 'ADVISORY';
    if (!isFailure) return { finding: draft };
    const waived = areTests ? waivers.waivedTest(draft) : waivers.waived(draft);
    // what is waived counts again when its waiver ends: it does not become a thing that was always there
    if (waived.result === 'WAIVED') return { finding: waived };
    const isOld = isKnown(draft, identity);
    if (isOld && config.new_only) {
      const evidence = () => `Known since the last SHIP. ${proofOf(draft)}`;
      return { finding: { ...waived, result: 'OBSERVED', evidence } };
    }
    return { finding: waived.result === 'FAIL' ? { ...waived, result: onFail[config.on_fail] } : waived, isOld };
  }

  function isKnown(draft: Waivable, identity: Identity): boolean {
    if (known.isEmpty && failures.length >= MOST_REMEMBERED) return false;
    const digest = failureDigest(draft, identity?.());
    if (failures.length < MOST_REMEMBERED) failures.push(digest);
    return known.take(digest);
  }

  function further(result: FindingResult): Finding[] {
    const more = (counts.get(result) ?? 0) - listed;
    if (more <= 0) return [];
    const check = `further ${WORDS[result]}${noun}`;
    return [{ source: config.name, check, result, evidence: `and ${grouped(more)} more` }];
  }

  const addProblem = (finding: Finding): void => keep({ finding: waivers.waived(finding) });

  return {
    add: (finding, identity) => {
      hasFailure ||= finding.result === 'FAIL';
      keep(weighed(finding, identity));
    },
    addProblem,
    addOwnFailure: (finding) => {
      hasFailure = true;
      addProblem(finding);
    },
    isWhole: (result) => further(result).length === 0,
    reading: () => ({
      source: config.name,
      findings: [...kept.fresh, ...kept.old, ...RESULTS.flatMap(further)],
      hasFailure,
      ...defined({ failures: failures.length > 0 ? failures : undefined }),
    }),
  };
}

const WORDS: Record<FindingResult, string> = {
  FAIL: 'failing ',
  UNKNOWN: 'unknown ',
  ADVISORY: 'advisory ',
  OBSERVED: 'observed ',
  WAIVED: 'waived ',
  PARTIAL: 'partial ',
  PASS: 'passing ',
};

function proofOf({ evidence }: Waivable): string {
  return typeof evidence === 'string' ? evidence : evidence();
}

function written(draft: Waivable): Finding {
  return { ...draft, evidence: proofOf(draft) };
}

/** Whether a check had failed in an earlier run on the same commit. */
export function hadFailed(context: EvidenceContext, finding: Pick<Finding, 'source' | 'check'>): boolean {
  return context.failedBefore?.has(title(finding)) ?? false;
}
