/**
 * What GitLab offers a project: its edition and licence show in the fields that its answers have, and in nothing else that
 * every token may read. https://docs.gitlab.com/api/issues/ and https://docs.gitlab.com/api/projects/
 */
import { type Capabilities, capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { GitLabApi } from './api.ts';
import type { LabelWords } from './field-labels.ts';

export interface Edition {
  /** Issues have a weight. The same licence gives them several assignees, and links that block. */
  readonly premium: boolean;
  readonly epics: boolean;
  readonly iterations: boolean;
}

/** Looks at an issue; where there is none yet, at the project. */
export async function lookAtEdition(api: GitLabApi, project: string): Promise<Edition> {
  const { issues, projects } = api.resources();
  const [issue] = await issues.all({ projectId: project, scope: 'all', issueType: 'issue', page: 1, perPage: 1 });
  if (issue) return { premium: 'weight' in issue, epics: 'epic' in issue, iterations: 'iteration' in issue };
  const found = await projects.show(project);
  // only a licensed project shows its template of issues
  const premium = 'issues_template' in found;
  const inGroup = premium && isGroup(found.namespace);
  return { premium, epics: inGroup, iterations: inGroup };
}

/** A person's own project has neither epics nor iterations. */
function isGroup(namespace: { readonly kind?: unknown } | undefined): boolean {
  return namespace?.kind === 'group';
}

const PREMIUM = 'That needs GitLab Premium or Ultimate, and this project has neither.';

export function toCapabilities({ premium, epics, iterations }: Edition, { known }: LabelWords): Capabilities {
  return capabilitiesBut(
    {
      ...(premium ? {} : { 'several assignees': `Please give one. ${PREMIUM}` }),
      ...(epics
        ? {}
        : {
            parent:
              'The parent of an issue is an epic: those are in groups with GitLab Premium or Ultimate. Tasks as children are in GitLab’s GraphQL API only. Please link the issues instead.',
          }),
      ...(iterations ? {} : { sprint: 'Iterations are in groups with GitLab Premium or Ultimate.' }),
    },
    { states: known, linkTypes: premium ? ['relates to', 'blocks', 'is blocked by'] : ['relates to'] },
  );
}
