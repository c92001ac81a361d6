import type { Figure } from './figure.js';
import { accessLog, accountRead } from './figures/account-read.js';
import { gateway } from './figures/gateway.js';
import { rebalanceRest } from './figures/rebalance-rest.js';
import { sessionMemory } from './figures/session-memory.js';
import { sessionMove } from './figures/session-move.js';
import { sessionRead } from './figures/session-read.js';
import { signIn } from './figures/sign-in.js';
import { tokenVerify } from './figures/token-verify.js';
import { transfer } from './figures/transfer.js';

export const figures: readonly Figure[] = [
  accountRead,
  accessLog,
  tokenVerify,
  sessionRead,
  sessionMemory,
  sessionMove,
  rebalanceRest,
  transfer,
  signIn,
  gateway,
];
