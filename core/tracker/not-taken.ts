/**
 * What was asked for and is not in the answer: servers drop in silence what a token may not set, or what they do not keep. Only what
 * a tracker reads back exactly is compared: texts are not, and a person may be named by an address that is read nowhere. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Issue, type IssueDraft, type IssuePatch, isClosed } from '../ports/issue.ts';
import { isField, metadataAfter } from './concurrent-edits.ts';

/** Names of fields, as `Issue` has them, with what is missing of them in words: `labels (bug)`. */
export function notTaken(asked: IssueDraft | IssuePatch, now: Issue): string[] {
  const patch: IssuePatch = asked;
  return [
    ...(isAs(patch.milestone, now.milestone) ? [] : ['milestone']),
    ...(isAs(patch.dueDate, now.dueDate) ? [] : ['dueDate']),
    ...(isAs(patch.storyPoints, now.storyPoints) ? [] : ['storyPoints']),
    // an issue without a priority has the usual one on some trackers
    ...(patch.priority === null || isAs(patch.priority, now.priority) ? [] : ['priority']),
    ...(isAs(patch.type, now.type) ? [] : ['type']),
    ...(isParent(patch.parent, now.parent) ? [] : ['parent']),
    ...(isState(patch.state, now) ? [] : ['state']),
    ...lacking('labels', [...missingLabels(patch, now), ...keptLabels(patch, now)]),
    ...lacking('assignees', [...missingPeople(patch, now), ...keptPeople(patch, now)]),
    ...(isMetadata(patch, now) ? [] : ['metadata']),
  ];
}

function lacking(field: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${field} (${[...new Set(names)].join(', ')})`];
}

/** Nothing was asked for, or it is so. `null`: nothing shall be there. */
function isAs(asked: string | number | null | undefined, now: string | number | undefined): boolean {
  if (asked === undefined) return true;
  if (asked === null) return now === undefined || now === 0;
  return typeof asked === 'number' ? asked === now : fold(asked) === fold(String(now ?? ''));
}

/** A key may carry its repository: `12`, `#12`, `owner/repo#12`. */
function isParent(asked: string | null | undefined, now: string | undefined): boolean {
  if (asked === undefined || asked === null) return isAs(asked, now);
  const bare = (key: string) => fold(key).replace(/^.*#/, '');
  return now !== undefined && bare(asked) === bare(now);
}

/** In which way it is closed, not every tracker tells. */
function isState(asked: IssuePatch['state'], { state }: Issue): boolean {
  return asked === undefined || asked === state || (isClosed(asked) && isClosed(state));
}

function missingLabels({ labels = [], addLabels = [] }: IssuePatch, now: Issue): string[] {
  return [...labels, ...addLabels].filter((label) => !hasLabel(now, label) && !isField(label, now));
}

function keptLabels({ labels, removeLabels = [] }: IssuePatch, now: Issue): string[] {
  const wanted = labels?.map(spelling);
  const others = wanted ? now.labels.filter((label) => !wanted.includes(spelling(label))) : [];
  return [...removeLabels.filter((label) => hasLabel(now, label)), ...others].map((label) => `still ${label}`);
}

function hasLabel({ labels }: Issue, wanted: string): boolean {
  return labels.some((label) => spelling(label) === spelling(wanted));
}

/** Some trackers write labels without blanks. */
function spelling(label: string): string {
  return fold(label).replace(/[\s_]+/g, '-');
}

function missingPeople({ assignees = [], addAssignees = [] }: IssuePatch, now: Issue): string[] {
  const wanted = [...new Set([...assignees, ...addAssignees])];
  const unseen = wanted.filter((name) => !isAssigned(now, name));
  // whoever is there instead may be the one who was named by an address
  const strangers = now.assignees.filter(({ id, name }) => !wanted.some((one) => isName(one, id) || isName(one, name)));
  return unseen.filter((name) => !name.slice(1).includes('@') || strangers.length === 0);
}

function keptPeople({ assignees, removeAssignees = [] }: IssuePatch, now: Issue): string[] {
  const left = removeAssignees.filter((name) => isAssigned(now, name));
  const others = assignees?.length === 0 ? now.assignees.map(({ name }) => name) : [];
  return [...left, ...others].map((name) => `still ${name}`);
}

function isAssigned({ assignees }: Issue, wanted: string): boolean {
  return assignees.some(({ id, name }) => isName(wanted, id) || isName(wanted, name));
}

function isName(wanted: string, name: string): boolean {
  return fold(wanted).replace(/^@/, '') === fold(name);
}

function isMetadata({ metadata, setMetadata }: IssuePatch, now: Issue): boolean {
  if (metadata !== undefined) return isDeepStrictEqual(plain(metadata), plain(now.metadata));
  return (
    setMetadata === undefined || isDeepStrictEqual(plain(now.metadata), plain(metadataAfter(now.metadata, setMetadata)))
  );
}

/** As it is after it was sent. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

function fold(text: string): string {
  return text.trim().toLowerCase();
}
