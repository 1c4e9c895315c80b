/** Single issues, through `bd show`: several that are asked for at once in one run of it. */
import { asPaceError, PaceError } from '../../core/errors.ts';
import { keyOf, noSuchIssue } from './address.ts';
import type { Api } from './api.ts';
import { gathered } from './gathered.ts';
import { oneOf, toWireIssue, type WireIssue } from './shapes.ts';

export interface Shows {
  /** Throws `not-found` also where bd has taken the key for a part of another. */
  issue(key: string): Promise<WireIssue>;
  /** With the issues that depend on it. */
  withDependents(key: string): Promise<WireIssue>;
  /** With its comments, where this version shows them. */
  withComments(key: string): Promise<WireIssue>;
}

export function showing(api: Api): Shows {
  const asking = (flag?: string) => {
    const ask = gathered((keys) => answersTo(api, keys, flag));
    return async (key: string) => {
      const answer = await ask(keyOf(key));
      if (answer === undefined) throw noSuchIssue(key);
      if (answer instanceof PaceError) throw answer;
      return answer;
    };
  };
  return { issue: asking(), withDependents: asking('include-dependents'), withComments: asking('include-comments') };
}

type Answers = Map<string, WireIssue | PaceError>;

/** Who is missing in an answer about several is asked for alone: only then bd says why. */
async function answersTo(api: Api, keys: readonly string[], flag: string | undefined): Promise<Answers> {
  const answers: Answers = new Map();
  // versions up to 1.0.4 tell all by themselves
  const flags = flag !== undefined && (await api.knows('show', flag)) ? [`--${flag}`] : [];
  if (keys.length > 1) {
    const together = await shown(api, keys, flags).catch((error: unknown) => asPaceError(error));
    if (!(together instanceof PaceError)) for (const wire of together) answers.set(wire.id, wire);
    // whoever holds the issues would hold them for the next one as well
    else if (together.kind === 'transient') throw together;
  }
  for (const key of keys) if (!answers.has(key)) answers.set(key, await alone(api, key, flags));
  return answers;
}

async function alone(api: Api, key: string, flags: readonly string[]): Promise<WireIssue | PaceError> {
  try {
    const [wire] = await shown(api, [key], flags);
    return wire?.id === key ? wire : noSuchIssue(key);
  } catch (error) {
    return asPaceError(error);
  }
}

/** Several issues in one answer. */
async function shown(api: Api, keys: readonly string[], flags: readonly string[]): Promise<WireIssue[]> {
  const payload = await api.call(['show', ...keys, ...flags]);
  const list: readonly unknown[] = Array.isArray(payload) ? payload : payload === undefined ? [] : [payload];
  return list.map((each) => toWireIssue(oneOf(each)));
}
