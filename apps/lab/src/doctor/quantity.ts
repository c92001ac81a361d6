const units: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A number of Kubernetes' notation: `85m`, `2`, `200Mi`. */
export function amountOf(quantity: string): number {
  const [, number = '0', unit = ''] = /^([\d.]+)([A-Za-z]*)$/.exec(quantity) ?? [];
  return Number(number) * (units[unit] ?? 1);
}

/** A quantity and so many others, in the others' unit. */
export function added(quantity: string, each: string, times: number): string {
  const unit = /[A-Za-z]*$/.exec(each)![0];
  return `${Math.ceil((amountOf(quantity) + amountOf(each) * times) / (units[unit] ?? 1))}${unit}`;
}
