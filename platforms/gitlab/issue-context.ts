/** What every call of the issue tracker works with. */
import type { Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { type Edition, lookAtEdition } from './abilities.ts';
import { placeIn } from './address.ts';
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

/** Where an issue is: in the project of the settings, or in one that it was moved to. */
export interface Place {
  readonly context: IssueContext;
  readonly number: number;
}

/** What the key names: `12`, in another project `group/project#12`. */
export function placeOf(context: IssueContext, key: string): Place {
  const { project, number } = placeIn(key);
  if (project === undefined || project.toLowerCase() === context.project.toLowerCase()) return { context, number };
  return { context: contextOf(context.world, context.api, project, context.words), number };
}

export function issueContext(world: World, settings: Settings): IssueContext {
  const api = connect(world, settings);
  const project = settings['issues_project'] ?? settings['project'] ?? '';
  return contextOf(world, api, project, createLabelWords(settings['states']));
}

function contextOf(world: World, api: GitLabApi, project: string, words: LabelWords): IssueContext {
  let edition: Promise<Edition> | undefined;
  return {
    world,
    api,
    project,
    words,
    edition: () => {
      edition ??= lookAtEdition(api, project).catch((error: unknown) => {
        edition = undefined;
        throw error;
      });
      return edition;
    },
  };
}
