import { formatNumber } from '../report/format.js';

export const prefixes = ['', 'k', 'M', 'G', 'T'] as const;

export function mebibytes(bytes: number): string {
  const mib = Math.ceil(bytes / 2 ** 20);
  if (mib < 10_240) return `${mib} MiB`;
  return mib < 10_485_760 ? `${grouped(Math.ceil(mib / 1_024))} GiB` : `${grouped(Math.ceil(mib / 1_048_576))} TiB`;
}

/** A number of anything in at most seven characters. */
export function amount(value: number): string {
  const steps = value < 1e5 ? 0 : Math.min(prefixes.length - 1, Math.floor(Math.log10(value) / 3));
  const digits = value / 1_000 ** steps;
  return `${digits >= 1_000 ? grouped(Math.round(digits)) : amountOf(digits)}${steps === 0 ? '' : ` ${prefixes[steps]}`}`;
}

/** Of what is below a hundred, three significant digits, and no less than a hundredth. */
export const amountOf = (value: number): string => (value > 0 && value < 0.01 ? '<0.01' : formatNumber(value));

export const percent = (share: number, gap = ' '): string => `${(100 * share).toFixed(0)}${gap}%`;
export const grouped = (value: number): string => value.toLocaleString('en-US');
