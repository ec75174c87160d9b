/** Receives for `bench/push` in a process of its own: prints its port, and then how many requests it has had whenever asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let received = 0;
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    received += 1;
    response.writeHead(204).end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // it listens on a port
  process.send?.({ port });
});
process.on('message', () => process.send?.({ received }));
process.on('disconnect', () => process.exit());
