/**
 * Opens an owner's accounts, once: a second call changes nothing. Each opening deposit is a transfer from the treasury,
 * whose balance goes negative, so that the sum of all balances is always 0.
 * KEYS: the owner's list, the sequence, the treasury and its entries, then each account and its entries.
 * ARGV: owner, currency, treasury id, time, then each account's id, kind, deposit and transfer id.
 * Replies `opened`, `open-already`, or the code of the rule that was broken.
 */
export const openAccountsScript = `
local accountsKey, sequenceKey, treasuryKey, treasuryEntries = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local owner, currency, treasury, at = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local accounts = (#KEYS - 4) / 2
local min = -9007199254740991

if redis.call('EXISTS', accountsKey) == 1 then return 'open-already' end
local treasuryBalance = tonumber(redis.call('HGET', treasuryKey, 'b') or '0')
local left = treasuryBalance - min
for n = 1, accounts do
  left = left - tonumber(ARGV[4 * n + 3])
  if left < 0 then return 'balance-overflow' end
end

redis.call('HSET', treasuryKey, 'o', '', 'k', 'treasury', 'c', currency)
for n = 1, accounts do
  local accountKey, entries = KEYS[2 * n + 3], KEYS[2 * n + 4]
  local id, kind, deposit, transferId = ARGV[4 * n + 1], ARGV[4 * n + 2], ARGV[4 * n + 3], ARGV[4 * n + 4]
  redis.call('HSET', accountKey, 'o', owner, 'k', kind, 'c', currency, 'b', deposit)
  redis.call('RPUSH', accountsKey, id)
  if deposit ~= '0' then
    local entryId = string.format('%.0f-0', redis.call('INCR', sequenceKey))
    treasuryBalance = treasuryBalance - tonumber(deposit)
    redis.call('XADD', treasuryEntries, entryId, 't', transferId, 'a', '-' .. deposit,
      'b', string.format('%.0f', treasuryBalance), 'c', id, 'r', 'opening deposit', 'd', at, 'k', '')
    redis.call('XADD', entries, entryId, 't', transferId, 'a', deposit,
      'b', deposit, 'c', treasury, 'r', 'opening deposit', 'd', at, 'k', '')
  end
end
redis.call('HSET', treasuryKey, 'b', string.format('%.0f', treasuryBalance))
return 'opened'
`;
