/** The section of one platform in the configuration, checked against what the platform says it needs. */

import type { Platform, Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { PROBLEMS_READ, type Problem, type Redact, show } from '../../core/yaml/problems.ts';
import { didYouMean } from '../../core/yaml/suggest.ts';
import type { YamlFile } from '../../core/yaml/yaml-file.ts';
import { isReference, resolveReferences } from './secrets.ts';

/** A section as the schema lets it through. */
export type RawSection = Readonly<Record<string, unknown>>;

/** Wrong keys, and secrets that stand there in plain text. */
export function sectionProblems(options: {
  yaml: YamlFile;
  platform: Platform;
  section: RawSection;
  /** Where the section stands. */
  place?: readonly string[];
  redact: Redact;
}): Problem[] {
  const { yaml, platform, section, redact, place = [platform.name] } = options;
  const at = place.join('.');
  return entriesOf(section).flatMap(([key, value]) => {
    const path = [...place, key];
    const need = platform.needs.find((candidate) => candidate.key === key);
    if (!need) return [yaml.problemAt(path, unknownSetting(platform, at, redact(key)), 'key')];
    if (typeof value === 'object' && value !== null && !need.map)
      return [yaml.problemAt(path, `\`${at}.${key}\` must be text, not a mapping.`)];
    if (need.secret && value !== '' && !isReference(String(value))) {
      const variable = need.env[0] ?? 'NAME';
      return [
        yaml.problemAt(
          path,
          `\`${at}.${key}\` is a secret and must not be in this file. Please write \`env:${variable}\`.`,
        ),
      ];
    }
    const malformed = typeof value === 'string' && resolveReferences(value, {}).malformed;
    if (!malformed) return [];
    return [
      yaml.problemAt(
        path,
        `\`${at}.${key}\` is not a reference to a variable: ${show(value, redact)}. Please write \`env:NAME\`, or \`\${NAME}\` inside a text.`,
      ),
    ];
  });
}

// finding the place of a key takes longer the more of them there are
function entriesOf(section: RawSection): [string, unknown][] {
  return Object.entries(section).slice(0, PROBLEMS_READ);
}

function unknownSetting(platform: Platform, at: string, key: string): string {
  const known = platform.needs.map((need) => need.key);
  const hint = didYouMean(key, known) || (known.length > 0 ? ` Known keys: ${known.join(', ')}.` : '');
  return `Unknown key \`${key}\` in \`${at}\`.${hint}`;
}

/** Names of the environment variables that a section refers to. */
export function variablesIn(section: RawSection): string[] {
  return Object.values(section).flatMap((value) =>
    typeof value === 'string' ? resolveReferences(value, {}).missing : [],
  );
}

/** The settings of a section with every reference replaced; a problem for each variable that is not set. */
export function resolveSection(options: {
  yaml: YamlFile;
  /** Where the section stands. */
  place: readonly string[];
  section: RawSection;
  env: World['env'];
}): { settings: Settings; problems: Problem[] } {
  const { yaml, place, section, env } = options;
  const settings: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const [key, value] of entriesOf(section)) {
    if (value === null) continue;
    if (typeof value === 'object') {
      // a mapping, as `mappingOf` reads it
      settings[key] = JSON.stringify(value);
      continue;
    }
    const { text, missing } = resolveReferences(String(value), env);
    if (missing.length === 0) settings[key] = text;
    for (const variable of missing) {
      problems.push(
        yaml.problemAt(
          [...place, key],
          `The environment variable ${variable} is not set, or empty. Please set it in the environment, in CI that of the job.`,
        ),
      );
    }
  }
  return { settings, problems };
}
