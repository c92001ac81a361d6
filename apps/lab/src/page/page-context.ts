import type { Address } from './address.js';
import type { BankView } from './actions.js';
import type { LabApi } from './lab.js';
import type { ActionPanel } from './action-panel.js';

/** What each part of the page may use. */
export interface Page extends BankView {
  readonly lab: LabApi;
  readonly address: Address;
  readonly actionRunner: ActionPanel;
}
