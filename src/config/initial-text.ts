/** The text of a first configuration, from what was found. Pure. */

import picomatch from 'picomatch';
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
  readonly evidence?: readonly GuessedEvidence[];
  /** Where editors find the JSON schema: a path or a URL. */
  readonly schema?: string;
}

export interface GuessedEvidence {
  readonly type: 'junit' | 'sarif' | 'coverage';
  readonly name: string;
  readonly path: string;
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

function evidenceLines(evidence: readonly GuessedEvidence[]): string[] {
  if (evidence.length === 0) {
    return [
      '# What the gate reads besides the commit CI, for instance:',
      '# evidence:',
      '#   - {type: junit, name: unit tests, path: "**/junit*.xml"}',
    ];
  }
  const items = evidence.flatMap(({ type, name, path }) => [
    `  - type: ${type}`,
    `    name: ${scalar(name)}`,
    `    path: ${scalar(path)}`,
  ]);
  return ['evidence:', ...items];
}

function scalar(value: string): string {
  return stringify(value.replace(/\s+/g, ' ').trim(), { lineWidth: 0 }).trim();
}

/** What a report of each kind is usually called; the first pattern that matches a file is written down. */
const GUESSES: readonly (GuessedEvidence & { readonly others?: readonly string[] })[] = [
  {
    type: 'junit',
    name: 'unit tests',
    path: '**/junit*.xml',
    others: ['**/TEST-*.xml', '**/test-results/**/*.xml', '**/*junit*.xml'],
  },
  { type: 'sarif', name: 'code scan', path: '**/*.sarif', others: ['**/*.sarif.json'] },
  {
    type: 'coverage',
    name: 'line coverage',
    path: '**/lcov.info',
    others: ['**/cobertura*.xml', '**/coverage-summary.json', '**/coverage.xml'],
  },
];

/** Globs of {@link guessEvidence}, for finding the files it wants to see. */
export const evidenceGlobs: readonly string[] = GUESSES.flatMap(({ path, others = [] }) => [path, ...others]);

/** Evidence that the files of a workspace (relative paths) suggest. */
export function guessEvidence(files: readonly string[]): GuessedEvidence[] {
  return GUESSES.flatMap(({ type, name, path, others = [] }) => {
    const found = [path, ...others].find((pattern) => matchesOne(files, pattern));
    return found === undefined ? [] : [{ type, name, path: found }];
  });
}

function matchesOne(files: readonly string[], pattern: string): boolean {
  const matches = picomatch(pattern, { dot: true });
  return files.some((file) => matches(file));
}
