import type { Answer, Asked, Routes } from '../loopback.ts';
import { issueOf } from './issues.ts';
import { touch } from './notes.ts';
import { bodyOf, guarded, type IssueRow, type LinkRow, refused, type State } from './state.ts';

/** A project beside ours, with issues from 1 to 9. */
const OTHER_PROJECT = 'acme/other';

const INVERSE: Readonly<Record<string, string>> = {
  relates_to: 'relates_to',
  blocks: 'is_blocked_by',
  is_blocked_by: 'blocks',
};

/** https://docs.gitlab.com/api/issue_links/ – one link between two issues; only a licensed project may say which blocks. */
export function linkRoutes(state: State): Routes {
  const found = (asked: Asked, answer: (row: IssueRow) => Answer): Answer => {
    const row = state.issues.find((each) => String(each.iid) === asked.params['iid']);
    return row ? answer(row) : refused(404, '404 Issue Not Found');
  };
  return guarded(state, {
    'GET /projects/:id/issues/:iid/links': [{}, (asked) => found(asked, (row) => ({ json: linksOf(state, row) }))],
    'POST /projects/:id/issues/:iid/links': [
      { role: 'Reporter', write: true },
      (asked) => found(asked, (row) => create(state, asked, row)),
    ],
    'DELETE /projects/:id/issues/:iid/links/:link': [
      { role: 'Reporter', write: true },
      (asked) =>
        found(asked, () => {
          const place = state.links.findIndex(({ id }) => String(id) === asked.params['link']);
          const [link] = place < 0 ? [] : state.links.splice(place, 1);
          return link ? { status: 204 } : refused(404, '404 Link Not Found');
        }),
    ],
  });
}

function create(state: State, asked: Asked, row: IssueRow): Answer {
  const { target_project_id: project, target_issue_iid: iid, link_type: type = 'relates_to' } = bodyOf(asked);
  const ours = [state.project, String(state.projectId)].includes(String(project));
  const exists = ours
    ? state.issues.some((each) => each.iid === Number(iid))
    : project === OTHER_PROJECT && Number(iid) < 10;
  if (!exists) return refused(404, '404 Not Found');
  if (type !== 'relates_to' && !state.premium) return refused(403, 'Blocked issues not available for current license');
  const target = `${ours ? state.project : project}#${iid}`;
  const there = state.links.some((link) => touches(state, link, row) && otherName(state, link, row) === target);
  if (there) return refused(409, 'Issue(s) already assigned');
  const link: LinkRow = { id: state.nextId(), source: row.iid, target, type: String(type) };
  state.links.push(link);
  for (const end of state.issues) if (touches(state, link, end)) touch(state, end);
  return {
    status: 201,
    json: { source_issue: issueOf(state, row), target_issue: otherEnd(state, link, row), link_type: link.type },
  };
}

function linksOf(state: State, row: IssueRow) {
  return state.links
    .filter((link) => touches(state, link, row))
    .map((link) => ({
      ...otherEnd(state, link, row),
      issue_link_id: link.id,
      link_type: link.source === row.iid ? link.type : INVERSE[link.type],
      link_created_at: '2026-03-02T09:00:00.000Z',
      link_updated_at: '2026-03-02T09:00:00.000Z',
    }));
}

function touches(state: State, { source, target }: LinkRow, row: IssueRow): boolean {
  return source === row.iid || target === `${state.project}#${row.iid}`;
}

function otherName(state: State, { source, target }: LinkRow, row: IssueRow): string {
  return source === row.iid ? target : `${state.project}#${source}`;
}

function otherEnd(state: State, link: LinkRow, row: IssueRow) {
  const full = otherName(state, link, row);
  const [project = '', iid] = full.split('#');
  const known = project === state.project && state.issues.find((each) => each.iid === Number(iid));
  if (known) return issueOf(state, known);
  const foreign = issueOf(state, row);
  return { ...foreign, iid: Number(iid), project_id: 99, references: { ...foreign.references, full } };
}
