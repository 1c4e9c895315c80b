/** Which issues a run of `pace epic` is about: a part of the file, and of the tracker what stands below what is in step. */
import { belowKnown, type Phase, partOf } from '../../epic/outline.ts';
import type { Only } from '../../sync/engine.ts';
import type { Pair } from '../../sync/pair.ts';
import type { EpicRun } from './context.ts';

/** `undefined`: all of both. */
export function onlyOf(run: EpicRun, pairs: readonly Pair[]): Only | undefined {
  const { outline, stories, flow, options } = run;
  const { phase = 'all' } = options;
  const part = partOf(outline, { phase, stories });
  if (!part && flow === 'to-b') return undefined;
  const roots = new Set(run.epics);
  return {
    copies: (fresh, isInStep) => {
      const own = fresh.filter(({ side, issue }) => side === 'a' && (part?.made.has(issue.key) ?? true));
      const theirs = fresh.filter(({ side }) => side === 'b');
      const isRoot = (key: string) => roots.has(key) || isInStep('b', key);
      return [
        ...own,
        ...wantedOf(belowKnown(theirs, stories.length === 0 ? isRoot : storyIssues(pairs, stories)), phase),
      ];
    },
    ...(part && { pair: ({ a }) => part.keys.has(a.key) }),
  };
}

function storyIssues(pairs: readonly Pair[], stories: readonly string[]): (key: string) => boolean {
  const keys = new Set(pairs.flatMap(({ a, b }) => (stories.includes(a.key) ? [b.key] : [])));
  return (key) => keys.has(key);
}

/** Of what the tracker has and the file has not. */
function wantedOf<Given extends { readonly issue: { readonly type?: string } }>(
  fresh: readonly Given[],
  phase: Phase,
): Given[] {
  if (phase === 'all') return [...fresh];
  const isSubtask = ({ issue: { type } }: Given) => type === 'subtask';
  if (phase === 'descriptions') return fresh.filter((one) => !isSubtask(one));
  return phase === 'subtasks' ? fresh.filter(isSubtask) : [];
}
