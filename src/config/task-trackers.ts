/**
 * `task_trackers`: one entry for each tracker, by the name of its platform, all of them equal. It stands in a file of its own,
 * `config/task_trackers.yaml`, or in `pace.config.yaml`. Each entry is a backend of that name: the platform's own section, with what the
 * entry says in place of it.
 */
import { PaceError } from '../../core/errors.ts';
import type { Platform, Setting, Settings } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import type { World } from '../../core/world.ts';
import { ConfigError, type Problem, type Redact, sortProblems } from '../../core/yaml/problems.ts';
import { schemaProblems } from '../../core/yaml/schema-problems.ts';
import { didYouMean } from '../../core/yaml/suggest.ts';
import { readYamlFile, type YamlFile } from '../../core/yaml/yaml-file.ts';
import { isPlatformName, loadPlatform, offersNot, platformNames, type Side } from '../../platforms/index.ts';
import type { Backends } from './backends.ts';
import { TASK_TRACKERS_FILE } from './locate.ts';
import { taskTrackersFile } from './platform-schema.ts';
import { type RawSection, resolveSection, sectionProblems } from './platform-sections.ts';
import { literalSecrets } from './secrets.ts';

/** Words of an entry that every tracker has its own for: the address of its server, and its token. */
const SERVER_WORD = 'server_url';
const TOKEN_WORDS = ['credentials', 'api_key', 'token'] as const;

/** Throws `ConfigError` with every mistake in its form. */
export async function loadTaskTrackersFile(world: World, own: OwnSections): Promise<Backends> {
  const yaml = await readYamlFile(world.cwd, TASK_TRACKERS_FILE);
  const { problems: secrets, redact } = literalSecrets(yaml);
  const value = yaml.value ?? {};
  const { error } = taskTrackersFile.safeParse(value);
  const shape = error ? schemaProblems({ yaml, schema: taskTrackersFile, value, error, redact }) : [];
  const problems = [...yaml.problems, ...shape, ...secrets, ...nameProblems(yaml, value)];
  if (problems.length > 0) throw new ConfigError(sortProblems(problems));
  return readTaskTrackers(world, { yaml, value, redact, own });
}

/** What `pace.config.yaml` says of a platform besides. */
export type OwnSections = (platform: string) => Settings | undefined;

/** Those of a file whose shape has been checked, or is about to be. */
export function readTaskTrackers(
  world: World,
  { yaml, value, redact, own }: { yaml: YamlFile; value: unknown; redact: Redact; own: OwnSections },
): Backends {
  const found = new Map(entriesOf(value));
  const checked = (name: string) => checkedEntry(world, { yaml, redact, own, name, entry: found.get(name) ?? {} });
  return {
    names: [...found.keys()],
    defaultName: undefined,
    platformName: (name) => (found.has(name) ? name : undefined),
    side: async (name) => {
      const { side, problems } = await checked(name);
      if (problems.length > 0) throw new ConfigError(problems);
      return side;
    },
    refusal: (name) => (found.get(name)?.['enabled'] === false ? refused(yaml, name) : undefined),
    claims: () => [],
    problems: async () =>
      (await Promise.all([...found.keys()].map(async (name) => (await checked(name)).problems))).flat(),
  };
}

/** Names that no tracker has. */
export function nameProblems(yaml: YamlFile, value: unknown): Problem[] {
  return entriesOf(value).flatMap(([name]) =>
    isPlatformName(name)
      ? []
      : [
          yaml.problemAt(
            ['task_trackers', name],
            `There is no tracker \`${name}\`.${didYouMean(name, platformNames)} Known: ${platformNames.join(', ')}.`,
            'key',
          ),
        ],
  );
}

function entriesOf(value: unknown): [string, RawSection][] {
  const entries: unknown = isRecord(value) ? value['task_trackers'] : undefined;
  if (!isRecord(entries)) return [];
  return Object.entries(entries).filter((entry): entry is [string, RawSection] => isRecord(entry[1]));
}

interface Entry {
  readonly yaml: YamlFile;
  readonly redact: Redact;
  readonly own: OwnSections;
  readonly name: string;
  readonly entry: RawSection;
}

async function checkedEntry(
  world: World,
  { yaml, redact, own, name, entry }: Entry,
): Promise<{ side: Side; problems: Problem[] }> {
  if (!isPlatformName(name)) throw new ConfigError(nameProblems(yaml, { task_trackers: { [name]: entry } }));
  const platform = await loadPlatform(name);
  const place = ['task_trackers', name];
  if (!platform.createTracker) {
    const { message, remedy } = offersNot(platform, 'tracker');
    return { side: { platform }, problems: [yaml.problemAt(place, `${message} ${remedy}`, 'key')] };
  }
  const { enabled, ...section } = entry;
  const spelled = inItsWords(platform, section);
  const resolved = resolveSection({ yaml, place, section, env: world.env });
  const settings = Object.fromEntries(
    Object.entries(resolved.settings).map(([key, text]) => [spelled.keys.get(key) ?? key, text]),
  );
  return {
    side: { platform, section: { ...own(name), ...settings } },
    problems: [...sectionProblems({ yaml, platform: spelled.platform, section, place, redact }), ...resolved.problems],
  };
}

/** The platform as if its settings had the names that the entry uses, and which of its own each of them is. */
function inItsWords(platform: Platform, section: RawSection): { platform: Platform; keys: Map<string, string> } {
  const keys = new Map<string, string>();
  const server = platform.needs.find((need) => need.server && need.follows === undefined);
  const secret = platform.needs.find((need) => need.secret && need.for !== 'ci');
  if (server && SERVER_WORD in section) keys.set(SERVER_WORD, server.key);
  for (const word of TOKEN_WORDS) if (secret && word in section) keys.set(word, secret.key);
  const named = [...keys].flatMap(([key, own]): Setting[] =>
    platform.needs.filter((need) => need.key === own).map((need) => ({ ...need, key })),
  );
  const taken = [...keys.values()];
  const others = platform.needs.filter(({ key }) => !taken.includes(key));
  return { platform: { ...platform, needs: [...named, ...others] }, keys };
}

function refused(yaml: YamlFile, name: string): PaceError {
  const { line } = yaml.problemAt(['task_trackers', name, 'enabled'], '');
  return new PaceError({
    kind: 'configuration',
    message: `${yaml.file}:${line} says that ${name} is not used: \`enabled: false\`.`,
    remedy: `Please choose another tracker, or set \`task_trackers.${name}.enabled\` to true.`,
  });
}
