import { modes } from '../modes.js';
import { closeSession } from './close.js';
import type { Errand } from './errand.js';
import { bearerOf } from './sign-in.js';
import type { Visit } from './visit.js';

/** Opens a visit with the token that the customer holds, and with its password if it holds none. */
export async function enter({ visit, telling }: Errand): Promise<void> {
  await bearerOf(visit.customer, (ask) => visit.ask(ask));
  if (modes[visit.mode].style === 'stateless') visit.open({ servedBy: undefined });
  else await telling.signIn();
}

/** Closes the visit at the counter; the customer keeps its token. */
export async function goOut(visit: Visit): Promise<void> {
  const { style, path } = modes[visit.mode];
  if (style === 'stateful') await closeSession(visit, path);
}
