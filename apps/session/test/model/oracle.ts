import type { ModelExchange } from './client.js';

/** One entry of the paying account's stream. */
export interface Posting {
  readonly key: string;
  readonly transferId: string;
  readonly to: string;
  readonly amountMinor: number;
}

const code = ({ body }: ModelExchange) => body?.type?.replace('urn:tellers:problem:', '');
/** A problem that leaves the outcome of a confirmation open, and so carries what settles it. */
export const isOpen = (exchange: ModelExchange) =>
  ['outcome-unknown', 'transfer-in-flight'].includes(code(exchange) ?? '');

/** What a client was told that is not what happened, in a sentence each. */
export function falsehoods(
  exchanges: readonly ModelExchange[],
  postings: readonly Posting[],
  isStoreFaulty: boolean,
): string[] {
  return [
    ...faults(exchanges),
    ...(isStoreFaulty ? [] : collisions(exchanges)),
    ...afterSignOut(exchanges),
    ...confirmations(exchanges, postings),
    ...drafts(exchanges, postings),
    ...changesOfFrozen(exchanges),
    ...exchanges
      .filter((exchange) => isOpen(exchange) && !exchange.body?.order)
      .map(() => 'left open, with no way to ask'),
  ];
}

function faults(exchanges: readonly ModelExchange[]): string[] {
  return exchanges
    .filter(({ status = 0 }) => status >= 500 && status !== 503)
    .map(({ act, status }) => `${act} was answered ${status}`);
}

/** Requests of one session do not get in each other's way. */
function collisions(exchanges: readonly ModelExchange[]): string[] {
  return exchanges
    .filter((exchange) => code(exchange) === 'session-contended')
    .map(({ act }) => `${act} collided with other requests of the session`);
}

function afterSignOut(exchanges: readonly ModelExchange[]): string[] {
  const out = exchanges.find(({ act, status }) => act === 'sign-out' && status === 204);
  if (!out) return [];
  return exchanges
    .filter(({ sentAt, status = 0 }) => sentAt > out.heardAt && status > 0 && ![401, 503].includes(status))
    .map(({ act, status }) => `${act} was answered ${status} after the sign-out`);
}

function confirmations(exchanges: readonly ModelExchange[], postings: readonly Posting[]): string[] {
  const confirmed = exchanges.filter(({ act }) => act === 'confirm');
  const reported = confirmed.filter(({ status }) => status === 201).map(({ body }) => body!);
  const wrong = reported
    .filter(({ transferId, amountMinor, to }) =>
      postings.every(
        (posting) => posting.transferId !== transferId || posting.amountMinor !== amountMinor || posting.to !== to,
      ),
    )
    .map(({ amountMinor }) => `told that ${amountMinor} moved, which did not`);
  const twice = postings
    .filter(({ key }, index) => postings.findIndex((posting) => posting.key === key) !== index)
    .map(({ key }) => `${key} moved money twice`);
  // A reply that was lost, or says that it is unknown, may stand for any transfer; every other refusal for none.
  const unheard = confirmed.filter(({ status }) => status === undefined).length;
  const open = new Set(confirmed.filter(isOpen).map(({ body }) => body!.idempotencyKey));
  const unreported = postings.filter(
    ({ key, transferId }) => !open.has(key) && reported.every((transfer) => transfer.transferId !== transferId),
  );
  const denied =
    unreported.length > unheard ? [`${unreported.length} moved, of which the client heard refusals alone`] : [];
  return [...wrong, ...twice, ...denied];
}

/** A draft that is shown as done is what moved. */
function drafts(exchanges: readonly ModelExchange[], postings: readonly Posting[]): string[] {
  return exchanges
    .filter(({ body }) => body?.idempotencyKey !== undefined && body.next === null)
    .filter(({ body }) =>
      postings.every(
        ({ key, amountMinor, to }) =>
          key !== body!.idempotencyKey || amountMinor !== body!.amountMinor || to !== body!.to,
      ),
    )
    .map(({ body }) => `shown that ${body!.amountMinor} moved, which did not`);
}

/** Whether the ledger has refused a confirmation, or may have in a reply that was lost: the draft may be changed again then. */
export const mayBeRefused = (exchanges: readonly ModelExchange[]) =>
  exchanges.some(({ act, status }) => act === 'confirm' && (status === 422 || status === undefined));

/** From an outcome that is open on, a draft is shown as it was confirmed, unless the ledger has refused it since. */
function changesOfFrozen(exchanges: readonly ModelExchange[]): string[] {
  if (mayBeRefused(exchanges)) return [];
  return exchanges.filter(isOpen).flatMap(({ heardAt, body: { idempotencyKey, order } = {} }) =>
    exchanges
      .filter(({ sentAt, body }) => sentAt > heardAt && body?.idempotencyKey === idempotencyKey)
      .filter((later) => !isOpen(later))
      .filter(({ body }) => body?.amountMinor !== order?.amountMinor || body?.to !== order?.to)
      .map(({ body }) => `${order?.amountMinor} may have moved, and ${body?.amountMinor} was shown`),
  );
}
