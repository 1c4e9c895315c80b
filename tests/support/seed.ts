/** Property tests try the same values in every run; `PACE_TEST_SEED=<number>` tries others. */
import fc from 'fast-check';

export const SEED = Number(process.env['PACE_TEST_SEED'] ?? 20_261_120);

fc.configureGlobal({ seed: SEED });
