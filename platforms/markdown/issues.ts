/** The tracker of Markdown epics: epics, stories and subtasks of a file or a folder. */
import type { Change, DocumentKind, Documents, FileChange } from '../../core/drivers/documents/document-kind.ts';
import { documentTracker } from '../../core/drivers/documents/document-tracker.ts';
import type { TextFile } from '../../core/drivers/documents/text-files.ts';
import { identityFaults } from '../../core/epics/checked.ts';
import { faultsError } from '../../core/epics/faults.ts';
import { capabilitiesBut } from '../../core/ports/capabilities.ts';
import type { Settings, TrackerDriver } from '../../core/ports/index.ts';
import type { Person } from '../../core/ports/issue.ts';
import type { World } from '../../core/world.ts';
import { filesOf, placeAt } from './address.ts';
import { commented, commentsOf, recommented, uncommented } from './comments.ts';
import { diagnoseFiles } from './doctor.ts';
import { foundIn, type Place, type Sheet, sheetOf } from './issue-context.ts';
import { linked, linksOf, unlinked } from './links.ts';
import { issuesOf } from './wire.ts';
import { created, moved, TITLE_LIMIT, transitionsOf, updated } from './writes.ts';

/** In characters: an epic is read by people. */
const BODY_LIMIT = 200_000;

export function createTracker(world: World, { path = 'EPIC.md' }: Settings): TrackerDriver {
  const place = () => placeAt(world.cwd, path);
  const files = async () => filesOf(world.cwd, await place());
  // found with the files, and needed where they are read
  let known: Place = { path, isFolder: false };
  const kind: DocumentKind = {
    facts: {
      platform: 'markdown',
      titleLimit: TITLE_LIMIT,
      bodyLimit: { max: BODY_LIMIT, unit: 'characters' },
      measureBody: (markdown, metadata) => markdown.length + (metadata ? JSON.stringify(metadata).length : 0),
      formatDescription: (markdown) => markdown,
      peopleAreNames: true,
      filesAreLinks: true,
      deltas: ['labels', 'assignees', 'metadata'],
    },
    calls: ['updateComment', 'deleteComment', 'getIssueLinks', 'createLink', 'deleteLink', 'listLabels', 'listUsers'],
    capabilities: async () =>
      capabilitiesBut({
        milestone: 'Markdown epics have no milestones.',
        sprint: 'Markdown epics have no sprints.',
        'delete issues': 'Please take it out of the file: its history stays in git.',
        attachments: 'Links in the text stand for files.',
        ...Object.fromEntries(NO_CATALOGUES.map((ability) => [ability, 'They are there as soon as an issue has one.'])),
        ...Object.fromEntries(NO_MILESTONES.map((ability) => [ability, 'Markdown epics have no milestones.'])),
      }),
    containerId: () => known.path,
    files: async () => {
      known = await place();
      return files();
    },
    read: (texts) => readDocuments(texts, known),
    diagnose: () => diagnoseFiles(world, path),
  };
  return documentTracker(world, kind);
}

const NO_CATALOGUES = ['create labels', 'edit labels', 'delete labels'] as const;
const NO_MILESTONES = ['list milestones', 'create milestones', 'edit milestones', 'delete milestones'] as const;

/** Throws where an id means two things. Pure. */
export function readDocuments(files: readonly TextFile[], place: Place): Documents {
  const sheet = sheetOf(files, place);
  const faults = identityFaults(sheet.epics);
  if (faults.length > 0) throw faultsError(faults);
  const change = (after: Sheet, key: string, comment?: string): Change => ({
    key,
    ...(comment !== undefined && { comment }),
    files: changesOf(sheet, after),
  });
  const issues = issuesOf(sheet);
  return {
    issues,
    transitions: (key) => {
      foundIn(sheet, key);
      return transitionsOf(sheet);
    },
    create: (draft, stamp) => {
      const { sheet: after, key } = created(sheet, draft, stamp);
      return change(after, key);
    },
    update: (key, patch, stamp) => change(updated(sheet, key, patch, stamp).sheet, key),
    transition: (key, target, stamp) => change(moved(sheet, key, target, stamp).sheet, key),
    comments: (key) => commentsOf(sheet, key),
    comment: (key, markdown, stamp) => {
      const { sheet: after, id } = commented(sheet, key, markdown, stamp);
      return change(after, key, id);
    },
    updateComment: (key, id, markdown, stamp) => change(recommented(sheet, key, id, markdown, stamp).sheet, key, id),
    removeComment: (key, id, stamp) => change(uncommented(sheet, key, id, stamp), key),
    links: (key) => [...linksOf(sheet, key)],
    link: (key, link, stamp) => change(linked(sheet, key, link, stamp), key),
    unlink: (key, link, stamp) => change(unlinked(sheet, key, link, stamp), key),
    labels: () => [...new Set(issues.flatMap(({ labels }) => labels))].map((name) => ({ name })),
    people: () => distinct(issues.flatMap(({ assignees, author }) => [...assignees, ...(author ? [author] : [])])),
  };
}

function distinct(people: readonly Person[]): Person[] {
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/** What has become another text: from the first sign that differs to the last. */
function changesOf(before: Sheet, after: Sheet): FileChange[] {
  return after.epics.files.flatMap(({ path, text }): FileChange[] => {
    const old = before.epics.files.find((file) => file.path === path)?.text;
    if (old === text) return [];
    return [old === undefined ? { path, create: text } : { path, edits: [difference(old, text)] }];
  });
}

function difference(old: string, text: string) {
  let start = 0;
  const most = Math.min(old.length, text.length);
  while (start < most && old[start] === text[start]) start += 1;
  let tail = 0;
  while (tail < most - start && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  return { start, end: old.length - tail, text: text.slice(start, text.length - tail) };
}
