import { describe, expect, test } from 'vitest';
import { unless, unlessMissing } from '../../../core/drivers/unless.ts';
import { PaceError } from '../../../core/errors.ts';

const GONE = new PaceError({ kind: 'not-found', message: 'Gone.', remedy: '', status: 410 });
const MISSING = new PaceError({ kind: 'permission', message: 'Missing.', remedy: '', status: 404 });

describe('a refusal', () => {
  test('of a kind that is expected is nothing, also where a library has wrapped it', async () => {
    const wrapped = new Error('it went wrong', { cause: GONE });
    expect(await unless(['permission', 'not-found'], () => Promise.reject(wrapped))).toBeUndefined();
  });

  test('of another kind is thrown as it is', async () => {
    await expect(unless(['not-found'], () => Promise.reject(MISSING))).rejects.toBe(MISSING);
  });

  test('is for something that is missing by its status alone', async () => {
    expect(await unlessMissing(() => Promise.reject(MISSING))).toBeUndefined();
    await expect(unlessMissing(() => Promise.reject(GONE))).rejects.toBe(GONE);
  });

  test('that does not come leaves the answer alone', async () => {
    expect(await unless([], async () => 1)).toBe(1);
    expect(await unlessMissing(async () => null)).toBeNull();
  });
});
