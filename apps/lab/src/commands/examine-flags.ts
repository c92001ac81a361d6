import type { TargetFlags } from './examine-target.js';

/** What `lab examine` was told. */
export interface ExamineFlags extends TargetFlags {
  readonly journey: string;
  readonly second?: string;
  readonly origin?: string;
  readonly record?: string;
  readonly users?: string;
  readonly allowWrites?: true;
  readonly rate?: number;
  readonly rounds: number;
  readonly seed: number;
  readonly report?: string;
  readonly name?: string;
  readonly yes?: true;
}

/** Requests a second, at most: processes that the lab starts itself serve nobody else. */
export function rateOf({ rate, command }: Pick<ExamineFlags, 'rate' | 'command'>): number {
  return rate ?? (command === undefined ? 20 : 200);
}
