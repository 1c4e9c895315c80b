/** Who imports whom, read from the sources. Imports of types and lazy ones count: whoever reads a file has to follow them. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const root = new URL('../..', import.meta.url).pathname;

export const files = globSync('{core,platforms,src}/**/*.ts', { cwd: root }).map((file) => file.replaceAll('\\', '/'));

const STATEMENT = /^\s*(import|export)\b(?<what>[^'"`;]*?\bfrom\s*|\s*)['"](?<path>\.[^'"]+)['"]/gm;
const LAZY = /\bimport\(\s*['"](?<path>\.[^'"]+)['"]\s*\)/g;

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** `type` disappears when the program is built; `lazy` is followed when it is run. */
  readonly kind: 'static' | 'type' | 'lazy';
}

export const arrows: readonly Arrow[] = files.flatMap((from) => {
  const text = readFileSync(join(root, from), 'utf8');
  const to = (match: RegExpExecArray) => join(dirname(from), match.groups?.['path'] ?? '').replaceAll('\\', '/');
  const kind = (match: RegExpExecArray) => (/^\s*type\b/.test(match.groups?.['what'] ?? '') ? 'type' : 'static');
  return [
    ...[...text.matchAll(STATEMENT)].map((match): Arrow => ({ from, to: to(match), kind: kind(match) })),
    ...[...text.matchAll(LAZY)].map((match): Arrow => ({ from, to: to(match), kind: 'lazy' })),
  ];
});

export function floor(file: string): string {
  return file.split('/', 1)[0] ?? '';
}

/** The platform's name for a file in a platform's folder. */
export function pillar(file: string): string | undefined {
  return /^platforms\/([^/]+)\/./.exec(file)?.[1];
}

/** The folder below the floor; a file that stands beside the folders is a room by itself. */
export function room(file: string): string {
  return file.split('/').slice(0, 2).join('/');
}

/** Who leads to whom, of whatever kind; nothing leads to itself. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** `undefined` leaves a file out. */
export function graphOf(nameOf: (file: string) => string | undefined): Graph {
  const graph = new Map<string, Set<string>>();
  for (const { from, to } of arrows) {
    const [start, end] = [nameOf(from), nameOf(to)];
    if (start === undefined || end === undefined || start === end) continue;
    graph.set(start, (graph.get(start) ?? new Set()).add(end));
  }
  return graph;
}

/** Ways that lead back to where they began: `a → b → a`. */
export function circlesIn(graph: Graph): string[] {
  const finished = new Set<string>();
  const circles: string[] = [];
  function walk(name: string, path: readonly string[]): void {
    if (path.includes(name)) circles.push([...path.slice(path.indexOf(name)), name].join(' → '));
    if (path.includes(name) || finished.has(name)) return;
    for (const next of graph.get(name) ?? []) walk(next, [...path, name]);
    finished.add(name);
  }
  for (const name of graph.keys()) walk(name, []);
  return circles;
}
