import { GITHUB_PERMISSION, startGitHubStage } from './github-stage.ts';
import { faultSuite } from './scenario.ts';
import { ciSteps } from './steps.ts';

faultSuite({ platform: 'github', startStage: () => startGitHubStage(), steps: ciSteps, permission: GITHUB_PERMISSION });
