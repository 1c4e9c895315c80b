/**
 * The direction of the arrows: `core` stands on nothing, a platform on `core`, and `src` on both, of the platforms through the
 * registry and the plugins only. Types and lazy imports count. No circle anywhere.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { picture, rooms } from './support/house.ts';
import { type Arrow, arrows, circlesIn, files, floor, graphOf, pillar, room, root } from './support/imports.ts';

const LIBRARY = /^\s*import\b(?!\s*type\b)[^'"`;]*['"](?<name>[^.'"][^'"]*)['"]/gm;

/** The way from the roof into the pillars. */
const DOORS = ['platforms/index.ts', 'platforms/plugins.ts'];

function shown(forbidden: (arrow: Arrow) => boolean): string[] {
  return arrows.filter(forbidden).map(({ from, to }) => `${from} → ${to}`);
}

test('every import leads to a file that is there', () => {
  expect(files.length).toBeGreaterThan(10);
  expect(arrows.length).toBeGreaterThan(files.length / 2);
  expect(shown(({ to }) => !existsSync(join(root, to)))).toEqual([]);
});

test('core stands on nothing: it imports neither platforms nor src', () => {
  expect(shown(({ from, to }) => floor(from) === 'core' && !['core', 'package.json'].includes(floor(to)))).toEqual([]);
});

test('a platform imports core alone', () => {
  expect(
    shown(({ from, to }) => pillar(from) !== undefined && floor(to) !== 'core' && pillar(to) !== pillar(from)),
  ).toEqual([]);
});

test('beside the pillars there is only the way in', () => {
  expect(files.filter((file) => floor(file) === 'platforms' && pillar(file) === undefined).sort()).toEqual(DOORS);
});

test('src reaches platforms through the registry and the plugins only', () => {
  expect(shown(({ from, to }) => floor(from) === 'src' && floor(to) === 'platforms' && !DOORS.includes(to))).toEqual(
    [],
  );
  expect(shown(({ from, to }) => floor(from) === 'platforms' && floor(to) === 'src')).toEqual([]);
});

test('only the registry knows the platforms by name, and it loads them when they are used', () => {
  const fromOutside = ({ from, to }: Arrow) => pillar(from) === undefined && pillar(to) !== undefined;
  expect(shown((arrow) => fromOutside(arrow) && arrow.from !== 'platforms/index.ts')).toEqual([]);
  expect(shown((arrow) => fromOutside(arrow) && arrow.kind !== 'lazy')).toEqual([]);
});

test('a platform tells what it is without loading a library', () => {
  const platforms = files.filter((file) => /^platforms\/[^/]+\/index\.ts$/.test(file));
  const loaded = platforms.flatMap((file) =>
    [...closure(file)].flatMap((each) => libraries(each).map((name) => `${file} → ${each} → ${name}`)),
  );
  expect(platforms.length).toBeGreaterThan(0);
  expect(loaded).toEqual([]);
});

/** The file and all that it loads at once. */
function closure(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { from, to, kind } of arrows) if (from === file && kind === 'static') closure(to, seen);
  return seen;
}

function libraries(file: string): string[] {
  const found = readFileSync(join(root, file), 'utf8').matchAll(LIBRARY);
  const names = [...found].map((match) => match.groups?.['name'] ?? '');
  return names.filter((name) => !name.startsWith('node:') || name === 'node:sqlite');
}

test('what speaks to the runner of Actions stands in one file, and is loaded by its entry or when it is needed', () => {
  const users = files.filter((file) => libraries(file).some((name) => name.startsWith('@actions/')));
  expect(users).toEqual(['src/output/workflow-commands.ts']);
  const loaders = arrows.filter(({ to, kind }) => to === users[0] && kind !== 'type');
  expect(loaders.map(({ from, kind }) => `${from} (${kind})`).sort()).toEqual([
    'src/action.ts (static)',
    'src/cli.ts (lazy)',
  ]);
});

test('nothing imports the entry', () => {
  expect(shown(({ to }) => to === 'src/main.ts')).toEqual([]);
});

test('there are no circles, neither of types nor of what is loaded later', () => {
  expect(circlesIn(graphOf((file) => file))).toEqual([]);
});

test('there are none between rooms either: the folders of core and src, and the platforms', () => {
  expect(circlesIn(graphOf(room))).toEqual([]);
});

const PAGE = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

test('the picture of the house shows the rooms and arrows that there are', () => {
  const drawn = /```mermaid\n(?<drawn>.*?)\n```/s.exec(PAGE)?.groups?.['drawn'];
  expect(drawn, `docs/architecture.md should show:\n${picture()}\n`).toBe(picture());
});

test('the folders of what people do with issues stand in its row', () => {
  const row = PAGE.split('\n').find((line) => line.startsWith('| `src/tracker` |')) ?? '';
  const folders = files.flatMap((file) => /^src\/tracker\/(?<folder>[^/]+\/)/.exec(file)?.groups?.['folder'] ?? []);
  expect([...new Set(folders)].filter((folder) => !row.includes(`\`${folder}\``))).toEqual([]);
  expect(folders.length).toBeGreaterThan(0);
});

test('every room is described beside the picture', () => {
  expect(rooms().filter((each) => !PAGE.includes(`| \`${each}`))).toEqual([]);
});
