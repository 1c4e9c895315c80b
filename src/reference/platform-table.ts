/** Tables about platforms, from what each platform says it needs. */
import type { Platform, Setting } from '../../core/ports/index.ts';
import { code, table } from './markdown.ts';

/** One row per platform, for the README: what it offers, what people must set, and the page that says more. */
export function platformTable(platforms: readonly Platform[]): string {
  const rows = platforms.map((platform) => [
    `[${platform.title}](docs/platforms/${platform.name}.md) (${code(platform.name)})`,
    platform.createHost ? 'yes' : '–',
    platform.createTracker ? 'yes' : '–',
    needed(platform.needs),
  ]);
  return table(['Platform', 'Code and CI', 'Issues', 'Needs'], rows);
}

function needed(needs: readonly Setting[]): string {
  // a token that is not required everywhere is still what most people must set
  const shown = needs.filter(
    (need) => (need.required && need.default === undefined) || (need.secret && need.for === 'both'),
  );
  if (shown.length === 0) return 'nothing';
  // the scopes of a token are on the platform's own page
  return shown.map((need) => code(need.env[0] ?? need.key)).join(', ');
}

/** Every setting of one platform. */
export function settingTable({ needs }: Platform): string {
  const rows = needs.map((need) => [
    code(need.key),
    [...need.env.map(code), ...(need.envInJob ?? []).map((name) => `${code(name)} (in a job there)`)].join(', ') || '–',
    SIDES[need.for],
    need.required && need.default === undefined ? 'yes' : 'no',
    need.default === undefined ? '' : code(need.default),
    `${need.why}${need.secret ? ' (secret)' : ''}${need.scope ? `. Needs: ${need.scope}` : ''}`,
  ]);
  return table(['Key', 'Environment', 'For', 'Required', 'Default', 'Meaning'], rows);
}

const SIDES = { ci: 'code and CI', tracker: 'issues', both: 'both' } as const;
