/** Files of a task. https://developers.asana.com/reference/getattachmentsforobject */
import { defined } from '../../core/defined.ts';
import { notKeptHere } from '../../core/drivers/linked-files.ts';
import type { Download } from '../../core/http/download.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import { inOperation } from '../../core/operation.ts';
import type { Attachment } from '../../core/ports/index.ts';
import { GID, gidOf } from './address.ts';
import type { Api } from './api.ts';

interface WireAttachment {
  readonly gid: string;
  readonly name: string;
  readonly size?: number | null;
  readonly created_at?: string | null;
  /** For people, as long as the file is there. */
  readonly permanent_url?: string | null;
  readonly view_url?: string | null;
  /** Good for two minutes, for whoever has it. */
  readonly download_url?: string | null;
  /** `asana`, or where the file is else. */
  readonly resource_subtype?: string | null;
}

const FIELDS = ['name', 'size', 'created_at', 'permanent_url', 'view_url', 'resource_subtype'];

export function attachmentCalls(api: Api, download: Download) {
  async function* listAttachments(key: string): AsyncGenerator<Attachment> {
    const parent = gidOf('listAttachments', 'task', key);
    const request = { path: '/attachments', query: { parent }, fields: FIELDS };
    for await (const wire of api.list<WireAttachment>('listAttachments', request)) yield toAttachment(wire);
  }

  async function content(attachment: Attachment): Promise<Uint8Array> {
    if (!GID.test(attachment.id)) throw notKeptHere('Asana', attachment);
    const path = `/attachments/${attachment.id}`;
    const fields = ['download_url', 'resource_subtype'];
    const wire = await api.call<WireAttachment>('listAttachments', { path, fields });
    if (wire.resource_subtype !== 'asana' || !wire.download_url) throw notKeptHere('Asana', attachment);
    return download(wire.download_url);
  }

  return {
    listAttachments,
    readAttachment: (attachment: Attachment) => inOperation('readAttachment', () => content(attachment)),
  };
}

function toAttachment({ gid, name, size, created_at: created, ...addresses }: WireAttachment): Attachment {
  const time = Date.parse(created ?? '');
  const url = addresses.permanent_url || addresses.view_url;
  return {
    id: neededText('Asana', 'gid', gid),
    name: neededText('Asana', 'name', name),
    url: neededText('Asana', 'permanent_url', url),
    ...defined({ size: size ?? undefined, createdAt: Number.isFinite(time) ? time : undefined }),
  };
}
