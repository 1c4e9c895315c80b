/** `pace specify`: a specification that a person goes on with, made from an issue of any tracker. */
import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import { readFromWorkspace, workspacePath } from '../../core/files/workspace-path.ts';
import { writeWhole } from '../../core/files/write-whole.ts';
import type { Issue, IssueTracker } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { World } from '../../core/world.ts';
import { missionFolder } from '../spec/missions.ts';
import { resourceType, withOrigin } from '../spec/origin-ticket.ts';
import { isUntouched, marked } from '../spec/spec-mark.ts';
import { specText } from '../spec/spec-text.ts';
import { type OpenedBackend, openBackend } from '../tracker/backends/open.ts';
import { parseReference } from '../tracker/backends/references.ts';
import { usageError } from '../tracker/usage.ts';
import type { Specify } from './options.ts';

export interface Specified {
  /** Where it stands, relative to the workspace; `null`: it was only made. */
  readonly path: string | null;
  /** Of the issue, as people name it from outside. */
  readonly reference: string;
  readonly url: string;
  readonly title: string;
  /** The file was written; not in a dry run, and not where it said so already. */
  readonly written: boolean;
  readonly text: string;
}

/** A specification of more is no longer read by anybody. */
const MOST_CHILDREN = 50;
const MOST_BYTES = 4 * 1024 * 1024;

export async function specify(world: World, options: Specify): Promise<Specified> {
  const { config, backend, mission, out, force = false, dryRun = false } = options;
  if (mission !== undefined && out !== undefined)
    throw usageError('The place is given twice.', 'Please pass one of --mission and --out.');
  const reference = parseReference(referenceOf(options));
  const folder = mission === undefined ? undefined : await missionFolder(world.cwd, mission);
  const opened = await openBackend(world, { config, backend, reference });
  const issue = await opened.tracker.getIssue(opened.key);
  const named = nameOf(opened, issue);
  const text = specText({
    ...{ issue, reference: named, children: await childrenOf(opened.tracker, issue.key) },
    date: new Date(world.now()).toISOString().slice(0, 10),
    ...defined({ mission: folder?.slice(folder.lastIndexOf('/') + 1) }),
  });
  const path = folder === undefined ? out : `${folder}/spec.md`;
  const done = { path: path ?? null, reference: named, url: issue.url, title: issue.title, text };
  if (path === undefined) return { ...done, written: false };
  const isNew = await isWritable(world, path, { text, force, issue: named });
  const origin = folder === undefined ? undefined : await originIn(world, folder, opened, issue);
  const written = isNew || origin !== undefined;
  if (dryRun) return { ...done, written: false };
  if (isNew) await writeWhole(await workspacePath(world.cwd, path), marked(text));
  if (origin !== undefined) await writeWhole(await workspacePath(world.cwd, origin.path), origin.text);
  return { ...done, written };
}

function referenceOf({ from, fromJira, fromLinear, fromGithub }: Specify): string {
  const given = [
    from,
    fromJira === undefined ? undefined : `jira:${fromJira}`,
    fromLinear === undefined ? undefined : `linear:${fromLinear}`,
    fromGithub === undefined ? undefined : `github:${fromGithub}`,
  ].filter((each) => each !== undefined);
  const [one, another] = given;
  if (one !== undefined && another === undefined) return one;
  throw usageError(
    one === undefined ? 'No issue is named.' : 'More than one issue is named.',
    'Please pass one of --from REF, --from-jira KEY, --from-linear KEY and --from-github OWNER/REPO#NUMBER.',
  );
}

async function childrenOf(tracker: IssueTracker, parent: string): Promise<Issue[]> {
  const { unsupported } = await tracker.capabilities();
  if (unsupported.parent !== undefined) return [];
  const filter = { state: 'all', parent, sort: { by: 'created', direction: 'asc' } } as const;
  return collect(tracker.listIssues(filter), MOST_CHILDREN);
}

/** Whether there is anything to write. Throws where somebody has gone on with what stands there. */
async function isWritable(
  world: World,
  path: string,
  { text, force, issue }: { readonly text: string; readonly force: boolean; readonly issue: string },
): Promise<boolean> {
  await workspacePath(world.cwd, path);
  const before = await readFromWorkspace(world.cwd, path, MOST_BYTES);
  if (before === undefined) return true;
  if (before === marked(text)) return false;
  if (force || isUntouched(before)) return true;
  throw new PaceError({
    kind: 'conflict',
    message: `${path} is there, and was written or changed by somebody: it is not replaced by the text of ${issue}.`,
    remedy: 'Please choose another place with --out FILE and take over what you need, or pass --force to replace it.',
  });
}

async function originIn(world: World, folder: string, { platform, tracker }: OpenedBackend, issue: Issue) {
  const path = `${folder}/meta.json`;
  const before = await readFromWorkspace(world.cwd, path, MOST_BYTES);
  if (before === undefined) return undefined;
  const text = withOrigin(before, path, {
    provider: platform.name,
    resource_type: resourceType(platform.name),
    resource_id: tracker.place ?? '',
    external_issue_id: issue.id ?? issue.key,
    external_issue_key: issue.key,
    external_issue_url: issue.url,
    title: issue.title,
  });
  return text === undefined ? undefined : { path, text };
}

/** `jira:OWL-1`, `github:octo/shop#1`. */
function nameOf({ platform, tracker }: OpenedBackend, { key }: Issue): string {
  const isNumber = /^\d+$/.test(key);
  const place = tracker.place ?? '';
  return isNumber && place !== '' && platform.readIssueUrl
    ? `${platform.name}:${place}#${key}`
    : `${platform.name}:${key}`;
}
