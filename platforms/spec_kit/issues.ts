/** The tracker of Spec Kit: the tasks of one feature, below its user stories. */
import type { Change, DocumentKind, Documents, FileChange } from '../../core/drivers/documents/document-kind.ts';
import { documentTracker, issueOf } from '../../core/drivers/documents/document-tracker.ts';
import type { TextFile } from '../../core/drivers/documents/text-files.ts';
import { PaceError } from '../../core/errors.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Settings, TrackerDriver } from '../../core/ports/index.ts';
import { ISSUE_STATES } from '../../core/ports/issue.ts';
import type { World } from '../../core/world.ts';
import { filesOf, tasksPath } from './address.ts';
import { diagnoseFiles } from './doctor.ts';
import { TITLE_LIMIT } from './fields.ts';
import { issuesOf, requireSound, type Sheet, sheetOf } from './wire.ts';
import { created, moved, updated } from './writes.ts';

/** In characters: a task is read by people. */
const BODY_LIMIT = 50_000;

export function createTracker(world: World, { path = '' }: Settings): TrackerDriver {
  const kind: DocumentKind = {
    facts: {
      platform: 'spec_kit',
      titleLimit: TITLE_LIMIT,
      bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
      measureBody: (markdown, metadata) => markdown.length + (metadata ? JSON.stringify(metadata).length : 0),
      formatDescription: (markdown) => markdown,
      peopleAreNames: true,
      filesAreLinks: true,
      keepsComments: false,
      deltas: ['labels', 'assignees', 'metadata'],
    },
    calls: ['getIssueLinks', 'listLabels', 'listUsers'],
    capabilities: async () =>
      capabilitiesBut(
        {
          priority: 'Stories have one in spec.md; tasks stand in their order.',
          milestone: `${NO_PLACE} milestones.`,
          storyPoints: `${NO_PLACE} story points.`,
          dueDate: `${NO_PLACE} due dates.`,
          sprint: `${NO_PLACE} sprints.`,
          'delete issues': 'Please take it out of the file: its history stays in git.',
          comments: `${NO_PLACE} comments.`,
          attachments: 'Links in the text stand for files.',
          ...Object.fromEntries(NO_CATALOGUES.map((ability) => [ability, 'They are there as soon as a task has one.'])),
          ...Object.fromEntries(NO_MILESTONES.map((ability) => [ability, `${NO_PLACE} milestones.`])),
        },
        // they follow from the phases
        { linkTypes: [], types: ['task', 'story'] },
      ),
    containerId: () => tasksPath(path),
    files: () => filesOf(world.cwd, path),
    read: (texts) => readDocuments(texts, tasksPath(path)),
    diagnose: () => diagnoseFiles(world, path),
  };
  return documentTracker(world, kind);
}

const NO_PLACE = 'tasks.md has no place for';
const NO_CATALOGUES = ['create labels', 'edit labels', 'delete labels'] as const;
const NO_MILESTONES = ['list milestones', 'create milestones', 'edit milestones', 'delete milestones'] as const;

/** Throws where an id means two tasks. Pure. */
export function readDocuments(files: readonly TextFile[], path: string): Documents {
  const sheet = sheetOf(files, path);
  requireSound(sheet);
  const issues = issuesOf(sheet);
  const change = (after: Sheet, key: string): Change => ({
    key,
    files: changesOf(sheet, checkedAfter(sheet, after, key)),
  });
  return {
    issues,
    transitions: (key) => {
      const { type } = issueOf({ issues }, key);
      return type === 'story' ? [] : ISSUE_STATES.map((state) => ({ name: state, state }));
    },
    create: (draft) => {
      const { sheet: after, key } = created(sheet, draft);
      return change(after, key);
    },
    update: (key, patch) => change(updated(sheet, key, patch), key),
    transition: (key, { state }) => change(moved(sheet, key, state), key),
    comments: () => [],
    links: (key) => [...(issueOf({ issues }, key).links ?? [])],
    labels: () => [...new Set(issues.flatMap(({ labels }) => labels))].map((name) => ({ name })),
    people: () => [
      ...new Map(issues.flatMap(({ assignees }) => assignees).map((person) => [person.id, person])).values(),
    ],
  };
}

/** Whatever is written, the other tasks are as they were: a text that would be read as another task is refused. */
function checkedAfter(before: Sheet, after: Sheet, key: string): Sheet {
  const others = ({ file }: Sheet) =>
    file.tasks.flatMap(({ id, title, body, state, story = '' }) =>
      id === key ? [] : [JSON.stringify([id, title, body, state, story])],
    );
  if (others(before).join('\n') === others(after).join('\n')) return after;
  throw new PaceError({
    kind: 'validation',
    message: `This text cannot stand at ${key} in ${before.path}: other tasks would be read otherwise.`,
    remedy: 'Please write it in other words.',
  });
}

/** Made of edits already: all that was not meant is as it was. */
function changesOf(before: Sheet, after: Sheet): FileChange[] {
  const texts = [
    { path: before.path, old: before.taskText, text: after.taskText },
    { path: before.specPath, old: before.specText, text: after.specText },
  ];
  return texts.flatMap(({ path, old, text }): FileChange[] => {
    if (text === undefined || text === old) return [];
    if (old === undefined) return [{ path, create: text }];
    return [{ path, edits: [{ start: 0, end: old.length, text }] }];
  });
}
