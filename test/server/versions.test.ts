import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChangedMeanwhile, expectVersion, versioned, versionOf } from '../../src/server/versions.ts';

const asking = (headers: Record<string, string>): Request => new Request('http://localhost/api/x', { method: 'PUT', headers });

describe('a version', () => {
  test('is the same for the same value, whatever the order of its fields', () => {
    expect(versionOf({ a: 1, b: { c: [2, 3], d: null } })).toBe(versionOf({ b: { d: null, c: [2, 3] }, a: 1 }));
    expect(versionOf({ a: [1, 2] })).not.toBe(versionOf({ a: [2, 1] }));
  });

  test('comes back from JSON unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(versionOf(JSON.parse(JSON.stringify(value)))).toBe(versionOf(value));
      }),
    );
  });

  test('goes out in quotes as `etag`', () => {
    expect(versioned({ a: 1 }).headers.get('etag')).toMatch(/^"[0-9a-f]{16}"$/);
  });
});

describe('a write', () => {
  const stored = { name: 'Dana' };
  const tag = `"${versionOf(stored)}"`;

  test.each([
    ['that saw what is stored', { 'if-match': tag }],
    ['that saw it through a proxy that compresses', { 'if-match': `W/${tag}` }],
    ['that names several versions, this one among them', { 'if-match': `"0000000000000000", ${tag}` }],
    ['that wants any', { 'if-match': '*' }],
    ['that does not mind', {}],
  ])('%s goes through', (_, headers) => {
    expect(() => expectVersion(asking(headers as Record<string, string>), stored)).not.toThrow();
  });

  test.each([
    ['that saw something else', { 'if-match': '"0000000000000000"' }, stored],
    ['that wants there to be none yet', { 'if-none-match': '*' }, stored],
    ['of what was removed meanwhile', { 'if-match': tag }, null],
  ])('%s is refused with what is stored', (_, headers, now) => {
    let refused: unknown;
    try {
      expectVersion(asking(headers as Record<string, string>), now);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(ChangedMeanwhile);
    expect((refused as ChangedMeanwhile).stored).toEqual(now);
  });
});
