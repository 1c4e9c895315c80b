/** Runs a configuration text through the loader. */
import { checkConfig, type LoadedConfig, type LoadOptions } from '../../../src/config/load.ts';
import { ConfigError } from '../../../src/config/problems.ts';
import { parseYaml } from '../../../src/config/yaml-file.ts';
import { testWorld } from '../../support/world.ts';

type Given = LoadOptions & { env?: Record<string, string> };

export function check(text: string, { env = {}, ...options }: Given = {}): Promise<LoadedConfig> {
  return checkConfig(testWorld({ env, cwd: '/' }), parseYaml('pace.config.yaml', text), options);
}

/** Every problem as `line:column: message`; `[]` for a valid text. */
export async function problemsIn(text: string, given: Given = {}): Promise<string[]> {
  try {
    await check(text, given);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
  }
}
