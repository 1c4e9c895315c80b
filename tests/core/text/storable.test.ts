import { expect, test } from 'vitest';
import { storable } from '../../../core/text/storable.ts';

test('half characters are made whole and NUL is taken out; all else stays', () => {
  expect(storable('a\ud83db\u0000c\0')).toBe('a\ufffdbc');
  expect(storable('Grüße 🚦\r\n\t\u0001')).toBe('Grüße 🚦\r\n\t\u0001');
});
