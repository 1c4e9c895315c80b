import { describe, expect, it } from 'vitest';
import { readCoverage } from '../../../../../src/gate/evidence/coverage/coverage.ts';
import { configOf, contextIn, fixture, lines, workspace } from '../workspace.support.ts';

async function measured(files: Record<string, string>): Promise<string[]> {
  const config = configOf({ type: 'coverage', path: '**/*', minimum: 0, minimum_branches: 0 });
  return lines(await readCoverage(config, contextIn(workspace(files))))
    .map((line) => line.replace(/^PASS .* \| /, '').replace('; the minimum is 0 %.', ''))
    .map((line) => line.replace(/^FAIL branch coverage \| No branch was measured\..*/, 'no branch'));
}

describe('a report of a real tool says what the tool itself has said', () => {
  it.each([
    ['c8-coverage-final.json', '66.66 % (10 of 15 lines)', '80.00 % (4 of 5 branches)'],
    ['coveragepy-cobertura.xml', '60.00 % (24 of 40 lines)', '16.66 % (1 of 6 branches)'],
    ['coveragepy.json', '85.71 % (6 of 7 lines)', '50.00 % (1 of 2 branches)'],
    ['coveragepy.lcov', '60.00 % (24 of 40 lines)', '16.66 % (1 of 6 branches)'],
    // a line of a template counts once, however often it is instantiated
    ['gcov.json', '53.33 % (8 of 15 lines)', undefined],
    ['gcovr.json', '53.33 % (8 of 15 lines)', '33.33 % (2 of 6 branches)'],
    ['gcovr-clover.xml', '53.33 % (8 of 15 lines)', undefined],
    ['gcovr-sonarqube.xml', '53.33 % (8 of 15 lines)', '33.33 % (2 of 6 branches)'],
    ['lcov-1.16.info', '53.33 % (8 of 15 lines)', '33.33 % (2 of 6 branches)'],
    // these two give no more than sums
    ['gcovr-jacoco.xml', '57.89 % (11 of 19 lines)', '33.33 % (2 of 6 branches)'],
    ['gcovr-summary.json', '57.89 % (11 of 19 lines)', '37.50 % (3 of 8 branches)'],
    ['go-cover.out', '75.00 % (6 of 8 statements)', undefined],
    ['gocover-cobertura.xml', '50.00 % (4 of 8 lines)', undefined],
    ['jacoco.xml', '30.00 % (3 of 10 lines)', '25.00 % (1 of 4 branches)'],
    ['jest-clover.xml', '37.50 % (3 of 8 lines)', '16.66 % (1 of 6 branches)'],
    ['node24-lcov.info', '42.85 % (6 of 14 lines)', '66.66 % (2 of 3 branches)'],
    ['nyc-cobertura.xml', '66.66 % (6 of 9 lines)', '50.00 % (3 of 6 branches)'],
    ['nyc-coverage-final.json', '66.66 % (6 of 9 lines)', '50.00 % (3 of 6 branches)'],
    ['nyc-coverage-summary.json', '66.66 % (6 of 9 lines)', '50.00 % (3 of 6 branches)'],
    ['openclover.xml', '100.00 % (3 of 3 lines)', '50.00 % (1 of 2 branches)'],
    ['phpunit-clover.xml', '75.00 % (3 of 4 lines)', undefined],
  ])('%s', async (name, ofLines, ofBranches) => {
    // its name tells nothing
    expect(await measured({ report: fixture(`coverage/${name}`) })).toEqual([
      `Line coverage is ${ofLines}`,
      ofBranches === undefined ? 'no branch' : `Branch coverage is ${ofBranches}`,
    ]);
  });
});

const many = (name: string, ...records: string[]) => `SF:${name}\n${records.join('\n')}\nend_of_record\n`;
const cobertura = (inner: string, root = '') =>
  `<coverage ${root}><packages><package><classes>${inner}</classes></package></packages></coverage>`;
const jacoco = (inner: string) => `<report name="x">${inner}</report>`;
const clover = (inner: string) => `<coverage clover="4"><project name="x">${inner}</project></coverage>`;
const sonar = (inner: string) => `<coverage version="1">${inner}</coverage>`;
const go = (...blocks: string[]) => `mode: set\n${blocks.join('\n')}\n`;
const detailed = (more: object) => JSON.stringify({ '/a.js': { path: '/a.js', ...more } });
const at = (line: number) => ({ start: { line, column: 0 }, end: { line: line + 3, column: 1 } });
const gcov = (...told: object[]) => JSON.stringify({ gcc_version: '12', files: [{ file: 'a.c', lines: told }] });
const python = (files: object, more = {}) =>
  JSON.stringify({ meta: { version: '7', branch_coverage: false }, files, ...more });

describe('lines', () => {
  it.each([
    ['lcov: counters that wrapped round ran', many('a', 'DA:1,18446744073709551615', 'DA:2,0', 'DA:3,18446744073709550660'), '66.66 % (2 of 3 lines)'],
    ['lcov: counters below 0 did not', many('a', 'DA:1,-1', 'DA:2,-18446744073709551615', 'DA:3,7'), '33.33 % (1 of 3 lines)'],
    ['lcov: counters with a point or an exponent', many('a', 'DA:1,1.0', 'DA:2,0.0', 'DA:3,1e+3', 'DA:4,0e3', 'DA:5,+2', 'DA:6,5E-1'), '66.66 % (4 of 6 lines)'],
    ['lcov: odd counters beside sums that say something else', many('a', 'DA:1,-4', 'DA:2,18446744073709551615', 'LF:2', 'LH:2'), '50.00 % (1 of 2 lines)'],
    ['lcov: sums of one file beside lines of another', many('a', 'LF:4', 'LH:1') + many('b', 'DA:1,1'), '40.00 % (2 of 5 lines)'],
    ['lcov: a file that has only one of both sums', many('a', 'LH:0') + many('b', 'DA:1,1'), '100.00 % (1 of 1 line)'],
    ['Cobertura: two classes of one file', cobertura('<class name="A" filename="a"><lines><line number="1" hits="0"/><line number="2" hits="1"/></lines></class><class name="A$1" filename="a"><lines><line number="1" hits="3"/><line number="3" hits="0"/></lines></class>', 'lines-valid="4" lines-covered="2"'), '66.66 % (2 of 3 lines)'],
    ['Cobertura: wrapped and negative counters beside sums', cobertura('<class filename="a"><lines><line number="1" hits="18446744073709551615"/><line number="2" hits="-2"/></lines></class>', 'lines-valid="2" lines-covered="0"'), '50.00 % (1 of 2 lines)'],
    ['Cobertura: sums where not every line is listed', cobertura('<class filename="a"><lines><line number="1" hits="1"/></lines></class>', 'lines-valid="10" lines-covered="4"'), '40.00 % (4 of 10 lines)'],
    ['Cobertura: lines where the sums count fewer', cobertura('<class filename="a"><lines><line number="1" hits="1"/><line number="2" hits="0"/></lines></class>', 'lines-valid="1" lines-covered="1"'), '50.00 % (1 of 2 lines)'],
    ['Cobertura: lines of no file beside those of one', cobertura('<class filename="a"><lines><line number="1" hits="1"/></lines></class><class name="b"><lines><line number="1" hits="0"/><line number="1" hits="1"/></lines></class>'), '66.66 % (2 of 3 lines)'],
    ['Cobertura: lines without a number', cobertura('<class filename="a"><lines><line hits="1"/><line number="" hits="0"/></lines></class>'), '50.00 % (1 of 2 lines)'],
    ['JaCoCo: a line that ran in part', jacoco('<package name="p"><sourcefile name="A.java"><line nr="1" mi="3" ci="1"/><line nr="2" mi="3" ci="0"/></sourcefile></package>'), '50.00 % (1 of 2 lines)'],
    ['JaCoCo: the counters of a file without lines', jacoco('<package name="p"><sourcefile name="A.java"><counter type="METHOD" missed="0" covered="9"/><counter type="LINE" missed="3" covered="1"/></sourcefile></package>'), '25.00 % (1 of 4 lines)'],
    ['JaCoCo: the lines rather than the counters', jacoco('<package name="p"><sourcefile name="A.java"><line nr="1" mi="0" ci="1"/><counter type="LINE" missed="8" covered="1"/></sourcefile></package>'), '100.00 % (1 of 1 line)'],
    ['JaCoCo: the counters of the report where the files list less', jacoco('<package name="p"><sourcefile name="A.java"><line nr="1" mi="0" ci="1"/></sourcefile></package><counter type="LINE" missed="3" covered="1"/>'), '25.00 % (1 of 4 lines)'],
    ['JaCoCo: no counter that lacks a part', jacoco('<package name="p"><sourcefile name="A.java"><counter type="LINE" covered="1"/><counter type="LINE" missed="3"/></sourcefile><sourcefile name="B.java"><line nr="1" mi="0" ci="1"/></sourcefile></package>'), '100.00 % (1 of 1 line)'],
    ['JaCoCo: groups without a name', jacoco('<group><package name="p"><sourcefile name="A.java"><line nr="1" mi="0" ci="1"/></sourcefile></package></group><package name="p"><sourcefile name="A.java"><line nr="1" mi="1" ci="0"/></sourcefile></package>'), '100.00 % (1 of 1 line)'],
    ['JaCoCo: the counters of the report without files', jacoco('<package name="p"><counter type="LINE" missed="9" covered="9"/></package><counter type="LINE" missed="3" covered="1"/>'), '25.00 % (1 of 4 lines)'],
    ['JaCoCo: no counters of classes and methods', jacoco('<package name="p"><class><method><counter type="LINE" missed="9" covered="0"/></method><counter type="LINE" missed="9" covered="0"/></class><sourcefile name="A.java"><line nr="1" mi="0" ci="1"/></sourcefile></package>'), '100.00 % (1 of 1 line)'],
    ['JaCoCo: modules that have a file of the same name', jacoco('<group name="a"><package name="p"><sourcefile name="A.java"><line nr="1" mi="0" ci="1"/></sourcefile></package></group><group name="b"><package name="p"><sourcefile name="A.java"><line nr="1" mi="1" ci="0"/></sourcefile></package></group>'), '50.00 % (1 of 2 lines)'],
    ['JaCoCo: groups in groups, and one file told twice', jacoco('<group name="a"><group name="b"><package name="p"><sourcefile name="A.java"><line nr="1" mi="0" ci="1"/></sourcefile></package><package name="p"><sourcefile name="A.java"><line nr="1" mi="1" ci="0"/></sourcefile></package></group></group>'), '100.00 % (1 of 1 line)'],
    ['JaCoCo: as its document type says, which is not loaded', `<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">${jacoco('<sessioninfo id="s"/><package name=""><sourcefile name="A.kt"><line nr="1" mi="0" ci="1" mb="0" cb="0"/></sourcefile></package>')}`, '100.00 % (1 of 1 line)'],
    ['Clover: no methods', clover('<file name="a"><line num="1" type="method" count="0"/><line num="2" type="stmt" count="1"/></file>'), '100.00 % (1 of 1 line)'],
    ['Clover: no statements that tell no count', clover('<file name="a"><line num="1" type="stmt" truecount="1"/><line num="2" type="stmt" count="1"/></file>'), '100.00 % (1 of 1 line)'],
    ['Clover: conditions by how often they were true or false', clover('<file name="a"><line num="1" type="cond" truecount="0" falsecount="2"/><line num="2" type="cond" truecount="0" falsecount="0"/><line num="3" type="cond" truecount="1" falsecount="0"/></file>'), '66.66 % (2 of 3 lines)'],
    ['Clover: conditions by their own count where there is one', clover('<file name="a"><line num="1" type="cond" count="0" truecount="0" falsecount="2"/></file>'), '0.00 % (0 of 1 line)'],
    ['Clover: two files of one name in two folders', clover('<package name="p"><file name="a" path="x/a"><line num="1" type="stmt" count="1"/></file></package><package name="q"><file name="a" path="y/a"><line num="1" type="stmt" count="0"/></file></package>'), '50.00 % (1 of 2 lines)'],
    ['Clover: the sums of a file that lists no lines', clover('<metrics statements="9" coveredstatements="9"/><file name="a"><class name="A"><metrics statements="7" coveredstatements="7"/></class><metrics statements="4" coveredstatements="1"/></file>'), '25.00 % (1 of 4 lines)'],
    ['Clover: the sums of a project that lists no files', clover('<metrics statements="4" coveredstatements="1"/><package name="p"><metrics statements="2" coveredstatements="1"/></package>'), '25.00 % (1 of 4 lines)'],
    ['Clover: the mark of a project that is called otherwise', '<coverage generated="1"><testproject><file name="a"><line num="1" type="stmt" count="1"/></file></testproject></coverage>', '100.00 % (1 of 1 line)'],
    ['SonarQube: lines of two files', sonar('<file path="a"><lineToCover lineNumber="1" covered="true"/><lineToCover lineNumber="2" covered="false"/></file><file path="b"><lineToCover lineNumber="1" covered="true"/></file>'), '66.66 % (2 of 3 lines)'],
    ['Go: statements, not blocks', go('m/a.go:1.1,5.2 4 1', 'm/a.go:6.1,7.2 1 0'), '80.00 % (4 of 5 statements)'],
    ['Go: a block that merged profiles repeat', `${go('m/a.go:1.1,5.2 4 0')}${go('m/a.go:1.1,5.2 4 1', 'm/a.go:1.1,5.2 4 0')}`, '100.00 % (4 of 4 statements)'],
    ['Go: counters that wrapped round, and the line ends of Windows', go('C:\\m\\a.go:1.1,5.2 1 18446744073709551615\r', '\r', 'm/a.go:6.1,7.2 1 0\r'), '50.00 % (1 of 2 statements)'],
    ['Go: in a file that begins with empty lines', `\n \n${go('m/a.go:1.1,1.2 1 1')}`, '100.00 % (1 of 1 statement)'],
    ['Istanbul: a line of several statements ran when one did', detailed({ statementMap: { 0: at(1), 1: at(1), 2: at(2) }, s: { 0: 0, 1: 4, 2: 0 } }), '50.00 % (1 of 2 lines)'],
    ['Istanbul: maps one floor lower', JSON.stringify({ '/a.js': { data: { statementMap: { 0: at(1) }, s: { 0: 1 }, branchMap: {}, b: {} } } }), '100.00 % (1 of 1 line)'],
    ['Istanbul: files that add up to the total', '{"total":{"lines":{"total":4,"covered":3}},"/a.js":{"lines":{"total":4,"covered":3}}}', '75.00 % (3 of 4 lines)'],
    ['Istanbul: the total where it covers less than the files', '{"total":{"lines":{"total":4,"covered":1}},"/a.js":{"lines":{"total":4,"covered":3}}}', '25.00 % (1 of 4 lines)'],
    ['Istanbul: a detailed file beside a sum', `{"/a.js":{"lines":{"total":3,"covered":0}},"/b.js":${JSON.stringify({ statementMap: { 0: at(1) }, s: { 0: 1 } })}}`, '25.00 % (1 of 4 lines)'],
    ['coverage.py: lines of two files', python({ a: { executed_lines: [1, 2], missing_lines: [3] }, b: { executed_lines: [], missing_lines: [1] } }), '50.00 % (2 of 4 lines)'],
    ['coverage.py: the totals where they count more', python({ a: { executed_lines: [1], missing_lines: [] } }, { totals: { covered_lines: 1, num_statements: 4 } }), '25.00 % (1 of 4 lines)'],
    ['coverage.py: the lines where the totals are the same', python({ a: { executed_lines: [1], missing_lines: [2] } }, { totals: { covered_lines: 2, num_statements: 2 } }), '50.00 % (1 of 2 lines)'],
    ['gcov: lines of templates, and counters below 0', gcov({ line_number: 1, count: 0 }, { line_number: 1, count: 2 }, { line_number: 2, count: -1 }), '50.00 % (1 of 2 lines)'],
    ['gcovr: no lines that the source has excluded', JSON.stringify({ 'gcovr/format_version': '0.5', files: [{ file: 'a.c', lines: [{ line_number: 1, count: 1 }, { line_number: 2, count: 0, 'gcovr/excluded': true }, { line_number: 3, count: 0, 'gcovr/noncode': true }] }] }), '100.00 % (1 of 1 line)'],
  ])('%s', async (_, text, expected) => {
    expect((await measured({ r: text }))[0]).toBe(`Line coverage is ${expected}`);
  }); // biome-ignore format: a table
});

describe('branches', () => {
  const line = many('a', 'DA:1,1').replace('end_of_record\n', '');
  it.each([
    ['lcov: ways with commas and without numbers in their names', `${line}BRDA:1,0,jump to a, or b,1\nBRDA:1,0,jump to a,-\nBRDA:1,e0,1,0\nend_of_record\n`, '33.33 % (1 of 3 branches)'],
    ['lcov: a way that two runs of a file took or not', `${line}BRDA:1,0,0,1\nBRDA:1,0,1,-\nend_of_record\n${line}BRDA:1,0,0,-\nBRDA:1,0,1,5\nend_of_record\n`, '100.00 % (2 of 2 branches)'],
    ['lcov: the sums where no way is listed', `${line}BRF:4\nBRH:1\nend_of_record\n`, '25.00 % (1 of 4 branches)'],
    ['lcov: the ways rather than the sums', `${line}BRDA:1,0,0,1\nBRF:4\nBRH:1\nend_of_record\n`, '100.00 % (1 of 1 branch)'],
    ['lcov: none where the sum is 0', `${line}BRF:0\nBRH:0\nend_of_record\n`, undefined],
    ['Cobertura: by its lines', cobertura('<class filename="a"><lines><line number="1" hits="1" branch="true" condition-coverage="50% (1/2)"/><line number="2" hits="1" branch="false"/><line number="3" hits="1" condition-coverage="100%"/></lines></class>'), '50.00 % (1 of 2 branches)'],
    ['Cobertura: of two classes the better one of a line', cobertura('<class filename="a"><lines><line number="1" hits="1" condition-coverage="50% (1/2)"/></lines></class><class filename="a"><lines><line number="1" hits="1" condition-coverage="25% (1/4)"/></lines></class>', 'branches-valid="6" branches-covered="2"'), '25.00 % (1 of 4 branches)'],
    ['Cobertura: by its sums where not every one is listed', cobertura('<class filename="a"><lines><line number="1" hits="1" condition-coverage="50% (1/2)"/></lines></class>', 'branches-valid="10" branches-covered="1"'), '10.00 % (1 of 10 branches)'],
    ['Cobertura: by its rate where nothing is counted', '<coverage line-rate="1" branch-rate="0.5"/>', '50.00 %'],
    ['Cobertura: not by its rate beside lines', cobertura('<class filename="a"><lines><line number="1" hits="1"/></lines></class>', 'line-rate="1" branch-rate="0.5"'), undefined],
    ['Cobertura: none where it counts none', cobertura('<class filename="a"><lines><line number="1" hits="1"/></lines></class>', 'branches-valid="0" branches-covered="0" branch-rate="1"'), undefined],
    ['JaCoCo: by its lines', jacoco('<package name="p"><sourcefile name="A.java"><line nr="1" mi="0" ci="1" mb="1" cb="3"/><line nr="2" mi="0" ci="1" mb="0" cb="0"/><counter type="BRANCH" missed="1" covered="3"/></sourcefile></package><counter type="BRANCH" missed="1" covered="3"/>'), '75.00 % (3 of 4 branches)'],
    ['JaCoCo: by the counters of a file', jacoco('<package name="p"><sourcefile name="A.java"><line nr="1" mi="0" ci="1"/><counter type="BRANCH" missed="1" covered="3"/></sourcefile></package>'), '75.00 % (3 of 4 branches)'],
    ['JaCoCo: by the counters of the report', jacoco('<package name="p"><sourcefile name="A.java"><line nr="1" mi="0" ci="1" mb="1" cb="0"/></sourcefile></package><counter type="BRANCH" missed="1" covered="3"/>'), '75.00 % (3 of 4 branches)'],
    ['Clover: by the sums of a file, whatever its lines say', clover('<file name="a"><line num="1" type="cond" count="1" truecount="1" falsecount="3"/><metrics conditionals="4" coveredconditionals="1"/></file>'), '25.00 % (1 of 4 branches)'],
    ['Clover: none where it counts none', clover('<file name="a"><line num="1" type="stmt" count="1"/><metrics conditionals="0" coveredconditionals="0"/></file>'), undefined],
    ['Clover: by the sums of a project', clover('<metrics statements="1" coveredstatements="1" conditionals="4" coveredconditionals="1"/>'), '25.00 % (1 of 4 branches)'],
    ['SonarQube: by its lines', sonar('<file path="a"><lineToCover lineNumber="1" covered="true" branchesToCover="4" coveredBranches="1"/><lineToCover lineNumber="2" covered="true" branchesToCover="2"/><lineToCover lineNumber="3" covered="true" branchesToCover="0" coveredBranches="0"/></file>'), '16.66 % (1 of 6 branches)'],
    ['Istanbul: each way of a branch', detailed({ statementMap: { 0: at(1) }, s: { 0: 1 }, branchMap: { 0: {}, 1: {} }, b: { 0: [1, 0], 1: [2] } }), '66.66 % (2 of 3 branches)'],
    ['Istanbul: the total where the files do not add up to it', '{"total":{"lines":{"total":1,"covered":1},"branches":{"total":4,"covered":1}},"/a.js":{"lines":{"total":1,"covered":1},"branches":{"total":2,"covered":1}}}', '25.00 % (1 of 4 branches)'],
    ['Istanbul: the sums of the files where there is no total', '{"/a.js":{"lines":{"total":1,"covered":1},"branches":{"total":4,"covered":1}}}', '25.00 % (1 of 4 branches)'],
    ['Istanbul: none where the sums are 0', '{"total":{"lines":{"total":1,"covered":1},"branches":{"total":0,"covered":0}},"/a.js":{"lines":{"total":1,"covered":1},"branches":{"total":0,"covered":0}}}', undefined],
    ['coverage.py: each way of a line', python({ a: { executed_lines: [1], missing_lines: [], executed_branches: [[1, 2]], missing_branches: [[1, -1], [2, 3]] } }), '33.33 % (1 of 3 branches)'],
    ['gcov: each way of a line', gcov({ line_number: 1, count: 1, branches: [{ count: 1 }, { count: 0 }, { count: 0, 'gcovr/excluded': true }] }), '50.00 % (1 of 2 branches)'],
    ['gcovr’s summary: none where the sums are 0', '{"gcovr/summary_format_version":"0.6","files":[{"filename":"a","line_total":1,"line_covered":1,"branch_total":0,"branch_covered":0}]}', undefined],
  ])('%s', async (_, text, expected) => {
    const wanted = expected === undefined ? 'no branch' : `Branch coverage is ${expected}`;
    expect((await measured({ r: text }))[1]).toBe(wanted);
  }); // biome-ignore format: a table

  it('are held against their minimum, beside the one of lines', async () => {
    const verdict = async (minimum_branches: number) => {
      const config = configOf({ type: 'coverage', path: 'r', minimum: 50, minimum_branches });
      const text = many('a', 'DA:1,1', 'BRDA:1,0,0,1', 'BRDA:1,0,1,0');
      return lines(await readCoverage(config, contextIn(workspace({ r: text }))));
    };
    const ofLines = 'PASS line coverage | Line coverage is 100.00 % (1 of 1 line); the minimum is 50 %.';
    expect(await verdict(50)).toEqual([
      ofLines,
      'PASS branch coverage | Branch coverage is 50.00 % (1 of 2 branches); the minimum is 50 %.',
    ]);
    expect(await verdict(51)).toEqual([
      ofLines,
      'FAIL branch coverage | Branch coverage is 50.00 % (1 of 2 branches); less than the minimum of 51 %.',
    ]);
  });

  it('are missed where they are asked for and no report has counted any', async () => {
    const config = configOf({ type: 'coverage', path: 'r', minimum_branches: 0 });
    const reading = await readCoverage(config, contextIn(workspace({ r: many('a', 'DA:1,1') })));
    expect(lines(reading)[1]).toBe(
      'FAIL branch coverage | No branch was measured. Have the tool count branches too, or leave out `minimum_branches`.',
    );
  });
});

describe('what makes no sense is said with its place', () => {
  it.each([
    ['lcov: a line that is no number', many('a', 'DA:x,1'), 'r:2: Its numbers cannot be read.'],
    ['lcov: a counter that is no number', many('a', 'DA:1,1', 'DA:2,=====', 'LF:1'), 'r:3: Its numbers cannot be read.'],
    ['lcov: a way without parts', many('a', 'BRDA:1'), 'r:2: Its numbers cannot be read.'],
    ['lcov: a sum that is no number', many('a', 'BRF:x'), 'r:2: Its numbers cannot be read.'],
    ['lcov: more branches taken than there are', many('a', 'BRF:1', 'BRH:2'), 'r: It counts more covered branches than branches.'],
    ['lcov: a way outside of any file', 'TN:\nBRDA:1,0,0,1\n', 'r:2: A number is outside any file (`SF:`).'],
    ['lcov: a last file without its end', 'SF:a\nDA:1,1', 'r:2: It breaks off: the last file has no `end_of_record`.'],
    ['Cobertura: a line number that is none', cobertura('<class filename="a"><line number="x" hits="1"/></class>'), 'r:1:87: `number` is not a number.'],
    ['Cobertura: sums that are none', '<coverage lines-valid="x" lines-covered="1"/>', 'r: `lines-valid` is not a number.'],
    ['Cobertura: a rate that is none', '<coverage line-rate="NaN"/>', 'r: `line-rate` is not a number.'],
    ['Cobertura: a rate with more behind it', '<coverage line-rate="0.5x"/>', 'r: `line-rate` is not a number.'],
    ['Cobertura: a rate with more before it', '<coverage line-rate="-0.5"/>', 'r: `line-rate` is not a number.'],
    ['Cobertura: a rate of branches above 1', '<coverage line-rate="1" branch-rate="2"/>', 'r: Its branch-rate is more than 1.'],
    ['Cobertura: more branches taken than there are', cobertura('<class filename="a"><line number="1" hits="1" condition-coverage="1% (3/2)"/></class>'), 'r:1:117: It counts more covered branches than branches.'],
    ['JaCoCo: instructions that are no number', jacoco('<package name="p"><sourcefile name="A"><line nr="1" ci="x"/></sourcefile></package>'), 'r:1:78: `ci` is not a number.'],
    ['JaCoCo: a counter that is no number', jacoco('<counter type="LINE" missed="x" covered="1"/>'), 'r:1:63: `missed` is not a number.'],
    ['Clover: a counter that is no number', clover('<file name="a"><line num="1" type="stmt" count="x"/></file>'), 'r:1:92: `count` is not a number.'],
    ['Clover: more statements covered than there are', clover('<metrics statements="1" coveredstatements="2"/>'), 'r:1:87: It counts more covered lines than lines.'],
    ['SonarQube: a line that is neither', sonar('<file path="a"><lineToCover lineNumber="1" covered="yes"/></file>'), 'r:1:81: `covered` is neither `true` nor `false`.'],
    ['SonarQube: a line without a number', sonar('<file path="a"><lineToCover covered="true"/></file>'), 'r:1:67: A `lineToCover` has no `lineNumber`.'],
    ['Go: a line that is cut off', 'mode: set\nm/a.go:1.1,2.2 1 1\nm/a.go:3.1,4', 'r:3: This is not a line of a Go cover profile.'],
    ['Go: a line that goes on', go('m/a.go:1.1,2.2 1 1 1'), 'r:2: This is not a line of a Go cover profile.'],
    ['Go: more in front of a mode', `mode: set\nx mode: set\n`, 'r:2: This is not a line of a Go cover profile.'],
    ['Go: a counter that is no number', go('m/a.go:1.1,2.2 1 x'), 'r:2: This is not a line of a Go cover profile.'],
    ['Go: a block that ends before it begins', go('m/a.go:5.1,4.2 1 1'), 'r:2: This is not a line of a Go cover profile.'],
    ['Go: a mode that there is not', 'mode: set\nmode: fast\n', 'r:2: This is not a line of a Go cover profile.'],
    ['Istanbul: a statement without its place', detailed({ statementMap: { 0: {} }, s: { 0: 1 } }), 'r: `/a.js` lacks a usable `statementMap` and `s`.'],
    ['Istanbul: a statement without its counter', detailed({ statementMap: { 0: at(1) }, s: {} }), 'r: `/a.js` lacks a usable `statementMap` and `s`.'],
    ['Istanbul: a branch without its counters', detailed({ statementMap: {}, s: {}, branchMap: { 0: {} }, b: {} }), 'r: `/a.js` lacks a usable `branchMap` and `b`.'],
    ['coverage.py: a file without lines', python({ 'a.py': { executed_lines: [1] } }), 'r: `a.py` lacks usable `executed_lines` and `missing_lines`.'],
    ['coverage.py: lines that are no numbers', python({ 'a.py': { executed_lines: ['1'], missing_lines: [] } }), 'r: `a.py` lacks usable `executed_lines` and `missing_lines`.'],
    ['coverage.py: a file that is none', python({ 'a.py': 1 }), 'r: `a.py` lacks usable `executed_lines` and `missing_lines`.'],
    ['gcov: a file without lines', '{"gcc_version":"12","files":[{"file":"a.c"}]}', 'r: A file lacks `file` or `lines`.'],
    ['gcov: a file without its name', '{"gcc_version":"12","files":[{"lines":[]}]}', 'r: A file lacks `file` or `lines`.'],
    ['gcov: a line without a counter', gcov({ line_number: 1 }), 'r: A line of `a.c` lacks `line_number` or `count`.'],
    ['gcovr’s summary: a file without its name', '{"gcovr/summary_format_version":"0.6","files":[{"line_total":1,"line_covered":1}]}', 'r: A file lacks `filename`, `line_covered` or `line_total`.'],
    ['gcovr’s summary: a file without sums', '{"gcovr/summary_format_version":"0.6","files":[{"filename":"a"}]}', 'r: A file lacks `filename`, `line_covered` or `line_total`.'],
    ['JSON that is cut off', '{"total":{"lines"', 'r:1:18: This is not valid JSON.'],
    ['XML that is cut off', '<coverage version="1"><file path="a"><lineToCover lineNumber="1" covered="true"/>', 'r:1:82: This is not well-formed XML: unclosed tag: file'],
  ])('%s', async (_, text, expected) => {
    const config = configOf({ type: 'coverage', path: 'r', minimum: 0 });
    const reading = await readCoverage(config, contextIn(workspace({ r: text })));
    expect(reading.findings.map(({ check, result, evidence }) => [check, result, evidence])).toEqual([
      ['reading r', 'FAIL', expected],
    ]);
    expect(reading.coverage).toBeUndefined();
  }); // biome-ignore format: a table
});
