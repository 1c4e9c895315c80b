/** The registry: one line per platform, each loaded only when it is used. */
import type { Platform } from './ports.ts';

export const platforms = {
  github: () => import('./github/index.ts'),
  gitlab: () => import('./gitlab/index.ts'),
  jira: () => import('./jira/index.ts'),
  local: () => import('./local/index.ts'),
} satisfies Record<string, () => Promise<{ default: Platform }>>;

export type PlatformName = keyof typeof platforms;

export const platformNames = Object.keys(platforms) as PlatformName[];

export function isPlatformName(name: string): name is PlatformName {
  return Object.hasOwn(platforms, name);
}

export async function loadPlatform(name: PlatformName): Promise<Platform> {
  return (await platforms[name]()).default;
}
