import { setTimeout as sleep } from 'node:timers/promises';
import type { BankCustomer } from '../../bank/customer.js';
import { Scenario } from '../../bank/scenario.js';
import type { RecordedRequest } from '../../http/recorded-request.js';
import { succeeds } from '../../http/step-error.js';
import { transfer } from '../../bank/transfer.js';
import { ClientSession } from '../../bank/client-session.js';
import { seeded } from '../../load/random.js';
import { modes, type ModeName } from '../../bank/modes.js';
import type { Experiment, Lab } from '../experiment.js';
import { claims, kinds, type PersonalisationKey } from './claims.js';
import { statefulQuestions, statelessQuestions, type Question } from './questions.js';
import { isShaped } from './shaped.js';
import type { Figures } from '../../statistics/figures.js';

const customersPerMode = 4;

/** Two devices may not be told the same millisecond, or a time would look like something that is remembered. */
const betweenDevicesMs = 5;

/** Claim 1: the same requests by the same customer, with a past and without. */
export const personalisation: Experiment<PersonalisationKey> = {
  name: 'personalisation',
  summary: 'the same requests with a past and without: how many replies differ, and what equals them',
  claims,
  kinds,
  how:
    `${customersPerMode} customers look twice, pay someone and begin another transfer. Then each sends the same requests ` +
    'from the device with that past and from two devices that have just signed in. A reply is shaped if a part of it ' +
    'differs from both others while these agree; the accounts are the same at all three. A look that knows tells balances, ' +
    'payments and the unfinished transfer; the stateless client puts it together from three requests.',
  together: 'always',
  expectedSeconds: () => 2,
  measure,
};

async function measure(lab: Lab, mode: ModeName): Promise<Figures<PersonalisationKey>> {
  const count = Math.min(customersPerMode, lab.pool.customers.length);
  const comparisons: Comparison[] = [];
  lab.progress(`${mode}: ${count} customers with a past and without`);
  for (let index = 0; index < count; index++) {
    comparisons.push(...(await compareOne(lab, mode, index)));
  }
  const share = (those: readonly Comparison[]): number => (100 * those.length) / comparisons.length;
  const looks = comparisons.filter(({ question, withPast }) => question.forLook && withPast.outcome.kind === 'ok');
  const wholeLooks = looks.length / comparisons.filter(({ question }) => question.forLook).length;
  const perLook = (of: (recorded: RecordedRequest) => number): number | null =>
    looks.length === 0 ? null : looks.reduce((sum, { withPast }) => sum + of(withPast), 0) / (count * wholeLooks);
  return {
    asked: comparisons.length,
    shapedReplies: comparisons.filter(({ shaped }) => shaped).length,
    shaped: share(comparisons.filter(({ shaped }) => shaped)),
    unknown: share(comparisons.filter(({ withPast }) => withPast.outcome.kind === 'session-lost')),
    lookRequests: perLook(() => 1),
    lookSent: perLook(({ bytes }) => bytes.requestHeader + bytes.requestBody),
    lookKept: perLook(({ cost }) => cost.carriedBytes),
  };
}

interface Comparison {
  readonly question: Question;
  readonly withPast: RecordedRequest;
  readonly shaped: boolean;
}

/**
 * One after another: money that others move meanwhile would look like a memory. The device with a past asks between the
 * two without, so that a time in seconds that is the same for these two is the same for it.
 */
async function compareOne(lab: Lab, mode: ModeName, index: number): Promise<Comparison[]> {
  const customer = await lab.pool.take();
  const [first, last] = [customer.anotherDevice(), customer.anotherDevice()];
  try {
    const questions = await giveAPast(lab, mode, customer, index);
    const ones = await askAfresh(first, questions, lab, mode, index);
    const pasts = await request(customer, mode, questions);
    const others = await askAfresh(last, questions, lab, mode, index);
    return questions.map((question, at) => {
      const [withPast, one, other] = [pasts[at]!, ones[at]!, others[at]!];
      const found = withPast.outcome.kind !== 'session-lost' && one.outcome.kind !== 'session-lost';
      return { question, withPast, shaped: found && isShaped(withPast, [one, other]) };
    });
  } finally {
    await Promise.all([first, last].map(({ connection }) => connection.close()));
    lab.pool.release(customer);
  }
}

async function askAfresh(
  device: BankCustomer,
  questions: readonly Question[],
  lab: Lab,
  mode: ModeName,
  index: number,
): Promise<RecordedRequest[]> {
  await sleep(betweenDevicesMs);
  await begin(device, mode, lab, index);
  return request(device, mode, questions);
}

/** Lets a customer look twice, pay, and begin another transfer, as far as the mode lets it; gives the questions to compare. */
async function giveAPast(lab: Lab, mode: ModeName, customer: BankCustomer, index: number): Promise<Question[]> {
  const scenario = await begin(customer, mode, lab, index);
  const { client, payee } = scenario;
  const acts = [
    () => client.look(),
    () => client.look(),
    () => transfer(scenario),
    () => client.payee(customer.current.id, payee.id),
  ];
  for (const act of acts) await succeeds(scenario.withReauthentication(act));
  if (modes[mode].style === 'stateful') return statefulQuestions(modes[mode].path, customer);
  return statelessQuestions(customer, payee);
}

async function begin(device: BankCustomer, mode: ModeName, lab: Lab, index: number): Promise<Scenario> {
  const clientSession = new ClientSession(device, mode, lab.recorder().of(mode), performance.now());
  const scenario = new Scenario(clientSession, lab.pool.payeeFor(device, seeded(lab.seed, index)));
  device.credentials = undefined;
  await scenario.client.signIn();
  return scenario;
}

async function request(
  device: BankCustomer,
  mode: ModeName,
  questions: readonly Question[],
): Promise<RecordedRequest[]> {
  const recordings: RecordedRequest[] = [];
  for (const { request: asked } of questions) {
    const bearer = modes[mode].style === 'stateless' ? device.credentials?.accessToken : undefined;
    recordings.push(await device.connection.send({ ...asked, ...(bearer !== undefined && { bearer }) }));
  }
  return recordings;
}
