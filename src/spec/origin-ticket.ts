/** Where a mission comes from, in its `meta.json`, as Spec Kitty 3.2 writes it: sorted keys, two spaces. Pure. */
import { PaceError } from '../../core/errors.ts';
import { isRecord } from '../../core/record.ts';

export interface OriginTicket {
  readonly provider: string;
  readonly resource_type: string;
  readonly resource_id: string;
  readonly external_issue_id: string;
  readonly external_issue_key: string;
  readonly external_issue_url: string;
  readonly title: string;
}

/** What it calls the place of issues; others are a project too. */
const PLACES: Readonly<Record<string, string>> = {
  ...{ jira: 'jira_project', linear: 'linear_team', github: 'github_repo', gitlab: 'gitlab_project' },
};

export function resourceType(platform: string): string {
  return PLACES[platform] ?? `${platform}_project`;
}

/** The text of `meta.json` with that origin; `undefined` where it says so already. Throws for what is no JSON object. */
export function withOrigin(text: string, file: string, origin: OriginTicket): string | undefined {
  const meta = parsed(text, file);
  if (JSON.stringify(sorted(meta['origin_ticket'])) === JSON.stringify(sorted(origin))) return undefined;
  return `${JSON.stringify(sorted({ ...meta, origin_ticket: origin }), null, 2)}\n`;
}

function parsed(text: string, file: string): Record<string, unknown> {
  try {
    const meta: unknown = JSON.parse(text);
    if (isRecord(meta)) return meta;
  } catch {
    // said below
  }
  throw new PaceError({
    kind: 'validation',
    message: `${file} is not a JSON object.`,
    remedy: 'Please mend it; `git log` has the last one that was.',
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}
