import { describe, expect, test } from 'vitest';
import { messageOf } from '../../../../../src/gate/evidence/sarif/result.ts';
import { heads, lines } from '../workspace.support.ts';
import { at, log, read, result, run } from './logs.support.ts';

const told = async (results: unknown[], more: object = {}) => lines(await read({ 's.sarif': log(run(results, more)) }));

describe('code that a linter could not read', () => {
  const verdict = async (ruleId: string, more: object = {}) =>
    (await told([{ ruleId, message: { text: 'x' }, ...more }]))[0];

  test.each([
    ...['compile', 'compiler-error', 'CompilationError', 'compile_failure', 'config', 'parse', 'ParseError'],
    ...['parsing error', 'parser', 'syntax', 'SyntaxError', 'invalid-syntax', 'typecheck', 'type-check'],
  ])('%s fails though nothing says how bad it is', async (ruleId) => {
    expect(await verdict(ruleId)).toBe(`FAIL ${ruleId} | x`);
  });

  test.each(['compiled', 'precompile', 'compile-time', 'parse.int', 'syntax-highlighting', 'type', 'error'])(
    '%s is another rule',
    async (ruleId) => {
      expect(await verdict(ruleId)).toBe(`ADVISORY ${ruleId} | x`);
    },
  );

  test('counts for as much as its level, its kind or its rule says', async () => {
    expect(await verdict('compile', { level: 'warning' })).toBe('ADVISORY compile | x');
    expect(await verdict('compile', { kind: 'pass' })).toContain('PASS scan');
    const tool = { driver: { name: 'Tool', rules: [{ id: 'compile' }] } };
    expect(await told([{ ruleId: 'compile', message: { text: 'x' } }], { tool })).toEqual(['ADVISORY compile | x']);
  });
});

describe('what a person has to look at', () => {
  test.each(['open', 'review'])('of the kind %s is counted by itself', async (kind) => {
    expect(await told([result({ kind }), result({ kind, level: 'none' }), result({ level: 'note' })])).toEqual([
      'PASS scan | Tool: nothing that counts was found, 1 note or informational, 2 for people to review',
    ]);
  });

  test.each(['open', 'review'])('of the kind %s is believed where it has a level all the same', async (kind) => {
    const levels = ['error', 'warning', 'strange'].map((level) => result({ kind, level, locations: at(level) }));
    expect(await told(levels)).toEqual([
      'FAIL R1 in error @error:1 | found',
      'ADVISORY R1 in warning @warning:1 | found',
      'FAIL R1 in strange @strange:1 | found',
    ]);
  });
});

describe('two results of one rule', () => {
  const physical = (more: object) => [{ physicalLocation: { artifactLocation: { uri: 'a.bin' }, ...more } }];
  const region = (more: object) => ({ locations: physical({ region: more }) });

  test.each<[string, object, object]>([
    ['of another message', { message: { text: 'a' } }, { message: { text: 'b' } }],
    ['of another line', { locations: at('a.ts', 1) }, { locations: at('a.ts', 2) }],
    ['of another column', { locations: at('a.ts', 1, { startColumn: 2 }) }, { locations: at('a.ts', 1) }],
    ['of another line outside of the workspace', { locations: at('/x/a.ts', 1) }, { locations: at('/x/a.ts', 2) }],
    ['of another column outside of the workspace', { locations: at('/x/a.ts', 1, { startColumn: 2 }) }, { locations: at('/x/a.ts', 1) }],
    ['of another end', region({ startLine: 1, endLine: 2 }), region({ startLine: 1, endLine: 3 })],
    ['of another last column', region({ startLine: 1, endColumn: 2 }), region({ startLine: 1, endColumn: 3 })],
    ['of another byte', region({ byteOffset: 1 }), region({ byteOffset: 2 })],
    ['of another number of bytes', region({ byteOffset: 1, byteLength: 2 }), region({ byteOffset: 1, byteLength: 3 })],
    ['of another character', region({ charOffset: 1 }), region({ charOffset: 2 })],
    ['of another number of characters', region({ charOffset: 1, charLength: 2 }), region({ charOffset: 1, charLength: 3 })],
    ['of another address', { locations: physical({ address: { absoluteAddress: 1 } }) }, { locations: physical({ address: { absoluteAddress: 2 } }) }],
    ['of another address beside one place', { locations: physical({ region: { byteOffset: 1 }, address: { index: 1 } }) }, { locations: physical({ region: { byteOffset: 1 }, address: { index: 2 } }) }],
    ['of another line of no file', { locations: [{ physicalLocation: { region: { startLine: 1 } } }] }, { locations: [{ physicalLocation: { region: { startLine: 2 } } }] }],
    ['of another fingerprint', { fingerprints: { a: 'x' } }, { fingerprints: { a: 'y' } }],
    ['of another partial fingerprint', { partialFingerprints: { a: 'x' } }, { partialFingerprints: { a: 'y' } }],
    ['of another scanned file', { analysisTarget: { uri: 'a.c' } }, { analysisTarget: { uri: 'b.c' } }],
  ])('%s are two', async (_, first, second) => {
    const reading = await read({ 's.sarif': log(run([result(first), result(second), result(first)])) });
    expect(reading.findings.map((finding) => finding.result)).toEqual(['FAIL', 'FAIL']);
  }); // biome-ignore format: a table

  test.each<[string, object, object]>([
    ['that differ in what only describes them', { locations: at('a.ts', 1, { snippet: { text: 'x' } }), guid: 'a' }, { locations: at('a.ts', 1), guid: 'b' }],
    ['whose further places differ', { locations: [...at('a.ts'), ...at('b.ts')] }, { locations: at('a.ts') }],
    ['that name the file in another way', { locations: at('./src/../a.ts') }, { locations: at('a.ts') }],
  ])('%s are one', async (_, first, second) => {
    expect(await told([result(first), result(second)])).toHaveLength(1);
  }); // biome-ignore format: a table
});

describe('a place that is not in the workspace', () => {
  test.each<[string, object[], string]>([
    ['stands before the message', at('/w/a.ts', 4, { startColumn: 2 }), 'FAIL R1 in /w/a.ts @4:2 | /w/a.ts:4:2: found'],
    ['may have no column', at('/w/a.ts', 4), 'FAIL R1 in /w/a.ts @4 | /w/a.ts:4: found'],
    ['may have no line', [{ physicalLocation: { artifactLocation: { uri: '/w/a.ts' } } }], 'FAIL R1 in /w/a.ts | found'],
    ['may have no file', [{ physicalLocation: { region: { startLine: 4, startColumn: 2 } } }], 'FAIL R1 @4:2 | line 4:2: found'],
    ['may be a name', [{ physicalLocation: { region: { startLine: 4 } }, logicalLocations: [{ name: 'total' }] }], 'FAIL R1 in total @4 | total:4: found'],
  ])('%s', async (_, locations, expected) => {
    expect(await told([result({ locations })])).toEqual([expected]);
  }); // biome-ignore format: a table

  test('does not make the proof longer than it may be', async () => {
    const [finding] = (await read({ 's.sarif': log(run([result({ message: { text: 'x'.repeat(3_000) }, locations: at('/w/a.ts') })])) })).findings;
    expect(finding?.evidence).toMatch(/^\/w\/a\.ts:1: x+…$/);
    expect(finding?.evidence).toHaveLength(2_000);
  }); // biome-ignore format: one line
});

test('the scanned file is the place of a result without one', async () => {
  expect(await told([result({ analysisTarget: { uri: 'src/a.c' } })])).toEqual(['FAIL R1 in src/a.c @src/a.c | found']);
  expect(await told([result({ analysisTarget: 'src/a.c', locations: [] })])).toEqual(['FAIL R1 | found']);
  expect(await told([result({ analysisTarget: { uri: 'b.c' }, locations: at('a.c') })])).toEqual([
    'FAIL R1 in a.c @a.c:1 | found',
  ]);
});

test('what is a result counts, though something among the results is none', async () => {
  const reading = await read({ 's.sarif': log(run([null, result(), 7])) }, { on_broken: 'advisory' });
  expect(lines(reading)).toEqual([
    'FAIL R1 | found',
    'ADVISORY reading s.sarif @s.sarif | s.sarif: A result in it is not an object.',
  ]);
});

test('a message is short in all, however often it names an argument', () => {
  const message = (text: string, ...words: unknown[]) => messageOf({ message: { text, arguments: words } }, undefined);
  expect(message('{0}'.repeat(600), 'x'.repeat(5_000))).toBe('x'.repeat(4_000));
  expect(message('{0}{1}{2} {3}', 'x'.repeat(1_999), 'y'.repeat(2_000), 'zz')).toBe(
    `${'x'.repeat(1_999)}${'y'.repeat(2_000)}z {3}`,
  );
  expect(message('')).toBeUndefined();
});

test('a message has as many arguments as it takes', async () => {
  const words = Array.from({ length: 12 }, (_, index) => `w${index}`);
  expect(await told([result({ message: { text: '{0} {11} {12}', arguments: words } })])).toEqual([
    'FAIL R1 | w0 w11 {12}',
  ]);
});

test('a rule of an extension, and what a result belongs to in a taxonomy, are understood', async () => {
  const extensions = [{ name: 'pack', rules: [{ id: 'X1', defaultConfiguration: { level: 'error' } }] }];
  const tool = { driver: { name: 'Tool', supportedTaxonomies: [{ name: 'CWE' }] }, extensions };
  const one = { rule: { index: 0, toolComponent: { index: 0 } }, taxa: [{ id: '79', toolComponent: { name: 'CWE' } }] };
  expect(await told([{ ...one, message: { text: 'x' } }], { tool, taxonomies: [{ name: 'CWE', taxa: [{ id: '79' }] }] })).toEqual(['FAIL X1 | x']);
}); // biome-ignore format: one line

test('a result that was looked at in the source, with a reason, does not count', async () => {
  const suppressions = [{ kind: 'inSource', justification: 'only in tests' }];
  expect(await told([result({ suppressions })])).toEqual([
    'PASS scan | Tool: nothing that counts was found, 1 suppressed',
  ]);
});

test('an older version is told how to become a newer one', async () => {
  const version = async (text: string) => lines(await read({ 's.sarif': { version: text, runs: [] } }))[0];
  expect(await version('1.0.0')).toBe(
    'FAIL reading s.sarif @s.sarif | s.sarif: SARIF version "1.0.0" is not read; have the scanner write 2.1.0 (.NET: `<ErrorLog>scan.sarif,version=2.1</ErrorLog>`).',
  );
  expect(await version('2.0.0-csd.2')).toBe(
    'FAIL reading s.sarif @s.sarif | s.sarif: SARIF version "2.0.0-csd.2" is not read; have the scanner write 2.1.0.',
  );
  expect(lines(await read({ 's.sarif': { runs: [] } }))).toEqual([
    'FAIL reading s.sarif @s.sarif | s.sarif: It names no version of SARIF; have the scanner write 2.1.0.',
  ]);
  expect(heads(await read({ 's.sarif': { version: '2.1.0-rtm.5', runs: [run([])] } }))).toEqual(['PASS scan']);
});
