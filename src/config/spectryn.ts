/**
 * `.spectryn.yaml`: which tracker an epic goes to, in words that every tracker understands. What else stands there is for another program, and is
 * not looked at.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Platform, Setting, Settings } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import type { World } from '../../core/world.ts';
import { ConfigError, type Problem, sortProblems } from '../../core/yaml/problems.ts';
import { schemaProblems } from '../../core/yaml/schema-problems.ts';
import { didYouMean } from '../../core/yaml/suggest.ts';
import { readYamlFile, type YamlFile } from '../../core/yaml/yaml-file.ts';
import { isPlatformName, loadPlatform, platformNames } from '../../platforms/index.ts';
import { type RawSection, resolveSection, sectionProblems } from './platform-sections.ts';
import { literalSecrets } from './secrets.ts';
import { text } from './values.ts';

export const SPECTRYN_FILE = '.spectryn.yaml';

/** What its words are called in the settings of a platform: those of the secret, of the project, and of the server. */
const TOKEN = 'api_token';
const PROJECT = 'project_id';
const SERVER = 'api_url';

const file = z.looseObject({
  tracker: z
    .looseObject({ type: text, [TOKEN]: text.optional(), [PROJECT]: z.union([text, z.number()]).optional() })
    .optional(),
});

export interface SpectrynTracker {
  readonly platform: Platform;
  /** In the platform's own words. Throws `ConfigError` for variables that are not set. */
  settings(): Settings;
}

/** `undefined` where there is no such file, or nothing of a tracker in it. Throws `ConfigError` with every mistake. */
export async function loadSpectryn(world: World): Promise<SpectrynTracker | undefined> {
  const isThere = await stat(join(world.cwd, SPECTRYN_FILE)).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const yaml = await readYamlFile(world.cwd, SPECTRYN_FILE);
  const value = yaml.value ?? {};
  const { problems: secrets, redact } = literalSecrets(yaml);
  const { error } = file.safeParse(value);
  const shape = error ? schemaProblems({ yaml, schema: file, value, error, redact }) : [];
  throwAll([...yaml.problems, ...shape, ...secrets]);
  const tracker: unknown = isRecord(value) ? value['tracker'] : undefined;
  if (!isRecord(tracker)) return undefined;
  const { type, ...section } = tracker;
  const name = String(type);
  if (!isPlatformName(name)) throw new ConfigError([unknownType(yaml, name)]);
  const platform = await loadPlatform(name);
  const spelled = inItsWords(platform);
  throwAll(sectionProblems({ yaml, platform: spelled, section, place: ['tracker'], redact }));
  return { platform, settings: () => settingsOf(world, { yaml, platform, section }) };
}

function settingsOf(
  { env }: World,
  { yaml, platform, section }: { yaml: YamlFile; platform: Platform; section: RawSection },
): Settings {
  const { settings, problems } = resolveSection({ yaml, place: ['tracker'], section, env });
  throwAll(problems);
  const { [TOKEN]: token, [PROJECT]: project, [SERVER]: server, ...own } = settings;
  const secret = secretOf(platform);
  const address = serverOf(platform);
  return {
    ...own,
    ...(project !== undefined && platform.projectSettings?.(project)),
    ...(token !== undefined && secret && { [secret.key]: token }),
    ...(server !== undefined && { [address?.key ?? SERVER]: server }),
  };
}

/** The platform as if its settings had the names that stand in the file; its own names are understood as well. */
function inItsWords(platform: Platform): Platform {
  const [secret, server] = [secretOf(platform), serverOf(platform)];
  const about = { env: [], why: 'the project', for: 'tracker', required: false } as const;
  const words: Setting[] = [
    ...(secret ? [{ ...secret, key: TOKEN }] : []),
    ...(platform.projectSettings ? [{ ...about, key: PROJECT }] : []),
    ...(server ? [{ ...server, key: SERVER }] : []),
  ];
  return { ...platform, needs: [...words, ...platform.needs.filter(({ key }) => key !== SERVER || !server)] };
}

function secretOf({ needs }: Platform): Setting | undefined {
  return needs.find((need) => need.secret && need.for !== 'ci');
}

function serverOf({ needs }: Platform): Setting | undefined {
  return needs.find(({ key }) => key === SERVER) ?? needs.find((need) => need.server && need.follows === undefined);
}

function unknownType(yaml: YamlFile, name: string): Problem {
  const words = `There is no tracker \`${name}\`.${didYouMean(name, platformNames)} Known: ${platformNames.join(', ')}.`;
  return yaml.problemAt(['tracker', 'type'], words);
}

function throwAll(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ConfigError(sortProblems([...problems]));
}
