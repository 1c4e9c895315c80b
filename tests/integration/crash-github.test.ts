import { describe, test } from 'vitest';
import { expectRecovery, SCENARIOS } from './crash-bench.ts';

describe('GitHub, killed by what the network does', () => {
  test.each(Object.entries(SCENARIOS))('%s', (_, scenario) => expectRecovery(scenario));
});
