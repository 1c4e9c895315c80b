/** What a command of the evidence may see: everything but credentials, and the ways by which the job itself speaks. */

import { isJobChannel } from '../../../../core/programs/job-channels.ts';
import { isCredentialName } from '../../../../core/text/secret-names.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const SHORTEST_SECRET = 8;

/**
 * The environment without PACE's credentials (`secretNames`), without what is a credential by its name, and without any
 * variable that repeats the value of one of PACE's. Names in `allowed` are passed on all the same. What is judged cannot speak for
 * the job: its channels, and copies of their addresses, are passed on to nobody.
 */
export function commandEnvironment(
  env: Environment,
  secretNames: readonly string[],
  allowed: readonly string[],
): Record<string, string> {
  const secrets = new Set(secretNames);
  const values = telling(secretNames.map((name) => env[name]));
  const channels = telling(Object.keys(env).map((name) => (isJobChannel(name, env) ? env[name] : undefined)));
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) continue;
    if (isJobChannel(name, env) || channels.some((known) => value.includes(known))) continue;
    const withheld =
      secrets.has(name) ||
      (isCredentialName(name) && !isFlag(value)) ||
      isActionInput(name, env) ||
      values.some((known) => value.includes(known));
    if (!withheld || allowed.includes(name)) passed[name] = value;
  }
  return passed;
}

/** What the action was given, and keeps for its own end: a command that is an action itself would take it for its own. */
function isActionInput(name: string, env: Environment): boolean {
  return env['GITHUB_ACTIONS'] === 'true' && /^(?:INPUT|STATE)_/i.test(name);
}

/** `SKIP_SIGNING_KEY=true`: whatever its name, it opens nothing. */
function isFlag(value: string): boolean {
  return /^(?:true|false|yes|no|on|off|[01])?$/i.test(value);
}

/** A short value may stand in any other by chance. */
function telling(values: readonly (string | undefined)[]): string[] {
  return values.flatMap((value) => (value !== undefined && value.length >= SHORTEST_SECRET ? [value] : []));
}
