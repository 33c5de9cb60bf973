import { describe, expect, it } from 'vitest';
import { decodeText, encodingNamed, guessEncoding } from '../../src/formats/text.ts';
import { cyrillic } from './build.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const RUSSIAN = ['Ядро', 'буферная зона', 'ЗОНА СОТРУДНИЧЕСТВА', 'Тенгиз', 'переходная'];

describe('text', () => {
  it.each(['windows-1251', 'ibm866', 'koi8-r'] as const)('Russian words in %s are told by content', (encoding) => {
    const samples = RUSSIAN.map((word) => cyrillic(word, encoding));
    expect(guessEncoding(samples)).toBe(encoding);
    expect(samples.map((sample) => decodeText(sample, encoding))).toEqual(RUSSIAN);
  });
  it.each(['ядро', 'Ядро', 'ЯДРО', 'зона', 'буфер'])('one word is enough: %s', (word) => {
    expect(guessEncoding([cyrillic(word, 'windows-1251')])).toBe('windows-1251');
    expect(guessEncoding([cyrillic(word, 'ibm866')])).toBe('ibm866');
  });
  it('UTF-8 is UTF-8, also where a field cut its last letter', () => {
    expect(guessEncoding([utf8('негізгі аймақ')])).toBe('utf-8');
    expect(guessEncoding([utf8('негізгі аймақ').slice(0, -1)])).toBe('utf-8');
  });
  it('Kazakh letters of KZ-1048 are told from Windows-1251', () => {
    // "негізгі аймақ; өтпелі; Қорғалжын" (Python: .encode('kz1048'))
    const bytes = Uint8Array.from('ede5e3b3e7e3b320e0e9ece09d3b20b4f2efe5ebb33b208deef0bae0ebe6fbed'.match(/../g) ?? [], (hex) =>
      Number.parseInt(hex, 16),
    );
    expect(guessEncoding([bytes])).toBe('kz-1048');
    expect(decodeText(bytes, 'kz-1048')).toBe('негізгі аймақ; өтпелі; Қорғалжын');
  });
  it('Turkish and German words are not taken for Russian', () => {
    const turkish = Uint8Array.from([
      0xc7, 0x65, 0x6b, 0x69, 0x72, 0x64, 0x65, 0x6b, 0x20, 0x62, 0xf6, 0x6c, 0x67, 0x65, 0x20, 0x67, 0x65, 0xe7, 0x69, 0xfe,
    ]);
    expect(decodeText(turkish, guessEncoding([turkish]))).toBe('Çekirdek bölge geçiş');
    const german = Uint8Array.from([0x50, 0x75, 0x66, 0x66, 0x65, 0x72, 0x66, 0x6c, 0xe4, 0x63, 0x68, 0x65]);
    expect(decodeText(german, guessEncoding([german]))).toBe('Pufferfläche');
  });
  it.each([
    ['UTF-8', 'utf-8'],
    ['65001', 'utf-8'],
    ['1251', 'windows-1251'],
    ['ANSI 1251', 'windows-1251'],
    ['CP1251', 'windows-1251'],
    ['OEM 866', 'ibm866'],
    ['ISO-8859-9', 'windows-1254'],
    ['88591', 'windows-1252'],
    ['KZ-1048', 'kz-1048'],
    ['nonsense', null],
  ])('a .cpg that says %s means %s', (name, encoding) => {
    expect(encodingNamed(name)).toBe(encoding);
  });
});
