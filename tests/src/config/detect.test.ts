import { describe, expect, test } from 'vitest';
import { hostOfRemote } from '../../../core/drivers/git-remote.ts';
import type { Platform, Setting } from '../../../core/ports/index.ts';
import { chooseSides, type Surroundings } from '../../../src/config/detect.ts';

const able = () => Promise.reject(new Error('never made here'));

function need(key: string, variable: string, more: Partial<Setting> = {}): Setting {
  return { key, env: [variable], why: 'a test', for: 'tracker', required: true, ...more };
}

const forge: Platform = {
  ...{ name: 'forge', title: 'Forge', needs: [need('token', 'FORGE_TOKEN')] },
  detectCi: (env) => env['FORGE_CI'] === 'true',
  detectRemote: (host) => host === 'forge.test',
  ...{ createHost: able, createTracker: able },
};
const builder: Platform = {
  name: 'builder',
  title: 'Builder',
  needs: [],
  detectCi: (env) => 'BUILD' in env,
  createHost: able,
};
const desk: Platform = {
  ...{ name: 'desk', title: 'Desk', createTracker: able },
  needs: [
    need('url', 'DESK_URL'),
    need('token', 'DESK_TOKEN', { secret: true }),
    need('type', 'DESK_TYPE', { default: 'Bug' }),
  ],
};
const here: Platform = {
  name: 'here',
  title: 'Here',
  needs: [],
  fallback: true,
  createHost: able,
  createTracker: able,
};
/** Known, and given up. */
const gone: Platform = {
  name: 'gone',
  title: 'Gone',
  needs: [],
  detectCi: (env) => env['GONE_CI'] === 'true',
  detectRemote: (host) => host === 'gone.test',
  instead: { ci: 'Move the code.', tracker: 'Move the issues.' },
};
const platforms = [gone, forge, builder, desk, here];

function choose(given: { wanted?: object } & Partial<Omit<Surroundings, 'wanted'>>) {
  const wanted = { ci: 'auto', tracker: 'auto', ...given.wanted } as Surroundings['wanted'];
  const sides = chooseSides({ env: {}, remoteHost: undefined, sections: {}, platforms, ...given, wanted });
  return { ...sides, ci: sides.ci.name, tracker: sides.tracker.name };
}

describe('auto', () => {
  test('of two trackers that are ready the first is taken, and the other one is named', () => {
    const shelf: Platform = { name: 'shelf', title: 'Shelf', createTracker: able, needs: [need('id', 'SHELF_ID')] };
    const env = { DESK_URL: 'u', DESK_TOKEN: 't', SHELF_ID: '7' };
    const { tracker, because } = choose({ env, platforms: [...platforms, shelf] });
    expect(tracker).toBe('desk');
    expect(because).toContain('so are those of Shelf: `platform.tracker` chooses');
  });

  test('the CI variables decide, before the remote', () => {
    expect(choose({ env: { BUILD: '1' }, remoteHost: 'forge.test' })).toEqual({
      ...{ ci: 'builder', tracker: 'here', problems: [] },
      because: 'CI: Builder (found by its CI variables). Tracker: Here (Builder tracks no issues).',
    });
  });

  test('else the remote', () => {
    expect(choose({ remoteHost: 'forge.test' })).toEqual({
      ...{ ci: 'forge', tracker: 'forge', problems: [] },
      because: 'CI: Forge (found by the git remote at forge.test). Tracker: Forge (where the code is).',
    });
  });

  test('else the platform that needs nothing', () => {
    expect(choose({ remoteHost: 'unknown.test' })).toEqual({
      ...{ ci: 'here', tracker: 'here', problems: [] },
      because:
        'CI: Here (no other platform was found by CI variables or git remote). Tracker: Here (no other tracker was found).',
    });
  });

  test('a platform that only tracks issues wins when all it needs is there, from environment or file', () => {
    const settled = { ci: 'forge', tracker: 'desk' };
    expect(choose({ remoteHost: 'forge.test', env: { DESK_URL: 'x', DESK_TOKEN: 'y' } })).toMatchObject(settled);
    expect(
      choose({ remoteHost: 'forge.test', env: { DESK_TOKEN: 'y' }, sections: { desk: { url: 'x' } } }),
    ).toMatchObject(settled);
  });

  test('and is named when a part is missing', () => {
    expect(choose({ remoteHost: 'forge.test', env: { DESK_URL: 'x' } })).toMatchObject({
      tracker: 'forge',
      because: expect.stringContaining('(where the code is; Desk was passed over: DESK_TOKEN not set)'),
    });
  });
});

describe('configured', () => {
  test('explicit sides win over everything', () => {
    expect(choose({ wanted: { ci: 'here', tracker: 'desk', type: 'forge' }, env: { BUILD: '1' } })).toEqual({
      ...{ ci: 'here', tracker: 'desk', problems: [] },
      because: 'CI: Here (platform.ci). Tracker: Desk (platform.tracker).',
    });
  });

  test('the older platform.type sets both sides', () => {
    expect(choose({ wanted: { type: 'forge' } })).toMatchObject({ ci: 'forge', tracker: 'forge', problems: [] });
  });

  test('the older platform.type leaves a side that the platform lacks to detection', () => {
    expect(choose({ wanted: { type: 'desk' }, remoteHost: 'forge.test' })).toMatchObject({
      ci: 'forge',
      tracker: 'desk',
      problems: [],
    });
    expect(choose({ wanted: { type: 'builder' } })).toMatchObject({ ci: 'builder', tracker: 'here', problems: [] });
  });

  test('a side that the platform lacks is a problem with the possible ones', () => {
    expect(choose({ wanted: { ci: 'desk', tracker: 'builder' } }).problems).toEqual([
      {
        key: 'ci',
        message:
          'Desk hosts no code and runs no CI. Please choose another one, for instance `forge`, `builder`, `here`, or `auto`.',
      },
      {
        key: 'tracker',
        message:
          'Builder tracks no issues. Please choose another one, for instance `forge`, `desk`, `here`, or `auto`.',
      },
    ]);
  });
});

describe('a platform that has been given up', () => {
  const both = [
    { key: 'ci', message: 'Gone is not supported. Move the code.' },
    { key: 'tracker', message: 'Gone is not supported. Move the issues.' },
  ];

  test.each([
    ['found by its CI variables', { env: { GONE_CI: 'true' } }],
    ['found by its remote', { remoteHost: 'gone.test' }],
    ['chosen for both sides', { wanted: { ci: 'gone', tracker: 'gone' } }],
    ['chosen by the older key', { wanted: { type: 'gone' } }],
    ['chosen for the code, with no tracker that is ready', { wanted: { ci: 'gone' } }],
  ])('%s is a problem with what to do instead', (_, given) => {
    expect(choose(given)).toMatchObject({ ci: 'gone', tracker: 'gone', problems: both });
  });

  test('does not stand in the way of what is chosen, or of a tracker that is ready', () => {
    const given = { env: { GONE_CI: 'true', DESK_URL: 'x', DESK_TOKEN: 'y' } };
    expect(choose(given)).toMatchObject({ ci: 'gone', tracker: 'desk', problems: both.slice(0, 1) });
    const chosen = { wanted: { ci: 'here' }, ...given };
    expect(choose(chosen)).toMatchObject({ ci: 'here', tracker: 'desk', problems: [] });
  });
});

test.each([
  ['https://forge.test/a/b.git', 'forge.test'],
  ['https://user:secret@Forge.test:8443/a/b', 'forge.test'],
  ['ssh://git@forge.test:2222/a/b.git', 'forge.test'],
  ['git@forge.test:a/b.git', 'forge.test'],
  ['Forge.test:a/b.git', 'forge.test'],
  ['/srv/git/a.git', undefined],
  ['../a.git', undefined],
  ['C:\\git\\a', undefined],
  ['file:///srv/git/a.git', undefined],
  ['', undefined],
])('the host of the remote %j is %j', (remote, host) => {
  expect(hostOfRemote(remote)).toBe(host);
});
