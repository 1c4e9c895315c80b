/** Files of an issue. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/ */
import { defined } from '../../core/defined.ts';
import { notKeptHere } from '../../core/drivers/linked-files.ts';
import type { Download } from '../../core/http/download.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import { inOperation } from '../../core/operation.ts';
import type { Attachment, TrackerDriver } from '../../core/ports/index.ts';
import { asFarAsItReads } from '../../core/tracker/odd-records.ts';
import type { JiraApi } from './dialect.ts';
import { validKey } from './fields.ts';
import { toPerson, type WireUser } from './wire.ts';

interface WireAttachment {
  readonly id: string;
  readonly filename: string;
  readonly content: string;
  readonly size?: number | null;
  readonly mimeType?: string | null;
  readonly created?: string | null;
  readonly author?: WireUser | null;
}

interface WithAttachments {
  readonly fields?: { readonly attachment?: readonly WireAttachment[] | null } | null;
}

type Offered = 'listAttachments' | 'readAttachment';

export function createAttachments(api: JiraApi, download: Download): Pick<Required<TrackerDriver>, Offered> {
  return {
    async *listAttachments(key) {
      const operation = 'listAttachments';
      const path = ['issue', validKey(key, operation)];
      const { fields } = await api.call<WithAttachments>(operation, { path, query: { fields: 'attachment' } });
      yield* (fields?.attachment ?? []).map(toAttachment);
    },
    readAttachment: (attachment) =>
      inOperation('readAttachment', async () => download(await addressOf(api, attachment))),
  };
}

function toAttachment(wire: WireAttachment): Attachment {
  const { size, mimeType: type, author } = wire;
  const id = neededText('Jira', 'id of an attachment', wire.id);
  const created = Date.parse(wire.created ?? '');
  return asFarAsItReads(({ person }) => ({
    id,
    name: neededText('Jira', 'filename', wire.filename),
    url: neededText('Jira', 'content', wire.content),
    ...defined({
      size: size ?? undefined,
      type: type || undefined,
      author: author ? person(author, toPerson) : undefined,
      createdAt: Number.isFinite(created) ? created : undefined,
    }),
  }));
}

/** Cloud has an address in its API, for tokens with scopes as well; Data Center serves files beside it. */
async function addressOf(api: JiraApi, attachment: Attachment): Promise<string> {
  const { name } = await api.dialect('listAttachments');
  if (name === 'Cloud' && /^\d{1,19}$/.test(attachment.id))
    return `${api.url}/rest/api/3/attachment/content/${attachment.id}`;
  const [path] = /\/secure\/attachment\/.*$/.exec(URL.parse(attachment.url)?.pathname ?? '') ?? [];
  if (path === undefined) throw notKeptHere('Jira', attachment);
  return `${api.url}${path}`;
}
