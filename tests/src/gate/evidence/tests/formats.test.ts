import { describe, expect, it } from 'vitest';
import { parseTests } from '../../../../../src/gate/evidence/tests/formats.ts';
import { fixture } from '../workspace.support.ts';
import { told } from './told.support.ts';

describe('a report of any format that is read', () => {
  it.each([
    ['<testsuite><testcase classname="c" name="t"/></testsuite>', 'passed c t'],
    [fixture('trx/dotnet-test.trx'), 'passed Shop.Tests.CartTest Adds'],
    [fixture('nunit/nunit3-console.xml'), 'passed Shop.CartTest Adds'],
    ['<assembly><test type="c" name="c.t" result="Pass"/></assembly>', 'passed c t'],
    ['{"results":{"tool":{},"tests":[{"name":"t","status":"passed"}]}}', 'passed t'],
    ['go: downloading\n{"Action":"pass","Package":"p","Test":"T"}\n{"Action":"pass","Package":"p"}\n', 'passed p T'],
    [
      Buffer.from(
        '\ufeff<?xml version="1.0" encoding="utf-16"?><testsuite><testcase name="t"/></testsuite>',
        'utf16le',
      ),
      'passed t',
    ],
  ])('is told by its content', async (content, first) => {
    expect((await told(parseTests, content)).lines[0]).toBe(first);
  });
});

it('says what another file is', async () => {
  const { lines } = await told(parseTests, '1..1\nok 1 - a\n', { name: 'a.xml' });
  expect(lines).toEqual([expect.stringMatching(/^fault a\.xml:1:1: This is TAP, and PACE reads test reports \(/)]);
});

it('says that a log stands before the report', async () => {
  const { lines } = await told(parseTests, 'npm warn x\n<testsuite/>');
  expect(lines).toEqual([
    'fault report:2:1: Other output stands before the JUnit XML. Have the tool write the report to a file of its own, not to its output.',
  ]);
  expect((await told(parseTests, '\n  <testsuite><testcase name="t"/></testsuite>')).lines).toEqual(['passed t']);
});

describe('several documents in one file', () => {
  const one = '<testsuite><testcase name="t"/></testsuite>';
  const why =
    'Something follows the end of its XML document: several reports may have been written into one file. Write each to a file of its own.';
  it.each([
    ['one after the other', one + one],
    ['each with its declaration', `<?xml version="1.0"?>${one}\n<?xml version="1.0"?>${one}`],
    ['or a log behind it', `${one}\nnpm warn`],
  ])('%s', async (_, content) => {
    const { lines } = await told(parseTests, content);
    expect(lines[0]).toBe('passed t');
    expect(lines.at(-1)).toMatch(/^fault report:\d:\d+: /);
    expect(lines.at(-1)).toContain(`${why} (This is not well-formed XML: `);
  });
});

it('leaves another fault as the parser tells it', async () => {
  const { lines } = await told(parseTests, '<testsuite>');
  expect(lines).toEqual([
    expect.stringMatching(/^fault report:1:\d+: This is not well-formed XML: unclosed tag: testsuite/),
  ]);
});

it('refuses a NUL byte, and says where it is', async () => {
  const { lines } = await told(parseTests, '<testsuite>\0</testsuite>');
  expect(lines).toEqual([expect.stringMatching(/^fault report: It is binary, not text: byte 12 is NUL\. /)]);
});

it('tells what stands before a NUL byte', async () => {
  const { lines } = await told(
    parseTests,
    '<testsuite name="s"><testcase name="a"><failure message="no\0"/></testcase>',
  );
  expect(lines).toEqual([expect.stringMatching(/^fault report: It is binary, not text: byte 60 is NUL\. /)]);
  const later = await told(parseTests, '<testsuite name="s"><testcase name="a"><failure message="no"/>\0');
  expect(later.lines).toEqual([
    'failed s a | no',
    expect.stringMatching(/^fault report: It is binary, not text: byte 63 is NUL\. /),
  ]);
});

it('reads XML whose declaration stands below an empty line, and no second one', async () => {
  const xml = '<?xml version="1.0" encoding="UTF-8"?><testsuite name="s"><testcase name="a"/></testsuite>';
  expect((await told(parseTests, `\n${xml}`)).lines).toEqual(['passed s a']);
  const twice = await told(parseTests, `\n${xml}\n${xml}`);
  expect(twice.lines).toEqual(['passed s a', expect.stringContaining('Something follows the end of its XML document')]);
  const log = await told(parseTests, `started\n${xml}`);
  expect(log.lines).toEqual([expect.stringContaining('Other output stands before the JUnit XML.')]);
});

it('stops when it is told to', async () => {
  const stopped = told(parseTests, '<testsuite/>', { signal: AbortSignal.abort(new Error('stopped')) });
  await expect(stopped).rejects.toThrow('stopped');
});
