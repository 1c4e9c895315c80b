/** SonarQube's generic test coverage. https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/test-coverage/generic-test-data */
import { EvidenceFault } from '../files/fault.ts';
import type { Attributes } from '../xml/xml.ts';
import { addBranches, type FileCoverage, fileIn, newReport } from './model.ts';
import { countedOf, countIn } from './numbers.ts';
import type { About, XmlFormat } from './xml-format.ts';

export function sonar({ pathOf }: About): XmlFormat {
  const report = newReport();
  let current: FileCoverage | undefined;
  return {
    open(name, attributes) {
      if (name === 'file') current = fileIn(report, pathOf(attributes['path'] ?? ''));
      else if (name === 'lineToCover' && current) addLine(current, attributes);
    },
    report: () => report,
  };
}

function addLine(file: FileCoverage, attributes: Attributes): void {
  const number = countIn(attributes, 'lineNumber');
  const covered = attributes['covered'];
  if (number === undefined) throw new EvidenceFault('A `lineToCover` has no `lineNumber`.');
  if (covered !== 'true' && covered !== 'false') throw new EvidenceFault('`covered` is neither `true` nor `false`.');
  file.lines.add(number, covered === 'true');
  const branches = countedOf(
    countIn(attributes, 'coveredBranches') ?? 0,
    countIn(attributes, 'branchesToCover'),
    'branches',
  );
  if (branches && branches.total > 0) addBranches(file, number, branches);
}
