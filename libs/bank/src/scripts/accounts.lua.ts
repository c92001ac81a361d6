/**
 * An owner's accounts, in the order of opening.
 * KEYS: the owner's list. ARGV: what the key of an account begins with.
 * Replies id, kind, currency and balance of each.
 */
export const accountsScript = `
local accounts = {}
for n, id in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
  local fields = redis.call('HMGET', ARGV[1] .. id, 'k', 'c', 'b')
  accounts[n] = {id, fields[1], fields[2], fields[3]}
end
return accounts
`;
