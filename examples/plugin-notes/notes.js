/** The tracker: plain calls, which throw `PaceError`. PACE adds what follows from them: filters, claims, batches, dry runs. */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { capabilitiesBut, edited, PaceError } from 'pace-gate';

const TITLE_LIMIT = 200;

/**
 * @param {{ folder: string, author: string, now: () => number }} options
 * @returns {import('pace-gate').TrackerDriver}
 */
export function createNotes({ folder, author, now }) {
  const me = { id: author, name: author };
  const fileOf = (key) => join(folder, `${key}.json`);

  async function read(key) {
    if (!/^[1-9]\d{0,8}$/.test(key)) throw noSuchIssue(key);
    try {
      return JSON.parse(await readFile(fileOf(key), 'utf8'));
    } catch (error) {
      throw error.code === 'ENOENT' ? noSuchIssue(key) : error;
    }
  }

  async function write(note) {
    const draft = `${fileOf(note.issue.key)}.${process.pid}.draft`;
    await writeFile(draft, JSON.stringify(note, null, 2));
    await rename(draft, fileOf(note.issue.key));
    return note.issue;
  }

  async function keys() {
    const names = await readdir(folder).catch(() => []);
    return names.flatMap((name) => (/^\d+\.json$/.test(name) ? [Number.parseInt(name, 10)] : [])).sort((a, b) => b - a);
  }

  /** Two that create at the same time take different numbers: a file can be made only once. */
  async function takeNumber() {
    await mkdir(folder, { recursive: true });
    for (let number = ((await keys())[0] ?? 0) + 1; ; number += 1) {
      try {
        await writeFile(fileOf(number), '{}', { flag: 'wx' });
        return String(number);
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
    }
  }

  /** What the files hold is what was asked for: a name once, a title of at most this length. */
  function tidy(issue) {
    const assignees = issue.assignees.filter(({ id }, place) => issue.assignees.findIndex((other) => other.id === id) === place);
    return { ...issue, title: issue.title.slice(0, TITLE_LIMIT), assignees };
  }

  let last = Promise.resolve();
  /** One change at a time: each reads what the one before it has written. */
  function alone(work) {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  }

  function change(key, patch) {
    return alone(async () => {
      const note = await read(key);
      const issue = { ...tidy(edited(note.issue, patch)), updatedAt: Math.max(now(), note.issue.updatedAt) };
      return write({ ...note, issue });
    });
  }

  return {
    platform: 'notes',
    titleLimit: TITLE_LIMIT,
    bodyLimit: { max: 100_000, unit: 'characters' },
    measureBody: (markdown, metadata = {}) => markdown.length + JSON.stringify(metadata).length,
    formatDescription: (markdown) => markdown,
    capabilities: async () =>
      capabilitiesBut({
        milestone: 'A note has none.',
        parent: 'Notes lie side by side.',
        sprint: 'A note has none.',
        links: 'Please write them into the text.',
        'edit comments': 'What was said stays.',
        'delete comments': 'What was said stays.',
        'list labels': 'A label is a word on a note, and nothing else.',
        'create labels': 'A label is a word on a note, and nothing else.',
        'edit labels': 'A label is a word on a note, and nothing else.',
        'delete labels': 'A label is a word on a note, and nothing else.',
        'list milestones': 'There are none.',
        'create milestones': 'There are none.',
        'edit milestones': 'There are none.',
        'delete milestones': 'There are none.',
        'list users': 'Anybody may be named.',
        'delete issues': 'A note stays: please close it.',
        attachments: 'A note is one file, and has none.',
      }),
    getCurrentUser: async () => me,

    // nothing is filtered here: PACE looks at every condition itself
    filters: [],
    sorts: [],
    async *listIssues() {
      for (const key of await keys()) {
        const { issue } = await read(String(key));
        // a number that was taken a moment ago has no issue yet
        if (issue) yield issue;
      }
    },
    getIssue: async (key) => (await read(key)).issue ?? Promise.reject(noSuchIssue(key)),
    async createIssue({ title, body, state = 'open', labels = [], assignees = [], metadata = {}, purpose: _, ...fields }) {
      const key = await takeNumber();
      const time = now();
      const issue = tidy({
        ...fields,
        key,
        url: fileOf(key),
        title,
        body,
        state,
        stateName: state,
        labels: [...new Set(labels)],
        assignees: assignees.map((id) => ({ id, name: id })),
        author: me,
        createdAt: time,
        updatedAt: time,
        metadata,
      });
      return write({ issue, comments: [] });
    },
    updateIssue: (key, patch) => (Object.keys(patch).length > 0 ? change(key, patch) : read(key).then(({ issue }) => issue)),
    async transitionIssue(key, { state }) {
      const { issue } = await read(key);
      return issue.state === state ? issue : change(key, { state });
    },
    async getAvailableTransitions(key) {
      const { issue } = await read(key);
      const states = ['open', 'in_progress', 'in_review', 'blocked', 'done', 'canceled'];
      return states.filter((state) => state !== issue.state).map((state) => ({ name: state, state }));
    },

    async *listComments(key) {
      yield* (await read(key)).comments;
    },
    addComment: (key, body) =>
      alone(async () => {
        const note = await read(key);
        const comment = { id: String(note.comments.length + 1), body, author: me, createdAt: now() };
        // what is said changes the issue, for who asks what has changed
        const issue = { ...note.issue, updatedAt: Math.max(comment.createdAt, note.issue.updatedAt) };
        await write({ issue, comments: [...note.comments, comment] });
        return comment;
      }),
  };
}

function noSuchIssue(key) {
  return new PaceError({
    kind: 'not-found',
    message: `There is no note ${JSON.stringify(String(key).slice(0, 50))}.`,
    remedy: 'Please check the number: `pace issue list` shows those that are there.',
  });
}
