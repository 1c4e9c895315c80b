/** What a run has found, in numbers and in words. */
import { dirname } from 'node:path';
import type { Mutant } from './mutants.ts';

/** `unseen`: no test comes by. Like `survived`, it counts against us. */
export type Fate = 'noticed' | 'survived' | 'unseen';

export interface Judged extends Mutant {
  readonly fate: Fate;
  /** The test that failed, or how else it was noticed. */
  readonly by?: string;
}

export interface Score {
  readonly noticed: number;
  readonly of: number;
}

export function scoreOf(judged: readonly Judged[]): Score {
  return { noticed: judged.filter(({ fate }) => fate === 'noticed').length, of: judged.length };
}

/** From 0 to 100; nothing to notice is a whole score. */
export function percent({ noticed, of }: Score): number {
  return of === 0 ? 100 : (100 * noticed) / of;
}

/** One line per folder, the total, then the survivors. */
export function report(judged: readonly Judged[]): string {
  const survivors = judged.filter(({ fate }) => fate !== 'noticed');
  return [...survivors.flatMap(survivorLines), ...folderLines(judged), line('over all', scoreOf(judged))].join('\n');
}

function folderLines(judged: readonly Judged[]): string[] {
  const folders = Map.groupBy(judged, ({ file }) => dirname(file));
  const names = [...folders.keys()].sort();
  return names.map((name) => line(name, scoreOf(folders.get(name) ?? [])));
}

/** Cut down, not rounded: 69.9 % is below 70. */
function line(name: string, score: Score): string {
  return `${name} ${Math.floor(percent(score))} % (${score.noticed} of ${score.of})`;
}

function survivorLines({ file, location: { start }, kind, fate, original, replacement }: Judged): string[] {
  return [
    `${file}:${start.line + 1}:${start.column + 1} ${kind}${fate === 'unseen' ? ', and no test comes by' : ''}`,
    ...cut(original).map((text) => `- ${text}`),
    ...cut(replacement).map((text) => `+ ${text}`),
    '',
  ];
}

const MOST_LINES = 6;

function cut(text: string): string[] {
  const lines = text.split('\n');
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES - 1), '  …'];
}
