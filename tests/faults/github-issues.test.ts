import { GITHUB_PERMISSION, startGitHubStage } from './github-stage.ts';
import { faultSuite } from './scenario.ts';
import { trackerSteps } from './steps.ts';

faultSuite({
  platform: 'github',
  startStage: () => startGitHubStage(),
  steps: trackerSteps,
  permission: GITHUB_PERMISSION,
});
