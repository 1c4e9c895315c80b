/** Addresses of tasks as people copy them from the browser. Pure. `permalink_url` of https://developers.asana.com/reference/tasks */
import type { IssueReference } from '../../core/ports/index.ts';

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
