import { describe, expect, it } from 'vitest';
import { fixture, heads, lines } from '../workspace.support.ts';
import { at, log, read, run } from './logs.support.ts';

const message = { text: 'found' };

describe('a log as a real tool writes it', () => {
  const table: Record<string, string[]> = {
    codeql: [
      'FAIL js/sql-injection in src/db layer/query.ts @src/db layer/query.ts:12:5 | This query string depends on a [user-provided value](1).',
      'ADVISORY js/incomplete-sanitization in src/a.ts @src/a.ts:7 | This replaces only the first occurrence.',
      'PASS what does not count | CodeQL: 1 note or informational',
    ],
    eslint: [
      "ADVISORY no-unused-vars in src/cart.js @src/cart.js:3:7 | 'x' is defined but never used.",
      "FAIL no-debugger in src/cart.js @src/cart.js:9:1 | Unexpected 'debugger' statement.",
      'PASS what does not count | ESLint: 1 suppressed',
    ],
    semgrep: ['PASS scan | Semgrep OSS: nothing that counts was found'],
    trivy: [
      'FAIL CVE-2026-0001 in library/alpine @library/alpine:1:1 | Package: openssl⏎Installed Version: 3.0.1',
      'PASS what does not count | Trivy: 1 note or informational',
    ],
  };
  it.each(Object.entries(table))('%s', async (name, expected) => {
    const reading = await read({ 'scan.sarif': fixture(`sarif/${name}.sarif`) });
    expect(lines(reading)).toEqual(expected);
    expect(reading).toMatchObject({ complete: true, standing: true });
  });

  it('links the help of a rule only where it is a page', async () => {
    const codeql = await read({ 'scan.sarif': fixture('sarif/codeql.sarif') });
    expect(codeql.findings[0]?.url).toBe('https://codeql.github.com/codeql-query-help/javascript/js-sql-injection/');
    const eslint = await read({ 'scan.sarif': fixture('sarif/eslint.sarif') });
    expect(eslint.findings[1]?.check).toBe('no-debugger in src/cart.js');
    expect(eslint.findings[1]?.url).toBeUndefined();
  });
});

describe('the level of a result', () => {
  const level = async (result: Record<string, unknown>, more: Record<string, unknown> = {}) => {
    const reading = await read({ 's.sarif': log(run([{ message, locations: at('a.ts'), ...result }], more)) });
    return reading.findings[0]?.result;
  };
  it.each([
    ['is its own word first', { ruleId: 'R1', level: 'warning' }, 'ADVISORY'],
    ['comes from the rule by its id', { ruleId: 'R1' }, 'FAIL'],
    ['comes from the rule by its index', { ruleIndex: 0 }, 'FAIL'],
    ['comes from the rule by `rule.index`', { rule: { index: 0 } }, 'FAIL'],
    ['comes from the rule of a hierarchical id', { ruleId: 'R1/sub/case' }, 'FAIL'],
    ['is believed by id where the index names another rule', { ruleId: 'R1', ruleIndex: 1 }, 'FAIL'],
    ['is warning where the rule has none', { ruleId: 'R2' }, 'ADVISORY'],
    ['is warning where there is no rule', {}, 'ADVISORY'],
    ['counts as an error where the word is not known', { level: 'critical' }, 'FAIL'],
    ['is none for another kind than fail', { ruleId: 'R1', kind: 'informational', level: 'error' }, 'PASS'],
    ['is that of a failure where the kind is not known', { ruleId: 'R1', kind: 'strange' }, 'FAIL'],
  ])('%s', async (_, result, expected) => {
    expect(await level(result)).toBe(expected);
  });

  it('is overridden by the invocation, by `provenance` or where it is the only one', async () => {
    const override = { ruleConfigurationOverrides: [{ descriptor: { id: 'R1' }, configuration: { level: 'note' } }] };
    expect(await level({ ruleId: 'R1' }, { invocations: [override] })).toBe('PASS');
    expect(await level({ ruleId: 'R1' }, { invocations: [{}, override] })).toBe('FAIL');
    const provenance = { invocationIndex: 1 };
    expect(await level({ ruleId: 'R1', provenance }, { invocations: [{}, override] })).toBe('PASS');
  });
});

describe('what does not count', () => {
  const suppressed = async (...suppressions: unknown[]) => {
    const reading = await read({ 's.sarif': log(run([{ ruleId: 'R1', message, suppressions }])) });
    return reading.findings[0]?.result === 'PASS';
  };
  it('is a suppressed result, unless a suppression is under review or rejected', async () => {
    expect(await suppressed({ kind: 'inSource' })).toBe(true);
    expect(await suppressed({ kind: 'external', status: 'accepted' })).toBe(true);
    expect(await suppressed()).toBe(false);
    expect(await suppressed({ kind: 'external', status: 'underReview' })).toBe(false);
    expect(await suppressed({ kind: 'inSource' }, { kind: 'external', status: 'rejected' })).toBe(false);
    expect(await suppressed({ kind: 'external', status: 'strange' })).toBe(false);
  });

  it('is what the baseline knows, unless it shall count', async () => {
    const results = ['new', 'updated', 'unchanged', 'absent', 'strange'].map((baselineState) => ({
      ruleId: 'R1',
      baselineState,
      message,
      locations: at(`${baselineState}.ts`),
    }));
    expect(heads(await read({ 's.sarif': log(run(results)) }))).toEqual([
      'FAIL R1 in new.ts @new.ts:1',
      'FAIL R1 in updated.ts @updated.ts:1',
      'FAIL R1 in strange.ts @strange.ts:1',
      'PASS what does not count',
    ]);
    const all = await read({ 's.sarif': log(run(results)) }, { ignore_baseline: false });
    expect(all.findings.filter(({ result }) => result === 'FAIL')).toHaveLength(5);
  });
});

it('names a check by rule and path, so that it stays the same when lines move', async () => {
  const checks = async (line: number) =>
    (await read({ 's.sarif': log(run([{ ruleId: 'R1', message, locations: at('src/a/x.ts', line) }])) })).findings[0]
      ?.check;
  expect(await checks(1)).toBe('R1 in src/a/x.ts');
  expect(await checks(900)).toBe(await checks(1));
});

it('reports one place once, however many runs and files speak of it', async () => {
  const same = log(run([{ ruleId: 'R1', message, locations: at('a.ts') }]));
  expect(heads(await read({ '1.sarif': same, '2.sarif': same }))).toEqual(['FAIL R1 in a.ts @a.ts:1']);
});

it('lists fifty of each level and counts the rest', async () => {
  const results = Array.from({ length: 300 }, (_, index) => ({
    ruleId: index % 2 === 0 ? 'R1' : 'R2',
    message,
    locations: at(`f${index}.ts`),
  }));
  const reading = await read({ 's.sarif': log(run(results)) });
  expect(reading.findings).toHaveLength(102);
  expect(lines(reading)[100]).toBe('FAIL further failing findings | and 100 more');
  expect(lines(reading)[101]).toBe('ADVISORY further advisory findings | and 100 more');
  expect(reading.complete).toBe(false);
});

describe('the place of a result', () => {
  const place = async (artifactLocation: unknown, more: Record<string, unknown> = {}) => {
    const locations = [{ physicalLocation: { artifactLocation, region: { startLine: 4, startColumn: 2 } } }];
    return heads(await read({ 's.sarif': log(run([{ ruleId: 'R1', message, locations }], more)) }))[0];
  };
  it.each([
    ['is decoded', { uri: 'src/a%20b.ts' }, {}, 'FAIL R1 in src/a b.ts @src/a b.ts:4:2'],
    [
      'is made relative to the workspace',
      { uri: 'file://@WORKSPACE@/src/a.ts' },
      {},
      'FAIL R1 in src/a.ts @src/a.ts:4:2',
    ],
    [
      'stands on its base',
      { uri: 'a.ts', uriBaseId: 'SUB' },
      { originalUriBaseIds: { SUB: { uri: 'lib/', uriBaseId: 'ROOT' }, ROOT: { uri: 'file://@WORKSPACE@/' } } },
      'FAIL R1 in lib/a.ts @lib/a.ts:4:2',
    ],
    [
      'takes a base elsewhere for the workspace',
      { uri: 'a.ts', uriBaseId: 'ROOT' },
      { originalUriBaseIds: { ROOT: { uri: 'file:///github/workspace/' } } },
      'FAIL R1 in a.ts @a.ts:4:2',
    ],
    [
      'does not go round in circles',
      { uri: 'a.ts', uriBaseId: 'A' },
      { originalUriBaseIds: { A: { uriBaseId: 'B' }, B: { uriBaseId: 'A' } } },
      'FAIL R1 in a.ts @a.ts:4:2',
    ],
    [
      'is no file where it leads out of the workspace',
      { uri: '../../etc/passwd' },
      {},
      'FAIL R1 in ../../etc/passwd @4:2',
    ],
    ['is no file where it is elsewhere', { uri: 'file:///etc/passwd' }, {}, 'FAIL R1 in /etc/passwd @4:2'],
    ['survives broken encoding', { uri: 'src/%zz.ts' }, {}, 'FAIL R1 in src/%zz.ts @src/%zz.ts:4:2'],
  ])('%s', async (_, artifact, more, expected) => {
    expect(await place(artifact, more)).toBe(expected);
  });

  it('may be a name in the code, or nothing', async () => {
    const logical = [{ logicalLocations: [{ fullyQualifiedName: 'Shop.Cart.total' }] }];
    const reading = await read({
      's.sarif': log(
        run([
          { ruleId: 'R1', message, locations: logical },
          { ruleId: 'R1', message },
        ]),
      ),
    });
    expect(heads(reading)).toEqual(['FAIL R1 in Shop.Cart.total', 'FAIL R1']);
  });
});

it('finds the words of a message in its rule, and fills them in', async () => {
  const rules = [{ id: 'R9', messageStrings: { default: { text: '{0} is not {1}, {2}' } } }];
  const results = [{ ruleId: 'R9', message: { id: 'default', arguments: ['a', 'b'] } }];
  const reading = await read({ 's.sarif': log({ tool: { driver: { name: 'T', rules } }, results }) });
  expect(lines(reading)).toEqual(['ADVISORY R9 | a is not b, {2}']);
});

it('does not grow with a message that repeats its argument', async () => {
  const text = '{0}'.repeat(100_000);
  const results = [{ ruleId: 'R1', message: { text, arguments: ['x'.repeat(100_000)] } }];
  expect((await read({ 's.sarif': log(run(results)) })).findings[0]?.evidence).toHaveLength(2_000);
});

describe('a scan that did not work', () => {
  it('fails by its own word', async () => {
    const invocations = [{ executionSuccessful: false, exitCode: 2 }];
    expect(lines(await read({ 's.sarif': log(run([], { invocations })) }))).toEqual([
      'FAIL Tool ran to its end | s.sarif: The scan did not succeed (exit code 2).',
    ]);
  });

  it('fails by an error that it notes', async () => {
    const toolExecutionNotifications = [
      { level: 'error', message: { text: 'out of memory' } },
      { level: 'warning', message: { text: 'slow' } },
      { level: 'note', message: { text: 'done' } },
    ];
    const reading = await read({ 's.sarif': log(run([], { invocations: [{ toolExecutionNotifications }] })) });
    expect(lines(reading)).toEqual([
      'FAIL Tool ran to its end | s.sarif: out of memory',
      'ADVISORY Tool ran without a warning | s.sarif: slow',
    ]);
  });

  it.each([
    ['hold', 'FAIL was run | s.sarif holds no run: the scan never ran.'],
    ['advisory', 'ADVISORY was run | s.sarif holds no run: the scan never ran.'],
    ['ship', 'PASS was run | missing, and allowed to be: s.sarif holds no run: the scan never ran.'],
  ])('never ran, with on_missing %s', async (on_missing, expected) => {
    const reading = await read({ 's.sarif': log() }, { on_missing });
    expect(lines(reading)).toEqual([expected]);
    expect(reading.complete).toBe(false);
  });

  it('is not one that found nothing where it left out its results', async () => {
    expect(lines(await read({ 's.sarif': log(run(undefined)) }))).toEqual([
      'FAIL was run | Tool in s.sarif has no results, not even an empty list.',
    ]);
    expect(heads(await read({ 's.sarif': log(run([])) }))).toEqual(['PASS scan']);
  });
});

describe('a file that is no SARIF', () => {
  it.each([
    [
      'broken JSON',
      '{"version": "2.1.0",\n "runs": [}',
      'FAIL reading s.sarif @s.sarif:2:11 | s.sarif:2:11: This is not valid JSON.',
    ],
    [
      'JSON that breaks off',
      '{"version": "2.1.0"',
      'FAIL reading s.sarif @s.sarif:1:20 | s.sarif:1:20: This is not valid JSON.',
    ],
    ['other JSON', '[]', 'FAIL reading s.sarif @s.sarif:1:1 | s.sarif:1:1: This is not SARIF: it has no `runs`.'],
    [
      'an older version',
      '{"version":"2.0.0","runs":[]}',
      'FAIL reading s.sarif @s.sarif | s.sarif: SARIF version "2.0.0" is not read; have the scanner write 2.1.0.',
    ],
    [
      'runs that are none',
      '{"version":"2.1.0","runs":[7]}',
      'FAIL reading s.sarif @s.sarif | s.sarif: A run in it is not an object.',
    ],
    [
      'results that are none',
      '{"version":"2.1.0","runs":[{"results":[7]}]}',
      'FAIL reading s.sarif @s.sarif | s.sarif: A result in it is not an object.',
    ],
    [
      'a list that is none',
      '{"version":"2.1.0","runs":[{"results":7}]}',
      'FAIL reading s.sarif @s.sarif | s.sarif: `results` of a run is not a list.',
    ],
  ])('%s', async (_, text, expected) => {
    expect(lines(await read({ 's.sarif': text }))).toEqual([expected]);
  });
});

describe('the words of a result', () => {
  const words = async (result: Record<string, unknown>, rules?: unknown[]) => {
    const tool = rules ? { tool: { driver: { name: 'T', rules } } } : {};
    return lines(await read({ 's.sarif': log(run([{ level: 'error', ...result }], tool)) }))[0];
  };
  it.each<[string, Record<string, unknown>, unknown[] | undefined, string]>([
    ['are its text', { ruleId: 'R1', message: { text: 't', markdown: 'm' } }, undefined, 'FAIL R1 | t'],
    ['are its Markdown where it has no text', { ruleId: 'R1', message: { markdown: 'm' } }, undefined, 'FAIL R1 | m'],
    ['are its own before the rule’s', { ruleId: 'R', message: { text: 't', id: 'a' } }, [{ id: 'R', messageStrings: { a: { text: 'other' } } }], 'FAIL R | t'],
    ['are the rule’s description where the id is not known', { ruleId: 'R', message: { id: 'b' } }, [{ id: 'R', messageStrings: { a: { text: 'x' } }, shortDescription: { text: 'short' } }], 'FAIL R | short'],
    ['are the rule’s description where the id is one of every object', { ruleId: 'R', message: { id: 'toString' } }, [{ id: 'R', messageStrings: {}, fullDescription: { text: 'full' } }], 'FAIL R | full'],
    ['are the rule’s description where they are empty', { ruleId: 'R', message: { text: '' } }, [{ id: 'R', messageStrings: {}, shortDescription: { text: 'short' }, fullDescription: { text: 'full' } }], 'FAIL R | short'],
    ['are said to be missing', { ruleId: 'R1', message: { id: 'x' } }, undefined, 'FAIL R1 | no message'],
    ['are said to be missing where there is none at all', { ruleId: 'R1' }, undefined, 'FAIL R1 | no message'],
    ['keep a placeholder without an argument', { ruleId: 'R1', message: { text: '{0} {1} {1000}', arguments: ['a', 7] } }, undefined, 'FAIL R1 | a {1} {1000}'],
    ['name the check where there is no rule, by their first line', { message: { text: 'one\ntwo' } }, undefined, 'FAIL one | one⏎two'],
    ['leave the check with a name where they begin with nothing', { message: { text: '\ntwo' } }, undefined, 'FAIL no rule | two'],
    ['stand beside the id in `rule`', { rule: { id: 'R7' }, message }, undefined, 'FAIL R7 | found'],
    ['stand beside the own id sooner', { ruleId: 'R1', rule: { id: 'R7' }, message }, undefined, 'FAIL R1 | found'],
    ['stand beside the id of the rule that an index names', { ruleIndex: 1, message }, undefined, 'FAIL R2 | found'],
  ])('%s', async (_, result, rules, expected) => {
    expect(await words(result, rules)).toBe(expected);
  }); // biome-ignore format: a table

  it('are looked at as far as they are shown', async () => {
    const evidence = async (text: string, arguments_: string[] = []) =>
      (await read({ 's.sarif': log(run([{ ruleId: 'R1', message: { text, arguments: arguments_ } }])) })).findings[0]?.evidence;
    expect(await evidence(`${'x'.repeat(1_998)}{0}`, ['y'])).toBe(`${'x'.repeat(1_998)}{0`);
    expect(await evidence('{0}', ['y'.repeat(2_001)])).toBe('y'.repeat(2_000));
  }); // biome-ignore format: one line

  it('link to the help of the rule where that is the address of a web page of some length', async () => {
    const url = async (helpUri: unknown) =>
      (await read({ 's.sarif': log(run([{ ruleId: 'R', message }], { tool: { driver: { rules: [{ id: 'R', helpUri }] } } })) })).findings[0]?.url;
    const page = (length: number) => `https://a.example/${'x'.repeat(length - 18)}`;
    expect(await url(page(500))).toBe(page(500));
    for (const odd of [page(501), 'javascript:alert(1)', 'no address', 'file:///etc/passwd', 7, undefined])
      expect(await url(odd)).toBeUndefined();
  }); // biome-ignore format: one line
});

describe('further levels and suppressions', () => {
  const verdict = async (result: object) =>
    (await read({ 's.sarif': log(run([{ ruleId: 'R1', message, ...result }])) })).findings.map(
      ({ result: word, check }) => `${word} ${check}`,
    );
  it.each([
    ['none', { level: 'none' }, 'PASS scan'],
    ['note', { level: 'note' }, 'PASS scan'],
    ['error', { level: 'error', kind: 'fail' }, 'FAIL R1'],
    ['a kind that is not text', { kind: 7 }, 'FAIL R1'],
    ...['pass', 'open', 'notApplicable', 'review'].map((kind) => [`the kind ${kind}`, { kind }, 'PASS scan'] as const),
    ['a suppression without a status', { suppressions: [{ kind: 'inSource', status: null }] }, 'PASS scan'],
    ['suppressions that are none', { suppressions: 'all' }, 'FAIL R1'],
  ] as const)('%s', async (_, result, expected) => {
    expect(await verdict(result)).toEqual([expected]);
  });
});

describe('further places of a result', () => {
  const place = async (location: unknown, more: Record<string, unknown> = {}) =>
    heads(await read({ 's.sarif': log(run([{ ruleId: 'R1', message, locations: [location] }], more)) }))[0];
  const physical = (artifactLocation: unknown, region?: unknown) => ({
    physicalLocation: { artifactLocation, region },
  });
  it.each<[string, unknown, Record<string, unknown>, string]>([
    ['have a line without a column', physical({ uri: 'a.ts' }, { startLine: 4 }), {}, 'FAIL R1 in a.ts @a.ts:4'],
    ['have no column without a line', physical({ uri: 'a.ts' }, { startColumn: 4 }), {}, 'FAIL R1 in a.ts @a.ts'],
    ['have no line 0', physical({ uri: 'a.ts' }, { startLine: 0, startColumn: 3 }), {}, 'FAIL R1 in a.ts @a.ts'],
    ['have no region', physical({ uri: 'a.ts' }), {}, 'FAIL R1 in a.ts @a.ts'],
    ['come from the list of artifacts', physical({ index: 1 }), { artifacts: [{}, { location: { uri: 'b.ts' } }] }, 'FAIL R1 in b.ts @b.ts'],
    ['come from the list of artifacts, the first too', physical({ index: 0 }), { artifacts: [{ location: { uri: 'b.ts' } }] }, 'FAIL R1 in b.ts @b.ts'],
    ['are their own sooner than those of the list', physical({ uri: 'a.ts', index: 0 }), { artifacts: [{ location: { uri: 'b.ts' } }] }, 'FAIL R1 in a.ts @a.ts'],
    ['are none without an index', physical({}), { artifacts: [{ location: { uri: 'b.ts' } }] }, 'FAIL R1'],
    ['are none where the list does not have them', physical({ index: 3 }), { artifacts: [7] }, 'FAIL R1'],
    ['are none where the address is empty', physical({ uri: '' }), {}, 'FAIL R1'],
    ['are the name in the code where there is no address', { ...physical({}), logicalLocations: [{ name: 'total' }] }, {}, 'FAIL R1 in total'],
    ['are the full name sooner', { logicalLocations: [{ name: 'total', fullyQualifiedName: 'Cart.total' }] }, {}, 'FAIL R1 in Cart.total'],
    ['are none where the code has no name for it', { logicalLocations: [{}] }, {}, 'FAIL R1'],
    ['stand on a base without a slash at its end', physical({ uri: 'a.ts', uriBaseId: 'B' }), { originalUriBaseIds: { B: { uri: 'lib' } } }, 'FAIL R1 in lib/a.ts @lib/a.ts'],
    ['stand on a base that only says where it stands', physical({ uri: 'a.ts', uriBaseId: 'B' }), { originalUriBaseIds: { B: { uriBaseId: 'C' }, C: { uri: 'lib/' } } }, 'FAIL R1 in lib/a.ts @lib/a.ts'],
    ['stand on a base that nobody explains', physical({ uri: 'a.ts', uriBaseId: 'toString' }), { originalUriBaseIds: {} }, 'FAIL R1 in a.ts @a.ts'],
    ['are decoded with their base', physical({ uri: 'b%20c.ts', uriBaseId: 'B' }), { originalUriBaseIds: { B: { uri: 'a%20b/' } } }, 'FAIL R1 in a b/b c.ts @a b/b c.ts'],
    ['are no web pages', physical({ uri: 'https://a.example/x.ts' }), {}, 'FAIL R1 in https://a.example/x.ts'],
    ['are normalised', physical({ uri: './src/../a.ts' }), {}, 'FAIL R1 in a.ts @a.ts'],
    ['are none of no location', null, {}, 'FAIL R1'],
  ])('%s', async (_, location, more, expected) => {
    expect(await place(location, more)).toBe(expected);
  }); // biome-ignore format: a table

  it('stand on ten bases at most', async () => {
    const bases = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`B${index}`, { uri: `${index}/`, uriBaseId: `B${index + 1}` }]));
    const at = (count: number) => place(physical({ uri: 'a.ts', uriBaseId: 'B0' }), { originalUriBaseIds: bases(count) });
    expect(await at(10)).toContain('in 9/8/7/6/5/4/3/2/1/0/a.ts');
    expect(await at(11)).toContain('in 9/8/7/6/5/4/3/2/1/0/a.ts');
  }); // biome-ignore format: one line
});

describe('further scans that did not work', () => {
  const told = async (...invocations: unknown[]) => lines(await read({ 's.sarif': log(run([], { invocations })) }));
  it('say how they ended, as far as they know', async () => {
    const failed = { executionSuccessful: false };
    expect(await told(failed)).toEqual(['FAIL Tool ran to its end | s.sarif: The scan did not succeed.']);
    expect(await told({ ...failed, exitCode: 0, exitCodeDescription: 'odd', exitSignalName: 'SIGKILL' })).toEqual([
      'FAIL Tool ran to its end | s.sarif: The scan did not succeed (exit code 0, odd, SIGKILL).',
    ]);
    expect(await told({ executionSuccessful: true })).toEqual(['PASS scan | Tool: nothing that counts was found']);
  });

  it('say each thing once, and not that they failed where they said why', async () => {
    const note = (text: string) => ({ level: 'error', message: { text } });
    const toolConfigurationNotifications = [note('a'), note('a'), { level: 'error' }];
    expect(await told({ executionSuccessful: false, toolConfigurationNotifications })).toEqual([
      'FAIL Tool ran to its end | s.sarif: a',
      'FAIL Tool ran to its end | s.sarif: An error without a message.',
    ]);
    const many = Array.from({ length: 52 }, (_, index) => note(`error ${index}`));
    const all = await told({ toolExecutionNotifications: many });
    expect(all).toHaveLength(51);
    expect(all[50]).toBe('FAIL further failing findings | and 2 more');
  });

  it('keep their results elsewhere, which is not read', async () => {
    const outside = { externalPropertyFileReferences: { results: [{ location: { uri: 'more.sarif' } }] } };
    const reading = await read({ 's.sarif': log({ tool: { driver: { name: 'Tool' } }, ...outside }) }, { on_broken: 'advisory' });
    expect(reading.findings.map(({ result }) => result)).toEqual(['ADVISORY']);
    expect(reading.findings[0]?.evidence).toContain('It keeps its results in other files');
    expect(heads(await read({ 's.sarif': log({ tool: { driver: { name: 'Tool' } }, results: null, externalPropertyFileReferences: {} }) }))).toEqual(['FAIL was run']);
  }); // biome-ignore format: one line

  it('do not say that all is well beside a scan that did', async () => {
    const one = log(run([], { invocations: [{ executionSuccessful: false }] }));
    const reading = await read({ 'a.sarif': one, 'b.sarif': log(run([])) });
    expect(heads(reading)).toEqual(['FAIL Tool ran to its end']);
    expect(reading.complete).toBe(false);
  });

  it('are not read whole where one of several runs has no results', async () => {
    const reading = await read({ 's.sarif': log(run([]), run(undefined)) });
    expect([heads(reading), reading.complete]).toEqual([['FAIL was run'], false]);
  });
});

it('tells one place from another, and one rule from another, in one file', async () => {
  const results = [
    { ruleId: 'R1', message, locations: at('a.ts', 1) },
    { ruleId: 'R1', message, locations: at('a.ts', 2) },
    { ruleId: 'R1', message, locations: at('a.ts', 2) },
    { ruleId: 'R1/x', message, locations: at('a.ts', 2) },
  ];
  expect(heads(await read({ 's.sarif': log(run(results)) }))).toEqual([
    'FAIL R1 in a.ts @a.ts:1',
    'FAIL R1 in a.ts @a.ts:2',
    'FAIL R1/x in a.ts @a.ts:2',
  ]);
});

it('is read whole with fifty warnings, and with any number of errors', async () => {
  const results = (count: number, level: string) =>
    Array.from({ length: count }, (_, index) => ({ ruleId: 'R', level, message, locations: at(`f${index}.ts`) }));
  const complete = async (count: number, level: string) => (await read({ 's.sarif': log(run(results(count, level))) })).complete;
  expect([await complete(50, 'warning'), await complete(51, 'warning'), await complete(51, 'error')]).toEqual([true, false, true]);
}); // biome-ignore format: one line

it('counts what does not count, of every kind and tool', async () => {
  const results = [
    { ruleId: 'R1', level: 'note', message },
    { ruleId: 'R1', message, suppressions: [{ kind: 'inSource' }] },
    { ruleId: 'R1', message, baselineState: 'unchanged' },
    { ruleId: 'R1', message, baselineState: 'absent' },
  ];
  const other = run([], { tool: { driver: {} } });
  expect(lines(await read({ 's.sarif': log(run(results), other) }))).toEqual([
    'PASS scan | Tool, a tool without a name: nothing that counts was found, 1 note or informational, 1 suppressed, 2 known from the baseline',
  ]);
});

it('shows the strange version of a log in forty characters', async () => {
  const reading = await read({ 's.sarif': JSON.stringify({ version: 'x'.repeat(100), runs: [] }) });
  expect(reading.findings[0]?.evidence).toContain(`version "${'x'.repeat(39)} is not read`);
  expect(lines(await read({ 's.sarif': 'null' }))[0]).toContain('it has no `runs`');
  expect(lines(await read({ 's.sarif': '{"version":"2.1.0","runs":{}}' }))[0]).toContain('it has no `runs`');
});
