import type { Platform, Settings } from '../../platforms/ports.ts';

/** Settings that a platform can be opened with, made of the examples that it gives itself; nothing is sent with them. */
export function exampleSettings({ needs }: Platform): Settings {
  const given = needs.filter(({ required, default: fallback }) => required && fallback === undefined);
  return Object.fromEntries(given.map(({ key, example }) => [key, example ?? (key === 'email' ? 'a@b.cd' : 'x')]));
}
