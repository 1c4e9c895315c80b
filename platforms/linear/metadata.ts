/**
 * Metadata of an issue, in an attachment of its own: Linear drops HTML comments from descriptions. An issue has one attachment
 * per address, and creating it again replaces it. https://linear.app/developers/attachments
 */

import type { Metadata } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';

/** Names the attachment; leads people who click on it to who has made it. */
export const ATTACHMENT_URL = 'https://github.com/pace-gate/pace#metadata';

/** The input of `attachmentCreate`, which also replaces. Linear documents texts and numbers as values: all goes into one text. */
export function toAttachment(issueId: string, metadata: Metadata) {
  return {
    issueId,
    url: ATTACHMENT_URL,
    title: 'PACE',
    subtitle: 'Data that programs keep about this issue. Please leave it here.',
    metadata: { data: JSON.stringify(metadata) },
  };
}

/** What somebody else has put there reads as no metadata. */
export function readMetadata(found: unknown): Metadata {
  const data = isRecord(found) ? found['data'] : undefined;
  if (typeof data !== 'string') return {};
  try {
    const metadata: unknown = JSON.parse(data);
    return isRecord(metadata) ? metadata : {};
  } catch {
    return {};
  }
}

export function hasMetadata(metadata: Metadata | undefined): metadata is Metadata {
  return metadata !== undefined && Object.keys(metadata).length > 0;
}
