/** A file that holds nothing but backends: the part of `pace.config.yaml` that a person has for all projects. */

import type { World } from '../../core/world.ts';
import { ConfigError, sortProblems } from '../../core/yaml/problems.ts';
import { schemaProblems } from '../../core/yaml/schema-problems.ts';
import { readYamlFile } from '../../core/yaml/yaml-file.ts';
import { createPlugins } from '../../platforms/plugins.ts';
import { type Backends, readBackends } from './backends.ts';
import { configSchema } from './schema.ts';
import { literalSecrets } from './secrets.ts';

const schema = configSchema.pick({ backends: true, default_backend: true });

/** Throws `ConfigError` with every mistake in its form; those in a backend's settings when that backend is used. */
export async function checkBackendsFile(world: World, path: string): Promise<Backends> {
  const yaml = await readYamlFile(world.cwd, path);
  const { problems: secrets, redact } = literalSecrets(yaml);
  const value = yaml.value ?? {};
  const { error } = schema.safeParse(value);
  const problems = [
    ...yaml.problems,
    ...(error ? schemaProblems({ yaml, schema, value, error, redact }) : []),
    ...secrets,
  ];
  if (problems.length > 0) throw new ConfigError(sortProblems(problems));
  return readBackends(world, { yaml, value, plugins: createPlugins(world, {}), redact });
}
