const factors: Readonly<Record<string, number>> = { n: 1e-6, u: 1e-3, m: 1, '': 1e3, k: 1e6 };

/**
 * CPU in thousandths of a core, from Kubernetes' notation: `85m`, `2`, `0.5`, `1234567n`.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function millicores(quantity: string): number {
  const [, number, suffix = ''] = /^([\d.]+)([a-z]?)$/.exec(quantity) ?? [];
  const factor = factors[suffix];
  if (number === undefined || factor === undefined) throw new RangeError(`"${quantity}" is no amount of CPU.`);
  return Number(number) * factor;
}
