import { expect, it } from 'vitest';
import { addedLines } from '../../../../../src/gate/evidence/coverage/diff-lines.ts';

const added = (...lines: string[]) => Object.fromEntries(addedLines(`${lines.join('\n')}\n`));

it('counts added and rewritten lines by file, those that stand together as one run', () => {
  expect(
    added(
      'diff --git a/src/a.js b/src/a.js',
      'index 1111111..2222222 100644',
      '--- a/src/a.js',
      '+++ b/src/a.js',
      '@@ -1 +1,3 @@ function a() {',
      '-old',
      '+one',
      '+two',
      '+three',
      '@@ -9,2 +11 @@',
      '-gone',
      '-gone too',
      '+stays',
      'diff --git a/b.js b/b.js',
      'new file mode 100644',
      '--- /dev/null',
      '+++ b/b.js',
      '@@ -0,0 +1,2 @@',
      '+first',
      '+second',
    ),
  ).toEqual({
    'src/a.js': [
      { from: 1, to: 3 },
      { from: 11, to: 11 },
    ],
    'b.js': [{ from: 1, to: 2 }],
  });
});

it('is not taken in by lines of a file that look like a head or a hunk', () => {
  expect(
    added(
      '--- a/a.diff',
      '+++ b/a.diff',
      '@@ -4,2 +4,3 @@',
      '--- a/x.js',
      '-@@ -1 +1 @@',
      '+++ b/x.js',
      '+@@ -1 +50 @@',
      '+diff --git a/y b/y',
    ),
  ).toEqual({ 'a.diff': [{ from: 4, to: 6 }] });
});

it('leaves out what is removed, and files that are gone or binary', () => {
  expect(
    added(
      '--- a/a.js',
      '+++ b/a.js',
      '@@ -3,2 +2,0 @@',
      '-one',
      '-two',
      '--- a/b.js',
      '+++ /dev/null',
      '@@ -1 +0,0 @@',
      '-all',
      'Binary files a/c.png and b/c.png differ',
    ),
  ).toEqual({ 'a.js': [] });
  expect(added()).toEqual({});
});

it('steps over lines around a change, and the mark of a missing last line end', () => {
  expect(
    added(
      '+++ b/a.js',
      '@@ -1,3 +1,3 @@',
      ' same',
      '-old',
      '\\ No newline at end of file',
      '+new',
      '\\ No newline at end of file',
      ' same',
      '@@ -8 +8 @@',
      '-x',
      '+y',
    ),
  ).toEqual({
    'a.js': [
      { from: 2, to: 2 },
      { from: 8, to: 8 },
    ],
  });
});

it('counts hunks of many lines to their end', () => {
  const gone = Array.from({ length: 12 }, () => '--- a/b.js');
  const fresh = Array.from({ length: 11 }, () => '+++ b/b.js');
  expect(added('+++ b/a.js', '@@ -5,12 +105,11 @@', ...gone, ...fresh, '+++ b/b.js', '@@ -0,0 +1 @@', '+x')).toEqual({
    'a.js': [{ from: 105, to: 115 }],
    'b.js': [{ from: 1, to: 1 }],
  });
});

it('reads names with blanks, and those that git has put in quotation marks', () => {
  const name = (text: string) => Object.keys(added(`+++ ${text}`, '@@ -0,0 +1 @@', '+x'));
  expect(name('b/a file.js\t')).toEqual(['a file.js']);
  expect(name('"b/tab\\there \\"and\\" \\\\ \\303\\274.js"')).toEqual(['tab\there "and" \\ ü.js']);
  expect(name('"b/\\a\\b\\n\\v\\f\\r"')).toEqual(['\x07\b\n\v\f\r']);
});
