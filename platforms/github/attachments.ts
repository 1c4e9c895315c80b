/** Files in the texts of an issue: GitHub tells of them nowhere else. https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/attaching-files */
import { type FileOf, lastPart, notKeptHere } from '../../core/drivers/linked-files.ts';
import type { Download } from '../../core/http/download.ts';
import { inOperation } from '../../core/operation.ts';
import type { Attachment } from '../../core/ports/index.ts';

/** `…/files/…` end with the name of the file, `…/assets/…` with a number of their own. */
const KEPT = /^\/(?:user-attachments|[\w.-]+\/[\w.-]+)\/(files|assets)\/[\w./%()+ -]+$/;

/** Where people see the repository, by the address of the API. */
export function webOf(baseUrl: string): string {
  const { protocol, host } = new URL(baseUrl);
  return `${protocol}//${host.replace(/^api\.(?=github\.com$|[\w-]+\.ghe\.com$)/, '')}`;
}

export function filesAt(web: string): FileOf {
  return (address) => {
    const url = URL.parse(address);
    if (!url || url.origin !== web) return undefined;
    const [, kind] = KEPT.exec(url.pathname) ?? [];
    if (kind === undefined) return undefined;
    return kind === 'files' ? { url: url.href, name: lastPart(url.href) } : { url: url.href };
  };
}

export function attachmentReader(fileOf: FileOf, download: Download): (attachment: Attachment) => Promise<Uint8Array> {
  return (attachment) =>
    inOperation('readAttachment', () => {
      if (!fileOf(attachment.url)) throw notKeptHere('GitHub', attachment);
      return download(attachment.url);
    });
}
