/**
 * Where the suites can be run against a server of one's own, and what has to be said for that: `PACE_CONTRACT_` and the name of a
 * setting. No other variable counts, so that nothing is ever written where somebody happens to be logged in.
 */
import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { Platform, Settings } from '../../../core/ports/index.ts';
import { loadPlatform, platformNames } from '../../../platforms/index.ts';
import { GAPS } from '../../platforms/hosted/gaps.ts';
import type { HostCapabilities, HostContractOptions } from '../code-host.ts';
import type { TrackerBench, TrackerFacts } from '../issue-tracker/bench.ts';

export type Side = 'tracker' | 'host';

interface Place {
  readonly tracker?: {
    readonly facts?: Partial<TrackerFacts>;
    readonly isProgram?: boolean;
    readonly gaps?: NonNullable<TrackerBench['gaps']>;
  };
  readonly host?: HostContractOptions & { readonly capabilities?: Partial<HostCapabilities> };
  /** Settings that the platform itself could do without. */
  readonly alsoNeeded?: readonly string[];
  /** A key of the place that no issue has. */
  readonly unknownKey?: (settings: Settings) => string;
}

const BY_HAND = 'Asana lists tasks as people have dragged them';
const EQUIVALENT = { bodyFidelity: 'equivalent' } as const;

/** What the suites must know of a platform; nothing of most. */
const PLACES: Readonly<Record<string, Place>> = {
  asana: {
    tracker: {
      facts: EQUIVALENT,
      gaps: {
        'of what is open have the newest first, and cost one page to whoever stops within it': BY_HAND,
        'go on over more than one page, each issue once, and may be left early': BY_HAND,
      },
    },
  },
  beads: {
    tracker: {
      isProgram: true,
      facts: { anybody: true, people: ['ann', 'ben'], defaults: { type: 'task', priority: 2 } },
    },
    alsoNeeded: ['directory'],
    unknownKey: () => 'bd-nothere',
  },
  bitbucket: { host: { lacks: ['approvals'] }, alsoNeeded: ['repository'] },
  clickup: {
    tracker: {
      facts: { ...EQUIVALENT, defaults: { type: 'task' } },
      gaps: { 'come back from more than one page': 'ClickUp gives the newest comment first' },
    },
  },
  fp: {
    tracker: { isProgram: true, gaps: { 'have everything that the issue itself has': 'fp lists no authors' } },
    alsoNeeded: ['directory'],
    unknownKey: () => 'FP-nothere',
  },
  github: { host: { capabilities: { statusLimit: 140 } }, alsoNeeded: ['repository'] },
  gitlab: { host: { capabilities: { optionalChecks: true } }, alsoNeeded: ['token'] },
  hosted: {
    tracker: { facts: { anybody: true, people: ['ann', 'ben'], defaults: { type: 'task' } }, gaps: GAPS },
    // what somebody has logged in for, or bound, is not for this
    alsoNeeded: ['url', 'token', 'team', 'provider', 'binding', 'workspace'],
    unknownKey: ({ workspace }) => `${workspace}-999999`,
  },
  jenkins: {
    host: {
      lacks: ['a commit status', 'setting variables', 'approvals', 'files'],
      capabilities: { needsCommit: false, knowsCommits: false },
    },
  },
  jira: {
    tracker: {
      facts: {
        ...EQUIVALENT,
        defaults: { type: 'task', priority: 2 },
        parent: { type: 'epic' },
        child: { type: 'story' },
      },
    },
    unknownKey: ({ project_key: key }) => `${key}-999999`,
  },
  linear: {
    tracker: {
      facts: EQUIVALENT,
      gaps: { 'changes a milestone, also on its issues, or refuses it': 'a milestone closes by itself' },
    },
    unknownKey: ({ team }) => `${team}-999999`,
  },
  monday: { tracker: { facts: { commentFidelity: 'equivalent' } }, unknownKey: () => '9999999999' },
};

/** `local` has no server: its suite runs with every test. */
const namesWithServers = platformNames.filter((name) => name !== 'local');

export interface ContractRun {
  readonly platform: Platform;
  readonly place: Place;
  readonly sides: readonly Side[];
  readonly settings: Settings;
  /** Ids of people who can be given an issue; none: whoever has the token. */
  readonly people: readonly string[];
  /** A commit without checks. */
  readonly sha: string;
  /** Stands in the name of whatever the run names. */
  readonly id: string;
  readonly manyIssues: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/** The run that the arguments and variables ask for, or all that is wrong with them, a sentence each. */
export async function contractRun(args: readonly string[], env: Env): Promise<ContractRun | readonly string[]> {
  const [name = '', only] = args;
  const known = namesWithServers.find((each) => each === name);
  if (known === undefined) return [`Please name one of these: ${namesWithServers.join(', ')}.`];
  const platform = await loadPlatform(known);
  const place = PLACES[known] ?? {};
  const all: readonly Side[] = [
    ...(platform.createTracker ? (['tracker'] as const) : []),
    ...(platform.createHost ? (['host'] as const) : []),
  ];
  const sides = all.filter((side) => only === undefined || side === only);
  if (sides.length === 0) return [`${name} has no ${only}. It has: ${all.join(', ')}.`];
  const settings = settingsIn(platform, env);
  const missing = missingIn({ platform, place, sides, settings, env });
  if (missing.length > 0) return missing;
  return {
    ...{ platform, place, sides, settings },
    people: listed(env['PACE_CONTRACT_PEOPLE']),
    sha: env['PACE_CONTRACT_SHA'] ?? '',
    id: env['PACE_CONTRACT_RUN'] ?? '',
    manyIssues: env['PACE_CONTRACT_MANY'] === 'true',
  };
}

function variableOf(key: string): string {
  return `PACE_CONTRACT_${key.toUpperCase()}`;
}

/** `PACE_CONTRACT_URL` is the address of the server, whatever the platform calls it. */
function settingsIn(platform: Platform, env: Env): Settings {
  const keys = platform.needs.map(({ key }) => key);
  const address = ['url', 'server_url', 'api_url'].find((key) => keys.includes(key));
  const given = keys.flatMap((key) => {
    const value = env[variableOf(key)] || (key === address ? env['PACE_CONTRACT_URL'] : undefined);
    return value ? [[key, value] as const] : [];
  });
  return Object.fromEntries(given);
}

interface Wanted extends Pick<ContractRun, 'platform' | 'place' | 'sides' | 'settings'> {
  readonly env: Env;
}

/** All at once: nobody wants to hear of one after the other. */
function missingIn({ platform, place, sides, settings, env }: Wanted): string[] {
  const isNeeded = ({ key, required, for: side }: Platform['needs'][number]) =>
    place.alsoNeeded?.includes(key) || (required && (side === 'both' || sides.includes(side === 'ci' ? 'host' : side)));
  const lines = platform.needs
    .filter((need) => isNeeded(need) && settings[need.key] === undefined)
    .map(({ key, why, example, scope }) => {
      const more = [example ? `, e.g. ${example}` : '', scope ? `. It needs: ${scope}` : ''].join('');
      return `${variableOf(key)}: ${why}${more}.`;
    });
  const needsCommit = sides.includes('host') && !env['PACE_CONTRACT_SHA'];
  return needsCommit ? [...lines, 'PACE_CONTRACT_SHA: a commit of the repository that has no checks.'] : lines;
}

/** With the defaults of the platform, and nothing of what the shell has set for it. */
export function settingsFor({ platform, settings }: ContractRun, side: Side): Settings {
  return resolveSettings({ platform, side: side === 'host' ? 'ci' : side, section: settings, env: {} }).settings;
}

function listed(text = ''): string[] {
  return text.split(',').flatMap((name) => name.trim() || []);
}
