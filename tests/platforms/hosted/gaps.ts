/** What the contract has no call for: names of cases, each with its reason. */

const NO_AUTHORS = 'the contract does not tell who wrote an issue';
const OWN_ORDER = 'the service gives issues in an order of its own: newest first is known when all are read';

export const GAPS: Readonly<Record<string, string>> = {
  'go on over more than one page, each issue once, and may be left early': OWN_ORDER,
  'of what is open have the newest first, and cost one page to whoever stops within it': OWN_ORDER,
  ...Object.fromEntries(['author', 'all together'].map((name) => [name, NO_AUTHORS])),
};
