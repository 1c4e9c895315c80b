import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCoverage } from '../../../../../src/gate/evidence/coverage/coverage.ts';
import { configOf, contextIn, lines, workspace } from '../workspace.support.ts';

/** Stands for the folder of the test's files. */
const HERE = '@WORKSPACE@';
const lcov = (name: string, ...records: string[]) => `SF:${name}\n${records.join('\n')}\nend_of_record\n`;
const sums = (name: string, covered: number, total: number) => lcov(name, `LF:${total}`, `LH:${covered}`);
const cobertura = (sources: readonly string[], file: string, ...hits: number[]) => {
  const listed = hits.map((hit, index) => `<line number="${index + 1}" hits="${hit}"/>`).join('');
  const folders = sources.map((source) => `<source>${source}</source>`).join('');
  return `<coverage><sources>${folders}</sources><class filename="${file}"><lines>${listed}</lines></class></coverage>`;
};

async function measured(reports: readonly string[], sources: readonly string[] = []): Promise<string[]> {
  const cwd = workspace(Object.fromEntries(sources.map((path) => [path, '\n'])));
  for (const [index, text] of reports.entries()) {
    writeFileSync(join(cwd, `${index}.report`), text.replaceAll(HERE, cwd));
  }
  const config = configOf({ type: 'coverage', path: '*.report', minimum: 0, minimum_branches: 0 });
  const found = lines(await readCoverage(config, contextIn(cwd)));
  return found.map((line) => line.replace(/^.* \| /, '').replace('; the minimum is 0 %.', ';'));
}

describe('reports of one file', () => {
  it('cover what any of them has run', async () => {
    const unit = lcov('src/a.js', 'DA:1,1', 'DA:2,1', 'DA:3,0', 'BRDA:1,0,0,1', 'BRDA:1,0,1,0');
    const whole = lcov('src/a.js', 'DA:3,1', 'DA:4,0', 'BRDA:1,0,0,-', 'BRDA:1,0,1,2', 'BRDA:4,0,0,0');
    expect(await measured([unit, whole])).toEqual([
      'Line coverage is 75.00 % (3 of 4 lines);',
      'Branch coverage is 66.66 % (2 of 3 branches);',
    ]);
  });

  it('are laid over each other across formats', async () => {
    const [found] = await measured([lcov('src/a.js', 'DA:1,0', 'DA:2,1'), cobertura([], 'src/a.js', 1, 0, 0)]);
    expect(found).toBe('Line coverage is 66.66 % (2 of 3 lines);');
  });

  it('take blocks of Go together too', async () => {
    const [found] = await measured([
      'mode: set\nm/a.go:1.1,2.2 3 1\nm/a.go:3.1,4.2 1 0\n',
      'mode: set\nm/a.go:3.1,4.2 1 1\n',
    ]);
    expect(found).toBe('Line coverage is 100.00 % (4 of 4 statements);');
  });

  it('count as the higher one where they tell only sums, which is said', async () => {
    const note = ' Of 1 file that several reports tell of, one gives only sums: the highest counts.';
    const both = async (one: string, other: string) => (await measured([one, other]))[0];
    expect(await both(sums('a', 3, 10), sums('a', 4, 9))).toBe(`Line coverage is 40.00 % (4 of 10 lines);${note}`);
    expect(await both(sums('a', 3, 5), lcov('a', 'DA:1,1', 'DA:2,0'))).toBe(
      `Line coverage is 60.00 % (3 of 5 lines);${note}`,
    );
    expect(await both(lcov('a', 'DA:1,1', 'DA:2,1'), sums('a', 1, 2))).toBe(
      `Line coverage is 100.00 % (2 of 2 lines);${note}`,
    );
  });

  it('take the better count of a line’s branches, and the larger sum of a file’s', async () => {
    const ofLine = (covered: number, total: number) =>
      `<coverage><class filename="a"><line number="1" hits="1" condition-coverage="x (${covered}/${total})"/></class></coverage>`;
    expect((await measured([ofLine(1, 4), ofLine(2, 3)]))[1]).toBe('Branch coverage is 50.00 % (2 of 4 branches);');
    const ofFile = (covered: number, total: number) => lcov('a', 'DA:1,1', `BRF:${total}`, `BRH:${covered}`);
    expect((await measured([ofFile(1, 4), ofFile(2, 3)]))[1]).toBe('Branch coverage is 50.00 % (2 of 4 branches);');
  });

  it('know the file by its name, however the tool has spelled it', async () => {
    const spellings = [`${HERE}/src/a.js`, './src/a.js', 'src\\a.js', 'lib/../src/a.js', `file://${HERE}/src/a.js`];
    for (const spelling of spellings) {
      const [found] = await measured([lcov('src/a.js', 'DA:1,1'), lcov(spelling, 'DA:1,0')]);
      expect([spelling, found]).toEqual([spelling, 'Line coverage is 100.00 % (1 of 1 line);']);
    }
    for (const outside of ['/elsewhere/src/a.js', 'C:\\work\\src\\a.js', '../src/a.js', 'a.js']) {
      const [found] = await measured([lcov('src/a.js', 'DA:1,1'), lcov(outside, 'DA:1,0')]);
      expect([outside, found]).toEqual([outside, 'Line coverage is 50.00 % (1 of 2 lines);']);
    }
    const [windows] = await measured([lcov('C:\\work\\a.js', 'DA:1,1'), lcov('C:/work/x/../a.js', 'DA:1,0')]);
    expect(windows).toBe('Line coverage is 100.00 % (1 of 1 line);');
  });
});

describe('the folders that a Cobertura report begins its paths in', () => {
  const other = lcov('src/a.js', 'DA:1,1');
  it.each([
    ['one below the workspace', [`${HERE}/src`], 'a.js', []],
    ['one relative to it', [' src '], 'a.js', []],
    ['the workspace itself', [HERE], 'src/a.js', []],
    ['one of another machine, for a file that is here', ['/build/7'], 'src/a.js', ['src/a.js']],
    ['the one of several that has the file', [`${HERE}/lib`, `${HERE}/src`, '/build'], 'a.js', ['src/a.js']],
    ['none of several that has it', [`${HERE}/lib`, '/build'], 'src/a.js', []],
    ['an empty one', [''], 'src/a.js', []],
    ['one beside an address', ['/build'], `file://${HERE}/src/a.js`, []],
    ['one beside a path that is whole', ['/build'], `${HERE}/src/a.js`, []],
  ])('%s', async (_, folders, file, sources) => {
    const [found] = await measured([other, cobertura(folders, file, 0)], sources);
    expect(found).toBe('Line coverage is 100.00 % (1 of 1 line);');
  });

  it('make different files of one name', async () => {
    const [found] = await measured([
      other,
      cobertura(['/build/7'], 'src/a.js', 0),
      cobertura(['/build/8'], 'src/a.js', 0),
    ]);
    expect(found).toBe('Line coverage is 33.33 % (1 of 3 lines);');
  });
});

describe('reports of different things', () => {
  it('are added up, lines and statements too', async () => {
    const go = 'mode: set\nm/a.go:1.1,2.2 3 1\n';
    expect((await measured([go, lcov('a', 'DA:1,0')]))[0]).toBe(
      'Line coverage is 75.00 % (3 of 4 lines and statements);',
    );
    expect((await measured([go, sums('a', 0, 1)]))[0]).toBe('Line coverage is 75.00 % (3 of 4 lines and statements);');
  });

  it('count as a whole where one has counted more than it lists', async () => {
    const more =
      '<coverage lines-valid="8" lines-covered="2"><class filename="a"><line number="1" hits="1"/></class></coverage>';
    const [found] = await measured([more, lcov('a', 'DA:1,1', 'DA:2,1')]);
    expect(found).toBe('Line coverage is 40.00 % (4 of 10 lines);');
  });

  it('keep lines of no file apart', async () => {
    const loose = '<coverage><line hits="1"/><line hits="0"/></coverage>';
    expect((await measured([loose, loose]))[0]).toBe('Line coverage is 50.00 % (2 of 4 lines);');
  });

  it('say nothing where one gives a rate alone', async () => {
    const rate = '<coverage line-rate="0.5" branch-rate="0.5"/>';
    expect(await measured([rate])).toEqual(['Line coverage is 50.00 %;', 'Branch coverage is 50.00 %;']);
    const [found] = await measured([rate, rate]);
    expect(found).toBe(
      '0.report: No line was measured, or a report gives only a rate beside others. Check the paths that are measured.',
    );
  });
});
