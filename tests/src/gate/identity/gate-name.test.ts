import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stateFolder } from '../../../../core/adapters/state-folder.ts';
import { gateName, gateOf } from '../../../../src/gate/identity/gate-name.ts';
import { checkout } from '../parts.support.ts';

describe('the name of a gate', () => {
  const nameOf = (file: string, more: { given?: string; cwd?: string } = {}) =>
    gateName({ given: undefined, root: '/work/shop', cwd: '/work/shop', file, ...more });

  test.each([
    ['pace.config.yaml', 'gate'],
    ['pace/pace.config.yaml', 'gate'],
    ['./ci.yaml', 'gate'],
    ['/work/shop/pace.config.yaml', 'gate'],
    ['packages/shop/pace.config.yaml', 'packages/shop'],
    ['/work/shop/packages/shop/pace.config.yaml', 'packages/shop'],
    ['packages/shop/pace/pace.config.yaml', 'packages/shop/pace'],
    ['..hidden/pace.config.yaml', '..hidden'],
  ])('of %s is %s', (file, name) => expect(nameOf(file)).toBe(name));

  test('is counted from the root of the checkout, wherever PACE works in it', () => {
    const cwd = '/work/shop/packages/web';
    expect(nameOf('pace.config.yaml', { cwd })).toBe('packages/web');
    expect(nameOf('../../pace.config.yaml', { cwd })).toBe('gate');
    expect(nameOf('../../pace/pace.config.yaml', { cwd })).toBe('gate');
    expect(nameOf('../api/pace.config.yaml', { cwd })).toBe('packages/api');
  });

  test('is the given one before all others', () => {
    expect(nameOf('packages/shop/pace.config.yaml', { given: 'web' })).toBe('web');
    expect(nameOf('pace.config.yaml', { given: 'web' })).toBe('web');
  });

  test('of a folder that is called as the usual gate is none of that gate', () => {
    expect(nameOf('gate/pace.config.yaml')).toBe('./gate');
    expect(stateFolder({ gate: './gate', branch: '' })).not.toBe(stateFolder({ gate: 'gate', branch: '' }));
  });

  test('of one outside of the checkout is told by its own place', () => {
    const names = ['../pace.config.yaml', '../a/pace.config.yaml', '../b/pace.config.yaml', '/etc/pace.config.yaml'].map((file) => nameOf(file));
    for (const name of names) expect(name).toMatch(/^outside\/[0-9a-f]{8}$/);
    expect(new Set(names).size).toBe(names.length);
    expect(nameOf('/work/a/pace.config.yaml')).toBe(names[1]);
  }); // biome-ignore format: one line

  test('is found by the checkout that the folder is in; without one, the folder itself is the root', () => {
    const root = checkout({ '.git/HEAD': 'ref: refs/heads/main\n', 'apps/shop/pace.config.yaml': '' });
    const config = { gate: {} };
    const cwd = join(root, 'apps/shop');
    expect(gateOf({ cwd }, { config, file: 'pace.config.yaml' })).toBe('apps/shop');
    expect(gateOf({ cwd }, { config, file: '../../pace.config.yaml' })).toBe('gate');
    expect(gateOf({ cwd: root }, { config, file: 'apps/shop/pace.config.yaml' })).toBe('apps/shop');
    expect(gateOf({ cwd }, { config: { gate: { name: 'web' } } })).toBe('web');
    expect(gateOf({ cwd: checkout() }, { config, file: 'pace.config.yaml' })).toBe('gate');
    // where there is no file, it would lie here
    expect([gateOf({ cwd: root }, { config }), gateOf({ cwd }, { config })]).toEqual(['gate', 'apps/shop']);
  });
});
