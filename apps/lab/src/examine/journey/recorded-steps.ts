import { type BroughtValue, broughtValues, placeOf } from './brought-values.js';
import { type GivenValue, givenValues } from './given-values.js';
import type { RecordedExchange, RecordedReply, Recording } from './recording.js';
import { keyOf } from './wanted-value.js';

/** What a request brought, by the place; what is not known is not there. */
export type ValuesByPlace = ReadonlyMap<string, string>;

/** What the same step was the second time. */
export interface SecondTime {
  readonly brought: ValuesByPlace;
  readonly reply: RecordedReply | undefined;
}

/** A value that was brought, and what was at the same place the second time. */
export interface BroughtTwice {
  readonly brought: BroughtValue;
  readonly second: string | undefined;
}

/** A value that was given, and what was at the same place the second time. */
export interface GivenTwice {
  readonly given: GivenValue;
  readonly second: string | undefined;
}

/** A step of a journey as it was recorded, and as it was the second time. */
export interface RecordedStep {
  readonly exchange: RecordedExchange;
  readonly second: SecondTime | undefined;
  readonly brought: readonly BroughtTwice[];
  /** By the key of the wanted value: as it was the first time, and as it was both times. */
  readonly given: ReadonlyMap<string, GivenValue>;
}

/** Headers that say what a client can read and where it is, and no value of a reply. */
const ofTheClient = /^(accept|content-type|origin|referer|x-requested-with)$/;

/** The steps of a recording, each beside what it was the second time. */
export function recordedSteps(
  { exchanges }: Recording,
  secondTimes: readonly (SecondTime | undefined)[],
): readonly RecordedStep[] {
  return exchanges.map((exchange, index) => {
    const second = secondTimes[index];
    const brought = bringing(exchange).map((value) => ({
      brought: value,
      second: second?.brought.get(placeOf(value)),
    }));
    return { exchange, second, brought, given: givenByKey(givenTwice(exchange.reply, second?.reply)) };
  });
}

/** The values of a request that a reply may have given. */
export function bringing({ request }: RecordedExchange): readonly BroughtValue[] {
  return broughtValues(request).filter(
    ({ kind, key, value }) => value !== '' && !(kind === 'header' && ofTheClient.test(key)),
  );
}

/** The values of a reply, each beside what its source gave the second time. */
export function givenTwice(one: RecordedReply, other: RecordedReply | undefined): readonly GivenTwice[] {
  const sourceOf = ({ from }: GivenValue) => JSON.stringify(from);
  const seconds = new Map((other ? givenValues(other) : []).map((given) => [sourceOf(given), given.value]));
  return givenValues(one).map((given) => ({ given, second: seconds.get(sourceOf(given)) }));
}

function givenByKey(values: readonly GivenTwice[]): ReadonlyMap<string, GivenValue> {
  const byKey = new Map<string, GivenValue>();
  for (const { given, second } of values) {
    for (const either of [undefined, second]) {
      const key = keyOf({ value: given.value, second: either });
      if (!byKey.has(key)) byKey.set(key, given);
    }
  }
  return byKey;
}
