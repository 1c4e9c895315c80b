/** Files of a task, which stand at the task itself. Their addresses are open to whoever has them. */
import { defined } from '../../core/defined.ts';
import { notKeptHere } from '../../core/drivers/linked-files.ts';
import type { Download } from '../../core/http/download.ts';
import { inOperation } from '../../core/operation.ts';
import type { Attachment } from '../../core/ports/index.ts';
import { asFarAsItReads } from '../../core/tracker/odd-records.ts';
import type { Api } from './api.ts';
import type { Lookup } from './lookup.ts';
import { listOf, need, toPerson, type WireAttachment } from './wire.ts';

export function attachmentCalls(api: Api, lookup: Lookup, download: Download) {
  return {
    async *listAttachments(key: string): AsyncGenerator<Attachment> {
      const operation = 'listAttachments';
      const { attachments } = await api.attempt(operation, () => lookup.task(operation, key));
      yield* listOf(attachments, 'attachments')
        .filter(({ deleted }) => deleted !== true)
        .map(toAttachment);
    },
    readAttachment: (attachment: Attachment): Promise<Uint8Array> =>
      inOperation('readAttachment', async () => {
        if (!isOurs(attachment.url, api.url)) throw notKeptHere('ClickUp', attachment);
        return download(attachment.url);
      }),
  };
}

/** A task may name files of other stores as well. ClickUp's own stand on hosts of their own: `t123.p.clickup-attachments.com`. */
function isOurs(address: string, server: string): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  return url.origin === new URL(server).origin || /(?:^|\.)clickup(?:-attachments)?\.com$/.test(url.hostname);
}

function toAttachment(wire: WireAttachment): Attachment {
  const id = need('id of an attachment', wire.id);
  const { size, mimetype: type, user, date } = wire;
  return asFarAsItReads(({ person }) => ({
    id,
    name: need('title', wire.title),
    url: need('url', wire.url),
    ...defined({
      size: sizeOf(size),
      type: type || undefined,
      author: user ? person(user, toPerson) : undefined,
      createdAt: sizeOf(date),
    }),
  }));
}

/** ClickUp writes numbers as texts here and there. */
function sizeOf(value: number | string | null | undefined): number | undefined {
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? number : undefined;
}
