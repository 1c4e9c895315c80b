/** Files at an issue and at its comments. https://docs.gitea.com/api/ (issues: their `assets`) */
import { defined } from '../../core/defined.ts';
import { notKeptHere } from '../../core/drivers/linked-files.ts';
import type { Download } from '../../core/http/download.ts';
import { neededNumber, neededText } from '../../core/http/unexpected-answer.ts';
import { inOperation } from '../../core/operation.ts';
import type { Attachment, Person } from '../../core/ports/index.ts';
import type { Api } from './api.ts';
import { toPerson, type WireAsset, type WireComment, type WireUser } from './issue-wire.ts';
import { readIssue } from './writes.ts';

export async function* listAttachments(api: Api, key: string): AsyncGenerator<Attachment> {
  const operation = 'listAttachments';
  const issue = await readIssue(api, operation, key);
  yield* attached(issue.assets, issue.user);
  const path = `${api.repo}/issues/${issue.number}/comments`;
  for (const comment of await api.call<WireComment[]>(operation, { path }))
    yield* attached(comment.assets, comment.user);
}

function attached(assets: readonly WireAsset[] | null | undefined, user: WireUser | null | undefined): Attachment[] {
  const author = user ? toPerson(user) : undefined;
  return (assets ?? []).map((asset) => toAttachment(asset, author));
}

function toAttachment(asset: WireAsset, author: Person | undefined): Attachment {
  const created = Date.parse(asset.created_at ?? '');
  return {
    id: String(neededNumber('Gitea', 'id', asset.id)),
    name: neededText('Gitea', 'name', asset.name),
    url: neededText('Gitea', 'browser_download_url', asset.browser_download_url),
    ...defined({ size: asset.size ?? undefined, author, createdAt: Number.isFinite(created) ? created : undefined }),
  };
}

/** The server may call itself by another name than the one by which we reach it. */
export function attachmentReader(api: Api, download: Download): (attachment: Attachment) => Promise<Uint8Array> {
  return (attachment) =>
    inOperation('readAttachment', () => {
      const [, uuid] = /\/attachments\/([\da-f-]{36})$/i.exec(URL.parse(attachment.url)?.pathname ?? '') ?? [];
      if (uuid === undefined) throw notKeptHere('Gitea', attachment);
      return download(`${api.url}/attachments/${uuid}`);
    });
}
