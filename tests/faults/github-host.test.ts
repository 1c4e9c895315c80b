import { GITHUB_PERMISSION, startGitHubStage } from './github-stage.ts';
import { faultSuite } from './scenario.ts';
import { changeNoteStep, ciSteps } from './steps.ts';

const inJob = { GITHUB_ACTIONS: 'true', GITHUB_REF: 'refs/pull/1/merge' };

faultSuite({
  platform: 'github',
  startStage: () => startGitHubStage(),
  steps: [...ciSteps, { ...changeNoteStep, env: inJob }],
  permission: GITHUB_PERMISSION,
});
