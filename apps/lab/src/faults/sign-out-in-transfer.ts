import { setTimeout as wait } from 'node:timers/promises';
import { Connection } from '../http/connection.js';
import { Scenario } from '../bank/scenario.js';
import { StepError } from '../http/step-error.js';
import { confirm } from '../bank/transfer.js';
import { ClientSession } from '../bank/client-session.js';
import type { Random } from '../load/random.js';
import { modes } from '../bank/modes.js';
import type { FaultyBank } from './fault.js';

/** Confirms a transfer, and signs out on another connection at about the same moment. */
export async function signOutInTransfer(
  { platform, modeNames, pool, victim, recorder }: FaultyBank,
  random: Random,
): Promise<void> {
  const stateful = modeNames.map((name) => modes[name]).filter(({ style }) => style === 'stateful');
  const mode = stateful[Math.floor(random() * stateful.length)];
  if (mode === undefined) return;
  const payee = pool.payeeFor(victim, random);
  const leadMs = random() * 6 - 3;
  const observer = recorder.of(mode.name);
  const clientSession = new ClientSession(victim, mode.name, observer, performance.now());
  await using other = new Connection(platform.baseUrl);
  other.cookies = victim.connection.cookies;
  try {
    const { client } = new Scenario(clientSession, payee);
    await client.signIn();
    const amountMinor = victim.transfers.freshAmountMinor();
    await client.payee(victim.current.id, payee.id);
    await client.amount(amountMinor, victim.current.currency);
    const attempt = victim.transfers.write(mode.name, victim.current.id, payee.id, amountMinor);
    const signOut = async () => {
      await wait(Math.max(0, leadMs));
      await other.send({ operation: 'close', method: 'DELETE', path: mode.path });
    };
    const confirmed = async () => {
      await wait(Math.max(0, -leadMs));
      await confirm(clientSession, client, attempt);
    };
    await Promise.all([signOut(), confirmed()]);
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
  } finally {
    clientSession.leave();
  }
}
