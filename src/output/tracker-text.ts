/** What `pace tracker` tells people. Pure. */
import type { Body } from '../../core/hosted/client.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Status } from '../commands/tracker/look.ts';
import type { Synced } from '../commands/tracker/sync.ts';

/** `- name: value`, and nothing for what is not there. */
function lines(entries: readonly (readonly [string, unknown])[]): string {
  return entries
    .flatMap(([name, value]) =>
      value === undefined || value === null || value === '' ? [] : [`- ${name}: ${shown(value)}\n`],
    )
    .join('');
}

function shown(value: unknown): string {
  return plainLine(typeof value === 'object' ? JSON.stringify(value) : String(value), 300);
}

export function syncedText(operation: string, synced: Synced): string {
  if (synced.kind === 'local') {
    const { provider, stats, conflicts, errors } = synced.result;
    const created = stats.pulled_created + stats.pushed_created;
    const updated = stats.pulled_updated + stats.pushed_updated;
    const counts = lines([
      ...([
        ['created', created],
        ['updated', updated],
        ['skipped', stats.skipped],
      ] as const),
      ...([
        ['conflicts', conflicts.length],
        ['errors', errors.length],
      ] as const),
    ]);
    return `${operation}: ${plainLine(provider, 60)}\n${counts}${errors.map((each) => `  ${plainLine(each, 300)}\n`).join('')}`;
  }
  const { result } = synced;
  const summary = isRecord(result['summary']) ? result['summary'] : {};
  const identity = isRecord(result['identity_path']) ? result['identity_path'] : {};
  const counts = ['total', 'succeeded', 'failed', 'skipped'].map((name) => [name, summary[name]] as const);
  const more =
    result['has_more'] === true ? `There is more: the next cursor is ${shown(result['next_cursor'])}.\n` : '';
  const replayed =
    result['idempotency_replayed'] === true ? 'The service had done this before: this is what it answered then.\n' : '';
  const told = lines([['provider', identity['provider']], ['identity', identity['type']], ...counts]);
  return `${operation}: ${shown(result['status'] ?? 'done')}\n${told}${more}${replayed}${upgradeText(result)}`;
}

export function statusText({ kind, status }: Status): string {
  if (kind === 'local')
    return `Bound to ${plainLine(status.provider, 60)}.\n${lines(Object.entries(status).filter(([name]) => name !== 'provider'))}`;
  const {
    provider,
    identity_path: identity,
    bindings,
    pending_binding_upgrade: _,
    ...rest
  } = status as Record<string, unknown>;
  const count = Array.isArray(bindings) ? bindings.length : bindings;
  const told = lines([
    ['identity', isRecord(identity) ? identity['type'] : undefined],
    ['bindings', count],
    ...Object.entries(rest),
  ]);
  return `The hosted tracker: ${shown(provider)}\n${told}${upgradeText(status)}`;
}

export function mappingsText(mappings: readonly unknown[]): string {
  const rows = mappings
    .filter(isRecord)
    .map(
      (each) =>
        `- ${shown(each['wp_id'])}: ${shown(each['system'])}:${shown(each['external_key'] ?? each['external_id'])}\n`,
    );
  return rows.join('') || 'Nothing is mapped.\n';
}

/** Tickets and candidates alike. */
export function ticketsText(tickets: unknown): string {
  const rows = (Array.isArray(tickets) ? tickets : []).filter(isRecord).map((each) => {
    const state = isRecord(each['state']) ? each['state']['name'] : each['status'];
    const key = each['identifier'] ?? each['external_issue_key'] ?? each['external_issue_id'] ?? each['id'];
    return `- ${shown(key)} [${shown(state ?? '')}] ${shown(each['title'])}\n`;
  });
  return rows.join('') || 'Nothing was found.\n';
}

export function resourcesText(resources: unknown): string {
  const rows = (Array.isArray(resources) ? resources : []).filter(isRecord).map((each, index) => {
    const bound = typeof each['binding_ref'] === 'string' ? ` (bound: ${shown(each['binding_ref'])})` : '';
    return `${index + 1} ${shown(each['display_label'])}${bound}\n`;
  });
  return rows.join('') || 'There is nothing to bind to.\n';
}

function upgradeText({ pending_binding_upgrade: upgrade }: Body): string {
  if (!isRecord(upgrade)) return '';
  return `The service now calls the binding ${shown(upgrade['binding_ref'])}: \`pace tracker bind --bind-ref\` takes it over.\n`;
}

/** The same data with its keys in order, as Spec Kitty’s command line prints it. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sortedKeys(each)]));
}
