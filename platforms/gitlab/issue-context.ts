/** What every call of the issue tracker works with. */
import { PaceError } from '../../core/errors.ts';
import type { Settings } from '../../core/ports/index.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { type Edition, lookAtEdition } from './abilities.ts';
import { connect, type GitLabApi } from './api.ts';
import { createLabelWords, type LabelWords } from './label-words.ts';

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

/** Throws `validation` for what can be no number of an issue. */
export function numberOf(key: string): number {
  if (isNumber(key)) return Number(key);
  throw invalid(`"${cut(key, 50)}" is not the number of a GitLab issue.`, 'Please write the number only, as in `12`.');
}

export function isNumber(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text);
}

export function invalid(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}
