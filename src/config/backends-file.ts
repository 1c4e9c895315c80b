/** A file that holds nothing but backends: the part of `pace.config.yaml` that a person has for all projects. */
import { createPlugins } from '../../platforms/plugins.ts';
import type { World } from '../../platforms/world.ts';
import { type Backends, readBackends } from './backends.ts';
import { ConfigError, sortProblems } from './problems.ts';
import { configSchema } from './schema.ts';
import { schemaProblems } from './schema-problems.ts';
import { literalSecrets } from './secrets.ts';
import { readYamlFile } from './yaml-file.ts';

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
