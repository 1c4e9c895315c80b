/** Approvals of people as evidence: so many of those named, for the very commit. Missing ones hold. */
import type { ApprovalAnswer } from '../../../../core/adapters/approvals.ts';
import { defined } from '../../../../core/defined.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, FindingResult } from '../../finding.ts';
import { proofText } from '../finding-text.ts';
import { createGathered } from '../gathered.ts';
import type { EvidenceContext } from '../reader.ts';

type Config = EvidenceOf<'approval'>;

/** The same words every day, for waivers. */
const CHECK = 'approval';

export async function readApproval(config: Config, context: EvidenceContext): Promise<EvidenceReading> {
  const gathered = createGathered(config, context, { noun: 'approvals' });
  const { result, words, url } = await outcome(config, context);
  gathered.add({ source: config.name, check: CHECK, result, evidence: proofText(words), ...defined({ url }) });
  return { ...gathered.reading(), complete: result !== 'UNKNOWN', standing: true };
}

interface Outcome {
  readonly result: Extract<FindingResult, 'PASS' | 'FAIL' | 'UNKNOWN'>;
  readonly words: string;
  readonly url?: string;
}

async function outcome(config: Config, context: EvidenceContext): Promise<Outcome> {
  const { from, count, allow_author: allowAuthor } = config;
  if (context.sha === '') return { result: 'UNKNOWN', words: NO_COMMIT };
  if (!context.approvals) return { result: 'UNKNOWN', words: NOT_ASKED };
  const answer = await context.approvals({ from, count, allowAuthor });
  if (answer.fault) return { result: 'UNKNOWN', words: `${answer.fault.message} ${answer.fault.remedy}` };
  const url = /^https?:\/\//.test(answer.place?.url ?? '') ? answer.place?.url : undefined;
  return { ...judged(config, context, answer), ...defined({ url }) };
}

const NO_COMMIT = 'No commit is judged. Please run PACE where it knows the commit, or pass --sha.';
const NOT_ASKED = 'Who has approved is asked by a run of the gate only. Please run `pace gate --dry-run` to see it.';

function judged(config: Config, context: EvidenceContext, answer: ApprovalAnswer): Outcome {
  const { by, others } = answer;
  const wanted = `${config.count} ${config.count === 1 ? 'approval' : 'approvals'} of ${short(context)}`;
  const counted = `${Math.min(by.length, config.count)} of ${wanted}`;
  if (by.length >= config.count) return { result: 'PASS', words: `${counted}: ${by.join(', ')}.` };
  const sentences = [
    by.length === 0 ? `${counted}.` : `${counted}: ${by.join(', ')} ${by.length === 1 ? 'has' : 'have'} approved.`,
    `Missing: ${left(config, by)}.`,
    ...others.map((one) => `Does not count: ${one}.`),
    whatToDo(context, answer),
  ];
  return { result: 'FAIL', words: sentences.join(' ') };
}

/** `one of bob, @org/team` */
function left({ from, count }: Config, by: readonly string[]): string {
  const approved = by.map((id) => id.toLowerCase());
  const names = from.filter((name) => !approved.includes(name.replace(/^@/, '').toLowerCase()));
  return `${count - by.length === 1 ? 'one' : count - by.length} of ${names.join(', ')}`;
}

function whatToDo(context: EvidenceContext, { place }: ApprovalAnswer): string {
  if (context.day === undefined) return `Please approve ${place?.name ?? 'the change'} as it is now, in a review.`;
  // whole: a commit whose hash begins with seven given digits is made in a minute
  const command = `comment \`/approve ${context.sha}\` (back-ticks may stay)`;
  if (place) return `Please ${command} on ${place.name}, and run the day again.`;
  return `Please ${command} on the issue that the HOLD opens, and run the day again.`;
}

function short({ sha }: EvidenceContext): string {
  return sha.slice(0, 7);
}
