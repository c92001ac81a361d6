import { changeValues, placeOf } from './brought-values.js';
import { CarriedValues } from './carried-values.js';
import { giversOf } from './givers-of.js';
import type { Journey } from './journey.js';
import { madeUpFor } from './made-up.js';
import {
  type BroughtTwice,
  type RecordedStep,
  recordedSteps,
  type SecondTime,
  type ValuesByPlace,
} from './recorded-steps.js';
import type { RecordedReply, Recording } from './recording.js';
import { requestName } from './request-name.js';
import { recordedAgain, walkedAgain } from './second-times.js';
import { looksGiven } from './value-look.js';
import { keyOf, type WantedValue } from './wanted-value.js';

/** A journey whose clients carry over what replies give them, and what was found, in a sentence each, without values. */
export interface CorrelatedJourney {
  readonly journey: Journey;
  readonly found: readonly string[];
  /** What each request brought in a second recording, where it is in it. */
  readonly seconds?: readonly (ValuesByPlace | undefined)[];
}

/**
 * Finds the values that one reply gave and a later request brought: with two recordings of the same steps by what differs
 * between them, with one by their look. @throws UserError where the two are of different journeys
 */
export function correlate(first: Recording, second?: Recording): CorrelatedJourney {
  if (second === undefined) return correlated(first, []);
  const again = recordedAgain(first, second);
  return { ...correlated(first, again), seconds: again.map((step) => step?.brought) };
}

/**
 * Finds them by one recording, and by the replies to a walk of it: what these give anew is carried, however short it is,
 * and what they give again needs no carrying. Undefined stands for a reply that did not come.
 */
export function correlateWalk(
  recording: Recording,
  replies: readonly (RecordedReply | undefined)[],
): CorrelatedJourney {
  return correlated(recording, walkedAgain(recording, replies));
}

function correlated(first: Recording, secondTimes: readonly (SecondTime | undefined)[]): CorrelatedJourney {
  const steps = recordedSteps(first, secondTimes);
  const bringers = bringersOf(steps);
  const carried = new CarriedValues();
  const requests = steps.map((step, index) => {
    const nameAt = new Map<string, string>();
    for (const twice of step.brought) {
      const { brought } = twice;
      const wanted = wantedValue(twice);
      if (wanted === undefined) continue;
      const key = keyOf(wanted);
      const own = bringers.get(key)!;
      // What the client brought before any reply gave it is its own, and a reply that has it only says it back.
      const givers = own[0] === index || carried.has(key) ? giversOf(steps, index, wanted) : undefined;
      const name =
        givers !== undefined && givers.size > 0
          ? carried.carry(key, givers, index, brought)
          : own.length === 1
            ? madeUpFor(brought, wanted)
            : undefined;
      if (name !== undefined) nameAt.set(placeOf(brought), name);
    }
    return changeValues(step.exchange.request, (value) => {
      const name = nameAt.get(placeOf(value));
      return name === undefined ? value.value : `{{${name}}}`;
    });
  });
  const named = requests.map((request, index) => ({
    ...request,
    name: requestName(index, request),
    takes: carried.takenFrom(index),
  }));
  return { journey: { origin: first.origin, requests: named }, found: carried.inWords(named) };
}

/** Nothing is wanted that was the same both times, nor, where it was seen once, a word that anybody may use. */
function wantedValue({ brought: { value }, second }: BroughtTwice): WantedValue | undefined {
  return (second === undefined ? looksGiven(value) : second !== value) ? { value, second } : undefined;
}

/** The steps that bring each value, in their order. */
function bringersOf(steps: readonly RecordedStep[]): ReadonlyMap<string, readonly number[]> {
  const bringers = new Map<string, number[]>();
  for (const [index, step] of steps.entries()) {
    const keys = step.brought.map(wantedValue).filter((wanted) => wanted !== undefined);
    for (const key of new Set(keys.map(keyOf))) bringers.set(key, [...(bringers.get(key) ?? []), index]);
  }
  return bringers;
}
