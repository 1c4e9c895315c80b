/** Which files below `.pace` are PACE's own, which of them PACE obeys, and whose folder they lie in. Pure. */

/**
 * What PACE itself writes, whole or set aside. Reports of agents and tools are evidence of the run that made them: brought back
 * on another day, or for another commit, they would prove what nobody has looked at.
 */
const KEPT = [
  /^(?:advisory_backlog|pause|pending[\w-]*)\.yaml$/,
  /^(?:variables|reviews|pending[\w-]*)\.json$/,
  /^[\w-]+\.(?:jsonl|db)$/,
  /^advisory-day[\w-]+\.md$/,
  /^day-\d+\/(?:decision|attempts|failures|story-ticket|deferred_\w+)\.yaml$/,
  /^day-\d+\/(?:escalation-issue|review-pr|story-ticket|story-handoff-comment)\.md$/,
  /^day-\d+\/(?:escalated|[\w-]+\.jsonl)$/,
];

/** Folders of gates, of branches and of sprints that are over, in which the same names lie again. */
const KEYS = ['gates', 'branches', 'sprints'];

/** Whose folder it is, with its last `/` (`''` for the usual gate), and the path from there. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const segments = path.split('/');
  if (!KEYS.includes(segments[0] ?? '')) return { folder: '', name: path };
  const isDay = /^day-\d+$/.test(segments.at(-2) ?? '');
  const keys = segments.splice(0, segments.length - (isDay ? 2 : 1));
  return { folder: `${keys.join('/')}/`, name: segments.join('/') };
}

/** No branch has a name of as many parts; to look into thousands of folders within one another takes minutes. */
export const DEEPEST = 100;

/** Nothing that leads elsewhere, or means something to git or to Windows. */
function isFolder(folder: string): boolean {
  const segments = folder.split('/').slice(0, -1);
  return (
    segments.length !== 1 &&
    segments.length < DEEPEST &&
    segments.every((segment) => /^[^./\\:\p{Cc}][^/\\:\p{Cc}]*(?<![. ])$/u.test(segment))
  );
}

/** Whether this path below `.pace` is a file that is kept: no evidence, no lock, no draft, no log of a database, no way out. */
export function isKept(path: string): boolean {
  return isNamed(path, KEPT);
}

function isNamed(path: string, patterns: readonly RegExp[]): boolean {
  const { folder, name } = splitPath(path);
  return isFolder(folder) && patterns.some((pattern) => pattern.test(name.replace(/\.unreadable-\d+$/, '')));
}

/** What a later run does as it says. The rest is shown to people, or only looked at by them. */
const OBEYED = [
  /^(?:advisory_backlog|pause|pending[\w-]*)\.yaml$/,
  /^(?:variables|reviews|pending[\w-]*)\.json$/,
  /^journal\.jsonl$/,
  /^[\w-]+\.db(?:-(?:wal|shm|journal))?$/,
  /^pipeline\.lock(?:\.removing)?$/,
  /^(?:day-\d+|change-[^/]+)\/decision\.yaml$/,
  /^day-\d+\/(?:attempts|failures|story-ticket|deferred_\w+)\.yaml$/,
  /^day-\d+\/escalated$/,
  /^sync(?:\/.*)?$/,
];

/**
 * Whether PACE acts on this file. The review of a human-gate day is none: a merged one is part of the repository, and where a
 * person answers in it (`Status:`), the file itself is looked at.
 */
export function isObeyed(path: string): boolean {
  return isNamed(path, OBEYED);
}

export function isDatabase(path: string): boolean {
  return /\.db(?:-(?:wal|shm|journal))?$/.test(path);
}

export function isLock(path: string): boolean {
  return /^pipeline\.lock(?:\.removing)?$/.test(path);
}
