import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-interrupt-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

const INTERRUPT = join(import.meta.dirname, '../../../src/process/interrupt.ts');

/** A program that notes the first signal, and never comes to its end by itself. */
function hanging(name: string, hang: string) {
  const script = join(TEMPORARY, `${name}.ts`);
  writeFileSync(
    script,
    `import { readFile } from 'node:fs/promises';
import { interruptSignal } from ${JSON.stringify(INTERRUPT)};
const signal = interruptSignal(process, 200);
signal.addEventListener('abort', () => { console.log(signal.reason.exitCode); ${name === 'exit' ? 'process.exit(signal.reason.exitCode);' : ''} });
${hang}
console.log('ready');`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const ready = new Promise<void>((done) =>
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('ready')) done();
    }),
  );
  const ended = new Promise<{ signal: NodeJS.Signals | null; said: string }>((done) =>
    child.on('close', (_, signal) => done({ signal, said })),
  );
  return { child, ready, ended };
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends what hangs in a read of a pipe, by itself', async (signal) => {
  const pipe = join(TEMPORARY, `pipe-${signal}`);
  execFileSync('mkfifo', [pipe]);
  const { child, ready, ended } = hanging(signal, `readFile(${JSON.stringify(pipe)}).catch(() => undefined);`);
  await ready;
  child.kill(signal);
  expect(await ended).toEqual({ signal, said: `ready\n${signal === 'SIGINT' ? 130 : 143}\n` });
});

test('and what waits for something that never comes', async () => {
  const { child, ready, ended } = hanging('waits', 'setInterval(() => undefined, 1000);');
  await ready;
  child.kill('SIGTERM');
  expect((await ended).signal).toBe('SIGTERM');
});
