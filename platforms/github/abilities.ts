/** What the server and the organisation offer, found by looking. Each thing is looked at once, when it is first needed. */

import { defined } from '../../core/defined.ts';
import { unless } from '../../core/drivers/unless.ts';
import { type Capabilities, capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { IssueAddress } from './address.ts';
import type { Api } from './api.ts';
import type { IssueFields } from './field-labels.ts';
import type { WireIssue } from './issue-wire.ts';

export interface Features {
  /** The organisation's types, as it writes them; `undefined` where it has none or does not tell: then types are labels. */
  issueTypes(): Promise<readonly string[] | undefined>;
  capabilities(): Promise<Capabilities>;
}

const NO_DELETION =
  'GitHub’s REST API deletes none: an administrator of the repository can, at the end of the issue’s page. Please close it: `pace issue close KEY --reason not-planned`.';

const OPERATION = 'capabilities';

export const NO_SUB_ISSUES = 'This server has no sub-issues.';
export const NO_DEPENDENCIES = 'This server has no issue dependencies.';

export function createFeatures(api: Api, { states }: IssueFields): Features {
  const issueTypes = once(() => findIssueTypes(api));

  return {
    issueTypes,
    capabilities: async () => {
      const [types, { subIssues, dependencies }] = await Promise.all([issueTypes(), findRelations(api)]);
      return capabilitiesBut(
        {
          dueDate: 'GitHub keeps a due date for milestones only: give the issue a milestone that has one.',
          'delete issues': NO_DELETION,
          sprint: 'GitHub keeps iterations in projects, which PACE does not read.',
          ...(subIssues ? {} : { parent: NO_SUB_ISSUES }),
          ...(dependencies ? {} : { links: NO_DEPENDENCIES }),
        },
        {
          states: ['open', ...states.states, 'done', 'canceled'],
          // of a duplicate GitHub tells that it is one, but not of what
          linkTypes: dependencies ? ['blocks', 'is blocked by'] : [],
          ...defined({ types: types?.map((name) => name.toLowerCase()) }),
        },
      );
    },
  };
}

/** https://docs.github.com/en/rest/orgs/issue-types */
async function findIssueTypes(api: Api): Promise<readonly string[] | undefined> {
  // a person's account has none, an older server has no such address, and a workflow's own token may not look
  const types = await unless(['not-found', 'permission'], () =>
    api.call(OPERATION, 'list issue types', (octokit) =>
      octokit.request('GET /orgs/{org}/issue-types', { org: api.repository.owner }),
    ),
  );
  const names = (types ?? []).flatMap((type) => (type && type.is_enabled !== false ? [type.name] : []));
  return names.length > 0 ? names : undefined;
}

async function findRelations(api: Api): Promise<{ subIssues: boolean; dependencies: boolean }> {
  const issues = await api.call(OPERATION, 'read issues', (octokit) =>
    octokit.request('GET /repos/{owner}/{repo}/issues', { ...api.repository, state: 'all', per_page: 30 }),
  );
  const sample = issues.find((issue) => issue.pull_request === undefined);
  // without issues there is nothing yet that could be a parent or blocked: what looks for it will tell
  if (!sample) return { subIssues: true, dependencies: true };
  const address = { ...api.repository, issue_number: sample.number };
  const [subIssues, dependencies] = await Promise.all([
    hasSubIssues(api, OPERATION, address, sample),
    hasDependencies(api, OPERATION, address, sample),
  ]);
  return { subIssues, dependencies };
}

/** Newer servers tell in every issue; of others an issue that exists is asked. */
export async function hasSubIssues(
  api: Api,
  operation: string,
  address: IssueAddress,
  issue: WireIssue,
): Promise<boolean> {
  if ('sub_issues_summary' in issue) return true;
  const found = await unless(['not-found'], () =>
    api.call(operation, 'read issues', (octokit) =>
      octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues', { ...address, per_page: 1 }),
    ),
  );
  return found !== undefined;
}

/** The same for dependencies. */
export async function hasDependencies(
  api: Api,
  operation: string,
  address: IssueAddress,
  issue: WireIssue,
): Promise<boolean> {
  if ('issue_dependencies_summary' in issue) return true;
  const found = await unless(['not-found'], () =>
    api.call(operation, 'read issues', (octokit) =>
      octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by', {
        ...address,
        per_page: 1,
      }),
    ),
  );
  return found !== undefined;
}

/** The first answer serves all; a failure is forgotten. */
function once<Result>(ask: () => Promise<Result>): () => Promise<Result> {
  let asked: Promise<Result> | undefined;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}
