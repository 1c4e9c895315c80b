/** The server side of the tracker in memory: its rows and its rules. Everything is said at once and by one person. */
import { PaceError } from '../../core/errors.ts';
import {
  type Attachment,
  type Comment,
  INVERSE_LINK,
  type Issue,
  type IssueDraft,
  type IssueLink,
  type IssuePatch,
  type IssueState,
  type Label,
  type Milestone,
  type Person,
} from '../../core/ports/issue.ts';
import { metadataAfter, peopleAfter } from '../../core/tracker/concurrent-edits.ts';

export const STATE_NAMES: Readonly<Record<IssueState, string>> = {
  open: 'To do',
  in_progress: 'Doing',
  in_review: 'Review',
  blocked: 'On hold',
  done: 'Shipped',
  canceled: "Won't do",
};

export const TYPES = ['bug', 'task', 'story', 'epic', 'subtask'] as const;
export const ME: Person = { id: 'me', name: 'Me Myself' };
export const PEOPLE: readonly Person[] = [
  ME,
  { id: 'ann', name: 'Ann' },
  { id: 'ben', name: 'Ben', email: 'ben@example.org' },
];

interface LinkRow extends IssueLink {
  readonly from: string;
}

export type MemoryStore = ReturnType<typeof createStore>;

export function createStore(
  now: () => number,
  warn: (message: string) => void = () => undefined,
  { isAnybodyKnown = false }: { readonly isAnybodyKnown?: boolean } = {},
) {
  const issues = new Map<string, Issue>();
  const comments = new Map<string, Comment[]>();
  const labels = new Map<string, Label>();
  const milestones = new Map<string, Milestone>();
  const links: LinkRow[] = [];
  const files = new Map<string, { readonly key: string; readonly file: Attachment; readonly bytes: Uint8Array }>();
  let lastComment = 0;
  let lastIssue = 0;

  function issue(key: string): Issue {
    const found = issues.get(key);
    if (!found) throw missing(`There is no issue ${key}.`);
    return { ...found, links: linksOf(key) };
  }

  function put(changed: Issue): Issue {
    issues.set(changed.key, { ...changed, commentCount: comments.get(changed.key)?.length ?? 0, updatedAt: now() });
    return issue(changed.key);
  }

  /** What is said on an issue, and what it is linked with, is a change of it. */
  function touch(...keys: string[]): void {
    for (const key of keys) {
      const found = issues.get(key);
      if (found) put(found);
    }
  }

  function label(name: string): string {
    const known = [...labels.values()].find((one) => fold(one.name) === fold(name));
    if (!known) labels.set(fold(name), { name });
    return known?.name ?? name;
  }

  function references({ type, milestone, parent }: IssueDraft | IssuePatch, key?: string): void {
    if (type !== undefined && !TYPES.some((known) => known === type))
      throw wrong(`There is no type ${type}. Available: ${TYPES.join(', ')}.`);
    if (milestone && !milestones.has(fold(milestone)))
      throw wrong(`There is no milestone ${milestone}. Available: ${[...milestones.keys()].join(', ') || 'none'}.`);
    if (parent && !issues.has(parent)) throw wrong(`There is no issue ${parent} to be a parent.`);
    for (let above = parent; above; above = issues.get(above)?.parent)
      if (above === key) throw wrong(`${key} cannot stand below itself.`);
  }

  /** The milestone as it is spelled. */
  function stored({ milestone }: IssueDraft | IssuePatch): { milestone?: string } {
    const known = milestone ? milestones.get(fold(milestone)) : undefined;
    return known ? { milestone: known.title } : {};
  }

  function persons(ids: readonly string[]): { found: Person[]; unknown: string[] } {
    const nobody = (id: string) => (isAnybodyKnown ? { id, name: id } : id);
    const found = [...new Set(ids)].map((id) => PEOPLE.find((person) => person.id === id) ?? nobody(id));
    return {
      found: found.filter((person) => typeof person !== 'string'),
      unknown: found.filter((person) => typeof person === 'string'),
    };
  }

  function linksOf(key: string): IssueLink[] {
    return links.flatMap(({ from, type, target }) => {
      if (from === key) return [{ type, target }];
      return target === key ? [{ type: INVERSE_LINK[type], target: from }] : [];
    });
  }

  return {
    /** What the server knows this place by. */
    id: 'place-1',
    issues,
    issue,
    linksOf,

    create(draft: IssueDraft): Issue {
      references(draft);
      const { assignees = [], state = 'open', purpose: _, ...rest } = draft;
      const { found, unknown } = persons(assignees);
      lastIssue += 1;
      const key = String(lastIssue);
      if (unknown.length > 0) warn(`${key} has not been given to ${unknown.join(', ')}: nobody has that id.`);
      return put({
        metadata: {},
        ...rest,
        ...stored(draft),
        key,
        id: `issue-${key}`,
        url: `https://tracker.test/${key}`,
        state,
        stateName: STATE_NAMES[state],
        labels: [...new Set((draft.labels ?? []).map(label))],
        assignees: found,
        author: ME,
        createdAt: now(),
        updatedAt: now(),
      });
    },

    update(key: string, patch: IssuePatch): Issue {
      const before = issue(key);
      references(patch, key);
      const { addLabels = [], removeLabels = [], addAssignees: _, removeAssignees: __, setMetadata, ...others } = patch;
      const { assignees = peopleAfter(before.assignees, patch), state, ...rest } = others;
      const given = assignees === undefined ? undefined : persons(assignees);
      if (given && given.unknown.length > 0) throw wrong(`Nobody has the id ${given.unknown.join(', ')}.`);
      const away = removeLabels.map(fold);
      const left = [...(patch.labels ?? before.labels), ...addLabels]
        .map(label)
        .filter((name) => !away.includes(fold(name)));
      const merged = {
        ...before,
        ...rest,
        ...stored(patch),
        ...(setMetadata ? { metadata: metadataAfter(before.metadata, setMetadata) } : {}),
        labels: [...new Set(left)],
        ...(given ? { assignees: given.found } : {}),
        ...(state ? { state, stateName: STATE_NAMES[state] } : {}),
      };
      return put(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as unknown as Issue);
    },

    move(key: string, state: IssueState): Issue {
      const before = issue(key);
      return before.state === state ? before : put({ ...before, state, stateName: STATE_NAMES[state] });
    },

    /** As a person does it in the browser. */
    attach(key: string, name: string, bytes: Uint8Array): Attachment {
      const id = `${issue(key).key}-${files.size + 1}`;
      const file = {
        id,
        name,
        url: `https://tracker.test/files/${id}`,
        size: bytes.length,
        author: ME,
        createdAt: now(),
      };
      files.set(id, { key, file, bytes });
      return file;
    },
    attachments(key: string): Attachment[] {
      const { key: own } = issue(key);
      return [...files.values()].filter((each) => each.key === own).map(({ file }) => file);
    },
    content(id: string): Uint8Array {
      const found = files.get(id);
      if (!found) throw missing(`There is no file ${id}.`);
      return found.bytes;
    },

    remove(key: string): void {
      issues.delete(issue(key).key);
      comments.delete(key);
      for (const link of [...links]) {
        if (link.from !== key && link.target !== key) continue;
        links.splice(links.indexOf(link), 1);
        touch(link.from, link.target);
      }
      for (const { parent, ...other } of [...issues.values()]) if (parent === key) put(other);
    },

    comments: (key: string): Comment[] => comments.get(issue(key).key) ?? [],
    comment(key: string, body: string): Comment {
      lastComment += 1;
      const written = { id: String(lastComment), body, author: ME, createdAt: now() };
      comments.set(issue(key).key, [...(comments.get(key) ?? []), written]);
      touch(key);
      return written;
    },
    changeComment(key: string, id: string, body: string | undefined): Comment {
      const all = comments.get(issue(key).key) ?? [];
      const old = all.find((one) => one.id === id);
      if (!old) throw missing(`${key} has no comment ${id}.`);
      const changed = { ...old, body: body ?? '' };
      comments.set(
        key,
        all.flatMap((one) => (one !== old ? [one] : body === undefined ? [] : [changed])),
      );
      put(issue(key));
      return changed;
    },

    link(key: string, { type, target }: IssueLink): void {
      issue(key);
      issue(target);
      if (linksOf(key).some((link) => link.type === type && link.target === target)) return;
      links.push({ from: key, type, target });
      touch(key, target);
    },
    unlink(key: string, { type, target }: IssueLink): void {
      issue(key);
      const found = links.findIndex(
        (row) =>
          (row.from === key && row.type === type && row.target === target) ||
          (row.from === target && INVERSE_LINK[row.type] === type && row.target === key),
      );
      if (found < 0) return;
      links.splice(found, 1);
      touch(key, target);
    },

    labels: () => [...labels.values()],
    createLabel(wanted: Label): Label {
      if (labels.has(fold(wanted.name))) throw wrong(`There is a label ${wanted.name} already.`);
      labels.set(fold(wanted.name), wanted);
      return wanted;
    },
    updateLabel(name: string, changes: Partial<Label>): Label {
      const changed = { ...row(labels, name, 'label'), ...changes };
      renameIn('labels', name, changed.name);
      labels.delete(fold(name));
      labels.set(fold(changed.name), changed);
      return changed;
    },
    deleteLabel(name: string): void {
      row(labels, name, 'label');
      labels.delete(fold(name));
      renameIn('labels', name, undefined);
    },
    milestones: () => [...milestones.values()],
    createMilestone(wanted: Omit<Milestone, 'state'>): Milestone {
      if (milestones.has(fold(wanted.title))) throw wrong(`There is a milestone ${wanted.title} already.`);
      const made: Milestone = { ...wanted, state: 'open' };
      milestones.set(fold(made.title), made);
      return made;
    },
    updateMilestone(title: string, changes: Partial<Milestone>): Milestone {
      const changed = { ...row(milestones, title, 'milestone'), ...changes };
      renameIn('milestone', title, changed.title);
      milestones.delete(fold(title));
      milestones.set(fold(changed.title), changed);
      return changed;
    },
    deleteMilestone(title: string): void {
      row(milestones, title, 'milestone');
      milestones.delete(fold(title));
      renameIn('milestone', title, undefined);
    },
    setSprint(key: string, sprint: string): void {
      put({ ...issue(key), sprint });
    },
  };

  /** Issues follow when a label or a milestone is renamed, and lose it when it is deleted. */
  function renameIn(field: 'labels' | 'milestone', from: string, to: string | undefined): void {
    for (const [key, one] of issues) {
      if (field === 'labels') {
        const renamed = one.labels.flatMap((name) =>
          fold(name) !== fold(from) ? [name] : to === undefined ? [] : [to],
        );
        issues.set(key, { ...one, labels: renamed });
      } else if (one.milestone !== undefined && fold(one.milestone) === fold(from)) {
        const { milestone: _, ...rest } = one;
        issues.set(key, to === undefined ? rest : { ...rest, milestone: to });
      }
    }
  }
}

function row<Row>(rows: Map<string, Row>, name: string, what: string): Row {
  const found = rows.get(fold(name));
  if (!found) throw missing(`There is no ${what} ${name}. Available: ${[...rows.keys()].join(', ') || 'none'}.`);
  return found;
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}

function missing(message: string): PaceError {
  return new PaceError({ kind: 'not-found', message, remedy: 'Please check the name.' });
}

function wrong(message: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy: 'Please correct it.' });
}
