/** A real program in place of a browser. */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openInBrowser } from '../../../src/cli/browser.ts';
import { newWorkspace } from '../../support/workspace.ts';
import { testWorld } from '../../support/world.ts';

test('the browser gets the address as one word, whatever stands in it', async () => {
  const workspace = await newWorkspace({});
  onTestFinished(() => workspace.dispose());
  const [program, seen] = [join(workspace.path, 'browser'), join(workspace.path, 'seen')];
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$@" > ${seen}.part && mv ${seen}.part ${seen}\n`);
  await chmod(program, 0o755);
  openInBrowser(testWorld({ env: { BROWSER: `${program} --tab %s` } }), 'https://x.test/1?a=$(id)&b="c"');
  await vi.waitUntil(() => readFile(seen, 'utf8').catch(() => ''), { timeout: 20_000 });
  expect(await readFile(seen, 'utf8')).toBe('--tab\nhttps://x.test/1?a=$(id)&b=%22c%22\n');
});

test('a browser that is not there is a word, and no failure', async () => {
  const world = testWorld({ env: { BROWSER: '/none/such' } });
  openInBrowser(world, 'https://x.test/1');
  await vi.waitUntil(() => world.lines.length > 0, { timeout: 20_000 });
  expect(world.lines).toEqual(['warn: The browser could not be started (spawn /none/such ENOENT): https://x.test/1']);
});

test.each(['', 'javascript:alert(1)', 'file:///etc/passwd', '.pace/pace.db#1'])('“%s” is no page', (address) => {
  expect(() => openInBrowser(testWorld(), address)).toThrow(
    expect.objectContaining({ kind: 'unsupported', message: `This issue has no page on the web: ${address}.` }),
  );
});
