/** Which files below `.pace` are PACE's own, which of them PACE obeys, and whose folder they lie in. Pure. */

/** Names, and the same as git is told of them: https://git-scm.com/docs/gitignore */
type Names = readonly (readonly [names: RegExp, ...ignored: string[]])[];

/**
 * What PACE itself writes, whole or set aside. Reports of agents and tools are evidence of the run that made them: brought back
 * on another day, or for another commit, they would prove what nobody has looked at.
 */
const KEPT: Names = [
  [/^(?:advisory_backlog|pause|pending[\w-]*)\.yaml$/, 'advisory_backlog.yaml', 'pause.yaml', 'pending*.yaml'],
  [/^(?:variables|reviews|pending[\w-]*)\.json$/, 'variables.json', 'reviews.json', 'pending*.json'],
  // the keys of writes under way belong to this folder alone: others could have them taken for done
  [/^(?!hosted\.)[\w-]+\.(?:jsonl|db)$/, '*.jsonl', '*.db'],
  [/^advisory-day[\w-]+\.md$/, 'advisory-day*.md'],
  [
    /^day-\d+\/(?:decision|attempts|failures|story-ticket|deferred_\w+)\.yaml$/,
    ...['day-*/decision.yaml', 'day-*/attempts.yaml', 'day-*/failures.yaml'],
    ...['day-*/story-ticket.yaml', 'day-*/deferred_*.yaml'],
  ],
  [
    /^day-\d+\/(?:escalation-issue|review-pr|story-ticket|story-handoff-comment)\.md$/,
    ...['day-*/escalation-issue.md', 'day-*/review-pr.md', 'day-*/story-ticket.md', 'day-*/story-handoff-comment.md'],
  ],
  [/^day-\d+\/(?:escalated|[\w-]+\.jsonl)$/, 'day-*/escalated', 'day-*/*.jsonl'],
  // what sync remembers of two trackers, and the journal beside it
  [/^sync\/[\w-]+(?:\.journal)?\.jsonl$/],
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

function isNamed(path: string, patterns: Names): boolean {
  const { folder, name } = splitPath(path);
  return isFolder(folder) && patterns.some(([names]) => names.test(name.replace(/\.unreadable-\d+$/, '')));
}

/** What a later run does as it says. The rest is shown to people, or only looked at by them. */
const OBEYED: Names = [
  [/^(?:advisory_backlog|pause|pending[\w-]*)\.yaml$/],
  [/^(?:variables|reviews|pending[\w-]*)\.json$/],
  // by its keys a hosted tracker takes a write for one that it has had
  [/^(?:journal|hosted)\.jsonl$/],
  [/^[\w-]+\.db(?:-(?:wal|shm|journal))?$/, '*.db-wal', '*.db-shm', '*.db-journal'],
  [/^pipeline\.lock(?:\.removing)?$/, 'pipeline.lock', 'pipeline.lock.removing'],
  [/^(?:day-\d+|change-[^/]+)\/decision\.yaml$/, 'change-*/decision.yaml'],
  [/^day-\d+\/(?:attempts|failures|story-ticket|deferred_\w+)\.yaml$/],
  [/^day-\d+\/escalated$/],
  // the folder as well: whatever a commit brings below it is a trap
  [/^sync(?:\/.*)?$/, 'sync/'],
  // what issues were before an epic was written: they are set back as it says
  [/^backups(?:\/.*)?$/, 'backups/'],
];

/** What PACE leaves beside a file: unread, or half written. */
const BESIDE = ['*.unreadable-*', '*.tmp'];

/**
 * All of it as patterns for git, and the file that holds them: `git stash -u` and `git clean` leave what is ignored. Plans, and the
 * reports of agents and tools, are no part of it.
 */
export function ignoredNames(): string[] {
  const names = [...KEPT, ...OBEYED].flatMap(([, ...ignored]) => ignored);
  const below = KEYS.flatMap((key) => names.map((name) => `/${key}/**/${name}`));
  return ['/.gitignore', ...BESIDE, ...names.map((name) => `/${name}`), ...below];
}

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

/** It belongs to a run that goes on, and is neither held nor undone. */
export function isLock(path: string): boolean {
  return /^(?:pipeline|sync\/[\w-]+)\.lock(?:\.removing)?$/.test(path);
}
