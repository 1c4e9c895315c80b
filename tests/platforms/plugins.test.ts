import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTracker } from '../../platforms/index.ts';
import { createPlugins, type PluginEntry } from '../../platforms/plugins.ts';
import { refusal } from '../contract/refusal.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

let folder: string;
let world: TestWorld;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-plugins-'));
  world = testWorld({ cwd: folder, env: { TOY_TOKEN: 'from-the-environment' } });
});
afterEach(() => rm(folder, { recursive: true }));

/** A plugin that writes down its life in `globalThis.life`. */
function toy(more = ''): string {
  return `
    const life = (globalThis.life ??= []);
    export function createPlugin(settings) {
      let started = false;
      return {
        metadata: {
          name: 'Toy', version: '1.0.0', description: 'A toy', ${more}
          configSchema: { properties: {
            token: { type: 'string', description: 'a token', required: true, secret: true },
            color: { type: 'string', description: 'a colour', default: 'red' },
          } },
        },
        validateConfig: () => (settings.color === 'grey' ? ['Grey is not a colour.'] : []),
        initialize: () => { started = true; life.push('initialize ' + settings.token + ' ' + settings.color); },
        getTracker: () => {
          if (!started) throw new Error('not initialised');
          return {
            platform: 'toy', titleLimit: 100, bodyLimit: { max: 100, unit: 'characters' },
            measureBody: (text) => text.length, formatDescription: (text) => text, filters: [], sorts: [],
            capabilities: async () => ({ unsupported: {}, states: [], priorities: [], linkTypes: [] }),
            getIssue: async (key) => ({
              key, url: 'toy:' + key, title: 'A toy', body: '', state: 'open', stateName: 'New', labels: [], assignees: [],
              createdAt: 0, updatedAt: 0, metadata: {},
            }),
          };
        },
        shutdown: () => void life.push('shutdown'),
      };
    }`;
}

async function plugins(files: Record<string, string>, entries: Record<string, Partial<PluginEntry>>) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const whole = Object.entries(entries).map(([name, entry]) => [
    name,
    { module: `./${name}.mjs`, settings: {}, ...entry },
  ]);
  return createPlugins(world, Object.fromEntries(whole));
}

function life(): string[] {
  const found = (globalThis as { life?: string[] }).life ?? [];
  return found.splice(0);
}

test('a plugin is checked, initialised once, asked for its tracker, and shut down at the end', async () => {
  const { platform } = await plugins({ 'toy.mjs': toy() }, { toy: {} });
  const found = await platform('toy');
  expect(found.title).toBe('Toy');
  expect(found.needs.map(({ key, env, required, secret }) => ({ key, env, required, secret }))).toEqual([
    { key: 'token', env: ['TOY_TOKEN'], required: true, secret: true },
    { key: 'color', env: ['TOY_COLOR'], required: false, secret: undefined },
  ]);
  expect(life()).toEqual([]);
  const tracker = await openTracker(world, { platform: found });
  await openTracker(world, { platform: found });
  expect((await tracker.getIssue('7')).title).toBe('A toy');
  for (const end of world.endings) await end();
  expect(life()).toEqual(['initialize from-the-environment red', 'shutdown']);
});

test('what another plugin needs is initialised first', async () => {
  const base = toy().replace("'initialize '", "'base '");
  const { platform } = await plugins(
    { 'top.mjs': toy("requires: ['base'],"), 'base.mjs': base },
    { top: { settings: { token: 'a' } }, base: { settings: { token: 'b' } } },
  );
  await openTracker(world, { platform: await platform('top'), section: { token: 'a' } });
  expect(life()).toEqual(['base b red', 'initialize a red']);
});

test('every way in which a plugin can be wrong is said with its place', async () => {
  const { platform } = await plugins(
    {
      'empty.mjs': '',
      'throws.mjs': "throw new Error('on load')",
      'half.mjs': 'export const createPlugin = () => ({ metadata: { name: "Half", version: "1" }, initialize() {} })',
      'alone.mjs': toy("requires: ['friend'],"),
      'circle.mjs': toy("requires: ['circle'],"),
      'grey.mjs': toy(),
    },
    { empty: {}, throws: {}, half: {}, alone: {}, circle: {}, grey: {}, gone: {} },
  );
  const open =
    (name: string, section = { token: 'a' }) =>
    async () =>
      openTracker(world, { platform: await platform(name), section });
  for (const [name, words, section] of [
    ['empty', /exports no function `createPlugin`/],
    ['throws', /on load/],
    ['half', /lacks `validateConfig`, `shutdown`, `getTracker` or `getHost`/],
    ['alone', /The plugin `friend` is not configured, and `alone` needs it/],
    ['circle', /in a circle: circle → circle/],
    ['grey', /Grey is not a colour/, { token: 'a', color: 'grey' }],
    ['gone', /Cannot find module/],
    ['unheard', /The plugin `unheard` is not configured/],
  ] as const) {
    const error = await refusal(open(name, section as never), { kinds: ['configuration'] });
    expect(error.message).toMatch(words);
    expect(`${error.message} ${error.remedy}`).toContain('platform.plugins');
  }
});

test('a missing setting is named with the variable that may hold it', async () => {
  world = testWorld({ cwd: folder });
  const { platform } = await plugins({ 'toy.mjs': toy() }, { toy: {} });
  const error = await refusal(async () => openTracker(world, { platform: await platform('toy') }), {
    kinds: ['configuration'],
  });
  expect(error.remedy).toContain('TOY_TOKEN');
});
