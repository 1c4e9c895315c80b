import { expect, test } from 'vitest';
import { fixture, lines } from '../workspace.support.ts';
import { read } from './logs.support.ts';

const reading = (name: string) => read({ 'scan.sarif': fixture(`sarif/${name}.sarif`) });

// what each tool itself said of its sample; warnings alone do not hold
test.each<[log: string, decision: 'SHIP' | 'HOLD']>([
  ['ansible-lint.green', 'SHIP'],
  ['ansible-lint.red', 'HOLD'],
  ['bandit.green', 'SHIP'],
  ['bandit.red', 'HOLD'],
  ['bandit.warn', 'SHIP'],
  ['checkstyle.green', 'SHIP'],
  ['checkstyle.red', 'HOLD'],
  ['clippy-sarif.green', 'SHIP'],
  ['clippy-sarif.red', 'HOLD'],
  ['clippy-sarif.red.compile-error', 'HOLD'],
  ['cppcheck-sarif.green', 'SHIP'],
  ['cppcheck-sarif.red', 'HOLD'],
  ['eslint-sarif.green', 'SHIP'],
  ['eslint-sarif.red', 'HOLD'],
  ['eslint-sarif.warn', 'SHIP'],
  ['golangci-lint.green', 'SHIP'],
  ['golangci-lint.red', 'HOLD'],
  ['golangci-lint.red.compile-error', 'HOLD'],
  ['gosec.green', 'SHIP'],
  ['gosec.red', 'HOLD'],
  // the log tells nothing of it: only `run` sees the exit code
  ['gosec.red.compile-error', 'SHIP'],
  ['pmd.green', 'SHIP'],
  ['pmd.red', 'SHIP'],
  ['pmd.red.parse-error', 'HOLD'],
  ['semgrep.green', 'SHIP'],
  ['semgrep.red', 'HOLD'],
  ['staticcheck.green', 'SHIP'],
  ['staticcheck.red', 'HOLD'],
  ['staticcheck.red.compile-error', 'HOLD'],
])('%s: %s', async (name, decision) => {
  const { findings, hasFailure, saysNothing } = await reading(name);
  expect(findings.some(({ result }) => result === 'FAIL') ? 'HOLD' : 'SHIP').toBe(decision);
  expect({ hasFailure, saysNothing }).toEqual({ hasFailure: decision === 'HOLD', saysNothing: false });
});

test('a scan that found nothing and leaves out its results says so', async () => {
  expect(lines(await reading('staticcheck.green'))).toEqual(['PASS scan | Staticcheck: nothing that counts was found']);
});

test('code that could not be compiled is told whole, also without a level and a place', async () => {
  expect(lines(await reading('staticcheck.red.compile-error'))).toEqual([
    'FAIL compile | # example.test/sample/lintbad⏎lintbad/x.go:2:23: cannot use "a" (untyped string constant) as int value in return statement',
  ]);
});

test('a file that could not be parsed is named with its reason', async () => {
  expect(lines(await reading('pmd.red.parse-error'))).toEqual([
    'FAIL PMD ran to its end | scan.sarif: The scan did not succeed: /w/ok/demo/Bad.java: ParseException: Parse exception in file \'ok/demo/Bad.java\' at line 2, column 8: Encountered "{".⏎Was expecting:⏎    <IDENTIFIER> ...',
    'ADVISORY MissingStaticMethodInNonInstantiatableClass in /w/ok/demo/Ok.java @3:14 | /w/ok/demo/Ok.java:3:14: Class cannot be instantiated and does not provide any static methods or fields',
  ]);
  expect(lines(await reading('eslint-sarif.red'))[0]).toBe(
    'FAIL ESLint ran to its end @1:7 | scan.sarif: /w/js/red/b.js:1:7: Parsing error: Unexpected token =',
  );
});

test('one rule in a file outside of the workspace is listed for each of its lines', async () => {
  expect(lines(await reading('checkstyle.red'))).toEqual([
    'ADVISORY final.parameter in /w/src/main/java/demo/b/Text.java @4:31 | /w/src/main/java/demo/b/Text.java:4:31: Parameter a should be final.',
    'ADVISORY final.parameter in /w/src/main/java/demo/b/Text.java @4:41 | /w/src/main/java/demo/b/Text.java:4:41: Parameter b should be final.',
    'ADVISORY final.parameter in /w/src/main/java/demo/a/Calc.java @4:27 | /w/src/main/java/demo/a/Calc.java:4:27: Parameter a should be final.',
    'ADVISORY final.parameter in /w/src/main/java/demo/a/Calc.java @4:34 | /w/src/main/java/demo/a/Calc.java:4:34: Parameter b should be final.',
    "FAIL magic.number in /w/src/main/java/demo/a/Calc.java @5:17 | /w/src/main/java/demo/a/Calc.java:5:17: '1000' is a magic number.",
    'ADVISORY final.parameter in /w/src/main/java/demo/a/Calc.java @11:30 | /w/src/main/java/demo/a/Calc.java:11:30: Parameter s should be final.',
  ]);
});

test('two places of one rule are two findings, with another message or without', async () => {
  const { findings } = await reading('clippy-sarif.red.compile-error');
  expect(findings.map(({ check, file, line, column }) => [check, file, line, column])).toEqual([
    ['E0308 in src/lib.rs', 'src/lib.rs', 2, 22],
    ['E0308 in src/lib.rs', 'src/lib.rs', 2, 17],
  ]);
});

test.each<[string, string[]]>([
  ['no-results', ['PASS scan | Staticcheck: nothing that counts was found']],
  ['compile-error', ['FAIL compile | cannot use "a" as int value']],
  ['notification', ['FAIL PMD ran to its end | s.sarif: The scan did not succeed: ParseException: Bad.java line 2']],
  [
    'outside',
    [
      "FAIL magic in /src/A.java @5 | /src/A.java:5: '1000' is magic",
      "FAIL magic in /src/A.java @9 | /src/A.java:9: '77' is magic",
    ],
  ],
  ['outside-by-address', ['FAIL R in /w/a.py @1 | /w/a.py:1: first', 'FAIL R in /w/a.py @9 | /w/a.py:9: second']],
  ['twice-in-a-file', ['FAIL R in a.py @a.py:1 | first', 'FAIL R in a.py @a.py:9 | second']],
])('the smallest log of %s', async (name, expected) => {
  expect(lines(await read({ 's.sarif': fixture(`sarif/minimal.${name}.sarif`) }))).toEqual(expected);
});
