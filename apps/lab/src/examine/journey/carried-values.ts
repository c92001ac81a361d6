import { type BroughtValue, fieldOf } from './brought-values.js';
import type { GivenValue } from './given-values.js';
import { madeUpValues } from './fill-request.js';
import type { JourneyRequest, TakenValue } from './journey.js';

/** A value that replies gave and later requests brought. */
interface CarriedValue {
  readonly name: string;
  /** By the step that gave it: the first that did, and the latest before each that brought it, as a page would. */
  readonly givers: Map<number, GivenValue>;
  readonly bringers: Set<number>;
}

/** The values that a journey's clients carry, each under a name of its own. */
export class CarriedValues {
  readonly #values = new Map<string, CarriedValue>();

  has(key: string): boolean {
    return this.#values.has(key);
  }

  /** Has the value carried from its givers to the step `bringer`, and tells its name. */
  carry(key: string, givers: ReadonlyMap<number, GivenValue>, bringer: number, brought: BroughtValue): string {
    const steps = [...givers.keys()];
    const value = this.#values.get(key) ?? this.#named(givers.get(steps[0]!)!.name || fieldOf(brought));
    this.#values.set(key, value);
    for (const step of [steps[0]!, steps.at(-1)!]) value.givers.set(step, givers.get(step)!);
    value.bringers.add(bringer);
    return value.name;
  }

  /** What the reply to a step gives. */
  takenFrom(step: number): readonly TakenValue[] {
    return [...this.#values.values()].flatMap(({ name, givers }) => {
      const given = givers.get(step);
      return given === undefined ? [] : [{ name, from: given.from }];
    });
  }

  /** `csrf: from the form of 1 GET /login, brought by 2 POST /login`. */
  inWords(requests: readonly JourneyRequest[]): readonly string[] {
    return [...this.#values.values()].map(({ name, givers, bringers }) => {
      const from = [...givers].map(([step, { where }]) => `${where} of ${requests[step]!.name}`).join(' and ');
      const by = [...bringers].map((step) => requests[step]!.name).join(', ');
      return `${name}: from ${from}, brought by ${by}`;
    });
  }

  #named(wished: string): CarriedValue {
    const name = wished.replace(/[^\w-]+/g, '_').replace(/^_+|_+$/g, '');
    const base = name === '' || /^\d+$/.test(name) || madeUpValues.has(name) ? 'value' : name;
    const used = new Set([...this.#values.values()].map((value) => value.name));
    let free = base;
    for (let number = 2; used.has(free); number += 1) free = `${base}${number}`;
    return { name: free, givers: new Map(), bringers: new Set() };
  }
}
