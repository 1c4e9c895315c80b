/** The configuration with the queries of its pairs checked: the words of queries are known here, and not to its schema. */
import type { World } from '../../../core/world.ts';
import { ConfigError, type Problem } from '../../../core/yaml/problems.ts';
import { nameOf } from '../../../core/yaml/schema-problems.ts';
import { findConfig, type LoadedConfig, type LoadOptions, loadFound } from '../../config/load.ts';
import type { SyncedPair } from '../../config/schema.ts';
import { scopeMistakes } from '../../sync/scope.ts';

/** Throws `ConfigError` with every mistake; without a file the defaults apply. */
export async function loadWithPairs(world: World, options: LoadOptions = {}): Promise<LoadedConfig> {
  const found = await findConfig(world, options);
  const loaded = await loadFound(world, found, options);
  const problems = queryFaults(loaded.config.sync, world.now()).map(([path, message]): Problem | undefined =>
    found.yaml?.problemAt(path, message),
  );
  const told = problems.filter((problem) => problem !== undefined);
  if (told.length > 0) throw new ConfigError(told);
  return loaded;
}

function queryFaults(pairs: readonly SyncedPair[], now: number): [path: PropertyKey[], message: string][] {
  return pairs.flatMap(({ query }, index) => {
    const path = ['sync', index, 'query'];
    const mistakes = query === undefined ? [] : scopeMistakes(query, now);
    return mistakes.map((words): [PropertyKey[], string] => [
      path,
      `${nameOf(path)} does not choose issues: ${words.replace(/^--query[,:] /, '')}`,
    ]);
  });
}
