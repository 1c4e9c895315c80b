/** All the small changes that Stryker's instrumenter knows for our sources, and the instrumented text of those that were drawn. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutant as ListedMutant, Location } from '@stryker-mutator/api/core';
import type { Logger } from '@stryker-mutator/api/logging';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import picomatch from 'picomatch';
import { globSync } from 'tinyglobby';
import { textsForPeople } from './texts-for-people.ts';

/** Where product code lies. A folder that is not there is no trouble. */
const ROOTS = ['src', 'core', 'platforms'];

export interface Mutant {
  /** Path from the root of the repository. */
  readonly file: string;
  /** Lines and columns count from 0, as the instrumenter has them. */
  readonly location: Location;
  /** Stryker's name of the kind of change, e.g. `ConditionalExpression`. */
  readonly kind: string;
  readonly original: string;
  readonly replacement: string;
}

/** A mutant that can be switched on in the instrumented sources. */
export interface SwitchedMutant extends Mutant {
  readonly id: string;
}

/** In the order of their files and places, which the draw relies on. */
export async function listMutants(root: string, only?: string): Promise<Mutant[]> {
  const wanted = only === undefined ? () => true : picomatch(only);
  const names = globSync(
    ROOTS.map((folder) => `${folder}/**/*.ts`),
    { cwd: root },
  ).filter((name) => wanted(name));
  const files = names.sort().map((name) => ({ name, content: readFileSync(join(root, name), 'utf8'), mutate: true }));
  const { mutants } = await instrumenter().instrument(files, OPTIONS);
  const contents = new Map(files.map(({ name, content }) => [name, content.split('\n')]));
  return mutants
    .filter(({ status }) => status !== 'Ignored')
    .map((mutant) => withOriginal(mutant, contents.get(mutant.fileName) ?? []));
}

/**
 * The sources with the drawn mutants behind switches. The switches of their neighbours inside the same range come along and
 * stay off.
 */
export async function instrument(
  root: string,
  drawn: readonly Mutant[],
): Promise<{ files: Map<string, string>; mutants: SwitchedMutant[] }> {
  const files = [...Map.groupBy(drawn, ({ file }) => file)].map(([name, mutants]) => ({
    name,
    content: readFileSync(join(root, name), 'utf8'),
    mutate: mutants.map(({ location }) => location),
  }));
  const result = await instrumenter().instrument(files, OPTIONS);
  const ids = new Map(result.mutants.map((mutant) => [identity(mutant), mutant.id]));
  return {
    files: new Map(result.files.map(({ name, content }) => [name, content])),
    mutants: drawn.map((mutant) => ({ ...mutant, id: idOf(mutant, ids) })),
  };
}

/** The same both times: whether the removal of a call is a mutant of its own depends on what is left out inside of it. */
const OPTIONS = { plugins: null, excludedMutations: [], ignorers: [textsForPeople] };

function withOriginal(mutant: ListedMutant, lines: readonly string[]): Mutant {
  const { fileName: file, location, mutatorName: kind, replacement } = mutant;
  return { file, location, kind, original: textAt(location, lines), replacement };
}

function textAt({ start, end }: Location, lines: readonly string[]): string {
  const piece = lines.slice(start.line, end.line + 1);
  const last = piece.length - 1;
  // the end first: on a single line the start would move it
  piece[last] = (piece[last] ?? '').slice(0, end.column);
  piece[0] = (piece[0] ?? '').slice(start.column);
  return piece.join('\n');
}

function idOf(mutant: Mutant, ids: ReadonlyMap<string, string>): string {
  const { file: fileName, kind: mutatorName } = mutant;
  const id = ids.get(identity({ ...mutant, fileName, mutatorName }));
  if (id === undefined) throw new Error(`The instrumenter lists a mutant of ${mutant.file} that it does not place.`);
  return id;
}

function identity({
  fileName,
  location: { start, end },
  mutatorName,
  replacement,
}: Pick<ListedMutant, 'fileName' | 'location' | 'mutatorName' | 'replacement'>): string {
  return [fileName, start.line, start.column, end.line, end.column, mutatorName, replacement].join('\0');
}

function instrumenter(): Instrumenter {
  return new Instrumenter(silent);
}

const nothing = () => undefined;
const no = () => false;
const silent: Logger = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: no,
  isErrorEnabled: no,
  isFatalEnabled: no,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
