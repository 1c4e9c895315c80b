/** An address that refuses every connection for as long as it is kept. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface RefusingAddress {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * The port of a closed server would be given to the next one that asks for any, and what was meant to be refused would arrive
 * there. This port is taken, as the calling end of a connection: nobody listens on it, and nobody else can.
 */
export async function refusingAddress(): Promise<RefusingAddress> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answered = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const caller = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const other = await answered;
  return {
    origin: `http://127.0.0.1:${other.remotePort}`,
    close: () =>
      new Promise((resolve) => {
        for (const end of [caller, other]) end.destroy();
        server.close(() => resolve());
      }),
  };
}
