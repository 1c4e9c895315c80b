/** The text of a first configuration, from what was found. Pure. */

import { stringify } from 'yaml';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { SCHEMA_URL } from '../../core/version.ts';

export interface InitialFacts {
  /** Name of the product, e.g. of the repository. */
  readonly product?: string;
  /** Names of the platforms found; written down so that the file says what happens. */
  readonly ci?: string;
  readonly tracker?: string;
  /** Date of day 1, as `2026-01-31`, when no plan says it. */
  readonly startDate?: string;
  readonly timeZone?: string;
  readonly evidence?: readonly ProposedEvidence[];
  /** Where editors find the JSON schema: a path or a URL. */
  readonly schema?: string;
}

/** A source for files that are there. */
export interface ProposedEvidence {
  readonly type: 'junit' | 'sarif' | 'coverage';
  readonly name: string;
  readonly path: string | readonly string[];
  /** What was found, as a comment. */
  readonly found: string;
}

/** The text of a `pace.config.yaml`. The same input always gives the same text. */
export function initialText(facts: InitialFacts): string {
  const { product, ci = 'auto', tracker = 'auto', startDate, timeZone, evidence = [], schema } = facts;
  const lines = [
    `# yaml-language-server: $schema=${schema ?? SCHEMA_URL}`,
    '# Every other key, with its default: pace.config.example.yaml',
    'product:',
    `  name: ${scalar(plainLine(product ?? '') || 'My Product')}`,
    'platform:',
    `  ci: ${scalar(ci)}`,
    `  tracker: ${scalar(tracker)}`,
    ...sprintLines(startDate, timeZone),
    'gate:',
    '  mode: enforce # observe: judge and report only, never block',
    ...evidenceLines(evidence),
  ];
  return `${lines.join('\n')}\n`;
}

function sprintLines(startDate: string | undefined, timeZone: string | undefined): string[] {
  const start = startDate === undefined ? [] : [`  start_date: ${scalar(startDate)} # day 1`];
  const zone = timeZone === undefined ? [] : [`  timezone: ${scalar(timeZone)}`];
  return start.length + zone.length === 0 ? [] : ['sprint:', ...start, ...zone];
}

function evidenceLines(evidence: readonly ProposedEvidence[]): string[] {
  if (evidence.length === 0) {
    return [
      '# What the gate reads besides the commit CI, for instance:',
      '# evidence:',
      '#   - {type: junit, name: unit tests, path: "**/junit*.xml"}',
    ];
  }
  return ['evidence:', ...evidenceItems(evidence)];
}

/** The items of `evidence`, each with a comment of what was found. */
export function evidenceItems(evidence: readonly ProposedEvidence[]): string[] {
  return evidence.flatMap(({ type, name, path, found }) => [
    `  # ${plainLine(found, 200)}`,
    `  - type: ${type}`,
    `    name: ${scalar(name)}`,
    ...pathLines(path),
  ]);
}

function pathLines(path: ProposedEvidence['path']): string[] {
  if (typeof path === 'string') return [`    path: ${scalar(path)}`];
  return ['    path:', ...path.map((each) => `      - ${scalar(each)}`)];
}

function scalar(value: string): string {
  return stringify(value.replace(/\s+/g, ' ').trim(), { lineWidth: 0 }).trim();
}
