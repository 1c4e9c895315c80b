/** `pace tracker` at the command line: what is refused, what is asked, what is printed where, and how it ends. */
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type BdIssue, type BdState, newBd } from '../../support/bd.ts';
import { type HostedOptions, newIssue, startHosted } from '../../support/hosted.ts';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';
import { installStandIn } from '../../support/programs.ts';

const BOUND = 'tracker:\n  provider: jira\n  binding_ref: bind-1\n';
const CONFIG = '.kittify/config.yaml';

async function bench(options: HostedOptions = {}, files: Readonly<Record<string, string>> = { [CONFIG]: BOUND }) {
  const server = await startHosted({ confirms: true, ...options });
  onTestFinished(() => server.close());
  newIssue(server.state, { title: 'Note a call' });
  const { access } = server.state.newTokens();
  const env: Record<string, string> = {
    PACE_HOSTED_URL: server.origin,
    PACE_HOSTED_TOKEN: access,
    PACE_HOSTED_TEAM: 'owls',
  };
  const here = await paceHere({ files, env, git: true });
  return { server, here, env, access };
}

const ITEMS = JSON.stringify([
  {
    ref: { system: 'jira', id: '10001', workspace: 'OWL', key: 'OWL-1' },
    action: 'update',
    patch: { title: 'At once' },
  },
]);

describe('what is refused sends nothing, and ends with 1', () => {
  test.each([
    ['bind --provider azure_devops', 'no longer supported'],
    ['bind --provider " Azure_DevOps "', 'no longer supported'],
    ['bind --provider azure', 'no provider “azure”'],
    ['bind --provider jira --credential token=abc', 'kept by the hosted service'],
    ['bind --provider beads --workspace w --credential abc', '--credential “abc” is not KEY=VALUE'],
    ['bind --provider jira --field-owner title', '--field-owner “title” is not KEY=VALUE'],
    ['bind --provider jira --field-owner title=me', 'the owner must be one of external, local, shared'],
    ['bind --provider jira --field-owner tilte=local', 'tilte: there is no such field'],
    ['bind --provider jira --doctrine-mode mine', '“mine” is not a mode'],
    ['discover --provider beads', 'a program on this machine'],
    ['map add --wp-id WP01 --external-id 1', 'only read here'],
    ['sync publish', 'published no more'],
    ['sync push', '--items-json'],
  ])('pace tracker %s', async (words, told) => {
    const { server, here } = await bench();
    const args = [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    const { code, stdout, stderr } = await here.pace('tracker', ...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(told);
    expect(server.exchanges).toEqual([]);
  });

  test.each([['bind --provider azure_devops'], ['bind --provider jira --credential a=b'], ['sync publish']])(
    '%s is refused before anything is read',
    async (words) => {
      const { here } = await bench({}, { [CONFIG]: 'tracker: [' });
      const { code, stderr } = await here.pace('tracker', ...words.split(' '));
      expect([code, stderr.includes('config.yaml')]).toEqual([1, false]);
    },
  );

  test('a provider that is not supported any more is refused where the project is bound to it', async () => {
    const { here } = await bench({}, { [CONFIG]: 'tracker:\n  provider: azure_devops\n  workspace: w\n' });
    const { code, stderr } = await here.pace('tracker', 'status');
    expect([code, stderr]).toEqual([1, expect.stringContaining('no longer supported')]);
  });

  test('nothing is bound: the way to bind is named', async () => {
    const { server, here } = await bench({}, {});
    for (const words of [['status'], ['sync', 'pull'], ['sync', 'run'], ['map', 'list']]) {
      const { code, stderr } = await here.pace('tracker', ...words);
      expect([code, stderr]).toEqual([1, expect.stringContaining('`pace tracker bind')]);
    }
    expect(server.exchanges).toEqual([]);
  });

  test('nothing leaves a project that says so', async () => {
    const { server, here } = await bench({}, { [CONFIG]: `${BOUND}  egress: refused\n` });
    const { code, stderr } = await here.pace('tracker', 'sync', 'pull');
    expect([code, stderr]).toEqual([1, expect.stringContaining('`tracker.egress` is “refused”')]);
    expect((await here.pace('tracker', 'status')).code).toBe(0);
    expect(server.exchanges).toHaveLength(1);
  });

  test.each([['0'], ['false'], ['no'], ['off'], ['nonsense']])('the switch says %s', async (word) => {
    const { server, here } = await bench();
    const { code, stderr } = await here.run({
      args: ['tracker', 'sync', 'pull'],
      env: { SPEC_KITTY_ENABLE_SAAS_SYNC: word },
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining('SPEC_KITTY_ENABLE_SAAS_SYNC')]);
    expect(server.exchanges).toEqual([]);
  });

  test.each([['1'], ['TRUE'], ['yes'], ['y'], ['on'], ['']])('the switch says %j, which is yes', async (word) => {
    const { here } = await bench();
    const run = await here.run({ args: ['tracker', 'sync', 'pull'], env: { SPEC_KITTY_ENABLE_SAAS_SYNC: word } });
    expect(run.code).toBe(0);
  });
});

test.each([
  ['bind'],
  ['bind --provider beads'],
  ['map add --external-id 1'],
  ['sync pull --limit 0'],
  ['sync pull --limit 10001'],
  ['sync pull --limit x'],
  ['list-tickets --provider jira --limit 101'],
  ['sync'],
  ['sync nonsense'],
  ['status --nonsense'],
])('wrong usage ends with 2: pace tracker %s', async (words) => {
  const { here, server } = await bench({}, { [CONFIG]: 'tracker:\n  provider: beads\n  workspace: w\n' });
  expect((await here.pace('tracker', ...words.split(' '))).code).toBe(2);
  expect(server.exchanges).toEqual([]);
});

describe('in JSON', () => {
  test('an answer is whole, with its keys in order', async () => {
    const { here } = await bench();
    const { stdout } = await here.pace('tracker', 'sync', 'pull', '--limit', '1', '--json');
    const value = JSON.parse(stdout);
    expect(Object.keys(value)).toEqual([...Object.keys(value)].sort());
    expect(Object.keys(value.items[0].ref)).toEqual(['id', 'key', 'system', 'url', 'workspace']);
    expect(stdout).toBe(`${JSON.stringify(value, null, 2)}\n`);
    expect(value).toMatchObject({ has_more: false, pending_binding_upgrade: null, summary: { total: 1 } });
  });

  test('trouble is an object on standard error', async () => {
    const { here } = await bench();
    const { code, stdout, stderr } = await here.pace('tracker', 'sync', 'publish', '--json');
    expect([code, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr).error).toMatchObject({
      kind: 'unsupported',
      message: 'Snapshots are published no more.',
    });
  });

  test('a binding that the service calls otherwise now is told of, and not written', async () => {
    const { server, here } = await bench();
    server.trouble(
      ({ path }) => path.includes('/pull'),
      (answer) => ({
        ...answer,
        json: { ...(answer.json as object), binding_ref: 'bind-2', display_label: 'Owls' },
      }),
    );
    const value = await here.data('tracker', 'sync', 'pull', '--json');
    expect(value).toMatchObject({ pending_binding_upgrade: { binding_ref: 'bind-2', display_label: 'Owls' } });
    expect(await here.workspace.read(CONFIG)).toBe(BOUND);
  });
});

describe('changes', () => {
  const push = (here: PaceHere, ...more: string[]) =>
    here.pipe(ITEMS, 'tracker', 'sync', 'push', '--items-json', '-', ...more);

  test('come from standard input or a file, and are sent as they are', async () => {
    const { server, here } = await bench();
    expect((await push(here)).code).toBe(0);
    await here.workspace.write({ 'items.json': ITEMS });
    expect((await here.pace('tracker', 'sync', 'push', '--items-json', 'items.json')).code).toBe(0);
    const bodies = server.exchanges.map(({ asked }) => asked.body);
    const body = { provider: 'jira', binding_ref: 'bind-1', items: JSON.parse(ITEMS) };
    expect(bodies).toEqual([body, body]);
    const keys = server.exchanges.map(({ asked }) => asked.headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
  });

  test.each([
    ['{}', 'is not an array'],
    ['[]', 'is empty'],
    ['[', 'is not JSON'],
  ])('%s is refused: it %s', async (items, told) => {
    const { server, here } = await bench();
    const run = await here.pipe(items, 'tracker', 'sync', 'push', '--items-json', '-');
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining(told)]);
    expect(server.exchanges).toEqual([]);
  });

  test('whose answer was lost go on with the same command, which says so', async () => {
    const { server, here } = await bench();
    server.trouble(({ path }) => path.includes('/push'), 'reset-after', 2);
    const lost = await push(here);
    expect([lost.code, lost.stdout]).toEqual([1, '']);
    expect(lost.stderr).toContain('The same command goes on where this one has ended');
    expect((await here.pace('tracker', 'status')).stderr).toMatch(/A push of .* has no answer yet/);
    const again = await push(here);
    expect(again.stdout).toContain('The service had done this before');
    expect(server.state.effects).toBe(1);
    expect(JSON.parse((await push(here, '--json')).stdout)).toMatchObject({ idempotency_replayed: false });
    expect((await here.pace('tracker', 'status')).stderr).toBe('');
  });
});

describe('binding', () => {
  const bind = (here: PaceHere, ...more: string[]) => here.pace('tracker', 'bind', '--provider', 'jira', ...more);
  const resolving = (json: unknown) =>
    [({ path }: { path: string }) => path.includes('/bind-resolve'), { json }] as const;

  test('by its name asks nothing', async () => {
    const { server, here } = await bench({}, {});
    expect((await bind(here, '--project-slug', 'owl')).code).toBe(0);
    expect(server.exchanges).toEqual([]);
    expect(await here.workspace.read(CONFIG)).toContain('  project_slug: owl\n');
    expect(await here.data('tracker', 'sync', 'pull', '--json')).toMatchObject({ status: 'ok' });
    expect(server.exchanges[0]?.asked.body).toMatchObject({ project_slug: 'owl' });
  });

  test('tells the service who the project is, with what Spec Kitty has written', async () => {
    const project =
      'project:\n  uuid: 3a47b05b-d94e-4d50-b8df-ff90b8143f3c\n  slug: proj\n  node_id: b805cd5cee74\n  build_id: d509cb52-47fe-580d-a3ac-a1143904f819\n';
    const { server, here } = await bench({}, { [CONFIG]: project });
    await bind(here, '--select', '1');
    const [resolve, confirm] = server.exchanges.map(({ asked }) => asked);
    const identity = {
      ...{ uuid: '3a47b05b-d94e-4d50-b8df-ff90b8143f3c', slug: 'proj', node_id: 'b805cd5cee74' },
      ...{ build_id: 'd509cb52-47fe-580d-a3ac-a1143904f819', repo_slug: null },
    };
    expect(resolve?.body).toEqual({ provider: 'jira', project_identity: identity });
    expect(confirm?.body).toEqual({ provider: 'jira', candidate_token: 'cand-1', project_identity: identity });
    expect(confirm?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    expect((await here.workspace.read(CONFIG)).startsWith(project)).toBe(true);
  });

  test('tells the same of a project that Spec Kitty does not know, each time', async () => {
    const { server, here } = await bench({}, {});
    await bind(here, '--select', '1');
    await bind(here, '--select', '1');
    const told = server.exchanges.map(({ asked }) => asked.body as { project_identity: Record<string, string> });
    const [one] = told.map((body) => body.project_identity);
    expect(new Set(told.map((body) => JSON.stringify(body.project_identity))).size).toBe(1);
    expect(one?.['uuid']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(one?.['node_id']).toMatch(/^[0-9a-f]{12}$/);
  });

  test('to one of several wants to be told which, and lists them', async () => {
    const { here } = await bench({}, {});
    const { code, stderr } = await bind(here);
    expect([code, stderr]).toEqual([1, expect.stringContaining('1 OWL project (high: the same name)')]);
    expect((await bind(here, '--select', '2')).stderr).toContain('There is no choice 2');
    expect(await here.workspace.files()).not.toHaveProperty(CONFIG);
  });

  test('to the one that fits exactly asks nobody', async () => {
    const { server, here } = await bench({}, {});
    server.trouble(...resolving({ match_type: 'exact', binding_ref: 'bind-1', display_label: 'Owls' }));
    expect((await bind(here)).stdout).toContain('- binding: bind-1\n');
    server.trouble(...resolving({ match_type: 'exact', binding_ref: null, candidate_token: 'cand-1' }));
    expect((await bind(here, '--select', '1')).code).toBe(0);
  });

  test('where nothing fits is refused', async () => {
    const { server, here } = await bench({}, {});
    server.trouble(...resolving({ match_type: 'none', candidates: [] }));
    expect(await bind(here)).toMatchObject({ code: 1, stderr: expect.stringContaining('fits this project') });
  });

  test('with a choice that has grown too old chooses once more', async () => {
    const { server, here } = await bench({}, {});
    server.trouble(...resolving({ match_type: 'exact', candidate_token: 'old' }));
    expect((await bind(here, '--select', '1')).code).toBe(0);
    server.trouble(...resolving({ match_type: 'exact', candidate_token: 'old' }), 2);
    expect(await bind(here, '--select', '1')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('This choice is too old'),
    });
  });

  test('by a reference is looked at by the service first', async () => {
    const { here } = await bench({}, {});
    expect((await bind(here, '--bind-ref', 'gone')).stderr).toMatch(
      /gone cannot be bound: mapping_deleted\.\nPlease bind again\./,
    );
    expect((await bind(here, '--bind-ref', 'bind-1')).code).toBe(0);
    expect(await here.workspace.read(CONFIG)).toContain('  binding_ref: bind-1\n');
  });

  test('anew is not done where nobody can be asked', async () => {
    const { server, here } = await bench();
    expect(await bind(here)).toMatchObject({ code: 1, stderr: expect.stringContaining('bound to jira already') });
    expect(server.exchanges).toEqual([]);
    expect(await here.workspace.read(CONFIG)).toBe(BOUND);
  });

  test('anew leaves whose values count as it was, until somebody says otherwise', async () => {
    const owners = '  ownership:\n    mode: split_ownership\n    field_owners:\n      title: local\n';
    const { here } = await bench({}, { [CONFIG]: BOUND + owners });
    await bind(here, '--bind-ref', 'bind-1');
    expect(await here.workspace.read(CONFIG)).toContain(owners);
    await bind(here, '--bind-ref', 'bind-1', '--ownership-mode', 'spec_kitty_authoritative');
    expect(await here.workspace.read(CONFIG)).toContain('    mode: spec_kitty_authoritative\n');
  });

  test('is taken away, and the rest of the file stays', async () => {
    const { here } = await bench({}, { [CONFIG]: `a: 1 # one\n${BOUND}z: 2\n` });
    expect(await here.pace('tracker', 'unbind')).toMatchObject({ code: 0, stdout: 'Unbound from jira.\n' });
    expect(await here.workspace.read(CONFIG)).toBe('a: 1 # one\nz: 2\n');
    expect((await here.pace('tracker', 'unbind')).stdout).toBe('Nothing was bound.\n');
  });
});

describe('logging in', () => {
  const HOME = { PACE_HOSTED_TOKEN: '', PACE_HOSTED_TEAM: '' };

  test('shows where to go on standard error', async () => {
    const { server, here } = await bench();
    const env = { ...HOME, HOME: here.workspace.path };
    const run = await here.run({ args: ['tracker', 'login'], env });
    expect(run.stderr).toContain(
      `Please go to ${server.origin}/device?user_code=OWLS-1000 and confirm the code OWLS-1000.`,
    );
    expect(run.stdout).toBe(`Logged in at ${server.origin} as ann@example.test, team team-owls.\n`);
    expect((await here.run({ args: ['tracker', 'sync', 'pull'], env })).code).toBe(0);
    expect((await here.run({ args: ['tracker', 'logout'], env })).stdout).toBe('Logged out.\n');
    expect(server.state.refresh.size).toBe(1);
    const after = await here.run({ args: ['tracker', 'sync', 'pull'], env });
    expect(after).toMatchObject({ code: 1, stderr: expect.stringContaining('`pace tracker login`') });
  });

  test('with a password shows none of the secrets, whatever goes wrong', async () => {
    const { server, here } = await bench();
    const env = { ...HOME, HOME: here.workspace.path };
    const login = ['tracker', 'login', '--username', 'ann@example.test', '--verbose'];
    const wrong = await here.run({ args: login, env, input: 'my-own-secret-word\n' });
    expect(wrong.code).toBe(1);
    const right = await here.run({ args: login, env, input: `${server.state.person.password}\n` });
    expect(right.code).toBe(0);
    server.trouble(
      ({ path }) => path.includes('/pull'),
      ({ status = 200 }) => ({
        status: status === 200 ? 422 : status,
        json: { error_code: 'echo', message: `Nobody takes ${[...server.state.access].join(' ')}.` },
      }),
    );
    const echoed = await here.run({ args: ['tracker', 'sync', 'pull', '--verbose'], env });
    expect(echoed.code).toBe(1);
    const said = [wrong, right, echoed].map(({ stdout, stderr }) => stdout + stderr).join('\n');
    expect(said).not.toContain('my-own-secret-word');
    const { access, refresh } = Object.fromEntries(
      [...readFileSync(`${here.workspace.path}/.spec-kitty/credentials`, 'utf8').matchAll(/^(\w+) = "(.*)"$/gm)].map(
        ([, name, value]) => [name, value],
      ),
    );
    expect(said).not.toContain(access);
    expect(said).not.toContain(refresh);
    expect(
      JSON.stringify(await here.workspace.files().then(({ '.spec-kitty/credentials': _, ...rest }) => rest)),
    ).not.toContain(access);
  });

  test('names a server by https alone', async () => {
    const { here } = await bench();
    const run = await here.pace('tracker', 'login', '--server', 'http://tracker.example.org');
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('is not https') });
  });
});

describe('beads', () => {
  const OWL: BdIssue = {
    ...{
      id: 'owl-1',
      title: 'Feed the owls',
      description: '',
      status: 'open',
      priority: 2,
      issue_type: 'task',
      assignee: '',
    },
    ...{ created_at: '2026-03-02T09:00:00Z', created_by: 'ann', updated_at: '2026-03-02T09:00:00Z', labels: [] },
  };

  async function nest(...more: string[]) {
    const bd = await installStandIn('bd', 'bd/program.ts', newBd('1.0.5', { prefix: 'owl', issues: [OWL] }));
    onTestFinished(() => bd.dispose());
    const here = await paceHere({ env: { PATH: bd.path } });
    const env = { HOME: here.workspace.path };
    const pace = (...args: string[]) => here.run({ args: ['tracker', ...args], env });
    const bound = await pace('bind', '--provider', 'beads', '--workspace', 'owls', ...more);
    expect(bound.code).toBe(0);
    return { pace, here, bd };
  }

  test('has a store of its own, which its status tells of', async () => {
    const { pace, here } = await nest('--credential', 'command=bd');
    expect(JSON.parse((await pace('status', '--json')).stdout)).toEqual({
      ...{ configured: true, provider: 'beads', workspace: 'owls', credentials_present: true },
      ...{ ownership_mode: 'external_authoritative', doctrine_mode: 'external_authoritative', field_owners: {} },
      ...{
        db_path: expect.stringMatching(/\.spec-kitty\/trackers\/[0-9a-f]{16}\.db$/),
        issue_count: 0,
        mapping_count: 0,
      },
    });
    expect((await pace('unbind')).code).toBe(0);
    expect(await here.workspace.read('.spec-kitty/credentials')).not.toContain('command');
  });

  test('is brought here, and a second time nothing is new', async () => {
    const { pace } = await nest();
    const stats = async () => JSON.parse((await pace('sync', 'pull', '--json')).stdout);
    const none = { pulled_created: 0, pulled_updated: 0, pushed_created: 0, pushed_updated: 0, skipped: 0 };
    expect(await stats()).toEqual({
      provider: 'beads',
      conflicts: [],
      errors: [],
      stats: { ...none, pulled_created: 1 },
    });
    expect(await stats()).toMatchObject({ stats: { ...none, skipped: 1 } });
    expect(await stats()).toMatchObject({ errors: [] });
  });

  test('is never written to where its own values count', async () => {
    const { pace, bd } = await nest();
    const before = await bd.state<BdState>();
    expect((await pace('sync', 'run')).code).toBe(0);
    expect((await bd.state<BdState>()).issues).toEqual(before.issues);
  });

  test('maps a work package to one issue', async () => {
    const { pace } = await nest();
    const add = (wp: string, id: string) =>
      pace('map', 'add', '--wp-id', wp, '--external-id', id, '--external-key', id.toUpperCase());
    await add('WP01', 'owl-1');
    await add('WP01', 'owl-2');
    expect(await add('WP02', 'owl-2')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('belongs to WP01 already'),
    });
    const { mappings } = JSON.parse((await pace('map', 'list', '--json')).stdout);
    expect(mappings).toEqual([
      {
        wp_id: 'WP01',
        system: 'beads',
        workspace: 'owls',
        external_id: 'owl-2',
        external_key: 'OWL-2',
        external_url: null,
      },
    ]);
    expect((await pace('map', 'list', '--provider', 'fp')).stdout).toBe('Nothing is mapped.\n');
  });

  test('needs no login and no server, and is not switched off with the service', async () => {
    const { here } = await nest();
    const run = await here.run({
      args: ['tracker', 'sync', 'pull'],
      env: { HOME: here.workspace.path, SPEC_KITTY_ENABLE_SAAS_SYNC: '0' },
    });
    expect(run.code).toBe(0);
  });
});
