import type { GivenValue } from './given-values.js';
import { patternFor } from './pattern-for.js';
import type { RecordedStep } from './recorded-steps.js';
import { firstGroup } from './take-values.js';
import { looksLikeId } from './value-look.js';
import { keyOf, type WantedValue } from './wanted-value.js';

const shortestInText = 3;

/** The steps before the `before`th whose replies give the value, and where in them it stands. */
export function giversOf(
  steps: readonly RecordedStep[],
  before: number,
  wanted: WantedValue,
): ReadonlyMap<number, GivenValue> {
  const earlier = [...steps.entries()].slice(0, before);
  const givers = earlier.flatMap(([index, step]): [number, GivenValue][] => {
    const given = step.given.get(keyOf(wanted));
    return given === undefined ? [] : [[index, given]];
  });
  if (givers.length > 0 || !mayStandInText(wanted)) return new Map(givers);
  return new Map(
    earlier.flatMap(([index, step]): [number, GivenValue][] => {
      const given = inText(step, wanted);
      return given === undefined ? [] : [[index, given]];
    }),
  );
}

function mayStandInText({ value, second }: WantedValue): boolean {
  return second === undefined ? looksLikeId(value) : value.length >= shortestInText;
}

function inText({ exchange, second }: RecordedStep, wanted: WantedValue): GivenValue | undefined {
  const pattern = patternFor(exchange.reply.body, wanted.value);
  if (pattern === undefined) return undefined;
  if (wanted.second !== undefined && firstGroup(second?.reply?.body ?? '', pattern) !== wanted.second) return undefined;
  return { value: wanted.value, from: { kind: 'body', pattern }, where: 'the text', name: '' };
}
