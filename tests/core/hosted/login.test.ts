import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clearCredentials, readCredentials, setProviderCredentials } from '../../../core/hosted/credentials.ts';
import { createExchange } from '../../../core/hosted/exchange.ts';
import { type DeviceCode, deviceLogin, logout, passwordLogin } from '../../../core/hosted/login.ts';
import { type HostedBench, hostedBench } from '../../support/hosted-person.ts';

const fileOf = ({ world }: HostedBench) => join(world.env['HOME'] ?? '', '.spec-kitty/credentials');
const exchangeOf = ({ world, server }: HostedBench) => createExchange(world, server.origin);

async function stranger(...given: Parameters<typeof hostedBench>): Promise<HostedBench> {
  const bench = await hostedBench(...given);
  clearCredentials(bench.world);
  return bench;
}

describe('with a browser', () => {
  async function loggedIn(bench: HostedBench, team?: string) {
    const shown: DeviceCode[] = [];
    const { sleep } = bench.world;
    const world = {
      ...bench.world,
      sleep: async (milliseconds: number) => {
        await sleep(milliseconds);
        if (bench.world.waits.length === 3) bench.server.confirmDevices();
      },
    };
    const credentials = await deviceLogin(world, exchangeOf(bench), { team, show: (code) => void shown.push(code) });
    return { credentials, shown };
  }

  test('a person is shown where to go, and is waited for', async () => {
    const bench = await stranger();
    const { credentials, shown } = await loggedIn(bench);
    const page = `${bench.server.origin}/device`;
    expect(shown).toEqual([{ userCode: 'OWLS-1000', address: page, wholeAddress: `${page}?user_code=OWLS-1000` }]);
    expect(bench.world.waits).toEqual([5000, 5000, 5000]);
    expect(credentials).toMatchObject({ login: 'device', username: 'ann@example.test', team: 'team-owls' });
    expect(readCredentials(bench.world)).toEqual(credentials);
    expect(bench.server.state.access.has(credentials.access)).toBe(true);
  });

  test('slower where the service asks for that, and never slower than every ten seconds', async () => {
    const bench = await stranger();
    bench.server.trouble(({ path }) => path === '/oauth/token', { status: 400, json: { error: 'slow_down' } }, 2);
    await loggedIn(bench);
    expect(bench.world.waits).toEqual([5000, 10_000, 10_000]);
  });

  test.each([
    ['access_denied', /declined/],
    ['expired_token', /not confirmed in time/],
    ['some_other_word', /some_other_word/],
  ])('%s ends it', async (error, words) => {
    const bench = await stranger();
    bench.server.trouble(({ path }) => path === '/oauth/token', { status: 400, json: { error } });
    await expect(loggedIn(bench)).rejects.toThrow(words);
    expect(readCredentials(bench.world)).toBeUndefined();
  });

  test('that nobody confirms ends when the code does', async () => {
    const bench = await stranger();
    await expect(deviceLogin(bench.world, exchangeOf(bench), { show: () => undefined })).rejects.toThrow(/in time/);
    expect(bench.world.waits).toHaveLength(180);
  });

  test('of several teams one has to be named, by id, slug or name', async () => {
    const bench = await stranger();
    bench.server.state.person.teams.push({ id: 'team-hawks', slug: 'hawks', name: 'Hawks', role: 'member' });
    await expect(loggedIn(bench)).rejects.toThrow('You are in several teams: owls, hawks.');
    bench.world.waits.length = 0;
    expect((await loggedIn(bench, 'hawks')).credentials.team).toBe('team-hawks');
    bench.world.waits.length = 0;
    await expect(loggedIn(bench, 'crows')).rejects.toThrow('You are in no team “crows”.');
  });
});

describe('with a password', () => {
  test('the tokens are kept as Spec Kitty’s first client keeps them', async () => {
    const bench = await stranger();
    const { email, password } = bench.server.state.person;
    await passwordLogin(bench.world, exchangeOf(bench), { username: email, password });
    const { access, refresh } = readCredentials(bench.world) ?? {};
    expect(readFileSync(fileOf(bench), 'utf8')).toBe(`[tokens]
access = "${access}"
refresh = "${refresh}"
access_expires_at = "2026-03-02T09:15:00.000Z"
refresh_expires_at = "2026-03-09T09:00:00.000Z"

[user]
username = "ann@example.test"
team_slug = "owls"

[server]
url = "${bench.server.origin}"
login = "password"
`);
  });

  test('that is wrong is said to be, without it', async () => {
    const bench = await stranger();
    const login = passwordLogin(bench.world, exchangeOf(bench), { username: 'ann@example.test', password: 'not this' });
    await expect(login).rejects.toThrow(expect.objectContaining({ message: expect.not.stringContaining('not this') }));
    expect(readCredentials(bench.world)).toBeUndefined();
  });
});

describe('the file', () => {
  test('belongs to its person alone, and so does its folder', async () => {
    const bench = await hostedBench();
    expect(statSync(fileOf(bench)).mode & 0o777).toBe(0o600);
    expect(statSync(join(fileOf(bench), '..')).mode & 0o777).toBe(0o700);
  });

  test('that others can read is not taken', async () => {
    const bench = await hostedBench();
    const { chmodSync } = await import('node:fs');
    chmodSync(fileOf(bench), 0o640);
    expect(() => readCredentials(bench.world)).toThrow(/others on this machine/);
  });

  test('keeps what others have written in it', async () => {
    const bench = await stranger();
    const text =
      '# mine\n[tracker.providers.beads]\ncommand = "bd" # here\n\n[notes]\nlong = """\n[tokens]\naccess = "no"\n"""\n';
    writeFileSync(fileOf(bench), text, { mode: 0o600 });
    expect(readCredentials(bench.world)).toBeUndefined();
    bench.logIn();
    expect(readFileSync(fileOf(bench), 'utf8').startsWith(text)).toBe(true);
    setProviderCredentials(bench.world, 'fp', { command: 'C:\\fp "x"' });
    await logout(bench.world, () => exchangeOf(bench));
    const left = readFileSync(fileOf(bench), 'utf8');
    expect(left.startsWith(text)).toBe(true);
    expect(left).toContain('[tracker.providers.fp]\ncommand = "C:\\\\fp \\"x\\""\n');
    expect(readCredentials(bench.world)).toBeUndefined();
  });

  test('names its secrets to whoever writes logs', async () => {
    const concealed: string[] = [];
    const bench = await hostedBench({}, { conceal: (secrets) => void concealed.push(...secrets) });
    concealed.length = 0;
    const found = readCredentials(bench.world);
    expect(concealed).toEqual([found?.access, found?.refresh]);
  });
});

test('who logs out is forgotten by the service too', async () => {
  const bench = await hostedBench();
  expect(await logout(bench.world, () => exchangeOf(bench))).toBe(true);
  expect(bench.server.state.refresh.size).toBe(0);
  expect(await logout(bench.world, () => exchangeOf(bench))).toBe(false);
});

test('a service that cannot be told keeps nobody logged in', async () => {
  const bench = await hostedBench();
  await bench.server.close();
  expect(await logout(bench.world, () => exchangeOf(bench))).toBe(true);
  expect(readCredentials(bench.world)).toBeUndefined();
});
