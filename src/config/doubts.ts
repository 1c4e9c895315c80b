/** What is valid and hardly meant so: warnings with their places. Pure. */
import type { Problem } from '../../core/yaml/problems.ts';
import { nameOf } from '../../core/yaml/schema-problems.ts';
import { nearest } from '../../core/yaml/suggest.ts';
import type { YamlFile } from '../../core/yaml/yaml-file.ts';
import { hasGluedStars } from './path-mistakes.ts';
import type { PaceConfig } from './schema.ts';
import { mayConcern } from './title-patterns.ts';

type Checked = Pick<PaceConfig, 'evidence' | 'waivers' | 'quarantine'>;
type Doubt = readonly [path: readonly PropertyKey[], message: string];

export function doubts(yaml: YamlFile, config: Checked): Problem[] {
  return [...gluedStars(config), ...strayPatterns(config)].map(([path, message]) =>
    yaml.problemAt(path, `${nameOf(path)} ${message}`),
  );
}

function gluedStars({ evidence }: Checked): Doubt[] {
  return evidence.flatMap((source, index) =>
    ['path', 'exclude', 'story', 'handoff']
      .flatMap((key) => wordsAt(['evidence', index, key], Reflect.get(source, key)))
      .filter(([, words]) => hasGluedStars(words))
      .map(([path]): Doubt => [path, 'has `**` beside other text, where it means `*`. All folders are `**/`.']),
  );
}

function wordsAt(path: readonly PropertyKey[], value: unknown): [readonly PropertyKey[], string][] {
  if (typeof value === 'string') return [[path, value]];
  return Array.isArray(value) ? value.flatMap((item, index) => wordsAt([...path, index], item)) : [];
}

/** It is left behind, perhaps, by a source that is gone: no reason to judge nothing. */
function strayPatterns({ evidence, waivers, quarantine }: Checked): Doubt[] {
  const names = evidence.map(({ name }) => name);
  const patterns = [
    ...waivers.map(({ check }, index) => [['waivers', index, 'check'], check] as const),
    ...quarantine.map(({ test }, index) => [['quarantine', index, 'test'], test] as const),
  ];
  return patterns
    .filter(([, pattern]) => !['ci', ...names].some((name) => mayConcern(pattern, name)))
    .map(([path, pattern]): Doubt => {
      const [written = ''] = pattern.split(': ');
      const meant = nearest(written, ['ci', ...names]);
      const hint = meant === undefined ? '' : ` Did you mean "${meant}: …"?`;
      return [path, `matches nothing: it is compared with \`source: check\`, and no source is called so.${hint}`];
    });
}
