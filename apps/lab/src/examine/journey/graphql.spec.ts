import { expect, it } from '@jest/globals';
import { graphqlOperation } from './graphql.js';
import { requestName } from './request-name.js';

it.each([
  ['Logout', true, { operationName: 'Logout', query: 'mutation Logout { logout { success } }' }],
  ['AddItem', true, { query: 'mutation AddItem($id: ID!) { addItemToOrder(id: $id) { id } }' }],
  ['activeOrder', false, { query: '{ activeOrder { total } }' }],
  ['me', false, { query: 'query { who: me { id } }' }],
  ['Cart', false, { operationName: 'Cart', query: 'query Cart { cart { ...all } } fragment all on Cart { id }' }],
  // Which of the two is meant the name would tell; whoever counts on it being harmless must not be wrong.
  ['Cart', true, { operationName: 'Cart', query: 'query Cart { cart { id } } mutation Buy { buy { id } }' }],
  ['Buy', true, { operationName: 'Buy', query: 'fragment all on Order { id } mutation Buy { buy { ...all } }' }],
])('names a GraphQL request %s, and says whether it changes something: %s', (name, changes, body) => {
  expect(graphqlOperation(JSON.stringify(body))).toEqual({ name, changes });
  const request = { method: 'POST', path: '/shop-api', body: JSON.stringify(body) };
  expect(requestName(2, request)).toBe(`3 POST /shop-api ${name}`);
});

it.each([['{"query":"tea"}'], ['{"query":5}'], ['{"query"'], ['query=tea'], [undefined]])(
  'knows that %s is none',
  (body) => {
    expect(graphqlOperation(body)).toBeUndefined();
  },
);
