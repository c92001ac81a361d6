import { causeInWords } from '../losses/loss-causes.js';
import type { Done } from '../protocol/actions.js';
import type { Action } from './actions.js';
import { roughly } from './formatted.js';
import { count } from './words.js';

/** What would be lost, told as it will be counted: by the lab's customers, and by whoever is at the page, who is none of them. */
export function forecastOf({ atRisk, customers, own }: Pick<Action, 'atRisk' | 'customers' | 'own'>): string {
  const live = atRisk === 1 ? 'lives' : 'live';
  const whose = own === 0 ? '' : customers === 0 ? ', yours among them' : `: ${customers} of customers, and yours`;
  return (
    `${count(atRisk, 'session')} ${live} only there now and would be lost${own === atRisk ? ': yours' : whose}. ` +
    'Whoever lives there has to sign in again. No money can be lost.'
  );
}

/**
 * What was done, and what it has cost, in words.
 * @param own sessions that it ended of whoever is at the page, of which no customer tells
 */
export function outcomeOf(done: Done, own = 0): string {
  return `${doneInWords(done, own)} ${costInWords(done)}`;
}

/** What was done, as long as nobody knows yet what it cost. */
export function doneInWords({ did }: Done, own: number): string {
  const sentence = did.replace(/\.?$/, '.');
  return own > 0 ? `${sentence} Yours was in it: go on, and see.` : sentence;
}

/** What it has cost by now or, once all is counted, in the end. */
export function costInWords({ tookMs, watchedMs, lost, failed, awaited, isCounted }: Done): string {
  const sessions = Object.entries(lost).flatMap(([mode, causes]) =>
    Object.entries(causes).map(([cause, number]) => `${count(number, 'session')} in ${mode} (${causeInWords(cause)})`),
  );
  const requests = Object.entries(failed).flatMap(([mode, number]) =>
    number > 0 ? [`${count(number, 'request')} failed in ${mode}`] : [],
  );
  const isOver = isCounted && awaited === 0;
  const none = isOver ? `No customer lost a session within ${roughly(tookMs + watchedMs)}` : 'Lost by now: none';
  const some = `Lost ${isOver ? 'in the end' : 'by now'}: ${sessions.join(', ')}`;
  const waiting = awaited > 0 ? `; ${notBack(awaited)}` : '';
  return [
    `${sessions.length > 0 ? some : none}${waiting}.`,
    ...(requests.length > 0 ? [`${requests.join(', ')}.`] : []),
  ].join(' ');
}

/** What is said after a number of lost sessions while more are to come, since a lost one counts when its customer is back. */
export function byNow(awaited: number): string {
  return awaited > 0 ? ` by now (${notBack(awaited)})` : '';
}

function notBack(awaited: number): string {
  return `${count(awaited, 'customer')} not back yet`;
}
