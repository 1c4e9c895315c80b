/** The answer of a service as evidence: asked again until it passes or fails, and UNKNOWN where it does neither in time. */
import { asPaceError } from '../../../../core/errors.ts';
import { cut } from '../../../../core/text/untrusted-text.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, FindingResult } from '../../finding.ts';
import { checkText, count, proofText } from '../finding-text.ts';
import { createGathered } from '../gathered.ts';
import type { EvidenceContext } from '../reader.ts';
import { ask } from './ask.ts';
import { meaningOf } from './conditions.ts';
import { methodOf, type Question, questionOf } from './question.ts';

type Config = EvidenceOf<'http'>;

interface Outcome {
  readonly result: Extract<FindingResult, 'PASS' | 'FAIL' | 'UNKNOWN'>;
  readonly words: string;
}

/** What one question gave: an outcome, or a reason to ask again. */
interface Look {
  readonly result: Outcome['result'] | undefined;
  readonly words: string;
  readonly waitAskedFor?: number | undefined;
}

export async function readHttp(config: Config, context: EvidenceContext): Promise<EvidenceReading> {
  const { result, words } = await outcome(config, context);
  const gathered = createGathered(config, context, { noun: 'answers' });
  gathered.add({
    source: config.name,
    check: checkText(`${methodOf(config)} ${config.url}`),
    result,
    // a service may give back what it was sent
    evidence: proofText(context.world.redact(words)),
  });
  return { ...gathered.reading(), complete: result !== 'UNKNOWN', standing: true };
}

async function outcome(config: Config, context: EvidenceContext): Promise<Outcome> {
  try {
    return await askUntilSettled(config, context, questionOf(config, context));
  } catch (error) {
    if (context.signal?.aborted) throw error;
    const { message, remedy } = asPaceError(error);
    return { result: 'UNKNOWN', words: `${message} ${remedy}` };
  }
}

async function askUntilSettled(config: Config, context: EvidenceContext, question: Question): Promise<Outcome> {
  const { world, signal } = context;
  const until = world.now() + config.deadline_seconds * 1_000;
  let said = '';
  for (let asked = 1; ; asked += 1) {
    const { result, words, waitAskedFor = 0 } = await look(config, context, question);
    if (result) return { result, words };
    const left = until - world.now();
    if (left <= 0) return { result: 'UNKNOWN', words: neither(config, asked, words) };
    if (words !== said) world.log.progress(world.redact(cut(`${config.name}: ${words}`, 200)));
    said = words;
    await world.sleep(Math.min(Math.max(config.interval_seconds * 1_000, waitAskedFor), left), signal);
  }
}

async function look(config: Config, context: EvidenceContext, question: Question): Promise<Look> {
  try {
    const answer = await ask(question, { context, timeoutMs: config.timeout_seconds * 1_000 });
    return { ...meaningOf(config, answer), waitAskedFor: answer.waitAskedFor };
  } catch (error) {
    const { kind, message, remedy } = asPaceError(error);
    // only what may be otherwise in a moment is asked again
    if (context.signal?.aborted || kind !== 'transient') throw error;
    return { result: undefined, words: `${message} ${remedy}` };
  }
}

function neither({ deadline_seconds: seconds }: Config, asked: number, last: string): string {
  return `Neither passed nor failed within ${seconds} s, asked ${count(asked, 'time')}. Last: ${last}`;
}
