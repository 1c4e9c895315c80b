/** Addresses of tasks as people copy them from the browser, and their gids. Pure. `permalink_url` of https://developers.asana.com/reference/tasks */
import { PaceError } from '../../core/errors.ts';
import type { IssueReference } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Operation } from './refusals.ts';

/** `/0/PROJECT/TASK`, where the project is 0 when the task was opened from elsewhere; `/f` is the full screen. */
const OLD = /^\/0\/(\d+)\/(\d+)(?:\/f)?\/?$/;
/** `/1/WORKSPACE/project/PROJECT/task/TASK`, also without the project. */
const NEW = /^\/1\/(\d+)(?:\/project\/(\d+))?\/task\/(\d+)\/?$/;

export function readIssueUrl({ protocol, host, pathname }: URL): IssueReference | undefined {
  if (protocol !== 'https:' || host !== 'app.asana.com') return undefined;
  const [, oldProject, oldKey] = OLD.exec(pathname) ?? [];
  if (oldKey !== undefined) return { key: oldKey, settings: known({ project: oldProject }) };
  const [, workspace, project, key] = NEW.exec(pathname) ?? [];
  return key === undefined ? undefined : { key, settings: known({ workspace, project }) };
}

function known(settings: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, gid]) => (gid === undefined || gid === '0' ? [] : [[name, gid]])),
  );
}

export const GID = /^\d{1,30}$/;

/** The gid of a task, a comment or a person as people write it. Throws `validation`: nothing else may get into an address. */
export function gidOf(operation: Operation, what: string, key: string): string {
  if (GID.test(key)) return key;
  throw new PaceError({
    kind: 'validation',
    operation,
    message: `“${plainLine(key, 40)}” is not the number of a ${what}.`,
    remedy: `Please give the gid of a ${what}: the last number of its address in Asana.`,
  });
}
