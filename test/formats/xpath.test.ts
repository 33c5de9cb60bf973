import { describe, expect, it } from 'vitest';
import { readXml } from '../../src/formats/xml.ts';
import { treeBuilder } from '../../src/formats/xml-tree.ts';
import { documentNode, elementNode, evaluate, holds, select, stringOf } from '../../src/formats/xpath.ts';
import { parseXpath } from '../../src/formats/xpath-parse.ts';

const text = `<shop><book id="1" xml:lang="en"><price>10</price></book><book id="2"><price>20</price><price>x</price></book><pen id="3">blue <b>ink</b></pen></shop>`;
const tree = treeBuilder('a', {});
readXml({ name: 'a', bytes: new TextEncoder().encode(text) }, tree);
const root = tree.root();
if (root === null) throw new Error('no root');
const at = elementNode(root);
const texts = (path: string) => select(path, at).map(stringOf);

describe('XPath 1.0', () => {
  it.each([
    ['book/@id', ['1', '2']],
    ['book[2]/price', ['20', 'x']],
    ['book/price[1]', ['10', '20']],
    ['(book/price)[1]', ['10']],
    ['book[@id="1" or @id=2]/@id', ['1', '2']],
    ['book[price=20]/@id', ['2']],
    ['book[not(@xml:lang)]/@id', ['2']],
    ['//price', ['10', '20', 'x']],
    ['/shop/pen', ['blue ink']],
    ['pen/text()', ['blue ']],
    ['pen | book[1]/price', ['10', 'blue ink']],
    ['descendant::b/../@id', ['3']],
    ['book[position()=last()]/@id', ['2']],
    ['*[local-name()="pen"]/@id', ['3']],
    ['book[2]/preceding-sibling::book/@id', ['1']],
    ['book[1]/following-sibling::*/@id', ['2', '3']],
    ['.//price/ancestor::book/@id', ['1', '2']],
  ])('%s', (path, found) => {
    expect(texts(path)).toEqual(found);
  });
  // values of the Recommendation's own definitions (sections 3 and 4)
  it.each([
    ['count(book) + 1', 3],
    ['5 mod -2', 1],
    ['6 div 4 * 2 - 1', 2],
    ['-(3)', -3],
    ['2 < 3 and not(3 <= 2)', true],
    ['book/price > 15', true],
    ['book/price != book/price', true],
    ['number(pen/@id) = pen/@id', true],
    ["number('x') = number('x')", false],
    ["substring('12345', 2, 3)", '234'],
    ["substring('12345', 1.5, 2.6)", '234'],
    ["translate('bar', 'abc', 'AB')", 'BAr'],
    ["normalize-space('  a  b ')", 'a b'],
    ["concat('a', 1, true())", 'a1true'],
    ["starts-with('MAB-KZ', 'MAB') and contains('MAB-KZ', '-')", true],
    ["substring-before('1999/04/01', '/')", '1999'],
    ["substring-after('1999/04/01', '/')", '04/01'],
    ["string-length('Қазақ')", 5],
    ['sum(book[1]/price)', 10],
    ['round(2.5) + floor(-1.5) + ceiling(1.2)', 3],
  ])('%s is %s', (path, value) => {
    expect(evaluate(path, at)).toBe(value);
  });
  it('a path holds where it finds something', () => {
    expect([holds('book', at), holds('ruler', at), holds('/shop', documentNode(root))]).toEqual([true, false, true]);
  });
  it.each(['book[', 'a b', '@', "'open", 'a//', 'count('])('%s is no expression', (path) => {
    expect(() => parseXpath(path)).toThrow(RangeError);
  });
});
