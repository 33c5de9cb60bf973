import { expect, test } from 'vitest';
import * as saryarka from '../src/index.ts';
import * as science from '../src/science/index.ts';

test('the public API grows only on purpose', () => {
  expect(Object.keys(saryarka).sort()).toMatchSnapshot();
});

test('the API of science grows only on purpose', () => {
  expect(Object.keys(science).sort()).toMatchSnapshot();
});
