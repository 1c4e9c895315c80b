/** Files in the texts of an issue. https://docs.gitlab.com/api/project_markdown_uploads/ */
import { type FileOf, lastPart, notKeptHere } from '../../core/drivers/linked-files.ts';
import type { Download } from '../../core/http/download.ts';
import { inOperation } from '../../core/operation.ts';
import type { Attachment } from '../../core/ports/index.ts';

/** `/uploads/SECRET/NAME` in a text means the project of the issue; a page names it before that, by its path or its number. */
const UPLOAD = /^(.*?)\/uploads\/([\da-f]{32})\/([^/]+)$/;

interface Upload {
  readonly project: string;
  readonly secret: string;
  readonly name: string;
}

export function filesAt(server: string, project: string): FileOf {
  return (address) => {
    const upload = uploadIn(server, address.startsWith('/uploads/') ? `${server}/${project}${address}` : address);
    if (!upload) return undefined;
    const { project: place, secret, name } = upload;
    const folder = /^\d+$/.test(place) ? `-/project/${place}` : place;
    return { url: `${server}/${folder}/uploads/${secret}/${name}`, name: lastPart(name) };
  };
}

function uploadIn(server: string, address: string): Upload | undefined {
  const url = URL.parse(address);
  const home = new URL(server);
  const prefix = home.pathname.replace(/\/$/, '');
  if (url?.origin !== home.origin || !url.pathname.startsWith(`${prefix}/`)) return undefined;
  const [, place = '', secret = '', name = ''] = UPLOAD.exec(url.pathname.slice(prefix.length)) ?? [];
  const project = place.replace(/^\/-\/project\/(?=\d+$)/, '').replace(/^\//, '');
  return /^(?:\d+|[\w.-]+(?:\/[\w.-]+)+)$/.test(project) ? { project, secret, name } : undefined;
}

/** Through the API: pages know no token. */
export function attachmentReader(server: string, download: Download): (attachment: Attachment) => Promise<Uint8Array> {
  return (attachment) =>
    inOperation('readAttachment', () => {
      const upload = uploadIn(server, attachment.url);
      if (!upload) throw notKeptHere('GitLab', attachment);
      const { project, secret, name } = upload;
      return download(`${server}/api/v4/projects/${encodeURIComponent(project)}/uploads/${secret}/${name}`);
    });
}
