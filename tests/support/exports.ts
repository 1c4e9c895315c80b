/** What `pace-gate/testing` offers to the author of a platform: the contract suites, and the servers and worlds they run in. */
export { codeHostContract } from '../contract/code-host.ts';
export * from '../contract/issue-tracker.ts';
export { refusal } from '../contract/refusal.ts';
export * from './loopback.ts';
export { oddAnswers, spoiling } from './odd-answers.ts';
export { type TestWorld, testWorld } from './world.ts';
