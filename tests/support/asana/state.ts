/** What a workspace of Asana holds, as far as the tests need it. */

export interface TaskRow {
  readonly gid: string;
  name: string;
  html: string;
  completed: boolean;
  completedBy: string | null;
  readonly createdAt: number;
  modifiedAt: number;
  dueOn: string | null;
  assignee: string | null;
  readonly author: string | null;
  parent: string | null;
  tags: string[];
  /** The section of the project; `undefined` for a task outside of it. */
  section: string | undefined;
  values: Map<string, string | number>;
  dependencies: string[];
  stories: StoryRow[];
}

export interface StoryRow {
  readonly gid: string;
  readonly type: 'comment' | 'system';
  html: string;
  readonly author: string;
  readonly at: number;
}

export interface AttachmentRow {
  readonly gid: string;
  /** The task. */
  readonly parent: string;
  readonly name: string;
  readonly size: number;
  readonly at: number;
  /** Where the file itself is; `null` for one of another service. */
  readonly download: string | null;
}

export interface TagRow {
  readonly gid: string;
  name: string;
  notes: string;
}

export interface FieldRow {
  readonly gid: string;
  readonly name: string;
  readonly subtype: 'enum' | 'number' | 'text';
  readonly precision?: number;
  readonly options: readonly { readonly gid: string; readonly name: string; readonly enabled: boolean }[];
}

export interface AsanaOptions {
  readonly token?: string;
  readonly sections?: readonly string[];
  /** `Priority: [High, Low]` is a single-select, a number the decimals of a number field. */
  readonly fields?: Readonly<Record<string, readonly string[] | number>>;
  readonly now?: () => number;
  /** The number of the first task. */
  readonly firstTask?: number;
  /** Every list of the plan without custom fields is refused with 402. */
  readonly archived?: boolean;
}

export interface State {
  readonly token: string;
  readonly project: string;
  readonly workspace: string;
  readonly archived: boolean;
  readonly users: readonly { readonly gid: string; readonly name: string; readonly email: string }[];
  readonly sections: { readonly gid: string; readonly name: string }[];
  readonly fields: readonly FieldRow[];
  /** In the order in which people see them: the newest on top. */
  tasks: TaskRow[];
  tags: TagRow[];
  readonly attachments: AttachmentRow[];
  /** Tags that the look-up by beginning does not know yet. */
  readonly hiddenTags: Set<string>;
  /** The scopes that the token lacks. */
  readonly denied: Set<string>;
  time(): number;
  nextGid(): string;
  nextTask(): string;
}

const USUAL_SECTIONS = ['To do', 'Doing', 'In review', 'Blocked', 'Done', 'Canceled'];
const USUAL_FIELDS = {
  Priority: ['Critical', 'High', 'Medium', 'Low', 'Lowest'],
  'Story Points': 1,
  Type: ['Bug', 'Task'],
};

export function newState(options: AsanaOptions = {}): State {
  const { token = '2/1201/secret-token', sections = USUAL_SECTIONS, fields = USUAL_FIELDS } = options;
  const { now = Date.now, firstTask = 1_201_000_000_000_001 } = options;
  let last = 9_000_000_000_000_000;
  let lastTask = firstTask - 1;
  const nextGid = () => {
    last += 1;
    return String(last);
  };
  return {
    token,
    project: '1200000000000001',
    workspace: '1100000000000001',
    archived: options.archived ?? false,
    users: [
      { gid: '1300000000000001', name: 'Release Bot', email: 'bot@example.org' },
      { gid: '1300000000000002', name: 'Ada Lovelace', email: 'ada@example.org' },
    ],
    sections: sections.map((name) => ({ gid: nextGid(), name })),
    fields: Object.entries(fields).map(([name, kind]) => ({
      ...{ gid: nextGid(), name },
      ...(typeof kind === 'number'
        ? ({ subtype: 'number', precision: kind } as const)
        : ({ subtype: 'enum' } as const)),
      options: typeof kind === 'number' ? [] : kind.map((option) => ({ gid: nextGid(), name: option, enabled: true })),
    })),
    tasks: [],
    tags: [],
    attachments: [],
    hiddenTags: new Set(),
    denied: new Set(),
    time: now,
    nextGid,
    nextTask: () => {
      lastTask += 1;
      return String(lastTask);
    },
  };
}

/** A refusal in Asana's form. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function taskOf(state: State, gid: string): TaskRow {
  const found = state.tasks.find((task) => task.gid === gid);
  if (found) return found;
  throw new Refused(404, `task: Unknown object: ${gid}`);
}

export function touch(state: State, task: TaskRow, text?: string): void {
  task.modifiedAt = state.time();
  if (text === undefined) return;
  const author = state.users[0]?.gid ?? '';
  task.stories.push({ gid: state.nextGid(), type: 'system', html: `<body>${text}</body>`, author, at: state.time() });
}
