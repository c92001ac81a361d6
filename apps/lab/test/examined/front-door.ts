import { createServer, request as send, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A load balancer as somebody may have it: each request to the next backend, or a client back to its own by a cookie. */
export async function frontDoor(
  backends: readonly string[],
  ledBack: boolean,
): Promise<{ url: string; server: Server }> {
  let turn = 0;
  const server = createServer((request, response) => {
    const own = ledBack ? /lb=(\d+)/.exec(request.headers.cookie ?? '')?.[1] : undefined;
    const place = own === undefined ? turn++ % backends.length : Number(own);
    const { method, url, headers } = request;
    const forwarded = send(new URL(url!, backends[place]), { method: method!, headers }, (reply) => {
      const cookies = [
        ...(reply.headers['set-cookie'] ?? []),
        ...(ledBack && own === undefined ? [`lb=${place}; Path=/; HttpOnly; SameSite=Lax`] : []),
      ];
      response.writeHead(reply.statusCode!, { ...reply.headers, ...(cookies.length > 0 && { 'set-cookie': cookies }) });
      reply.pipe(response);
    });
    forwarded.on('error', () => response.writeHead(502).end());
    request.pipe(forwarded);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
