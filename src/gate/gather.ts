/** What a run looks at before it decides: the commit's own CI, and every other evidence. */
import type { CiResult } from '../../core/adapters/ports.ts';
import { defined } from '../../core/defined.ts';
import { approvalsOf } from './approvals.ts';
import { evidenceOf } from './evidence/asked.ts';
import { readEvidence } from './evidence/index.ts';
import { ofJudgedCommit } from './evidence/of-commit.ts';
import type { EvidenceReading } from './finding.ts';
import { memoryFor, newOnlyNote } from './memory.ts';
import type { GateParts } from './parts.ts';
import { namedSubject } from './subject.ts';
import type { Waivers } from './waivers.ts';

export interface GatheredEvidence {
  readonly readings: readonly EvidenceReading[];
  readonly notes: readonly string[];
}

/** All that is asked of the subject, compared with what earlier runs have left. */
export async function gather(parts: GateParts, waivers: Waivers): Promise<GatheredEvidence> {
  const { world, config, subject, sha, state, secretNames, signal, dryRun, evidenceWord: word = {} } = parts;
  const { asked } = evidenceOf(config.evidence, subject.kind);
  if (asked.length === 0) return { readings: [], notes: [] };
  const day = subject.kind === 'day' ? subject.day.day : undefined;
  const target = subject.kind === 'change' ? subject.change.target : '';
  const memory = await memoryFor(state, { subject: namedSubject(subject), target, sha });
  const { readings, notes } = await ofJudgedCommit({ world, sha, word, configs: asked }, () =>
    readEvidence(asked, {
      ...{ world, sha, ...memory, waivers, secretNames, approvals: approvalsOf(parts) },
      ...defined({ day, signal }),
    }),
  );
  // a command could have written to what a later run obeys; a dry run has no lock, and another one may be at work
  if (!dryRun && asked.some((source) => 'run' in source && source.run !== undefined)) state.kept.undo();
  return { readings, notes: [...newOnlyNote(asked, memory), ...notes] };
}

/** `undefined` where the configuration does not ask for it. */
export async function waitForCi({ config, ciAdapter, sha, signal }: GateParts): Promise<CiResult | undefined> {
  const { ci } = config;
  if (!ci.enabled) return undefined;
  return ciAdapter.waitForCommitCi({
    sha,
    timeoutMinutes: ci.timeout_minutes,
    pollInterval: ci.poll_interval_seconds,
    rules: {
      graceSeconds: ci.grace_seconds,
      settleSeconds: ci.settle_seconds,
      expected: ci.expected,
      ignored: ci.ignore,
      skippedPasses: ci.skipped === 'pass',
      neutralPasses: ci.neutral === 'pass',
    },
    ...defined({ signal }),
  });
}
