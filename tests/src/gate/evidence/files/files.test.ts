import { execFileSync } from 'node:child_process';
import { chmodSync, ftruncateSync, mkdirSync, openSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles, type Wanted } from '../../../../../src/gate/evidence/files/files.ts';
import { readText } from '../../../../../src/gate/evidence/files/read-text.ts';
import { readJunit } from '../../../../../src/gate/evidence/tests/junit.ts';
import { testWorld } from '../../../../support/world.ts';
import { configOf, contextIn, heads, lines, workspace } from '../workspace.support.ts';

async function find(cwd: string, pattern: string, name = 'unit') {
  const found = await findFiles({ path: pattern }, name, contextIn(cwd));
  return { paths: found.files.map(({ path }) => path), faults: found.faults.map(({ message }) => message) };
}

const junit = (cwd: string, path: string, on_missing = 'ship') =>
  readJunit(configOf({ type: 'junit', path, on_missing, on_broken: 'advisory' }), contextIn(cwd));

describe('a pattern', () => {
  const files = Object.fromEntries(
    [
      'b/2.xml',
      'a/1.xml',
      'day-3/unit.xml',
      'day-4/unit.xml',
      'odd (1).xml',
      '.pace/day-3/gate.md',
      'node_modules/m/x.xml',
    ].map((path) => [path, 'x']),
  );
  const cwd = workspace(files);
  it.each([
    ['**/*.xml', ['a/1.xml', 'b/2.xml', 'day-3/unit.xml', 'day-4/unit.xml', 'odd (1).xml']],
    ['./{a,b}/*.xml', ['a/1.xml', 'b/2.xml']],
    ['day-{day}/{name}.xml', ['day-3/unit.xml']],
    ['odd (1).xml', ['odd (1).xml']],
    ['.pace/day-{day}/gate{,-report}.{md,yaml}', ['.pace/day-3/gate.md']],
    ['node_modules/**/*.xml', ['node_modules/m/x.xml']],
    ['a', []],
    ['nothing/*.xml', []],
  ])('%s', async (pattern, expected) => {
    expect((await find(cwd, pattern)).paths).toEqual(expected);
  });

  it('takes the name as it is, whatever is in it', async () => {
    expect((await find(workspace({ '*.xml': 'x', 'a.xml': 'x' }), '{name}.xml', '*')).paths).toEqual(['*.xml']);
    expect((await find(cwd, '{name}.xml', '*')).paths).toEqual([]);
    expect((await find(cwd, '{name}/x', '../..')).faults).toHaveLength(1);
  });

  it.each([
    ['/etc/*.conf', 'is not below the workspace'],
    ['C:\\reports\\*.xml', 'is not below the workspace'],
    ['~/x.xml', 'is not below the workspace'],
    ['../*.xml', 'leads out of the workspace'],
    ['a/../../x.xml', 'leads out of the workspace'],
  ])('%s is refused', async (pattern, words) => {
    const { paths, faults } = await find(cwd, pattern);
    expect(paths).toEqual([]);
    expect(faults).toEqual([expect.stringContaining(words)]);
  });

  it('may match thousands of files', async () => {
    const many = Object.fromEntries(Array.from({ length: 2_500 }, (_, index) => [`${index}.xml`, 'x']));
    const { paths, faults } = await find(workspace(many), '*.xml');
    expect([paths.length, faults]).toEqual([2_500, []]);
  });
});

describe('several patterns', () => {
  const cwd = workspace({ 'a/1.xml': 'x', 'b/2.xml': 'x', 'b/old/3.xml': 'x', 'day-3/4.xml': 'x' });
  const found = async (wanted: Wanted) => {
    const { files, faults, patterns } = await findFiles(wanted, 'unit', contextIn(cwd));
    return { paths: files.map(({ path }) => path), faults: faults.map(({ message }) => message), patterns };
  };

  it('give each file once, in the order of the paths', async () => {
    expect(await found({ path: ['b/**', 'a/*.xml', 'b/2.xml', 'day-{day}/*.xml'] })).toEqual({
      paths: ['a/1.xml', 'b/2.xml', 'b/old/3.xml', 'day-3/4.xml'],
      faults: [],
      patterns: ['b/**', 'a/*.xml', 'b/2.xml', 'day-3/*.xml'],
    });
  });

  it('leave out what is excluded, but not what a path names', async () => {
    expect((await found({ path: ['**/*.xml'], exclude: ['**/old/**', 'day-{day}/*'] })).paths).toEqual([
      'a/1.xml',
      'b/2.xml',
    ]);
    expect((await found({ path: 'a/1.xml', exclude: ['a/**'] })).paths).toEqual(['a/1.xml']);
  });

  it('are told with all that is wrong with them', async () => {
    const { paths, faults } = await found({ path: ['/etc/x', '../y', 'a/*.xml'] });
    expect(paths).toEqual(['a/1.xml']);
    expect(faults).toEqual([expect.stringContaining('`/etc/x`'), expect.stringContaining('`../y`')]);
  });

  it.each([
    ['hold', 'FAIL presence of b/*.xml', 'tests in the readable reports', false],
    ['advisory', 'ADVISORY presence of b/*.xml', 'tests in the readable reports', false],
    ['ship', 'PASS presence of b/*.xml', 'all tests', true],
  ])('of which one means no file lack it, with on_missing %s', async (on_missing, head, verdict, complete) => {
    const green = workspace({ 'a/1.xml': '<testsuite><testcase name="t"/></testsuite>' });
    const config = configOf({ type: 'junit', path: ['a/*.xml', 'b/*.xml'], on_missing });
    const reading = await readJunit(config, contextIn(green));
    expect(heads(reading)).toEqual([head, `PASS ${verdict}`]);
    expect(reading.complete).toBe(complete);
  });

  it('that only a day has are not missed of a change', async () => {
    const green = workspace({ 'a/1.xml': '<testsuite><testcase name="t"/></testsuite>' });
    const config = configOf({ type: 'junit', path: ['a/*.xml', 'day-{day}/*.xml'] });
    const { day: _, ...context } = contextIn(green);
    expect(heads(await readJunit(config, context))).toEqual(['PASS all tests']);
  });

  it('are named where none matches', async () => {
    const config = configOf({ type: 'junit', path: ['x/*.xml', 'y/*.xml'] });
    expect(lines(await readJunit(config, contextIn(cwd)))).toEqual([
      'FAIL presence | No file matches `x/*.xml` or `y/*.xml`. Produce it before the gate runs, correct `path`, or set `on_missing`.',
    ]);
  });
});

describe('the age of a file', () => {
  const NOW = Date.UTC(2026, 2, 2, 12);
  const aged = async (minutes: number, settings: Record<string, unknown>) => {
    const cwd = workspace({ 'r.xml': '<testsuite><testcase name="t"/></testsuite>' });
    const at = (NOW - minutes * 60_000) / 1_000;
    utimesSync(join(cwd, 'r.xml'), at, at);
    const config = configOf({ type: 'junit', path: 'r.xml', ...settings });
    return lines(await readJunit(config, contextIn(cwd, { world: testWorld({ cwd, now: () => NOW }) })));
  };

  it.each([
    [90, '90m'],
    [120, '2h'],
    [1_440, '1d'],
  ])('may be %d minutes with %s, and no more', async (minutes, max_age) => {
    expect(await aged(minutes, { max_age })).toEqual(['PASS all tests | 1 test passed']);
    const [line = ''] = await aged(minutes + 1, { max_age });
    expect(line).toMatch(
      /^FAIL presence of r\.xml \| r\.xml was written at 2026-03-0\dT\d\d:\d\d:00\.000Z, longer ago than `max_age` /,
    );
    expect(line.endsWith(`\`max_age\` ${max_age}.`)).toBe(true);
  });

  it('that is too high does what a missing file does', async () => {
    expect((await aged(91, { max_age: '90m', on_missing: 'advisory' }))[0]).toMatch(/^ADVISORY presence of r\.xml/);
  });

  it('does not matter where nothing is said', async () => {
    expect(await aged(1_000_000, {})).toEqual(['PASS all tests | 1 test passed']);
  });
});

describe('the bounds', () => {
  const sized = (bytes: number) => {
    const cwd = workspace();
    ftruncateSync(openSync(join(cwd, 'r.xml'), 'w'), bytes);
    return cwd;
  };

  it('are 256 MiB for a file, and a GiB for all', async () => {
    expect(await find(sized(256 * 1024 ** 2), 'r.xml')).toEqual({ paths: ['r.xml'], faults: [] });
    expect((await find(sized(256 * 1024 ** 2 + 1), 'r.xml')).faults).toEqual([
      'It is 256.1 MiB; at most 256 MiB are read. Split or shorten the report.',
    ]);
    const cwd = workspace();
    for (let index = 0; index < 4; index += 1) ftruncateSync(openSync(join(cwd, `${index}.xml`), 'w'), 256 * 1024 ** 2);
    writeFileSync(join(cwd, '4.xml'), 'x');
    expect((await find(cwd, '*.xml')).paths).toEqual(['0.xml', '1.xml', '2.xml', '3.xml']);
  });

  it('are lower where a reader says so', async () => {
    const bytes = async (size: number) =>
      (await findFiles({ path: 'r.xml', maxBytes: 10 }, 'unit', contextIn(sized(size)))).files.length;
    expect([await bytes(10), await bytes(11)]).toEqual([1, 0]);
  });
});

describe('a link', () => {
  it('to a file that is read anyway is no second one, in whatever order they come', async () => {
    const cwd = workspace({ 'b/r.xml': 'x' });
    mkdirSync(join(cwd, 'a'));
    symlinkSync(join(cwd, 'b/r.xml'), join(cwd, 'a/r.xml'));
    symlinkSync(join(cwd, 'b/r.xml'), join(cwd, 'c.xml'));
    symlinkSync(join(cwd, 'b'), join(cwd, 'd'));
    expect(await find(cwd, '**/*.xml')).toEqual({ paths: ['b/r.xml'], faults: [] });
    expect((await find(cwd, '{a/r,c}.xml')).paths).toEqual(['a/r.xml']);
  });

  it('to a file that is gone is said, where the pattern means it', async () => {
    const cwd = workspace({ 'r/a.xml': 'x' });
    symlinkSync(join(cwd, 'gone.xml'), join(cwd, 'r/d.xml'));
    symlinkSync(join(cwd, 'gone.txt'), join(cwd, 'r/d.txt'));
    const gone = 'It cannot be read: it is a link to a file that does not exist.';
    for (const pattern of ['r/*.xml', '**/*.xml', 'r/{a,d}.xml'])
      expect(await find(cwd, pattern)).toEqual({ paths: ['r/a.xml'], faults: [gone] });
    expect(await find(cwd, 'r/d.xml')).toEqual({ paths: [], faults: [gone] });
    symlinkSync(join(cwd, 'gone.xml'), join(cwd, 'r/.hidden.xml'));
    expect((await find(cwd, 'r/*.xml')).faults).toEqual([gone]);
    const { faults } = await findFiles({ path: 'r/*.xml', exclude: ['r/d*'] }, 'unit', contextIn(cwd));
    expect(faults).toEqual([]);
  });

  const outside = workspace({ 'secret.xml': '<testsuite><testcase name="t"/></testsuite>' });

  it('to a file out of the workspace is refused', async () => {
    const cwd = workspace();
    symlinkSync(join(outside, 'secret.xml'), join(cwd, 'r.xml'));
    for (const path of ['r.xml', '*.xml']) {
      expect(lines(await junit(cwd, path))).toEqual([
        'ADVISORY reading r.xml @r.xml | r.xml: `r.xml` is a link out of the workspace, so it is not read. Copy the file into the workspace.',
      ]);
    }
  });

  it('to a folder out of the workspace is refused where the pattern names it, and not followed elsewhere', async () => {
    const cwd = workspace({ 'in/a.xml': 'x' });
    symlinkSync(outside, join(cwd, 'out'));
    expect((await find(cwd, 'out/*.xml')).faults).toEqual([
      expect.stringContaining('`out` is a link out of the workspace'),
    ]);
    expect((await find(cwd, 'out/secret.xml')).faults).toEqual([
      expect.stringContaining('is a link out of the workspace'),
    ]);
    expect(await find(cwd, '**/*.xml')).toEqual({ paths: ['in/a.xml'], faults: [] });
    expect(lines(await junit(cwd, '**/secret.xml'))[0]).toContain('Links out of the workspace were not followed: out.');
  });

  it('within the workspace is followed, in circles too', async () => {
    const cwd = workspace({ 'real/a.xml': 'x' });
    symlinkSync('real', join(cwd, 'linked'));
    symlinkSync('..', join(cwd, 'real/up'));
    expect((await find(cwd, 'linked/*.xml')).paths).toEqual(['linked/a.xml']);
    expect((await find(cwd, '**/a.xml')).paths).toContain('real/a.xml');
  });

  it('to nothing, or to itself, is named', async () => {
    const cwd = workspace();
    symlinkSync('gone.xml', join(cwd, 'a.xml'));
    symlinkSync('b.xml', join(cwd, 'b.xml'));
    expect((await find(cwd, 'a.xml')).faults).toEqual([
      'It cannot be read: it is a link to a file that does not exist.',
    ]);
    expect(await find(cwd, 'b.xml/*.xml')).toEqual({ paths: [], faults: [] });
    expect((await find(cwd, 'b.xml')).faults).toEqual(['It cannot be read: its links lead back to themselves.']);
  });
});

describe('what is no readable text file', () => {
  const problem = async (cwd: string) => lines(await junit(cwd, 'r.xml'));

  it('a directory', async () => {
    const cwd = workspace();
    mkdirSync(join(cwd, 'r.xml'));
    expect(await problem(cwd)).toEqual([
      'ADVISORY reading r.xml @r.xml | r.xml: It is a folder. Name the files in it, for example `r.xml/**/*.xml`.',
    ]);
  });

  it('an empty file', async () => {
    expect(await problem(workspace({ 'r.xml': '' }))).toEqual([
      'ADVISORY reading r.xml @r.xml | r.xml: It is empty. The tool that writes it may have been stopped.',
    ]);
  });

  it('a file of 1 GB', async () => {
    const cwd = workspace();
    ftruncateSync(openSync(join(cwd, 'r.xml'), 'w'), 1024 ** 3);
    expect(await problem(cwd)).toEqual([
      'ADVISORY reading r.xml @r.xml | r.xml: It is 1,024 MiB; at most 256 MiB are read. Split or shorten the report.',
    ]);
  });

  it('files that are too much together', async () => {
    const cwd = workspace();
    for (let index = 0; index < 5; index += 1) ftruncateSync(openSync(join(cwd, `${index}.xml`), 'w'), 250 * 1024 ** 2);
    expect(await find(cwd, '*.xml')).toEqual({
      paths: ['0.xml', '1.xml', '2.xml', '3.xml'],
      faults: ['It is 250 MiB; at most 24 MiB are read. Split or shorten the report.'],
    });
  });

  it('a pipe', async () => {
    const cwd = workspace();
    execFileSync('mkfifo', [join(cwd, 'r.xml')]);
    expect(await problem(cwd)).toEqual([
      'ADVISORY reading r.xml @r.xml | r.xml: It is not a regular file (a pipe, a socket or a device), so it is not read.',
    ]);
  });

  it('a file without permission', async (context) => {
    if (process.getuid?.() === 0) return context.skip('root may read everything');
    const cwd = workspace({ 'r.xml': 'x' });
    chmodSync(join(cwd, 'r.xml'), 0o000);
    expect(await problem(cwd)).toEqual([
      'ADVISORY reading r.xml @r.xml | r.xml: It cannot be read: permission denied.',
    ]);
  });

  it('binary, at its beginning and later', async () => {
    const words = (byte: string) =>
      `ADVISORY reading r.xml @r.xml | r.xml: It is binary, not text: byte ${byte} is NUL. Check the path, that the report is not compressed, and what the tests print.`;
    const zipped = workspace({ 'r.xml': Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3]) });
    expect(await problem(zipped)).toEqual([words('4')]);
    const late = Buffer.concat([Buffer.from(`<testsuite>${' '.repeat(300_000)}`), Buffer.from([0])]);
    expect(await problem(workspace({ 'r.xml': late }))).toEqual([words('300,012')]);
  });
});

describe('text', () => {
  const text = '<?xml version="1.0"?><testsuite><testcase name="größer €"><failure/></testcase></testsuite>';
  const latin = (encoding: string) => text.replace('?>', ` encoding="${encoding}"?>`).replace('€', '');
  it.each([
    ['UTF-8', Buffer.from(text), 'größer €'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), 'größer €'],
    ['UTF-16, little end first', Buffer.from(`\ufeff${text}`, 'utf16le'), 'größer €'],
    ['UTF-16, big end first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'größer €'],
    ['UTF-16 without a mark, little end first', Buffer.from(text, 'utf16le'), 'größer €'],
    ['UTF-16 without a mark, big end first', Buffer.from(text, 'utf16le').swap16(), 'größer €'],
    ['the encoding declared after an empty line', Buffer.from(`\r\n${latin('ISO-8859-1')}`, 'latin1'), 'größer'],
    ['the declared encoding', Buffer.from(latin('ISO-8859-1'), 'latin1'), 'größer'],
  ])('is read as %s', async (_, bytes, name) => {
    expect((await junit(workspace({ 'r.xml': bytes }), 'r.xml')).findings[0]?.check).toBe(name);
  });

  it.each([
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffgr\u00f6\u00dfer')],
    ['UTF-16', Buffer.from('\ufeffgr\u00f6\u00dfer', 'utf16le')],
  ])('is read whole as %s', async (_, bytes) => {
    const cwd = workspace({ t: bytes });
    const { files } = await findFiles({ path: 't' }, 'unit', contextIn(cwd));
    expect(await Promise.all(files.map((file) => readText(file)))).toEqual(['größer']);
  });

  it('is JSON in UTF-16 without a byte order mark', async () => {
    const cwd = workspace({ t: Buffer.from('{"a":"ö"}', 'utf16le') });
    const { files } = await findFiles({ path: 't' }, 'unit', contextIn(cwd));
    expect(await Promise.all(files.map((file) => readText(file)))).toEqual(['{"a":"ö"}']);
  });

  it('of an encoding that is not known is refused', async () => {
    expect(lines(await junit(workspace({ 'r.xml': latin('EBCDIC-XX') }), 'r.xml'))).toEqual([
      'ADVISORY reading r.xml @r.xml | r.xml: Its encoding `EBCDIC-XX` is not known. Write the report in UTF-8.',
    ]);
  });

  it('keeps characters whole where the pieces of the file end', async () => {
    const long = `${'a'.repeat(256 * 1024 - 1)}€${'b'.repeat(10)}`;
    const cwd = workspace({ t: long });
    const { files } = await findFiles({ path: 't' }, 'unit', contextIn(cwd));
    expect(await Promise.all(files.map((file) => readText(file)))).toEqual([long]);
  });

  it('that changes while it is read is not believed', async () => {
    const cwd = workspace({ t: 'one' });
    const { files } = await findFiles({ path: 't' }, 'unit', contextIn(cwd));
    writeFileSync(join(cwd, 't'), 'another');
    const [file] = files;
    await expect(file && readText(file)).rejects.toThrow('It changed while it was being read.');
  });
});
