/** Which tracker is reached which way: the three classes of the PRI-12 contract. */
import { PaceError } from '../errors.ts';
import { plainLine } from '../text/untrusted-text.ts';

/** Through the hosted service and nothing else. */
export const HOSTED_PROVIDERS = ['github', 'gitlab', 'jira', 'linear'] as const;
/** Through the program on this machine and nothing else. */
export const LOCAL_PROVIDERS = ['beads', 'fp'] as const;
export const REMOVED_PROVIDERS = ['azure_devops'] as const;

export type HostedProvider = (typeof HOSTED_PROVIDERS)[number];
export type LocalProvider = (typeof LOCAL_PROVIDERS)[number];

export function isHostedProvider(name: string): name is HostedProvider {
  return HOSTED_PROVIDERS.some((each) => each === name);
}

export function isLocalProvider(name: string): name is LocalProvider {
  return LOCAL_PROVIDERS.some((each) => each === name);
}

/** As it is known, or refused: known before anything is read or sent. */
export function providerNamed(given: string): HostedProvider | LocalProvider {
  const name = given.trim().toLowerCase();
  if (isHostedProvider(name) || isLocalProvider(name)) return name;
  throw unknownProvider(name);
}

export function unknownProvider(name: string): PaceError {
  const isRemoved = REMOVED_PROVIDERS.some((each) => each === name);
  const known = [...HOSTED_PROVIDERS, ...LOCAL_PROVIDERS].join(', ');
  return new PaceError({
    kind: 'configuration',
    message: isRemoved
      ? 'Azure DevOps is no longer supported as a tracker.'
      : `There is no provider “${plainLine(name, 60)}”.`,
    remedy: `Please choose one of: ${known}.`,
    neverSent: true,
  });
}
