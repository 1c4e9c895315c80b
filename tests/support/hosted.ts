/** A stateful hosted tracker (PRI-12) on 127.0.0.1, as its clients expect one. */
import { loginRoutes } from './hosted/login.ts';
import { type HostedOptions, type HostedState, newHosted } from './hosted/state.ts';
import { trackerRoutes } from './hosted/tracker.ts';
import { type Loopback, loopback } from './loopback.ts';

export { type HostedIssue, type HostedOptions, type HostedState, newIssue, refused } from './hosted/state.ts';

export interface HostedServer {
  readonly origin: string;
  readonly state: HostedState;
  readonly exchanges: Loopback['exchanges'];
  readonly trouble: Loopback['trouble'];
  /** The person at the browser says yes to every code that waits. */
  confirmDevices(): void;
  close(): Promise<void>;
}

export async function startHosted(options: HostedOptions = {}): Promise<HostedServer> {
  const state = newHosted(options);
  const server = await loopback(
    { 'HEAD /': () => ({}), ...loginRoutes(state), ...trackerRoutes(state) },
    { noRoute: { json: { detail: 'Not found.' } } },
  );
  state.origin = server.origin;
  return {
    origin: server.origin,
    state,
    exchanges: server.exchanges,
    trouble: server.trouble,
    confirmDevices: () => {
      for (const device of state.devices.values()) device.confirmed = true;
    },
    close: () => server.close(),
  };
}
