import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defined } from '../../../../../core/defined.ts';
import { readCoverage } from '../../../../../src/gate/evidence/coverage/coverage.ts';
import type { EvidenceContext } from '../../../../../src/gate/evidence/reader.ts';
import { newWorkspace, type Workspace } from '../../../../support/workspace.ts';
import { testWorld } from '../../../../support/world.ts';
import { configOf, contextIn, lines } from '../workspace.support.ts';

const DEEPER =
  'Fetch the history before the gate runs: `fetch-depth: 0` of actions/checkout, `GIT_DEPTH: 0` of GitLab, else `git fetch --unshallow`.';

const lcov = (name: string, ...records: string[]) => `SF:${name}\n${records.join('\n')}\nend_of_record\n`;
const numbered = (count: number, word = 'line') =>
  Array.from({ length: count }, (_, index) => `${word} ${index}\n`).join('');

let checkout: Workspace;
let first = '';
beforeEach(async () => {
  checkout = await newWorkspace({ 'src/a.js': numbered(5), 'README.md': 'old\n' });
  first = await checkout.git('rev-parse', 'HEAD');
});
afterEach(() => checkout.dispose());

async function judged(
  report: string,
  more: { [Member in keyof EvidenceContext]?: EvidenceContext[Member] | undefined } = {},
  settings: Record<string, unknown> = {},
): Promise<string[]> {
  await checkout.write({ 'report.tmp': report });
  const config = configOf({ type: 'coverage', path: 'report.tmp', changed_lines: 60, ...settings });
  const { world = testWorld({ cwd: checkout.path }), sha = await checkout.git('rev-parse', 'HEAD') } = more;
  const { day, since } = { day: 3, since: { day: 2, commit: first }, ...more };
  const { day: _, ...usual } = contextIn(checkout.path);
  const context = { ...usual, world, sha, ...defined({ day, since }) };
  const [, ...found] = lines(await readCoverage(config, context));
  return found;
}

describe('the lines that a day has changed', () => {
  it('are held against their minimum, and the uncovered ones are named', async () => {
    await checkout.write({ 'src/a.js': `new\n${numbered(2)}other\nother too\nlast\n` });
    await checkout.commit();
    const report = lcov('src/a.js', 'DA:6,1', 'DA:1,1', 'DA:5,1', 'DA:2,0', 'DA:4,0');
    expect(await judged(report)).toEqual([
      'PASS coverage of changed lines | Coverage of changed lines is 75.00 % (3 of 4 lines changed since day 2); the minimum is 60 %. Not covered: src/a.js:4.',
    ]);
    expect(await judged(report, {}, { changed_lines: 76 })).toEqual([
      'FAIL coverage of changed lines @src/a.js:4 | Coverage of changed lines is 75.00 % (3 of 4 lines changed since day 2); less than the minimum of 76 %. Not covered: src/a.js:4.',
    ]);
  });

  it('are those of files, too, that the commit calls no text', async () => {
    await checkout.write({ '.gitattributes': '*.js -diff\n', 'src/a.js': numbered(5, 'new'), 'src/b.js': '\0\nnew\n' });
    await checkout.commit();
    expect(await judged(lcov('src/a.js', 'DA:1,0', 'DA:2,1') + lcov('src/b.js', 'DA:2,0'))).toEqual([
      'FAIL coverage of changed lines @src/a.js:1 | Coverage of changed lines is 33.33 % (1 of 3 lines changed since day 2); less than the minimum of 60 %. Not covered: src/a.js:1, src/b.js:2.',
    ]);
  });

  it('name the longest places first, ten of them, and count the others', async () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`src/n${index}.js`, numbered(9)]));
    await checkout.write(files);
    await checkout.commit();
    const reports = Object.keys(files).map((path) => lcov(path, 'DA:1,1', 'DA:3,0'));
    // comments between them that no report lists do not part them, and a line that ran does
    reports[5] = lcov('src/n5.js', 'DA:1,0', 'DA:3,0', 'DA:5,0', 'DA:6,1', 'DA:8,0');
    const [found] = await judged(reports.join(''), {}, { changed_lines: 50 });
    expect(found).toBe(
      'FAIL coverage of changed lines @src/n5.js:1 | Coverage of changed lines is 44.44 % (12 of 27 lines changed since day 2); less than the minimum of 50 %. ' +
        'Not covered: src/n5.js:1-5, src/n0.js:3, src/n1.js:3, src/n10.js:3, src/n11.js:3, src/n2.js:3, src/n3.js:3, src/n4.js:3, src/n5.js:8, src/n6.js:3 and 3 more places.',
    );
  });

  it('are what all reports cover together, under the names that their tools give the files', async () => {
    await checkout.write({ 'src/a.js': numbered(5, 'new'), 'src/lib/b.js': numbered(2) });
    await checkout.commit();
    const both =
      lcov('/build/src/a.js', 'DA:1,1', 'DA:2,0') + lcov('./src/a.js', 'DA:2,1') + lcov('lib/b.js', 'DA:1,0');
    expect(await judged(both)).toEqual([
      'PASS coverage of changed lines | Coverage of changed lines is 66.66 % (2 of 3 lines changed since day 2); the minimum is 60 %. Not covered: src/lib/b.js:1.',
    ]);
  });

  it('are those in blocks, of a profile of Go', async () => {
    await checkout.write({ 'calc/calc.go': numbered(12) });
    await checkout.commit();
    const profile = [
      'mode: set',
      'm/calc/calc.go:2.1,6.2 1 0',
      'm/calc/calc.go:4.1,5.2 2 1',
      'm/calc/calc.go:9.1,90.2 1 0',
    ];
    expect(await judged(profile.join('\n'), {}, { changed_lines: 10 })).toEqual([
      'PASS coverage of changed lines | Coverage of changed lines is 22.22 % (2 of 9 lines changed since day 2); the minimum is 10 %. Not covered: calc/calc.go:6-12, calc/calc.go:2-3.',
    ]);
  });

  it('are not those that were only moved with their file, or taken out', async () => {
    await checkout.git('mv', 'src/a.js', 'src/z.js');
    await checkout.write({ 'src/z.js': numbered(4) });
    await checkout.commit();
    expect(await judged(lcov('src/z.js', 'DA:1,0', 'DA:2,0'))).toEqual([
      'PASS coverage of changed lines | No measured line was changed since day 2.',
    ]);
  });

  it('may be none that is measured; files of a measured kind that no report has are named', async () => {
    await checkout.write({ 'README.md': 'new\n' });
    await checkout.commit();
    const report = lcov('src/a.js', 'DA:1,1');
    expect(await judged(report)).toEqual([
      'PASS coverage of changed lines | No measured line was changed since day 2.',
    ]);
    await checkout.write({ 'src/new.js': 'new\n' });
    await checkout.commit();
    expect(await judged(report)).toEqual([
      'PASS coverage of changed lines | No measured line was changed since day 2. In no report: src/new.js.',
    ]);
    await checkout.write({ 'b.js': 'b\n', 'c.js': 'c\n', 'd.js': 'd\n', 'd.ts': 'd\n', 'src/a.js': 'new\n' });
    await checkout.commit();
    expect(await judged(report)).toEqual([
      'PASS coverage of changed lines | Coverage of changed lines is 100.00 % (1 of 1 line changed since day 2); the minimum is 60 %. In no report: b.js, c.js, d.js and 1 more.',
    ]);
  });

  it('are found in a folder of the repository, whatever git is told to print', async () => {
    await checkout.git('config', 'diff.noprefix', 'true');
    await checkout.git('config', 'diff.interHunkContext', '9');
    await checkout.git('config', 'color.diff', 'always');
    await checkout.git('config', 'diff.external', 'false');
    await checkout.write({ 'src/a.js': `new\n${numbered(2)}other\n`, 'src/größe "1".js': 'x\n' });
    await checkout.commit();
    await checkout.write({
      'src/report.tmp': lcov('a.js', 'DA:1,1', 'DA:2,0', 'DA:4,0') + lcov('größe "1".js', 'DA:1,1'),
    });
    expect(await judged('', { world: testWorld({ cwd: `${checkout.path}/src` }) })).toEqual([
      'PASS coverage of changed lines | Coverage of changed lines is 66.66 % (2 of 3 lines changed since day 2); the minimum is 60 %. Not covered: a.js:4.',
    ]);
  });
});

describe('a change', () => {
  it('is compared with where it left its target, as the remote has that', async () => {
    await checkout.git('switch', '--quiet', '-c', 'topic');
    await checkout.write({ 'src/a.js': `new\n${numbered(5)}` });
    await checkout.commit();
    await checkout.git('switch', '--quiet', 'main');
    await checkout.write({ 'src/b.js': 'on main\n' });
    await checkout.commit();
    await checkout.git('switch', '--quiet', 'topic');
    const context = { day: undefined, since: { branch: 'main' } };
    const report = lcov('src/a.js', 'DA:1,0', 'DA:2,0');
    const found = (places: string) => [
      `FAIL coverage of changed lines @src/a.js:1 | Coverage of changed lines is 0.00 % (0 of ${places} changed since \`main\`); less than the minimum of 60 %. Not covered: src/a.js:1.`,
    ];
    expect(await judged(report, context)).toEqual(found('1 line'));
    await checkout.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect(await judged(report, context)).toEqual([
      'PASS coverage of changed lines | No measured line was changed since `main`.',
    ]);
  });

  it('whose target is not known, or not in the checkout, cannot be judged', async () => {
    expect(await judged(lcov('src/a.js', 'DA:1,1'), { day: undefined, since: undefined })).toEqual([
      'FAIL coverage of changed lines | It is not known which branch this change goes to.',
    ]);
    expect(await judged(lcov('src/a.js', 'DA:1,1'), { day: undefined, since: { branch: 'next' } })).toEqual([
      `FAIL coverage of changed lines | The branch \`next\` is not in this checkout. ${DEEPER}`,
    ]);
  });
});

describe('what cannot be known is missing evidence', () => {
  const report = lcov('src/a.js', 'DA:1,1');
  const LOST = '1234567890123456789012345678901234567890';

  it('a commit that a shallow checkout lacks', async () => {
    expect(await judged(report, { since: { day: 2, commit: LOST } })).toEqual([
      `FAIL coverage of changed lines | The commit 123456789012 of day 2, the last that shipped, is not in this checkout. ${DEEPER}`,
    ]);
    expect(await judged(report, { since: { day: 2, commit: LOST } }, { on_missing: 'advisory' })).toEqual([
      `ADVISORY coverage of changed lines | The commit 123456789012 of day 2, the last that shipped, is not in this checkout. ${DEEPER}`,
    ]);
    expect(await judged(report, { sha: LOST })).toEqual([
      `FAIL coverage of changed lines | The judged commit 123456789012 is not in this checkout. ${DEEPER}`,
    ]);
    expect(await judged(report, { sha: '' })).toEqual([
      'FAIL coverage of changed lines | There is no commit here, so nobody knows what was changed.',
    ]);
  });

  it('a commit without a common past', async () => {
    const tree = await checkout.git('rev-parse', 'HEAD^{tree}');
    const other = await checkout.git('commit-tree', '-m', 'Apart', tree);
    expect(await judged(report, { since: { day: 2, commit: other } })).toEqual([
      `FAIL coverage of changed lines | The commit ${other.slice(0, 12)} of day 2, the last that shipped, has no history in common with the judged commit in this checkout. ${DEEPER}`,
    ]);
  });

  it('a report of sums alone, or of files that are elsewhere', async () => {
    expect(await judged('SF:src/a.js\nLF:2\nLH:2\nend_of_record\n')).toEqual([
      'PASS coverage of changed lines | No measured line was changed since day 2.',
    ]);
    await checkout.write({ 'src/a.js': 'new\n' });
    await checkout.commit();
    expect(await judged('SF:src/a.js\nLF:2\nLH:2\nend_of_record\n')).toEqual([
      'FAIL coverage of changed lines | The reports list no lines, only sums. Have the tool write lines too.',
    ]);
    expect(await judged(lcov('lib/other.js', 'DA:1,1'))).toEqual([
      'FAIL coverage of changed lines | No file that the reports tell of is one of this commit. Check the folder that the tool writes paths for.',
    ]);
  });

  it('a checkout without git', async () => {
    const env = { PATH: '/nowhere' };
    expect(await judged(report, { world: testWorld({ cwd: checkout.path, env }) })).toEqual([
      'FAIL coverage of changed lines | The program `git` was not found. Please install git on the runner, or pass the commit with --sha.',
    ]);
  });

  it('but before the first SHIP there is nothing to compare with', async () => {
    expect(await judged(report, { since: undefined })).toEqual([
      'PASS coverage of changed lines | No day has shipped yet, so there is nothing to compare with.',
    ]);
  });
});
