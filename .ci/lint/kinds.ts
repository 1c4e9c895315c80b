/** What a piece of YAML is, by where it lies or by what it says, and with it the schema that it has to follow. */
import { isMap, parseDocument } from 'yaml';

/**
 * A `component` is a GitLab pipeline with inputs. `permissions` is a part of a workflow. `plan` and `nothing` (a comment by itself, a file of
 * another program) have no schema.
 */
export type Kind =
  | 'action'
  | 'azure'
  | 'bitbucket'
  | 'component'
  | 'config'
  | 'gitlab'
  | 'nothing'
  | 'permissions'
  | 'plan'
  | 'workflow';

const PLACES: readonly (readonly [RegExp, Kind])[] = [
  [/(^|\/)\.github\/workflows\/[^/]+$/, 'workflow'],
  [/(^|\/)action\.ya?ml$/, 'action'],
  [/(^|\/)\.gitlab-ci\.yml$/, 'gitlab'],
  [/^templates\/[^/]+$/, 'component'],
  [/(^|\/)bitbucket-pipelines\.yml$/, 'bitbucket'],
  [/(^|\/)azure-pipelines[^/]*\.yml$/, 'azure'],
  [/(^|\/)pace\.config(\.example)?\.yaml$/, 'config'],
  [/(^|\/)pace\/plan\.yaml$/, 'plan'],
];

/** `undefined` for a file that nobody has told of here. */
export function kindOfFile(path: string): Kind | undefined {
  return PLACES.find(([place]) => place.test(path))?.[1];
}

/** In this order: the first that is there decides. */
const WORDS: readonly (readonly [string, Kind])[] = [
  ['jobs', 'workflow'],
  ['permissions', 'permissions'],
  ['pipelines', 'bitbucket'],
  ['pool', 'azure'],
  ['include', 'gitlab'],
  ['stages', 'gitlab'],
  // `.spectryn.yaml`: another program's
  ['tracker', 'nothing'],
];

/** Of an example in a page: what else there is, is a configuration of PACE. */
export function kindOfText(yaml: string): Kind {
  const { contents } = parseDocument(yaml);
  if (!isMap(contents)) return 'nothing';
  return WORDS.find(([word]) => contents.has(word))?.[1] ?? 'config';
}
