import type { Claim } from '../src/experiments/experiment.js';

/** The rule of the claim with that number. */
export function ruleOf<Key extends string>(claims: readonly Claim<Key>[], number: number): Claim<Key>['rule'] {
  const claim = claims.find((one) => one.number === number);
  if (claim === undefined) throw new RangeError(`There is no claim ${number} here.`);
  return claim.rule;
}
