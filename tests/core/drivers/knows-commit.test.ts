import { expect, it } from 'vitest';
import { knowsCommit } from '../../../core/drivers/knows-commit.ts';
import { PaceError } from '../../../core/errors.ts';

const SHA = 'beef'.repeat(10);
const notFound = () =>
  Promise.reject(new PaceError({ kind: 'not-found', message: 'Not Found', remedy: '', status: 404 }));
const refused = () => Promise.reject(new PaceError({ kind: 'permission', message: 'No', remedy: '', status: 403 }));

function asked(readSha: () => Promise<string>, seeRepository: () => Promise<unknown> = () => Promise.reject()) {
  return knowsCommit({ sha: SHA, readSha, seeRepository });
}

it('is the commit that was asked for, whole or in its short form, and no other that answers to its name', async () => {
  expect(await asked(async () => SHA)).toBe(true);
  expect(await asked(async () => SHA.toUpperCase())).toBe(true);
  expect(await knowsCommit({ sha: 'BEEF', readSha: async () => SHA, seeRepository: notFound })).toBe(true);
  expect(await asked(async () => 'cafe'.repeat(10))).toBe(false);
  expect(await asked(async () => SHA.slice(1))).toBe(false);
});

it('is none where the repository can be seen, and a refusal where it cannot', async () => {
  expect(await asked(notFound, async () => ({}))).toBe(false);
  await expect(asked(notFound, notFound)).rejects.toThrow('Not Found');
  await expect(asked(notFound, refused)).rejects.toThrow('No');
});

it('is not known where the question is refused in any other way', async () => {
  await expect(asked(refused, async () => ({}))).rejects.toThrow('No');
  await expect(asked(() => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
});
