/**
 * The house as a picture, drawn from the imports: its rooms and the arrows between them. An arrow is left out where a longer way
 * leads to the same room; so are the single files of `core/`, which everybody uses.
 */
import { files, type Graph, graphOf } from './imports.ts';

/** What the picture has for a file: a room, its folder; the entries and the pillars are one room each. */
function shown(file: string): string | undefined {
  const [floor = '', second = '', ...below] = file.split('/');
  if (floor === 'platforms') return below.length === 0 ? file : 'platforms/*';
  if (below.length > 0) return `${floor}/${second}`;
  return floor === 'src' ? 'src/*.ts' : undefined;
}

const FLOORS = [
  { name: 'src', title: 'src/ – the roof' },
  { name: 'platforms', title: 'platforms/ – the pillars' },
  { name: 'core', title: 'core/ – the floor' },
];

export function rooms(): string[] {
  return [...new Set(files.map(shown))].filter((room) => room !== undefined).sort();
}

/** Mermaid's words for it. https://mermaid.js.org/syntax/flowchart.html */
export function picture(): string {
  const all = rooms();
  const boxes = FLOORS.flatMap(({ name, title }) => [
    `  subgraph ${name}["${title}"]`,
    ...all.filter((room) => room.startsWith(`${name}/`)).map((room) => `    ${idOf(room)}["${room}"]`),
    '  end',
  ]);
  const needed = [...shortened(graphOf(shown))].sort(([one], [other]) => one.localeCompare(other, 'en'));
  const lines = needed.map(([room, next]) => `  ${idOf(room)} --> ${[...next].sort().map(idOf).join(' & ')}`);
  return ['flowchart TD', ...boxes, ...lines].join('\n');
}

function idOf(room: string): string {
  return room.replace('/*.ts', '/entries').replace('/*', '/pillars').replace(/\.ts$/, '').replaceAll('/', '_');
}

/** Without the arrows that a longer way stands for. */
function shortened(graph: Graph): Map<string, Set<string>> {
  const reach = (room: string, found = new Set<string>()): Set<string> => {
    for (const next of graph.get(room) ?? []) if (!found.has(next)) reach(next, found.add(next));
    return found;
  };
  return new Map(
    [...graph].map(([room, next]) => {
      const longer = [...next].flatMap((each) => [...reach(each)]);
      return [room, new Set([...next].filter((each) => !longer.includes(each)))];
    }),
  );
}
