import type { Answer, Asked } from '../loopback.ts';
import { bodyOf, type IssueRow, type MergeRequestRow, type NoteRow, refused, type State, userOf } from './state.ts';

const QUICK_ACTION =
  /^\/(close|reopen|label|unlabel|relabel|assign|unassign|reassign|title|merge|approve|confidential|lock|unlock|due|weight|estimate|spend|milestone|todo|done|subscribe|unsubscribe|duplicate|move|clone|promote|promote_to|copy_metadata|target_branch|draft|ready|react|award|shrug|tableflip|cc|rebase|request_review|assign_reviewer|create_merge_request|relate|blocks|blocked_by|severity|zoom|type|link|page|health_status|iteration|remove_due_date)(\s.*)?$/;

/** Executes the quick actions of a text, outside code blocks, and takes them out. https://docs.gitlab.com/user/project/quick_actions/ */
export function runQuickActions(state: State, text: string, target: IssueRow | MergeRequestRow): string {
  let fenced = false;
  const kept = text.split('\n').filter((line) => {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    const action = fenced ? null : QUICK_ACTION.exec(line.trimEnd());
    if (!action) return true;
    state.quickActions.push(line);
    if (action[1] === 'close') target.state = 'closed';
    if (action[1] === 'reopen') target.state = 'opened';
    if (action[1] === 'label') target.labels.push((action[2] ?? '').trim().replace(/^~/, ''));
    if (action[1] === 'title') target.title = (action[2] ?? '').trim();
    return false;
  });
  return kept.length === text.split('\n').length ? text : kept.join('\n').trim();
}

type Noteable = (IssueRow | MergeRequestRow) & { notes: NoteRow[] };

export function addNote(state: State, asked: Asked, target: Noteable, type: string): Answer {
  const text = String(bodyOf(asked)['body'] ?? '');
  if (text.length > 1_000_000) return refused(400, { note: ['is too long (maximum is 1000000 characters)'] });
  const body = runQuickActions(state, text, target);
  // nothing but quick actions: https://docs.gitlab.com/api/notes/
  if (body === '' && text !== '') return { status: 202, json: { commands_changes: {}, summary: ['Done.'] } };
  const note: NoteRow = { id: state.nextId(), body, system: false, authorId: 1, createdAt: state.time() };
  target.notes.push(note);
  touch(state, target);
  return { status: 201, json: noteOf(state, note, type, target.iid) };
}

/** What belongs to an issue moves its time once a minute at most. https://docs.gitlab.com/development/ (`ThrottledTouch`) */
export function touch(state: State, target: IssueRow | MergeRequestRow): void {
  const now = state.time();
  if (Date.parse(now) - Date.parse(target.updatedAt) > 60_000) target.updatedAt = now;
}

export function editNote(state: State, asked: Asked, target: Noteable, type: string): Answer {
  const note = target.notes.find((each) => String(each.id) === asked.params['note']);
  if (!note) return refused(404, '404 Not found');
  if (note.authorId !== 1) return refused(403, '403 Forbidden');
  note.body = runQuickActions(state, String(bodyOf(asked)['body'] ?? ''), target);
  return { json: noteOf(state, note, type, target.iid) };
}

export function deleteNote(asked: Asked, target: Noteable): Answer {
  const place = target.notes.findIndex((each) => String(each.id) === asked.params['note']);
  const note = target.notes[place];
  if (!note) return refused(404, '404 Note Not Found');
  if (note.authorId !== 1) return refused(403, '403 Forbidden');
  target.notes.splice(place, 1);
  return { status: 204 };
}

export function noteOf(state: State, note: NoteRow, type: string, iid: number) {
  return {
    id: note.id,
    type: null,
    body: note.body,
    attachment: null,
    author: userOf(state, note.authorId),
    created_at: note.createdAt,
    updated_at: note.createdAt,
    system: note.system,
    noteable_id: 90_000 + iid,
    noteable_type: type,
    noteable_iid: iid,
    project_id: state.projectId,
    resolvable: false,
    confidential: note.isInternal ?? false,
    internal: note.isInternal ?? false,
  };
}
