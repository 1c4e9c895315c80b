/** What is attached to an issue, which are links; and the files of its texts, which Linear keeps. https://linear.app/developers/attachments */
import { defined } from '../../core/defined.ts';
import { lastPart, linkedFiles, notKeptHere } from '../../core/drivers/linked-files.ts';
import type { Download } from '../../core/http/download.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import { inOperation } from '../../core/operation.ts';
import type { Attachment, Comment, Issue } from '../../core/ports/index.ts';
import { asFarAsItReads } from '../../core/tracker/odd-records.ts';
import { keyOf } from './address.ts';
import type { LinearApi } from './api.ts';
import { ATTACHMENT_URL } from './metadata.ts';
import { allOf } from './pages.ts';
import { nested, page, type Selection, textOf } from './selection.ts';
import { toPerson, USER, type WirePage, type WireUser } from './wire.ts';

/** https://linear.app/developers/file-storage-authentication */
export const UPLOADS = 'https://uploads.linear.app';

interface WireAttachment {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly createdAt?: string | null;
  readonly creator?: WireUser | null;
}

const ATTACHMENT: Selection = ['id', 'title', 'url', 'createdAt', nested('creator', USER)];

interface Answer {
  readonly issue?: { readonly attachments?: WirePage<WireAttachment> };
}

interface Reading {
  readonly getIssue: (key: string) => Promise<Issue>;
  readonly listComments: (key: string) => AsyncIterable<Comment>;
}

export function attachmentCalls(api: LinearApi, team: string, { getIssue, listComments }: Reading, download: Download) {
  async function* links(key: string): AsyncGenerator<Attachment> {
    const operation = 'listAttachments';
    const { identifier } = keyOf(key, team);
    const found = allOf<WireAttachment>({
      of: ATTACHMENT,
      ask: async (first, after) => {
        const text = `issue(id: $id) { ${textOf([page('attachments', first, ATTACHMENT, 'after: $after')])} }`;
        const declared = '$id: String!, $after: String';
        return (await api.query<Answer>(operation, text, declared, { id: identifier, after })).issue?.attachments;
      },
    });
    // the metadata of PACE are no file of anybody
    for await (const each of found) if (each.url !== ATTACHMENT_URL) yield toAttachment(each);
  }

  return {
    async *listAttachments(key: string): AsyncGenerator<Attachment> {
      const issue = await getIssue(key);
      yield* links(key);
      yield* linkedFiles(issue, listComments(key), uploaded);
    },
    readAttachment: (attachment: Attachment): Promise<Uint8Array> =>
      inOperation('readAttachment', () => {
        if (!uploaded(attachment.url)) throw notKeptHere('Linear', attachment);
        return download(attachment.url);
      }),
  };
}

function uploaded(address: string) {
  return URL.parse(address)?.origin === UPLOADS ? { url: address } : undefined;
}

function toAttachment({ id, title, url, createdAt, creator }: WireAttachment): Attachment {
  const known = neededText('Linear', 'id of an attachment', id);
  const time = Date.parse(createdAt ?? '');
  return asFarAsItReads(({ person }) => ({
    id: known,
    name: title || lastPart(url),
    url: neededText('Linear', 'url of an attachment', url),
    ...defined({
      author: creator ? person(creator, toPerson) : undefined,
      createdAt: Number.isFinite(time) ? time : undefined,
    }),
  }));
}
