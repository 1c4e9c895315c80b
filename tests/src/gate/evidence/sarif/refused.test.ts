import { describe, expect, test } from 'vitest';
import { lines, workspace } from '../workspace.support.ts';
import { log, read, readIn } from './logs.support.ts';

const told = async (text: string) => lines(await read({ 's.sarif': text }));
const reading = (words: string, place = '1:1') => `FAIL reading s.sarif @s.sarif:${place} | s.sarif:${place}: ${words}`;

describe('a file that is no log', () => {
  test.each<[string, string]>([
    ['[{"filePath":"a.js","messages":[],"errorCount":0}]', "This is ESLint's JSON, and PACE reads SARIF here. Run `eslint -f @microsoft/eslint-formatter-sarif` and give it a source of `type: sarif`."],
    ['{"SchemaVersion":2,"ArtifactName":"x"}', "This is Trivy's JSON, and PACE reads SARIF here. Run `trivy --format sarif` and give it a source of `type: sarif`."],
    ['{"auditReportVersion":2,"vulnerabilities":{}}', 'This is the JSON of `npm audit`, and PACE reads SARIF here. Have `type: command` run `npm audit`, or another scanner write SARIF.'],
    ['<?xml version="1.0"?><testsuites/>', 'This is JUnit XML, and PACE reads SARIF here. Give it a source of `type: junit`.'],
    ['Done: no findings.\n', 'This is text, neither XML nor JSON, and PACE reads SARIF here. Check `path`, and which report the tool writes.'],
    ['null\n', 'This is not SARIF: it has no `runs`.'],
    ['[]', 'This is not SARIF: it has no `runs`.'],
    ['{"findings":[]}', 'This is not SARIF: it has no `runs`.'],
  ])('%j is told by what it is', async (text, words) => {
    expect((await told(text)).map((line) => line.replace(/:1:2\d\b/g, ':1:1'))).toEqual([reading(words)]);
  }); // biome-ignore format: a table

  test('is told by what stands before it', async () => {
    expect(await told(`Scanning 3 files\n${JSON.stringify(log({ tool: {} }))}`)).toEqual([
      reading(
        'Other output stands before the SARIF. Have the tool write the report to a file of its own, not to its output.',
        '2:1',
      ),
    ]);
  });

  test('is told by what it is also where it is broken', async () => {
    expect(await told('{"SchemaVersion":2,"ArtifactName":"x","Results":[')).toEqual([
      reading(
        "This is Trivy's JSON, and PACE reads SARIF here. Run `trivy --format sarif` and give it a source of `type: sarif`.",
      ),
    ]);
  });

  test('is told by its mistake where it is a log, or nobody knows what it is', async () => {
    expect(await told('{"version":"2.1.0","runs":[{"tool":{')).toEqual([reading('This is not valid JSON.', '1:37')]);
    expect(await told('{"a":')).toEqual([reading('This is not valid JSON.', '1:6')]);
  });

  test('is told by the place of the second where there are two', async () => {
    const text = JSON.stringify(log({ tool: {} }));
    expect(await told(`${text}\n${text}\n`)).toEqual([
      reading('A second JSON document begins here, and one is read. Write each to a file of its own.', '2:1'),
    ]);
  });
});

describe('the bytes of a log', () => {
  const text = JSON.stringify(log({ tool: { driver: { name: 'größer' } }, results: [] }));

  test.each([
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little end first', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('may be %s', async (_, bytes) => {
    const reading = await readIn(workspace({ 's.sarif': bytes }), {});
    expect(lines(reading)).toEqual(['PASS scan | größer: nothing that counts was found']);
  });

  test('may not have NUL among them', async () => {
    const { findings } = await readIn(workspace({ 's.sarif': text.replace('ö', '\0') }), {});
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ check: 'reading s.sarif', result: 'FAIL' });
    expect(findings[0]?.evidence).toContain(`s.sarif: It is binary, not text: byte ${text.indexOf('ö') + 1} is NUL.`);
  });
});
