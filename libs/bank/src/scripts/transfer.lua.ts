/**
 * One transfer, all or nothing: everything is checked before the first write, and a refusal leaves the key unused.
 * Lua's numbers are doubles, exact up to 2^53, but tostring() would write 1e+15: amounts stay strings, sums go by %.0f.
 * Replies with the store's time in milliseconds, and `<transferId> <at> <sequence>` of the transfer that this key made, or the
 * code of the rule that was broken, or `too-late`: after its deadline (0: none) its caller was told that the outcome is
 * unknown, and may have been refused since under the same key.
 */
export const transferScript = `
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local idempotencyKey, sequenceKey = KEYS[1], KEYS[2]
local fromKey, toKey, fromEntries, toEntries = KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local owner, from, to, amount, currency, reference = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local key, transferId, at, ttl, deadline = ARGV[7], ARGV[8], ARGV[9], ARGV[10], tonumber(ARGV[11])
local max = 9007199254740991

local order = table.concat({from, to, amount, currency, reference}, '\\n')
local stored = redis.call('GET', idempotencyKey)
if stored then
  local line = string.find(stored, '\\n', 1, true)
  if string.sub(stored, line + 1) ~= order then return {now, 'idempotency-key-reused'} end
  return {now, string.sub(stored, 1, line - 1)}
end
if deadline > 0 and tonumber(now) > deadline then return {now, 'too-late'} end

local payer = redis.call('HMGET', fromKey, 'o', 'c', 'b')
if not payer[1] or payer[1] ~= owner then return {now, 'account-not-found from'} end
-- Only the bank's own accounts have no owner, and nobody pays into them.
local payee = redis.call('HMGET', toKey, 'o', 'c', 'b')
if not payee[1] or payee[1] == '' then return {now, 'account-not-found to'} end
if from == to then return {now, 'same-account'} end
if payer[2] ~= currency or payee[2] ~= currency then return {now, 'currency-mismatch'} end

local moved = tonumber(amount)
local payerBalance, payeeBalance = tonumber(payer[3]), tonumber(payee[3])
if payerBalance < moved then return {now, 'insufficient-funds'} end
-- The sum could exceed what a double holds; the difference can't.
if payeeBalance > max - moved then return {now, 'balance-overflow'} end

local payerAfter = string.format('%.0f', payerBalance - moved)
local payeeAfter = string.format('%.0f', payeeBalance + moved)
local sequence = string.format('%.0f', redis.call('INCR', sequenceKey))
local entryId = sequence .. '-0'
redis.call('XADD', fromEntries, entryId,
  't', transferId, 'a', '-' .. amount, 'b', payerAfter, 'c', to, 'r', reference, 'd', at, 'k', key)
redis.call('XADD', toEntries, entryId,
  't', transferId, 'a', amount, 'b', payeeAfter, 'c', from, 'r', reference, 'd', at, 'k', '')
redis.call('HSET', fromKey, 'b', payerAfter)
redis.call('HSET', toKey, 'b', payeeAfter)
local reply = transferId .. ' ' .. at .. ' ' .. sequence
redis.call('SET', idempotencyKey, reply .. '\\n' .. order, 'EX', ttl)
return {now, reply}
`;
