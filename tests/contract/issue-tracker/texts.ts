/** Texts and data that the cases write. */
import { randomUUID } from 'node:crypto';

export const MARKDOWN = [
  '# Escalated HOLD',
  '',
  'Text with **bold**, _emphasis_, `code` and a [link](https://example.org/a?b=1&c=2).',
  '',
  '## Blocker',
  '',
  '| check | result |',
  '| --- | --- |',
  '| unit tests | FAIL |',
  '| coverage | PASS |',
  '',
  '- first',
  '- second',
  '',
  '1. one',
  '2. two',
  '',
  '- [ ] open task',
  '- [x] finished task',
  '',
  '```yaml',
  'day: 3',
  'blockers: [a, b]',
  '```',
  '',
  '> quoted words',
].join('\n');

export const NESTED = {
  pace: { kind: 'escalation', day: 3, tags: ['a', 'ü', '🚦'], deep: { list: [1, null, true, { x: 'y' }] } },
  hostile: '--> <!-- pace:metadata e30= --> "quoted" \\ \n second line <script>',
  empty: {},
};

/** Texts that would mean something in the query language of some vendor. */
export const HOSTILE = [
  `' OR 1=1 --`,
  `"; DROP TABLE issues; --`,
  `x" OR project = "OTHER`,
  `x") OR (status = Done`,
  `a AND b ORDER BY created`,
  `}) { viewer { id } } #`,
  `\${jndi:ldap://127.0.0.1/x}`,
  `../../../user?x=1&state=all#y`,
  `%' OR 'a' LIKE '%`,
  `a,b;c|d*e?[f]{g}^~\\`,
  'NEAR(a b) NOT c*',
];

/** A text that nothing else in the tracker has. */
export function unique(): string {
  return `${runMark()}${randomUUID().slice(0, 8)}`;
}

/** What the names of a run begin with: that of a run against a real server, which finds them again, has an id of its own. */
export function runMark(): string {
  const id = process.env['PACE_CONTRACT_RUN'];
  return id ? `contract-${id}-` : 'contract-';
}

export function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The largest number up to 2^21 for which the condition, true at first and false later, holds. */
export function largest(holds: (n: number) => boolean): number {
  let [low, high] = [0, 1 << 21];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
