/** Kinds of reports of coverage. */
import type { KnownFormat } from './known-format.ts';

const CONVERTED = 'Turn it into Cobertura XML (`reportgenerator -reporttypes:Cobertura`).';

export const knownCoverage = {
  lcov: { name: 'lcov', isRead: true },
  cobertura: { name: 'Cobertura XML', isRead: true },
  jacoco: { name: 'JaCoCo XML', isRead: true },
  clover: { name: 'Clover XML', isRead: true },
  'sonarqube-coverage': { name: "SonarQube's generic coverage", isRead: true },
  'go-cover': { name: 'a coverage profile of Go', isRead: true },
  'coverage.py-json': { name: 'the JSON of coverage.py', isRead: true },
  istanbul: { name: 'coverage of Istanbul (JSON)', isRead: true },
  'istanbul-summary': { name: 'a coverage summary of Istanbul (JSON)', isRead: true },
  'gcov-json': { name: "gcov's JSON", isRead: true },
  'gcovr-json': { name: "gcovr's JSON", isRead: true },
  'gcovr-summary': { name: "gcovr's summary (JSON)", isRead: true },

  opencover: { name: "OpenCover's XML", instead: CONVERTED },
  dotcover: { name: "dotCover's XML", instead: CONVERTED },
  ncover: { name: "NCover's XML", instead: CONVERTED },
  partcover: { name: "PartCover's XML", instead: CONVERTED },
  bullseye: { name: "BullseyeCoverage's XML", instead: 'Turn it into Cobertura XML.' },
  'visual-studio-coverage': {
    name: "Visual Studio's coverage XML",
    instead: 'Turn it into Cobertura XML (`dotnet-coverage merge -f cobertura -o FILE`).',
  },
  emma: { name: "EMMA's XML", instead: 'Use JaCoCo, which came after EMMA, and its XML report.' },
  'phpunit-coverage': {
    name: "PHPUnit's coverage XML",
    instead: 'Run `phpunit --coverage-clover FILE`, or `phpunit --coverage-cobertura FILE`.',
  },
  'llvm-cov-json': {
    name: "llvm-cov's JSON",
    instead: 'Have it write lcov: `llvm-cov export -format=lcov`, `cargo llvm-cov --lcov`.',
  },
  'v8-coverage': { name: "V8's raw coverage", instead: 'Have c8 write lcov from it: `c8 report --reporter=lcov`.' },
  simplecov: {
    name: "SimpleCov's own JSON",
    instead: 'Have it write lcov or Cobertura XML, with the gems simplecov-lcov or simplecov-cobertura.',
  },
  'gcov-text': {
    name: "gcov's text",
    instead: 'Run `gcov --json-format --stdout`, or have gcovr or lcov write the report.',
  },
} satisfies Record<string, KnownFormat>;
