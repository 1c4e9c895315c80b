/** Kinds of what scanners and linters write. */
import type { KnownFormat } from './known-format.ts';

const SOURCE = 'give it a source of `type: sarif`';

function scanner(name: string, run: string): KnownFormat {
  return { name, instead: `Run \`${run}\` and ${SOURCE}.` };
}

export const knownScans = {
  sarif: { name: 'SARIF', isRead: true },

  bandit: { name: "Bandit's JSON", instead: 'Run `bandit -f sarif -o FILE` and give it a source of `type: sarif`.' },
  semgrep: { name: "Semgrep's JSON", instead: 'Run `semgrep scan --sarif` and give it a source of `type: sarif`.' },
  eslint: {
    name: "ESLint's JSON",
    instead: 'Run `eslint -f @microsoft/eslint-formatter-sarif` and give it a source of `type: sarif`.',
  },
  trivy: { name: "Trivy's JSON", instead: 'Run `trivy --format sarif` and give it a source of `type: sarif`.' },
  checkstyle: {
    name: 'Checkstyle XML',
    instead: 'Have the linter write SARIF and give it a source of `type: sarif`.',
  },
  'code-climate': {
    name: 'Code Climate JSON, as GitLab shows it',
    instead: 'Have the linter write SARIF and give it a source of `type: sarif`.',
  },
  pmd: { name: "PMD's own report", instead: 'Run `pmd check -f sarif` and give it a source of `type: sarif`.' },
  spotbugs: { name: "SpotBugs' XML", instead: 'Run `spotbugs -sarif` and give it a source of `type: sarif`.' },
  stylelint: scanner("Stylelint's JSON", 'stylelint --custom-formatter stylelint-sarif-formatter'),
  ruff: scanner("Ruff's JSON", 'ruff check --output-format sarif'),
  gitleaks: scanner("Gitleaks' JSON", 'gitleaks dir --report-format sarif --report-path FILE'),
  hadolint: scanner("Hadolint's JSON", 'hadolint -f sarif'),
  shellcheck: { name: "ShellCheck's JSON", instead: `Give it to \`shellcheck-sarif\`, and ${SOURCE}.` },
  pylint: { name: "Pylint's JSON", instead: `Turn it into SARIF, and ${SOURCE}.` },
  checkov: scanner("Checkov's JSON", 'checkov -o sarif'),
  'npm-audit': {
    name: 'the JSON of `npm audit`',
    instead: 'Have `type: command` run `npm audit`, or another scanner write SARIF.',
  },
  grype: scanner("Grype's JSON", 'grype -o sarif'),
  snyk: scanner("Snyk's JSON", 'snyk test --sarif-file-output=FILE'),
  gosec: scanner("gosec's JSON", 'gosec -fmt sarif -out FILE'),
  'golangci-lint': scanner("golangci-lint's JSON", 'golangci-lint run --output.sarif.path=FILE'),
  kics: scanner("KICS' JSON", 'kics scan --report-formats sarif'),
  tflint: scanner("TFLint's JSON", 'tflint --format sarif'),
  brakeman: scanner("Brakeman's JSON", 'brakeman -f sarif'),
  'dependency-check': scanner("Dependency-Check's JSON", 'dependency-check --format SARIF'),
  'osv-scanner': scanner("OSV-Scanner's JSON", 'osv-scanner --format sarif'),
  rubocop: { name: "RuboCop's JSON", instead: `Turn it into SARIF, and ${SOURCE}.` },
  pyright: { name: "Pyright's JSON", instead: `Turn it into SARIF, and ${SOURCE}.` },
  'pip-audit': { name: "pip-audit's JSON", instead: 'Have `type: command` run `pip-audit`.' },
  staticcheck: scanner("Staticcheck's JSON", 'staticcheck -f sarif'),
  cargo: { name: 'the messages of Cargo', instead: `Give them to \`clippy-sarif\`, and ${SOURCE}.` },
  'gitlab-security': { name: 'a security report of GitLab', instead: `Have the scanner write SARIF, and ${SOURCE}.` },
  cyclonedx: { name: 'a bill of materials (CycloneDX)', instead: 'Have a scanner read it that writes SARIF.' },
  spdx: { name: 'a bill of materials (SPDX)', instead: 'Have a scanner read it that writes SARIF.' },
  cppcheck: scanner("Cppcheck's XML", 'cppcheck --output-format=sarif --output-file=FILE'),
  'android-lint': { name: "Android Lint's XML", instead: `Set \`sarifReport = true\`, and ${SOURCE}.` },
} satisfies Record<string, KnownFormat>;
