import { expect, it } from '@jest/globals';
import { graphqlOperation } from './graphql.js';
import { requestName } from './request-name.js';

it.each([
  ['Logout', { operationName: 'Logout', query: 'mutation Logout { logout { success } }' }],
  ['AddItem', { query: 'mutation AddItem($id: ID!) { addItemToOrder(id: $id) { id } }' }],
  ['activeOrder', { query: '{ activeOrder { total } }' }],
  ['me', { query: 'query { who: me { id } }' }],
])('names a GraphQL request %s', (name, body) => {
  expect(graphqlOperation(JSON.stringify(body))).toBe(name);
  const request = { method: 'POST', path: '/shop-api', body: JSON.stringify(body) };
  expect(requestName(2, request)).toBe(`3 POST /shop-api ${name}`);
});

it.each([['{"query":"tea"}'], ['{"query":5}'], ['{"query"'], ['query=tea'], [undefined]])(
  'knows that %s is none',
  (body) => {
    expect(graphqlOperation(body)).toBeUndefined();
  },
);
