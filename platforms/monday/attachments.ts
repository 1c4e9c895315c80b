/** Files of an item, of its columns and its updates. https://developer.monday.com/api-reference/reference/assets-1 */
import { defined } from '../../core/defined.ts';
import type { Download } from '../../core/http/download.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { Attachment } from '../../core/ports/index.ts';
import { asFarAsItReads } from '../../core/tracker/odd-records.ts';
import { idOf } from './address.ts';
import type { MondayApi } from './api.ts';
import { noItem } from './comments.ts';
import { listOf, needed, toPerson, USER, type WireUser } from './shapes.ts';

interface WireAsset {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly file_size?: number | null;
  readonly created_at?: string | null;
  readonly uploaded_by?: WireUser | null;
}

interface WithAssets {
  readonly state?: string | null;
  readonly board?: { readonly id: string } | null;
  readonly assets?: readonly (WireAsset | null)[] | null;
}

const ASSET = `id name url file_size created_at uploaded_by { ${USER} }`;

export function attachmentCalls(api: MondayApi, download: Download) {
  async function* listAttachments(key: string): AsyncGenerator<Attachment> {
    const assets = await api.attempt('listAttachments', async () => {
      const id = idOf(key);
      const { items } = await api.query<{ readonly items?: readonly (WithAssets | null)[] | null }>('listAttachments', {
        fields: [`items(ids: [$id]) { state board { id } assets(assets_source: all) { ${ASSET} } }`],
        declared: ['$id: ID!'],
        variables: { id },
      });
      const [item] = listOf<WithAssets>(items, 'items');
      if (!item || item.state === 'deleted' || String(item.board?.id) !== api.board) throw noItem(id);
      return listOf<WireAsset>(item.assets, 'assets');
    });
    yield* assets.map(toAttachment);
  }

  /** Its public address is good for an hour, for whoever has it. */
  async function readAttachment({ id }: Attachment): Promise<Uint8Array> {
    return api.attempt('readAttachment', async () => {
      const { assets } = await api.query<{ readonly assets?: readonly ({ public_url?: string } | null)[] | null }>(
        'readAttachment',
        { fields: ['assets(ids: [$id]) { public_url }'], declared: ['$id: ID!'], variables: { id } },
      );
      return download(needed(assets?.[0]?.public_url, 'public_url'));
    });
  }

  return { listAttachments, readAttachment };
}

function toAttachment(wire: WireAsset): Attachment {
  const id = neededText('monday', 'id of an asset', String(wire.id));
  const created = Date.parse(wire.created_at ?? '');
  const { uploaded_by: author } = wire;
  return asFarAsItReads(({ person }) => ({
    id,
    name: neededText('monday', 'name', wire.name),
    url: neededText('monday', 'url', wire.url),
    ...defined({
      size: wire.file_size ?? undefined,
      author: author ? person(author, toPerson) : undefined,
      createdAt: Number.isFinite(created) ? created : undefined,
    }),
  }));
}
