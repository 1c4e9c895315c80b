import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leadsElsewhere, parseReference } from '../../../../src/tracker/backends/references.ts';

test.each([
  ['12', { text: '12', key: '12' }],
  ['#12', { text: '#12', key: '12' }],
  [' PROJ-12 ', { text: 'PROJ-12', key: 'PROJ-12' }],
  ['jira:PROJ-12', { text: 'jira:PROJ-12', key: 'PROJ-12', tracker: 'jira' }],
  ['work:#7', { text: 'work:#7', key: '7', tracker: 'work' }],
  ['github:owner/repo#12', { text: 'github:owner/repo#12', key: '12', tracker: 'github', project: 'owner/repo' }],
  ['group/sub/name#3', { text: 'group/sub/name#3', key: '3', project: 'group/sub/name' }],
])('%j is understood', (given, expected) => {
  expect(parseReference(given)).toEqual(expected);
});

test('a web address is kept for the platform that can read it', () => {
  const { key, url } = parseReference('https://example.org/o/r/issues/1');
  expect([key, url?.href]).toEqual(['', 'https://example.org/o/r/issues/1']);
});

test.each(['', '#', 'a b', 'jira:', 'owner/repo', 'github:owner/repo#', 'https://', '#1#2'])(
  '%j is refused with the forms that there are',
  (given) => {
    expect(() => parseReference(given)).toThrow(
      expect.objectContaining({ kind: 'validation', remedy: expect.stringContaining('jira:PROJ-12') }),
    );
  },
);

test('only what names a place leads elsewhere', () => {
  expect(['12', '#1', 'A-1'].map((text) => leadsElsewhere(parseReference(text)))).toEqual([false, false, false]);
  expect(['x:12', 'o/r#1', 'http://a.b/c'].map((text) => leadsElsewhere(parseReference(text)))).toEqual([
    true,
    true,
    true,
  ]);
});

test('whatever is accepted has a key without blanks, or an address', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      try {
        const { key, url } = parseReference(text);
        expect(url !== undefined || /^[^\s#/:]+$/.test(key)).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ kind: 'validation' });
      }
    }),
  );
});
