/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const units: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a quantity of Kubernetes says: `85m`, `2`, `1.5Gi`, `1e3`. @throws RangeError where it says none */
export function amountOf(quantity: string): number {
  const { number, unit } = read(quantity);
  return number * units[unit]!;
}

/** CPU in thousandths of a core. @throws RangeError */
export function millicores(quantity: string): number {
  const { number, unit } = read(quantity);
  return number * (units[unit]! / units['m']!);
}

/** A quantity and so many others, in the others' unit. @throws RangeError */
export function added(quantity: string, each: string, times: number): string {
  const { unit } = read(each);
  return `${Math.ceil((amountOf(quantity) + amountOf(each) * times) / units[unit]!)}${unit}`;
}

function read(quantity: string): { number: number; unit: string } {
  const [, number, unit = ''] = /^([\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(quantity) ?? [];
  if (number === undefined || !Object.hasOwn(units, unit)) throw new RangeError(`"${quantity}" is no quantity.`);
  return { number: Number(number), unit };
}
