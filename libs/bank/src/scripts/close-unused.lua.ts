/**
 * Closes the accounts of an owner who never moved money. Each deposit goes back to the treasury as a transfer, and nothing
 * else is left of an account: the treasury's entry names it and, as `closed <sequence>`, the opening that it takes back.
 * KEYS: the owner's list, the sequence, a record that goes with the accounts.
 * ARGV: owner, what the record must hold, time, what the keys of accounts and of their entries begin with, then a transfer
 * id for each account.
 * Replies `closed`, or `in-use` where money was moved or the record is another one.
 */
export const closeUnusedScript = `
local call, accountsKey, sequenceKey, recordKey = redis.call, KEYS[1], KEYS[2], KEYS[3]
local owner, record, at, accountStart, entriesStart = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

if call('GET', recordKey) ~= record then return 'in-use' end
local ids = call('LRANGE', accountsKey, 0, -1)
if #ids > #ARGV - 5 then return 'in-use' end
local openings = {}
for n, id in ipairs(ids) do
  if call('XLEN', entriesStart .. id) > 1 then return 'in-use' end
  local _, opening = next(call('XRANGE', entriesStart .. id, '-', '+'))
  openings[n] = opening or false
  -- The opening deposit comes under no key; a payment from somebody else has its payer in the place of the treasury.
  if opening and call('HGET', accountStart .. opening[2][8], 'k') ~= 'treasury' then return 'in-use' end
end

for n, id in ipairs(ids) do
  if openings[n] then
    local openedAs, fields = string.match(openings[n][1], '^%d+'), openings[n][2]
    local deposit, treasury = fields[4], fields[8]
    local balance = string.format('%.0f', tonumber(call('HGET', accountStart .. treasury, 'b')) + tonumber(deposit))
    local entryId = string.format('%.0f-0', call('INCR', sequenceKey))
    call('XADD', entriesStart .. treasury, entryId, 't', ARGV[5 + n], 'a', deposit,
      'b', balance, 'c', id, 'r', 'closed ' .. openedAs, 'd', at, 'k', '')
    call('HSET', accountStart .. treasury, 'b', balance)
  end
  call('DEL', accountStart .. id, entriesStart .. id)
end
call('DEL', accountsKey, recordKey)
return 'closed'
`;
