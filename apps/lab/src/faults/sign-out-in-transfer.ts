import { setTimeout as wait } from 'node:timers/promises';
import { Connection } from '../customers/connection.js';
import { Errand } from '../customers/errand.js';
import { Setback } from '../customers/setback.js';
import { confirm } from '../customers/transfer.js';
import { Visit } from '../customers/visit.js';
import type { Random } from '../load/random.js';
import { modes } from '../modes.js';
import type { Bank } from './fault.js';

const stateful = Object.values(modes).filter(({ style }) => style === 'stateful');

/** Confirms a transfer, and signs out on another connection at about the same moment. */
export async function signOutInTransfer({ platform, pool, victim, recorder }: Bank, random: Random): Promise<void> {
  const mode = stateful[Math.floor(random() * stateful.length)]!;
  const payee = pool.payeeFor(victim, random);
  const leadMs = random() * 6 - 3;
  const witness = recorder.of(mode.name);
  const visit = new Visit(victim, mode.name, witness, performance.now());
  const other = new Connection(platform.baseUrl);
  other.cookies = victim.connection.cookies;
  try {
    const { telling } = new Errand(visit, payee);
    await telling.signIn();
    const amountMinor = victim.transfers.freshAmountMinor();
    await telling.payee(victim.current.id, payee.id);
    await telling.amount(amountMinor, victim.current.currency);
    const attempt = victim.transfers.write(mode.name, victim.current.id, payee.id, amountMinor);
    const signOut = async () => {
      await wait(Math.max(0, leadMs));
      await other.send({ operation: 'close', method: 'DELETE', path: mode.path });
    };
    const confirmed = async () => {
      await wait(Math.max(0, -leadMs));
      await confirm(visit, telling, attempt);
    };
    await Promise.all([signOut(), confirmed()]);
  } catch (error) {
    if (!(error instanceof Setback)) throw error;
  } finally {
    visit.leave();
    await other.close();
  }
}
