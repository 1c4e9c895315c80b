/** What a run does on GitHub besides the escalation of the day. */
import { describe, test } from 'vitest';
import { junitXml } from '../support/workspace.ts';
import { expectRecovery, type Scenario } from './crash-bench.ts';
import { JUNIT, QUICK_CI } from './github-bench.ts';

const AGENTS = `advisory: { push_to_issues: true }
evidence:
  - { name: sentinel, type: report, on_missing: ship }
  - { name: unit, type: junit, path: report.xml }
`;
const SENTINEL = `day: 1
agent: SENTINEL
sentinel_decision: ADVISORY
findings:
  - { check: weak cipher, result: ADVISORY, evidence: seen in app.ts }
  - { check: no rate limit, result: ADVISORY, evidence: seen in app.ts }
`;
const GATED = 'days:\n  - { day: 1, target: Look, human_gate: true }\n  - { day: 2, target: Build }\n';

const DELIVERIES: Readonly<Record<string, Scenario>> = {
  'a HOLD that pauses by variable too': {
    files: { 'report.xml': junitXml('adds'), 'pace.config.yaml': `${QUICK_CI}\n${JUNIT}\npause: { by: both }\n` },
  },
  'a human-gate day that opens its review': { files: { 'report.xml': junitXml(), 'pace/plan.yaml': GATED } },
  'advisories that become an issue': {
    files: {
      'report.xml': junitXml(),
      'pace.config.yaml': `${QUICK_CI}\n${AGENTS}`,
      '.pace/day-1/sentinel.md': SENTINEL,
    },
  },
};

describe('GitHub, killed by what the network does', () => {
  test.each(Object.entries(DELIVERIES))('%s', (_, scenario) => expectRecovery(scenario));
});
