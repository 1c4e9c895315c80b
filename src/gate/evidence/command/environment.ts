/** What a command of the evidence may see: everything but credentials. */

import { isCredentialName } from '../../../../core/text/secret-names.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const SHORTEST_SECRET = 8;

/**
 * The environment without PACE's credentials (`secretNames`), without what is a credential by its name, and without any
 * variable that repeats the value of one of PACE's. Names in `allowed` are passed on all the same.
 */
export function commandEnvironment(
  env: Environment,
  secretNames: readonly string[],
  allowed: readonly string[],
): Record<string, string> {
  const secrets = new Set(secretNames);
  const values = secretNames.map((name) => env[name] ?? '').filter((value) => value.length >= SHORTEST_SECRET);
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    const secret = secrets.has(name) || isCredentialName(name) || values.some((known) => value.includes(known));
    if (!secret || allowed.includes(name)) passed[name] = value;
  }
  return passed;
}
