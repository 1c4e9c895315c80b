/**
 * Who has approved a merge request. GitLab does not tell which commit was approved: it was the head at that time, and the versions
 * of the merge request tell which that was. https://docs.gitlab.com/api/merge_request_approvals/
 */
import type { MergeRequestDiffVersionsSchema } from '@gitbeaker/core';
import { defined } from '../../core/defined.ts';
import { changeNumber } from '../../core/drivers/change-number.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { Approval, ChangeApprovals, Person } from '../../core/ports/index.ts';
import { toPerson, type WireNote, type WireUser } from './issue-wire.ts';
import type { Context } from './job.ts';
import type { Part } from './schema.ts';

type Version = Part<MergeRequestDiffVersionsSchema, 'head_commit_sha' | 'created_at'>;

/** Older servers do not tell when; their types not at all. */
interface WireApproval {
  readonly user: WireUser;
  readonly approved_at?: string | null;
}

export async function listApprovals({ api, project }: Context, id: string): Promise<ChangeApprovals> {
  const iid = changeNumber(id);
  const { mergeRequests, mergeRequestApprovals, mergeRequestNotes } = api.resources();
  const { author, web_url: url } = await mergeRequests.show(project, iid);
  const state = await mergeRequestApprovals.showConfiguration(project, { mergerequestIId: iid });
  const given: readonly WireApproval[] = state.approved_by ?? [];
  const isUntimed = given.some(({ approved_at: at }) => !at);
  const notes: readonly WireNote[] = isUntimed ? await mergeRequestNotes.all(project, iid, { sort: 'asc' }) : [];
  const versions = given.length === 0 ? [] : await mergeRequests.allDiffVersions(project, iid);
  return {
    approvals: given.map((approval) => toApproval(approval, versions, notes)),
    ...defined({ author: author ? toPerson(author) : undefined }),
    url: neededText('GitLab', 'web_url', url),
  };
}

function toApproval({ user, approved_at: at }: WireApproval, versions: readonly Version[], notes: readonly WireNote[]) {
  const person = toPerson(user);
  const sha = headAt(versions, Date.parse(at || approvedInNotes(notes, person)));
  return { person, ...defined({ sha }) } satisfies Approval;
}

/** GitLab notes it down at the merge request, in these words. */
function approvedInNotes(notes: readonly WireNote[], { id }: Person): string {
  const noted = notes.filter(({ system, author }) => system && author?.username === id);
  return noted.findLast(({ body }) => body === 'approved this merge request')?.created_at ?? '';
}

/** The head of the last version that was there then. */
function headAt(versions: readonly Version[], time: number): string | undefined {
  const before = versions.filter(({ created_at: since }) => Date.parse(since) <= time);
  return before.toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at)).at(-1)?.head_commit_sha;
}
