import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTables, withoutTable, withValues } from '../../../core/hosted/toml.ts';

const TEXT = `# head
top = "level"
[tokens]
access = "a\\"b" # the token
refresh = 'c:\\d'
number = 12
truth = true
list = ["a", "b"]

[tracker.providers."beads"]
"command" = "bd"
[[many]]
access = "no"
`;

test('words, numbers and truths are read; what else there is, is not', () => {
  const plain = Object.fromEntries([...readTables(TEXT)].map(([table, values]) => [table, Object.fromEntries(values)]));
  expect(plain).toEqual({
    '': { top: 'level' },
    tokens: { access: 'a"b', refresh: 'c:\\d', number: '12', truth: 'true' },
    'tracker.providers.beads': { command: 'bd' },
    '[[many]]': { access: 'no' },
  });
});

test('what is set stands in its table, and every other line stays', () => {
  const changed = withValues(TEXT, 'tokens', { access: 'new', refresh: undefined });
  expect(changed).toBe(
    TEXT.replace('access = "a\\"b" # the token\nrefresh = \'c:\\d\'\n', '').replace(
      '[tokens]\n',
      '[tokens]\naccess = "new"\n',
    ),
  );
  expect(withoutTable(withValues(TEXT, 'other', { a: 'b' }), 'other').trimEnd()).toBe(TEXT.trimEnd());
});

test('what stands in a text of several lines is neither a table nor a value', () => {
  const text = 'a = """\n[tokens]\naccess = "no"\n"""\n[tokens]\naccess = "yes"\n';
  expect(readTables(text).get('tokens')?.get('access')).toBe('yes');
  expect(withoutTable(text, 'tokens')).toBe('a = """\n[tokens]\naccess = "no"\n"""\n');
});

test('any word comes back as it was written, and beside any other text', () => {
  const line = fc.constantFrom('', '# x', '[other]', 'k = "v"', "k = 'v'", 'broken', '[tokens', 'x = [1,');
  fc.assert(
    fc.property(fc.array(line), fc.string({ unit: 'binary' }), (lines, value) => {
      const text = lines.map((each) => `${each}\n`).join('');
      const changed = withValues(text, 'tokens', { access: value });
      expect(readTables(changed).get('tokens')?.get('access')).toBe(value);
      for (const each of lines) expect(changed).toContain(each);
      expect(withValues(changed, 'tokens', { access: value })).toBe(changed);
    }),
  );
});
