import { found, timeElement, element } from '../element.js';
import type { AuditNow, BankNow } from '../messages.js';

/** Whether all money is there, and when that was looked at. */
export class AuditLine {
  #shown: AuditNow | null | undefined;
  /** Since when every audit was clean. */
  #cleanSince: number | undefined;

  show({ audit }: BankNow): void {
    if (audit === this.#shown) return;
    this.#shown = audit;
    const line = found('audit');
    if (audit === null) return line.replaceChildren('Money: not counted yet.');
    if (audit.clean === true) this.#cleanSince ??= audit.at;
    else if (audit.clean === false) this.#cleanSince = undefined;
    line.className = audit.clean === null ? 'unknown' : audit.clean ? 'exact' : 'wrong';
    line.replaceChildren(...sentence(audit, this.#cleanSince));
  }
}

function sentence(
  { at, clean, accounts, transfers, breach, fault }: AuditNow,
  since: number | undefined,
): (Node | string)[] {
  const title = (text: string): HTMLElement => element('strong', '', text);
  if (clean === null) return [title('Money: not counted'), ` at `, timeElement(at), `: ${fault ?? 'no answer'}`];
  if (!clean) return [title('Money: WRONG'), ` at `, timeElement(at), `: ${breach ?? 'a breach'}`];
  const of = ` over ${accounts} accounts and ${transfers} transfers, counted at `;
  const before = since === undefined || since === at ? [] : [', at each count since ', timeElement(since)];
  return [title('Money: exact'), of, timeElement(at), ...before, '.'];
}
