import type { Platform, Settings } from '../../core/ports/index.ts';

/** Not needed everywhere; but without them a tracker that has them cannot be opened. */
const ASKED: readonly string[] = ['email', 'repository', 'url', 'token', 'user', 'provider', 'binding', 'team'];

/**
 * Settings that a platform can be opened with, made of the examples that it gives itself; nothing is sent with them. An e-mail
 * address goes with a token where a platform knows both, and a repository is named also where a checkout would tell it.
 */
export function exampleSettings({ needs }: Platform): Settings {
  const given = needs.filter(
    ({ key, required, default: fallback }) => (required || ASKED.includes(key)) && fallback === undefined,
  );
  return Object.fromEntries(given.map(({ key, example }) => [key, example ?? (key === 'email' ? 'a@b.cd' : 'x')]));
}
