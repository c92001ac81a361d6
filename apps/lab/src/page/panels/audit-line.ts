import { found, timeElement, element } from '../element.js';
import type { AuditSnapshot, BankSnapshot } from '../../protocol/snapshots.js';

/** Whether all money is there, and when that was looked at. */
export class AuditLine {
  #displayed: AuditSnapshot | null | undefined;
  /** Since when every audit was clean. */
  #cleanSince: number | undefined;

  show({ audit }: BankSnapshot): void {
    if (audit === this.#displayed) return;
    this.#displayed = audit;
    const line = found('audit');
    if (audit === null) return line.replaceChildren('Money: not counted yet.');
    if (audit.clean === true) this.#cleanSince ??= audit.at;
    else if (audit.clean === false) this.#cleanSince = undefined;
    line.className = audit.clean === null ? 'unknown' : audit.clean ? 'exact' : 'wrong';
    line.replaceChildren(...sentence(audit, this.#cleanSince));
  }
}

function sentence(
  { at, clean, accounts, transfers, breach, fault }: AuditSnapshot,
  since: number | undefined,
): (Node | string)[] {
  const title = (text: string): HTMLElement => element('strong', '', text);
  if (clean === null) return [title('Money: not counted'), ` at `, timeElement(at), `: ${fault ?? 'no answer'}`];
  if (!clean) return [title('Money: WRONG'), ` at `, timeElement(at), `: ${breach ?? 'a breach'}`];
  const of = ` over ${accounts} accounts and ${transfers} transfers, counted at `;
  const before = since === undefined || since === at ? [] : [', at each count since ', timeElement(since)];
  return [title('Money: exact'), of, timeElement(at), ...before, '.'];
}
