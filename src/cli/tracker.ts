/** `pace tracker …` at the command line: the words of Spec Kitty’s own. */
import type { Binding } from '../../core/hosted/binding.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { bindProject, unbindProject } from '../commands/tracker/bind.ts';
import {
  addMapping,
  discover,
  listMappings,
  listTickets,
  searchTickets,
  trackerStatus,
} from '../commands/tracker/look.ts';
import type {
  TrackerBind,
  TrackerDiscover,
  TrackerLogin,
  TrackerMapAdd,
  TrackerMapList,
  TrackerSearch,
  TrackerStatus,
  TrackerSync,
  TrackerTickets,
} from '../commands/tracker/options.ts';
import { listProviders } from '../commands/tracker/providers.ts';
import { logIn, logOut } from '../commands/tracker/session.ts';
import { type Synced, syncPublish, syncPull, syncPush, syncRun } from '../commands/tracker/sync.ts';
import type { Candidate } from '../facade/binding.ts';
import {
  mappingsText,
  resourcesText,
  sortedKeys,
  statusText,
  syncedText,
  ticketsText,
} from '../output/tracker-text.ts';
import { readWhole } from '../tracker/files.ts';
import type { Session } from './session.ts';

export const tracker = {
  providers: async (session: Session) => {
    const providers = listProviders();
    await answered(
      session,
      providers,
      () => `hosted: ${providers.saas.join(', ')}\nlocal: ${providers.local.join(', ')}\n`,
    );
  },
  login: async (session: Session, options: TrackerLogin) => {
    const { world, shell, signal } = session;
    const { server, username, team } = await logIn(world, options, {
      signal,
      show: ({ userCode, address, wholeAddress }) =>
        world.log.info(`Please go to ${plainLine(wholeAddress ?? address, 300)} and confirm the code ${userCode}.`),
      password: async () => (await readWhole('-', world, shell.stdin)).replace(/\r?\n$/, ''),
    });
    const who = username === undefined ? '' : ` as ${plainLine(username, 100)}`;
    await shell.stdout.write(
      `Logged in at ${server}${who}${team === undefined ? '' : `, team ${plainLine(team, 100)}`}.\n`,
    );
  },
  logout: async ({ world, shell }: Session) => {
    await shell.stdout.write((await logOut(world)) ? 'Logged out.\n' : 'Nobody was logged in.\n');
  },
  discover: async (session: Session, options: TrackerDiscover) => {
    const found = await discover(session.world, options);
    await answered(session, found, () => resourcesText(found['resources']));
  },
  bind: async (session: Session, options: TrackerBind) => {
    const binding = await bindProject(session.world, options, asking(session));
    await session.shell.stdout.write(binding ? boundText(binding) : 'Bind cancelled.\n');
  },
  unbind: async ({ world, shell }: Session) => {
    const before = await unbindProject(world);
    await shell.stdout.write(before ? `Unbound from ${plainLine(before.provider, 60)}.\n` : 'Nothing was bound.\n');
  },
  status: async (session: Session, options: TrackerStatus) => {
    const found = await trackerStatus(session.world, options);
    await answered(session, found.status, () => statusText(found));
  },
  'map add': async ({ world, shell }: Session, options: TrackerMapAdd) => {
    const { wp_id: wp, system, external_key: key, external_id: id } = await addMapping(world, options);
    await shell.stdout.write(`${plainLine(wp, 60)} is ${system}:${plainLine(key ?? id, 100)} from now on.\n`);
  },
  'map list': async (session: Session, options: TrackerMapList) => {
    const found = await listMappings(session.world, options);
    await answered(session, found, () => mappingsText(found.mappings));
  },
  'list-tickets': async (session: Session, options: TrackerTickets) => {
    const found = await listTickets(session.world, options);
    await answered(session, found, () => ticketsText(found['tickets']));
  },
  'issue-search': async (session: Session, options: TrackerSearch) => {
    const found = await searchTickets(session.world, options);
    await answered(session, found, () => ticketsText(found['candidates']));
  },
  'sync pull': async (session: Session, options: TrackerSync) =>
    synced(session, 'Pull', await syncPull(session.world, options)),
  'sync push': async (session: Session, { itemsJson, ...options }: TrackerSync & { readonly itemsJson?: string }) => {
    const { world, shell } = session;
    const items = itemsJson === undefined ? undefined : () => readWhole(itemsJson, world, shell.stdin);
    return synced(session, 'Push', await syncPush(world, options, items));
  },
  'sync run': async (session: Session, options: TrackerSync) =>
    synced(session, 'Run', await syncRun(session.world, options)),
  'sync publish': syncPublish,
};

function answered(session: Session, value: unknown, text: () => string): Promise<void> {
  return session.answer(sortedKeys(value), text);
}

async function synced(session: Session, operation: string, done: Synced): Promise<void> {
  await answered(session, done.result, () => syncedText(operation, done));
}

function boundText({ provider, bindingRef, projectSlug, displayLabel, workspace }: Binding): string {
  const entries = { provider, binding: bindingRef, project: projectSlug, label: displayLabel, workspace };
  const lines = Object.entries(entries).flatMap(([name, value]) =>
    value ? [`- ${name}: ${plainLine(value, 200)}\n`] : [],
  );
  return `The binding is saved in .kittify/config.yaml.\n${lines.join('')}`;
}

function asking({ shell: { ask } }: Session) {
  if (!ask) return {};
  return {
    confirm: async ({ provider }: Binding) =>
      /^y(?:es)?$/i.test(await ask(`This project is bound to ${plainLine(provider, 60)}. Bind it anew? Type yes: `)),
    choose: async (candidates: readonly Candidate[]) => {
      const list = candidates.map(({ label, reason }, index) => `  ${index + 1} ${label} (${reason})\n`).join('');
      const answer = (await ask(`Several fit this project:\n${list}Which one? `)).trim();
      return /^\d{1,3}$/.test(answer) ? Number(answer) : undefined;
    },
  };
}
