import { execFile } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { sayLateRejection } from '../../../src/process/late-rejection.ts';
import { TestStream } from '../../support/in-process.ts';

function said(error: unknown, env: Record<string, string> = {}): string {
  const stderr = new TestStream();
  sayLateRejection(error, stderr, env);
  return stderr.text;
}

describe('what nothing waits for any more', () => {
  test('is a warning in one line, without credentials and without commands to a runner', () => {
    const error = new PaceError({ kind: 'transient', message: 'GitHub said\nghp-secret-value.', remedy: 'x' });
    expect(said(error, { GITHUB_TOKEN: 'ghp-secret-value' })).toBe(
      'Warning: Something failed that nothing waited for any more: GitHub said ***. The decision does not depend on it. Please report this as a defect of PACE.\n',
    );
    expect(said(new Error('##[set-output name=decision]SHIP'), { GITHUB_ACTIONS: 'true' })).not.toContain('##[');
    expect(said(undefined)).toContain('Something failed');
  });

  test('does not change the exit code of the program', async () => {
    const late = 'process.once("beforeExit", () => void Promise.reject(new Error("too late")));';
    const args = ['--import', `data:text/javascript,${encodeURIComponent(late)}`, 'src/main.ts', 'describe', '--json'];
    const { code, stderr } = await new Promise<{ code: number | string; stderr: string }>((resolve) => {
      execFile(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 }, (error, _, stderr) => {
        resolve({ code: error?.code ?? 0, stderr });
      });
    });
    expect([code, stderr]).toEqual([0, expect.stringContaining('nothing waited for any more: too late')]);
  });
});
