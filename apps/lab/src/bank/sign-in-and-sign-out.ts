import { modes } from './modes.js';
import { closeAt } from './stateful-client.js';
import type { Scenario } from './scenario.js';
import { bearerOf } from './auth-client.js';
import type { ClientSession } from './client-session.js';

/** Opens a session with the token that the customer holds, and with its password if it holds none. */
export async function openSession({ clientSession, client }: Scenario): Promise<void> {
  await bearerOf(clientSession.customer, (request) => clientSession.request(request));
  if (modes[clientSession.mode].style === 'stateless') clientSession.open({ servedBy: undefined });
  else await client.signIn();
}

/** Closes the session; the customer keeps its token. */
export async function closeSession(clientSession: ClientSession): Promise<void> {
  const { style, path } = modes[clientSession.mode];
  if (style === 'stateful') await closeAt(clientSession, path);
}
