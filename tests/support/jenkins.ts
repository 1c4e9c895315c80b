/**
 * A stateful Jenkins on 127.0.0.1: folders, multibranch and plain jobs, builds with the actions of the Git plugin, a queue. It
 * answers as Jenkins does: `tree` with ranges and nothing that was not asked for, web pages as refusals with the permission in a
 * header, crumbs that belong to a session, and a redirect where something was written.
 */
import { type Answer, type Asked, type Loopback, loopback, type Routes } from './loopback.ts';

export interface BuildRow {
  number: number;
  /** `null` while it runs. */
  result: string | null;
  building: boolean;
  timestamp: number;
  duration: number;
  description: string | null;
  actions: object[];
}

export interface QueueRow {
  readonly id: number;
  readonly inQueueSince: number;
  readonly blocked?: boolean;
  readonly why?: string;
  readonly actions?: readonly object[];
}

export interface BuildToAdd {
  readonly job: string;
  readonly sha?: string | undefined;
  readonly result?: string | null;
  /** Whether it is still running: so when it has no result. */
  readonly building?: boolean;
  readonly remote?: string;
  /** In place of what the Git plugin tells. */
  readonly actions?: object[];
  /** Milliseconds since 1970. */
  readonly startedAt?: number;
}

export interface JenkinsOptions {
  /** Where the server is below its origin. */
  readonly prefix?: string;
  /** With a password in place of a token every write needs a crumb. */
  readonly password?: string;
  /** Anonymous people may read. */
  readonly openToAll?: boolean;
  /** Permissions that the user lacks. */
  readonly lacks?: readonly ('hudson.model.Hudson.Read' | 'hudson.model.Run.Update')[];
  readonly now?: () => number;
}

export interface JenkinsServer {
  readonly origin: string;
  /** With the prefix. */
  readonly url: string;
  readonly user: string;
  readonly token: string;
  readonly exchanges: Loopback['exchanges'];
  readonly trouble: Loopback['trouble'];
  addBuild(build: BuildToAdd): BuildRow;
  build(job: string, number: number): BuildRow | undefined;
  /** How many builds the job has. */
  count(job: string): number;
  /** Puts the job into the queue; `undefined` takes it out. */
  queue(job: string, row: QueueRow | undefined): void;
  /** Forgets all jobs and builds. */
  clear(): void;
  close(): Promise<void>;
}

interface Row {
  readonly name: string;
  readonly jobs: Map<string, Row>;
  readonly builds: BuildRow[];
  queueItem?: QueueRow | undefined;
}

export const REMOTE = 'https://git.example.org/acme/shop.git';

const newRow = (name: string): Row => ({ name, jobs: new Map(), builds: [] });

/** What the Git plugin tells of a checkout. */
export function buildData(sha: string, remote = REMOTE): object {
  return {
    _class: 'hudson.plugins.git.util.BuildData',
    lastBuiltRevision: { SHA1: sha, branch: [{ SHA1: sha, name: 'refs/remotes/origin/main' }] },
    remoteUrls: [remote],
    buildsByBranchName: {},
    scmName: '',
  };
}

export async function startJenkins(options: JenkinsOptions = {}): Promise<JenkinsServer> {
  const { prefix = '', lacks = [], now = Date.now } = options;
  const user = 'pace';
  const token = options.password ?? '11aa22bb33cc44dd55ee66ff77aa88bb99';
  const root = newRow('');
  const server = await loopback(routes(), { prefix });
  const url = `${server.origin}${prefix}`;

  function rowOf(fullName: string): Row {
    let row = root;
    for (const name of fullName.split('/')) {
      const next = row.jobs.get(name) ?? newRow(name);
      row.jobs.set(name, next);
      row = next;
    }
    return row;
  }

  function find(path: string): Row | undefined {
    let row: Row | undefined = root;
    for (const [, name = ''] of path.matchAll(/(?:^|\/)job\/([^/]+)/g)) row = row?.jobs.get(decodeURIComponent(name));
    return row;
  }

  /** As much of it as the `tree` asks for is built; `allBuilds` and `jobs` cost time on a real server. */
  function itemShape(row: Row, fullName: string): object {
    const path = fullName
      .split('/')
      .filter(Boolean)
      .map((part) => `job/${encodeURIComponent(part)}/`)
      .join('');
    const itemUrl = `${url}/${path}`;
    const isFolder = row.builds.length === 0 && (row.jobs.size > 0 || fullName === '');
    return {
      _class: isFolder
        ? 'com.cloudbees.hudson.plugins.folder.Folder'
        : 'org.jenkinsci.plugins.workflow.job.WorkflowJob',
      ...(fullName === '' ? {} : { fullName }),
      name: row.name,
      url: itemUrl,
      ...(isFolder
        ? {
            jobs: [...row.jobs].map(([name, below]) =>
              itemShape(below, fullName === '' ? name : `${fullName}/${name}`),
            ),
          }
        : {
            queueItem: row.queueItem ?? null,
            allBuilds: row.builds.toReversed().map((build) => ({
              _class: 'org.jenkinsci.plugins.workflow.job.WorkflowRun',
              ...build,
              url: `${itemUrl}${build.number}/`,
            })),
          }),
    };
  }

  function refusedBy({ headers }: Asked, write: boolean): Answer | undefined {
    const given = headers['authorization'];
    if (given === undefined && options.openToAll && !write) return undefined;
    if (given === undefined) return denied('anonymous', 'hudson.model.Hudson.Read');
    if (given !== `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`)
      return { status: 401, text: page('Unauthorized'), headers: HTML };
    const isCrumbed = headers['jenkins-crumb'] === 'c0ffee' && (headers['cookie'] ?? '').includes('JSESSIONID.1=node0');
    if (write && options.password !== undefined && !isCrumbed)
      return { status: 403, json: { status: '403', message: 'No valid crumb was included in the request' } };
    const lacking = lacks.find((permission) => permission.endsWith('Hudson.Read') || write);
    return lacking === undefined ? undefined : denied(user, lacking);
  }

  function read(asked: Asked): Answer {
    const refused = refusedBy(asked, false);
    if (refused) return refused;
    const row = find(asked.path.slice(prefix.length));
    if (!row) return { status: 404, text: page('Not Found'), headers: HTML };
    const fullName = [...asked.path.matchAll(/\/job\/([^/]+)/g)]
      .map(([, name = '']) => decodeURIComponent(name))
      .join('/');
    return { json: pruned(itemShape(row, fullName), parseTree(asked.query.get('tree') ?? '')) };
  }

  function submit(asked: Asked): Answer {
    const refused = refusedBy(asked, true);
    if (refused) return refused;
    const [, path = '', number = ''] = /^(.*)\/(\d+)\/submitDescription$/.exec(asked.path) ?? [];
    const build = find(path)?.builds.find((row) => row.number === Number(number));
    if (!build) return { status: 404, text: page('Not Found'), headers: HTML };
    build.description = new URLSearchParams(String(asked.body)).get('description');
    return { status: 302, headers: { location: `${url}${path.slice(prefix.length)}/${number}/` } };
  }

  function routes(): Routes {
    return {
      'GET /whoAmI/api/json': (asked) => {
        const anonymous = asked.headers['authorization'] === undefined;
        return refusedBy(asked, false) ?? { json: { name: anonymous ? 'anonymous' : user, anonymous } };
      },
      'GET /crumbIssuer/api/json': (asked) =>
        refusedBy(asked, false) ?? {
          json: { crumb: 'c0ffee', crumbRequestField: 'Jenkins-Crumb' },
          headers: { 'set-cookie': 'JSESSIONID.1=node0; Path=/; HttpOnly' },
        },
      'GET /api/json': read,
      'GET /:path*/api/json': read,
      'POST /:path*/submitDescription': submit,
    };
  }

  return {
    origin: server.origin,
    url,
    user,
    token,
    exchanges: server.exchanges,
    trouble: server.trouble,
    addBuild: ({ job, sha, result = null, remote, actions, startedAt, building }) => {
      const row = rowOf(job);
      const isRunning = building ?? result === null;
      const build: BuildRow = {
        number: row.builds.length + 1,
        result,
        building: isRunning,
        timestamp: startedAt ?? now() - 3_600_000,
        duration: isRunning ? 0 : 60_000,
        description: null,
        // plugins that tell nothing leave an empty object
        actions: [{}, { _class: 'hudson.model.CauseAction' }, ...(actions ?? (sha ? [buildData(sha, remote)] : []))],
      };
      row.builds.push(build);
      return build;
    },
    build: (job, number) => rowOf(job).builds.find((row) => row.number === number),
    count: (job) => rowOf(job).builds.length,
    queue: (job, row) => void Object.assign(rowOf(job), { queueItem: row }),
    clear: () => root.jobs.clear(),
    close: () => server.close(),
  };
}

const HTML = { 'content-type': 'text/html;charset=utf-8' };

function page(title: string): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body>${title}</body></html>`;
}

function denied(name: string, permission: string): Answer {
  const headers = { ...HTML, 'x-you-are-authenticated-as': name, 'x-required-permission': permission };
  return { status: 403, text: page('Access Denied'), headers };
}

interface Tree {
  readonly fields: ReadonlyMap<string, Tree>;
  readonly range: readonly [from: number, to: number];
}

/** `a,b[c]{0,3}`; throws for what Jenkins would not read either. */
export function parseTree(text: string): Tree {
  let at = 0;
  function list(): Map<string, Tree> {
    const fields = new Map<string, Tree>();
    for (;;) {
      const [name = ''] = /^[A-Za-z_]\w*/.exec(text.slice(at)) ?? [];
      if (name === '') throw new Error(`no name at ${at} of ${text}`);
      at += name.length;
      let below = new Map<string, Tree>();
      if (text[at] === '[') {
        at += 1;
        below = list();
        if (text[at] !== ']') throw new Error(`no ] at ${at} of ${text}`);
        at += 1;
      }
      const [whole = '', from = 0, to = Number.POSITIVE_INFINITY] = /^\{(\d+),(\d+)\}/.exec(text.slice(at)) ?? [];
      at += whole.length;
      fields.set(name, { fields: below, range: [Number(from), Number(to)] });
      if (text[at] !== ',') return fields;
      at += 1;
    }
  }
  const fields = text === '' ? new Map<string, Tree>() : list();
  if (at !== text.length) throw new Error(`unread from ${at}: ${text}`);
  return { fields, range: [0, Number.POSITIVE_INFINITY] };
}

/** As Stapler writes it: of a bean only what was asked for, of a map every key, of a list the range. */
function pruned(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) {
    const plain = { ...tree, range: [0, Number.POSITIVE_INFINITY] as const };
    return value.slice(...tree.range).map((entry) => pruned(entry, plain));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name === '_class' || tree.fields.has(name));
  return Object.fromEntries(entries.map(([name, below]) => [name, prunedMember(name, below, tree)]));
}

function prunedMember(name: string, value: unknown, { fields }: Tree): unknown {
  const tree = fields.get(name);
  if (tree === undefined) return value;
  if (name !== 'buildsByBranchName') return pruned(value, tree);
  return Object.fromEntries(Object.entries(Object(value)).map(([branch, built]) => [branch, pruned(built, tree)]));
}
