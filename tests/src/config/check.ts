/** Runs a configuration text through the loader. */

import { ConfigError } from '../../../core/yaml/problems.ts';
import { parseYaml } from '../../../core/yaml/yaml-file.ts';
import { checkConfig, type LoadedConfig, type LoadOptions } from '../../../src/config/load.ts';
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
