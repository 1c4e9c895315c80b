import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pauseInForce, readPause, removePause, writePause } from '../../../../src/gate/state/pause-file.ts';
import { checkout } from '../parts.support.ts';

const PAUSE = { reason: 'Release week', by: 'ann', since: '2026-03-01T08:00:00Z' };
const UNTIL = '2026-03-02T10:00:00.000Z';
const read = (text: string) => readPause(checkout({ 'pause.yaml': text }), 'gate');

describe('a pause', () => {
  test('is read as it was written, with its end and without', async () => {
    const root = checkout();
    for (const pause of [PAUSE, { ...PAUSE, until: UNTIL }]) {
      await writePause(root, 'gate', pause);
      expect(await readPause(root, 'gate')).toEqual(pause);
      expect(parse(readFileSync(join(root, 'pause.yaml'), 'utf8'))).toEqual(pause);
    }
  });

  test('is of one gate, in the folder of that gate', async () => {
    const root = checkout();
    await writePause(root, 'apps/shop', PAUSE);
    expect(existsSync(join(root, 'gates/apps/shop/pause.yaml'))).toBe(true);
    expect([await readPause(root, 'apps/shop'), await readPause(root, 'gate')]).toEqual([PAUSE, undefined]);
  });

  test('is removed once, and only that of the gate', async () => {
    const root = checkout();
    await writePause(root, 'gate', PAUSE);
    await writePause(root, 'shop', PAUSE);
    expect([await removePause(root, 'gate'), await removePause(root, 'gate')]).toEqual([true, false]);
    expect([await readPause(root, 'gate'), await readPause(root, 'shop')]).toEqual([undefined, PAUSE]);
  });

  test('that is damaged is removed as well', async () => {
    const root = checkout({ 'pause.yaml': '{' });
    expect([await removePause(root, 'gate'), existsSync(join(root, 'pause.yaml'))]).toEqual([true, false]);
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

  test('pauses where something else lies in its place, and not where nothing can lie there', async () => {
    expect(await readPause(checkout({ 'pause.yaml/x': '' }), 'gate')).toEqual(UNREADABLE);
    const root = checkout({ gates: 'a file' });
    expect([await readPause(root, 'shop'), await removePause(root, 'shop')]).toEqual([undefined, false]);
  });

  test('is neither followed as a link, nor read without end', async () => {
    const root = checkout({ '.pace/x': '', elsewhere: 'reason: of somebody else' });
    symlinkSync(join(root, 'elsewhere'), join(root, 'pause.yaml'));
    expect(await readPause(root, 'gate')).toEqual(UNREADABLE);
    expect([await removePause(root, 'gate'), existsSync(join(root, 'elsewhere'))]).toEqual([true, true]);
    writeFileSync(join(root, 'pause.yaml'), `reason: ${'x'.repeat(70_000)}`);
    expect(await readPause(root, 'gate')).toEqual(UNREADABLE);
  });

  test('is a folder that a person has to remove', async () => {
    const root = checkout();
    mkdirSync(join(root, 'pause.yaml'));
    await expect(removePause(root, 'gate')).rejects.toMatchObject({
      name: 'PaceError',
      message: expect.stringMatching(/^Cannot remove .*pause\.yaml/),
    });
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
