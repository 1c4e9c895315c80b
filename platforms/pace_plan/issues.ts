/** The tracker of a PACE plan: its days, and their stories. */
import type { Change, DocumentKind, Documents, FileChange } from '../../core/drivers/documents/document-kind.ts';
import { documentTracker, issueOf } from '../../core/drivers/documents/document-tracker.ts';
import { readTextFile, type TextFile } from '../../core/drivers/documents/text-files.ts';
import { relativePath } from '../../core/files/workspace-path.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Settings, TrackerDriver } from '../../core/ports/index.ts';
import { ISSUE_STATES } from '../../core/ports/issue.ts';
import type { World } from '../../core/world.ts';
import { diagnoseFiles } from './doctor.ts';
import { wordFor } from './states.ts';
import { issuesOf, type Sheet, sheetOf } from './wire.ts';
import { created, moved, TITLE_LIMIT, updated } from './writes.ts';

/** In characters: a plan is read by people, and is no larger than 1 MB. */
const BODY_LIMIT = 50_000;

export function createTracker(world: World, { path: given = 'pace/plan.yaml' }: Settings): TrackerDriver {
  const path = relativePath(given);
  const kind: DocumentKind = {
    facts: {
      platform: 'pace_plan',
      titleLimit: TITLE_LIMIT,
      bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
      measureBody: (markdown, metadata) => markdown.length + (metadata ? JSON.stringify(metadata).length : 0),
      formatDescription: (markdown) => markdown,
      peopleAreNames: true,
      filesAreLinks: true,
      keepsComments: false,
      deltas: ['labels', 'assignees', 'metadata'],
    },
    calls: ['listLabels', 'listUsers'],
    capabilities: async () => capabilitiesBut(LACKS),
    containerId: () => path,
    files: async () => ((await readTextFile(world.cwd, path)) ? [path] : []),
    read: (texts) => readDocuments(texts, path),
    diagnose: () => diagnoseFiles(world, path),
  };
  return documentTracker(world, kind);
}

const NO_PLACE = 'A plan has no place for';

const LACKS = {
  type: 'A plan has days, and stories.',
  priority: 'A plan is worked off in its order.',
  milestone: `${NO_PLACE} milestones.`,
  parent: 'A story stands in its day: please move it in the file.',
  storyPoints: `${NO_PLACE} story points.`,
  dueDate: 'The number of the day tells it.',
  sprint: 'The whole plan is one.',
  links: 'A plan is worked off in its order.',
  'delete issues': 'Please take it out of the file: its history stays in git.',
  comments: `${NO_PLACE} comments.`,
  attachments: 'Links in the text stand for files.',
  'create labels': 'They are there as soon as a day has one.',
  'edit labels': 'They are there as soon as a day has one.',
  'delete labels': 'They are there as soon as a day has one.',
  'list milestones': `${NO_PLACE} milestones.`,
  'create milestones': `${NO_PLACE} milestones.`,
  'edit milestones': `${NO_PLACE} milestones.`,
  'delete milestones': `${NO_PLACE} milestones.`,
} as const;

/** Throws with every mistake of the plan. Pure. */
export function readDocuments(files: readonly TextFile[], path: string): Documents {
  const sheet = sheetOf(files, path);
  const issues = issuesOf(sheet);
  const change = (after: Sheet, key: string): Change => ({ key, files: changesOf(sheet, after) });
  return {
    issues,
    transitions: (key) => {
      issueOf({ issues }, key);
      return ISSUE_STATES.map((state) => ({ name: wordFor(state), state }));
    },
    create: (draft) => {
      const { sheet: after, key } = created(sheet, draft);
      return change(after, key);
    },
    update: (key, patch) => change(updated(sheet, key, patch), key),
    transition: (key, { state }) => change(moved(sheet, key, state), key),
    comments: () => [],
    labels: () => [...new Set(issues.flatMap(({ labels }) => labels))].map((name) => ({ name })),
    people: () => [
      ...new Map(issues.flatMap(({ assignees }) => assignees).map((person) => [person.id, person])).values(),
    ],
  };
}

/** Made of edits already: all that was not meant is as it was. */
function changesOf({ path, given }: Sheet, { mark, yaml }: Sheet): FileChange[] {
  const text = `${mark}${yaml.text}`;
  if (given === undefined) return [{ path, create: text }];
  return given === text ? [] : [{ path, edits: [{ start: 0, end: given.length, text }] }];
}
