/** What is looked for: a value of the first recording, and of the second where the step is in both. */
export interface WantedValue {
  readonly value: string;
  readonly second: string | undefined;
}

/** Unlike that of any other value. */
export function keyOf({ value, second }: WantedValue): string {
  return JSON.stringify([value, second]);
}
