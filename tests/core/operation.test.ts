import { expect, test } from 'vitest';
import { PaceError } from '../../core/errors.ts';
import { inOperation } from '../../core/operation.ts';

const refused = new PaceError({ kind: 'permission', message: 'No.', remedy: 'Please ask.', operation: 'before' });

test('the result comes as it is, at once or later', async () => {
  expect(inOperation('look', () => 7)).toBe(7);
  expect(await inOperation('look', async () => 7)).toBe(7);
});

test('an error names the method, thrown at once', () => {
  const fail = (): never => {
    throw refused;
  };
  expect(() => inOperation('listIssues', fail)).toThrow(
    expect.objectContaining({ operation: 'listIssues', kind: 'permission', remedy: 'Please ask.', cause: refused }),
  );
});

test('an error names the method, thrown later; what is nobody’s becomes one of ours', async () => {
  const later = inOperation('listIssues', () => Promise.reject(new TypeError('x is not a function')));
  await expect(later).rejects.toMatchObject({ name: 'PaceError', operation: 'listIssues', kind: 'unexpected' });
});
