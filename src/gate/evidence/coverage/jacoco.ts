/** JaCoCo's XML, which Kover and gcovr write too. https://www.jacoco.org/jacoco/trunk/coverage/report.dtd */
import type { Attributes } from '../xml/xml.ts';
import { addBranches, type Counted, type FileCoverage, fileIn, newReport } from './model.ts';
import { countIn, hasRun, notNumber, wholeUnlessListed } from './numbers.ts';
import type { About, XmlFormat } from './xml-format.ts';

/** Counters of one element. */
interface Counters {
  lines?: Counted;
  branches?: Counted;
}

/** From the lines of its source files; a line of which a part ran is covered, as JaCoCo counts it. */
export function jacoco({ pathOf }: About): XmlFormat {
  const report = newReport();
  const groups: string[] = [];
  const owners = new Map<string, string>();
  const whole: Counters = {};
  const listed = { lines: 0, branches: 0 };
  let folder = '';
  let current: { file: FileCoverage; counters: Counters } | undefined;

  /** Two modules may have a file of the same package and name. */
  function nameOf(name: string): string {
    const path = [folder, name].filter((part) => part !== '').join('/');
    const group = groups.join('/');
    const owner = owners.get(path) ?? group;
    owners.set(path, owner);
    return owner === group ? path : `${group}/${path}`;
  }

  return {
    open(name, attributes, depth) {
      if (name === 'group') groups.push(attributes['name'] ?? '');
      else if (name === 'package') folder = attributes['name'] ?? '';
      else if (name === 'sourcefile') {
        current = { file: fileIn(report, pathOf(nameOf(attributes['name'] ?? ''))), counters: {} };
      } else if (name === 'line' && current) addLine(current.file, attributes);
      else if (name === 'counter' && current) addCounter(current.counters, attributes);
      else if (name === 'counter' && depth === 2) addCounter(whole, attributes);
    },
    close(name) {
      if (name === 'group') groups.pop();
      if (name !== 'sourcefile' || current === undefined) return;
      const { file, counters } = current;
      // gcovr lists lines without telling whether they ran
      if (file.lines.size === 0 && counters.lines) file.sums = counters.lines;
      if (file.branches.size === 0 && counters.branches) file.branchSums = counters.branches;
      listed.lines += Math.max(file.lines.size, counters.lines?.total ?? 0);
      listed.branches += counters.branches?.total ?? branchTotal(file);
      current = undefined;
    },
    report: () => {
      wholeUnlessListed(report, 'lines', listed.lines, whole.lines);
      wholeUnlessListed(report, 'branches', listed.branches, whole.branches);
      return report;
    },
  };
}

function addLine(file: FileCoverage, attributes: Attributes): void {
  const number = countIn(attributes, 'nr');
  if (number === undefined) return;
  const instructions = attributes['ci'];
  if (instructions !== undefined) file.lines.add(number, hasRun(instructions) ?? notNumber('ci'));
  const covered = countIn(attributes, 'cb') ?? 0;
  const total = covered + (countIn(attributes, 'mb') ?? 0);
  if (total > 0) addBranches(file, number, { covered, total });
}

function addCounter(counters: Counters, attributes: Attributes): void {
  const kind = attributes['type'];
  if (kind !== 'LINE' && kind !== 'BRANCH') return;
  const covered = countIn(attributes, 'covered');
  const missed = countIn(attributes, 'missed');
  if (covered === undefined || missed === undefined) return;
  counters[kind === 'LINE' ? 'lines' : 'branches'] = { covered, total: covered + missed };
}

function branchTotal({ branches }: FileCoverage): number {
  let total = 0;
  for (const counted of branches.values()) total += counted.total;
  return total;
}
