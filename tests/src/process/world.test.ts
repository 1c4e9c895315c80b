import { expect, onTestFinished, test, vi } from 'vitest';
import { createRedactor } from '../../../core/text/redact.ts';
import { processRun } from '../../../src/process/world.ts';
import { loopback } from '../../support/loopback.ts';
import { testWorld } from '../../support/world.ts';

test('the world of a process asks services, and never the metadata of its cloud', async () => {
  const server = await loopback({ 'GET /': () => ({ json: 'here' }) });
  const { world } = processRun(testWorld().log, createRedactor({}));
  expect(await (await world.guardedFetch?.(`${server.origin}/`))?.json()).toBe('here');
  await expect(world.guardedFetch?.('http://169.254.169.254/')).rejects.toThrow('metadata service');
  await server.close();
});

test('a current folder that is gone is no defect', () => {
  const spy = vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw Object.assign(new Error('ENOENT: process.cwd failed'), { code: 'ENOENT', syscall: 'uv_cwd' });
  });
  onTestFinished(() => spy.mockRestore());
  expect(() => processRun(testWorld().log, createRedactor({}))).toThrow(
    expect.objectContaining({ kind: 'configuration', message: 'The current folder is not there any more.' }),
  );
});
