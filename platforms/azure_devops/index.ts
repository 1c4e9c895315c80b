import type { IssueReference, Platform } from '../../core/ports/index.ts';

/** Azure DevOps, which PACE has given up: every use of it fails with these words. https://learn.microsoft.com/en-us/azure/devops/ */
export default {
  name: 'azure_devops',
  title: 'Azure DevOps',
  needs: [],
  // https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables
  detectCi: (env) => env['TF_BUILD'] === 'True',
  detectRemote: isHost,
  instead: {
    ci: 'Please run the gate where the code is hosted elsewhere, or name the host yourself: with code on GitHub or Bitbucket and only the pipeline here, set `platform.ci: github` (or `bitbucket`) and its token; with code in Azure Repos set `platform.ci: local` and give the gate its reports as `evidence`.',
    tracker:
      'Please keep the issues of the gate in Jira or GitHub: set `platform.tracker: jira` (or `github`, or another tracker) and its settings. `pace issue import` takes over issues from a file.',
  },
  readIssueUrl,
} satisfies Platform;

/** Azure Repos, by https and ssh, under today's names and those of Visual Studio Team Services. */
function isHost(hostname: string): boolean {
  return /(?:^|\.)(?:dev\.azure|visualstudio)\.com$/.test(hostname);
}

function readIssueUrl({ hostname, pathname }: URL): IssueReference | undefined {
  const key = /\/_workitems\/(?:edit\/)?(\d+)/.exec(pathname)?.[1];
  return key !== undefined && isHost(hostname) ? { key, settings: {} } : undefined;
}
