/** What every call of the issue tracker works with. */
import type { Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { type Edition, lookAtEdition } from './abilities.ts';
import { connect, type GitLabApi } from './api.ts';
import { createLabelWords, type LabelWords } from './field-labels.ts';

export interface IssueContext {
  readonly world: World;
  readonly api: GitLabApi;
  /** Path or number of the project that issues are in. */
  readonly project: string;
  readonly words: LabelWords;
  /** What this GitLab offers the project. Asked for once, when it is needed first. */
  edition(): Promise<Edition>;
}

export function issueContext(world: World, settings: Settings): IssueContext {
  const api = connect(world, settings);
  const project = settings['issues_project'] ?? settings['project'] ?? '';
  let edition: Promise<Edition> | undefined;
  return {
    world,
    api,
    project,
    words: createLabelWords(settings['states']),
    edition: () => {
      edition ??= lookAtEdition(api, project).catch((error: unknown) => {
        edition = undefined;
        throw error;
      });
      return edition;
    },
  };
}
