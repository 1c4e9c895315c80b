/** What a person says of a new backend, checked against what its platform asks for. */
import { PaceError } from '../../../core/errors.ts';
import type { Platform, Setting } from '../../../core/ports/index.ts';
import { didYouMean } from '../../../core/yaml/suggest.ts';
import { isPlatformName, loadPlatform, offersNot, platformNames } from '../../../platforms/index.ts';

/** Asks a person for a value. */
export type Ask = (question: string) => Promise<string>;

/** From `key=value` texts, and from a person where something is missing. Throws `validation`. */
export async function settingsFor(
  platform: Platform,
  set: readonly string[],
  ask: Ask | undefined,
): Promise<Record<string, string>> {
  const given = Object.fromEntries(set.map(pairOf));
  const known = platform.needs.filter((need) => need.for !== 'ci').map(({ key }) => key);
  for (const key of Object.keys(given)) {
    if (!known.includes(key))
      throw wrong(
        `${platform.title} has no setting “${key}”.${didYouMean(key, known)}`,
        `Available: ${known.join(', ')}.`,
      );
  }
  for (const need of platform.needs) refuseLiteralSecret(need, given[need.key]);
  for (const need of platform.needs.filter((each) => isAsked(each, given))) {
    const answer = (await ask?.(`${need.key} (${need.why}): `))?.trim();
    if (answer) given[need.key] = answer;
  }
  return given;
}

/** Secrets stay in the environment; what has a default needs no answer. */
function isAsked(need: Setting, given: Record<string, string>): boolean {
  return (
    need.required && !need.secret && need.for !== 'ci' && need.default === undefined && given[need.key] === undefined
  );
}

function refuseLiteralSecret({ key, secret, env }: Setting, value: string | undefined): void {
  if (!secret || value === undefined || value.startsWith('env:')) return;
  throw wrong(
    `“${key}” is a secret and must not be in a file.`,
    `Please keep it in a variable and write --set ${key}=env:${env[0] ?? 'NAME'}, or leave it out: ${env.join(', ')} are looked at anyway.`,
  );
}

function pairOf(text: string): [string, string] {
  const [key = '', value] = text.split(/=(.*)/s);
  if (value === undefined || key === '') throw wrong(`“${text}” is not a setting.`, 'Please write --set key=value.');
  return [key, value];
}

/** Throws `validation` for what is not a tracker. */
export async function trackerPlatform(name: string | undefined): Promise<Platform> {
  const known = name !== undefined && isPlatformName(name) ? await loadPlatform(name) : undefined;
  if (known?.createTracker) return known;
  if (known) {
    const { message, remedy } = offersNot(known, 'tracker');
    throw wrong(message, remedy);
  }
  const names = await trackerNames();
  const what = name ? `“${name}” is not a tracker.${didYouMean(name, names)}` : 'The platform is missing.';
  throw wrong(what, `Please name one of: ${names.join(', ')}.`);
}

export async function trackerNames(): Promise<string[]> {
  const platforms = await Promise.all(platformNames.map(loadPlatform));
  return platforms.filter(({ createTracker }) => createTracker).map(({ name }) => name);
}

/** Throws `validation`. */
export function validName(name: string): string {
  if (/^[a-z][a-z0-9-]{0,62}$/.test(name)) return name;
  throw wrong(
    `“${name}” cannot be the name of a backend.`,
    'Please use small letters, digits and dashes, as in my-tracker.',
  );
}

/** What a person has to write otherwise. */
export function wrong(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}
