import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openKept } from '../../../../core/kept/open-kept.ts';
import { pauseInForce, readPause, removePause, writePause } from '../../../../src/gate/state/pause-file.ts';
import { testWorld } from '../../../support/world.ts';
import { checkout } from '../parts.support.ts';

const PAUSE = { reason: 'Release week', by: 'ann', since: '2026-03-01T08:00:00Z' };
const UNTIL = '2026-03-02T10:00:00.000Z';
const keptIn = (root: string) => openKept(testWorld(), root);
const read = (text: string) => readPause(keptIn(checkout({ 'pause.yaml': text })), 'gate');

describe('a pause', () => {
  test('is read as it was written, with its end and without', async () => {
    const root = checkout();
    for (const pause of [PAUSE, { ...PAUSE, until: UNTIL }]) {
      await writePause(keptIn(root), 'gate', pause);
      expect(await readPause(keptIn(root), 'gate')).toEqual(pause);
      expect(parse(readFileSync(join(root, 'pause.yaml'), 'utf8'))).toEqual(pause);
    }
  });

  test('is of one gate, in the folder of that gate', async () => {
    const root = checkout();
    await writePause(keptIn(root), 'apps/shop', PAUSE);
    expect(existsSync(join(root, 'gates/apps/shop/pause.yaml'))).toBe(true);
    expect([await readPause(keptIn(root), 'apps/shop'), await readPause(keptIn(root), 'gate')]).toEqual([
      PAUSE,
      undefined,
    ]);
  });

  test('is removed once, and only that of the gate', async () => {
    const root = checkout();
    await writePause(keptIn(root), 'gate', PAUSE);
    await writePause(keptIn(root), 'shop', PAUSE);
    expect([await removePause(keptIn(root), 'gate'), await removePause(keptIn(root), 'gate')]).toEqual([true, false]);
    expect([await readPause(keptIn(root), 'gate'), await readPause(keptIn(root), 'shop')]).toEqual([undefined, PAUSE]);
  });

  test('that is damaged is removed as well', async () => {
    const root = checkout({ 'pause.yaml': '{' });
    expect([await removePause(keptIn(root), 'gate'), existsSync(join(root, 'pause.yaml'))]).toEqual([true, false]);
  });
});

describe('a file that a person has written', () => {
  const UNREADABLE = { reason: 'pause.yaml cannot be read', by: 'somebody', since: '' };

  test.each(['', '{', '- a list', 'a text', '12', 'null'])(
    'pauses also where it cannot be understood: %j',
    async (text) => {
      expect(await read(text)).toEqual(UNREADABLE);
    },
  );

  test('pauses where a folder lies in its place, which a person has to remove', async () => {
    const root = checkout({ 'pause.yaml/x': '', gates: 'a file' });
    const kept = keptIn(root);
    expect(await readPause(kept, 'gate')).toEqual(UNREADABLE);
    await expect(removePause(kept, 'gate')).rejects.toThrow(/^Cannot remove .*pause\.yaml/);
    expect([await readPause(kept, 'shop'), await removePause(kept, 'shop')]).toEqual([undefined, false]);
  });

  test('pauses where it is too long to be one', async () => {
    expect(await read(`reason: ${'x'.repeat(64 * 1024)}`)).toEqual(UNREADABLE);
    expect(await read(`reason: ${'x'.repeat(64 * 1024 - 8)}`)).toMatchObject({ by: 'somebody' });
  });

  test.each<[string, (path: string) => void]>([
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['a link', (path) => symlinkSync('elsewhere', path)],
  ])('does not pause where %s lies in its place: nothing is kept then, and that is said', async (what, put) => {
    const root = checkout({ elsewhere: 'reason: of somebody else' });
    put(join(root, 'pause.yaml'));
    const kept = keptIn(root);
    expect(await readPause(kept, 'gate')).toBeUndefined();
    expect(kept.refusal?.message).toContain(`/pause.yaml is ${what}, and PACE keeps its state in plain files`);
    expect([await removePause(kept, 'gate'), readFileSync(join(root, 'elsewhere'), 'utf8')]).toEqual([
      false,
      'reason: of somebody else',
    ]);
    expect(existsSync(join(root, 'pause.yaml'))).toBe(true);
  });

  test('may leave out what it likes, and says what it says as texts', async () => {
    expect(await read('{}')).toEqual({ reason: 'no reason is given', by: 'somebody', since: '' });
    expect(await read('reason: 12\nby: [ann]\n')).toEqual({ reason: 'no reason is given', by: 'somebody', since: '' });
    expect(await read('reason: Wait\nuntil: 2026-03-02\n')).toMatchObject({ reason: 'Wait', until: '2026-03-02' });
  });

  test.each(['soon', '', '2026-13-40', '[2026-03-02]'])('has no end where that is no time: %j', async (until) => {
    expect(await read(`reason: Wait\nuntil: ${until}\n`)).not.toHaveProperty('until');
  });
});

test('a pause is in force until its end, that not included; one without an end always', () => {
  const end = Date.parse(UNTIL);
  const pause = { ...PAUSE, until: UNTIL };
  expect(pauseInForce(pause, end - 1)).toEqual(pause);
  expect([pauseInForce(pause, end), pauseInForce(pause, end + 1)]).toEqual([undefined, undefined]);
  expect(pauseInForce(PAUSE, end)).toEqual(PAUSE);
  expect(pauseInForce(undefined, end)).toBeUndefined();
});
