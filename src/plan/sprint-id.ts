/** What a sprint is called: in issues, and as a folder. */
import { digest } from '../../core/adapters/digest.ts';

/** The name, else the date of day 1, else `''`. */
export function sprintId({ name, startDate }: { name?: string | undefined; startDate?: string | undefined }): string {
  return name || startDate || '';
}

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file#naming-conventions
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])(?=\.|$)/i;

/** With the digest, still a name that every file system takes, in any script. */
const MAX_CHARACTERS = 60;

/**
 * The id as a folder's name: one segment of a path on every system. An id that cannot be one as it stands gets a short
 * digest, so that `a/b` and `a:b` do not share a folder; so does one that would read as the folder of a day.
 */
export function sprintFolder(id: string): string {
  const safe = id
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .replace(RESERVED, 'sprint-$&');
  const folder = [...safe].slice(0, MAX_CHARACTERS).join('').replace(/\.+$/, '');
  if (folder === id && folder !== '' && !/^day-\d+$/.test(folder)) return folder;
  return `${folder || 'sprint'}-${digest(id).slice(0, 8)}`;
}
