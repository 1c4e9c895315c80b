/** Which kind of Jira it is: by a setting, by its address, by what it says of itself. Pure. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { cloud } from './cloud.ts';
import { dataCenter } from './data-center.ts';
import type { Dialect } from './dialect.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-server-info/ */
export interface ServerInfo {
  /** `Cloud` or `Server`, which is Data Center too; absent in very old servers. */
  readonly deploymentType?: string;
  readonly version?: string;
}

const KINDS: Readonly<Record<string, Dialect>> = {
  cloud,
  'data-center': dataCenter,
  datacenter: dataCenter,
  server: dataCenter,
};

export function kindBySetting(said = ''): Dialect | undefined {
  const word = said.trim().toLowerCase().replace(/[\s_]/g, '-');
  if (word === '' || word === 'auto') return undefined;
  const kind = Object.hasOwn(KINDS, word) ? KINDS[word] : undefined;
  if (kind) return kind;
  throw new PaceError({
    kind: 'configuration',
    operation: 'configure',
    message: `“${plainLine(said, 40)}” is not a kind of Jira.`,
    remedy: 'Please set `jira.deployment` (JIRA_DEPLOYMENT) to cloud or data-center, or leave it out.',
  });
}

/** Only Cloud has these addresses; any other may be a proxy in front of it. */
export function kindByAddress(url: string): Dialect | undefined {
  const { hostname } = new URL(url);
  return hostname.endsWith('.atlassian.net') || hostname === 'api.atlassian.com' ? cloud : undefined;
}

export function kindOf(info: ServerInfo | undefined): Dialect | undefined {
  if (info?.deploymentType === 'Cloud') return cloud;
  return typeof info?.deploymentType === 'string' || typeof info?.version === 'string' ? dataCenter : undefined;
}

/** A guess, good enough to measure a text before anything has been asked. */
export function likelyKind(email: string): Dialect {
  return email.includes('@') ? cloud : dataCenter;
}
