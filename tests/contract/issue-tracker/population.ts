import type { Issue } from '../../../core/ports/index.ts';
import { has, newMilestone, people } from './abilities.ts';
import { BenchLacks } from './bench.ts';
import { newIssue, type Suite } from './suite.ts';
import { unique } from './texts.ts';

/** A few issues that differ in everything that can be asked for. */
export interface Population {
  readonly mark: string;
  readonly red: string;
  readonly blue: string;
  readonly word: string;
  readonly milestone?: string;
  readonly parent?: string;
  readonly alpha: Issue;
  readonly beta: Issue;
  readonly gamma: Issue;
}

/** None where the bench cannot make any. */
async function milestoneIn(suite: Suite): Promise<string | undefined> {
  try {
    return await newMilestone(suite);
  } catch (error) {
    if (error instanceof BenchLacks && suite.bench.real) return undefined;
    throw error;
  }
}

export async function populate(suite: Suite): Promise<Population> {
  const { can, facts, bench, tracker } = suite;
  const [mark, red, blue, word] = [unique(), unique(), unique(), unique().replace('contract-', 'word')];
  const milestone = has(suite, 'milestone') ? await milestoneIn(suite) : undefined;
  const parent = has(suite, 'parent') ? (await newIssue(suite, facts.parent)).key : undefined;
  const [firstType, secondType] = has(suite, 'type') ? facts.types : [];
  const typed = (type: string | undefined) => (type === undefined ? {} : { type });
  const urgent = can.priorities[0];
  const least = can.priorities.at(-1);
  await bench.tick?.();
  const alpha = await tracker.createIssue({
    title: `Alpha ${word}`,
    body: 'The quick brown fox.',
    labels: [mark, red],
    ...(urgent === undefined ? {} : { priority: urgent }),
    ...(has(suite, 'assignees') ? { assignees: people(suite) } : {}),
    ...(milestone ? { milestone } : {}),
    ...typed(firstType),
  });
  await bench.tick?.();
  const beta = await tracker.createIssue({
    title: 'Beta',
    body: `jumps over the lazy dog ${word.toUpperCase()}`,
    labels: [mark, blue],
    ...facts.child,
    ...(parent ? { parent } : {}),
    ...(facts.child.type ? {} : typed(secondType)),
    ...(least === undefined ? {} : { priority: least }),
  });
  await bench.tick?.();
  const gamma = await tracker.createIssue({
    title: 'Gamma',
    body: 'Nothing of the kind.',
    labels: [mark, red, blue],
    ...typed(firstType),
    ...(urgent === undefined ? {} : { priority: can.priorities[1] ?? urgent }),
  });
  await bench.tick?.();
  const closed = await tracker.transitionIssue(beta.key, 'done');
  return {
    ...{ mark, red, blue, word, alpha, gamma, beta: closed },
    ...(milestone ? { milestone } : {}),
    ...(parent ? { parent } : {}),
  };
}
