/** What a run has asked of each host, in one sentence. Pure. */
import type { HostReport } from '../../../core/traffic.ts';

/** `api.example.org: 6 requests (2 unchanged), 1 retry, 3 s waited, 990 left`; hosts stand apart by `;`. `''` without requests. */
export function requestsText(hosts: readonly HostReport[]): string {
  return hosts.map(hostText).join('; ');
}

function hostText({ host, requests, notModified, retries, waitedSeconds, remaining }: HostReport): string {
  const parts = [
    `${counted(requests, 'request')}${notModified > 0 ? ` (${notModified} unchanged)` : ''}`,
    ...(retries > 0 ? [retries === 1 ? '1 retry' : `${retries} retries`] : []),
    ...(waitedSeconds > 0 ? [`${waitedSeconds} s waited`] : []),
    ...(remaining === undefined ? [] : [`${remaining} left`]),
  ];
  return `${host.replace(/^https?:\/\//, '')}: ${parts.join(', ')}`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
