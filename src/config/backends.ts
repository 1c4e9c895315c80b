/** The trackers that a file names under `backends`, each a platform with settings of its own. */

import { hasOwnSecret, namesServer } from '../../core/drivers/settings.ts';
import type { PaceError } from '../../core/errors.ts';
import type { Platform, Settings } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import type { World } from '../../core/world.ts';
import { ConfigError, type Problem, type Redact } from '../../core/yaml/problems.ts';
import type { YamlFile } from '../../core/yaml/yaml-file.ts';
import { offersNot, type Side } from '../../platforms/index.ts';
import type { Plugins } from '../../platforms/plugins.ts';
import { platformNamed } from './detect.ts';
import { type RawSection, resolveSection, sectionProblems } from './platform-sections.ts';

export interface Backends {
  readonly names: readonly string[];
  readonly defaultName: string | undefined;
  /** The platform of one, as it is written. */
  platformName(name: string): string | undefined;
  /** The one that is meant, ready to be opened. Throws `ConfigError` for mistakes in it, and nothing for those in others. */
  side(name: string): Promise<Side>;
  /** Why this platform must not be used at all; `undefined` where it may. */
  refusal?(platform: string): PaceError | undefined;
  /** What those of this platform say that name a server, and bring no secret of their own: the environment's is meant for them. */
  claims(platform: Platform): Settings[];
  /** The mistakes in all of them. */
  problems(): Promise<Problem[]>;
}

/** Reads them out of a file whose shape has been checked, or is about to be. */
export function readBackends(
  world: World,
  file: { yaml: YamlFile; value: unknown; plugins: Plugins; redact: Redact },
): Backends {
  const { yaml, value, plugins, redact } = file;
  const found = new Map(sectionsOf(value));

  async function checked(name: string): Promise<{ side: Side; problems: Problem[] }> {
    const { platform: platformName, ...section } = found.get(name) ?? {};
    const platform = await platformNamed(String(platformName), plugins);
    const place = ['backends', name];
    if (!platform.createTracker) {
      const { message, remedy } = offersNot(platform, 'tracker');
      return { side: { platform }, problems: [yaml.problemAt([...place, 'platform'], `${message} ${remedy}`)] };
    }
    const resolved = resolveSection({ yaml, place, section, env: world.env });
    return {
      side: { platform, section: resolved.settings },
      problems: [...sectionProblems({ yaml, platform, section, place, redact }), ...resolved.problems],
    };
  }

  return {
    names: [...found.keys()],
    defaultName: textAt(value, 'default_backend'),
    platformName: (name) => textAt(found.get(name), 'platform'),
    side: async (name) => {
      const { side, problems } = await checked(name);
      if (problems.length > 0) throw new ConfigError(problems);
      return side;
    },
    claims: (platform) =>
      [...found].flatMap(([name, { platform: platformName, ...section }]) => {
        if (platformName !== platform.name || hasOwnSecret(platform, section)) return [];
        const { settings } = resolveSection({ yaml, place: ['backends', name], section, env: world.env });
        return namesServer(platform, settings) ? [settings] : [];
      }),
    problems: async () =>
      (await Promise.all([...found.keys()].map(async (name) => (await checked(name)).problems))).flat(),
  };
}

function sectionsOf(value: unknown): [string, RawSection][] {
  const backends: unknown = isRecord(value) ? value['backends'] : undefined;
  if (!isRecord(backends)) return [];
  return Object.entries(backends).filter((entry): entry is [string, RawSection] => isRecord(entry[1]));
}

function textAt(value: unknown, key: string): string | undefined {
  const found: unknown = isRecord(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}
