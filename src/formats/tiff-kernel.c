/*
 * Unpacking of zlib streams (RFC 1950 and 1951), three of them at a time, and undoing of TIFF's floating point predictor: the
 * inner loops of reading rasters, as WebAssembly. `node scripts/build-kernel.ts` puts what it is built to into
 * tiff-kernel-bytes.ts; tiff-kernel.ts is the way to it.
 *
 * Decoding of a Huffman code waits for itself: where the next code begins is known when this one is looked up, which takes some
 * eight cycles. Three streams that know nothing of each other are therefore decoded in turns within one loop, and cost little
 * more than one.
 *
 * - What is unpacked must end with its stream and be right by its checksum. All else is "damaged" without a reason: whoever
 *   called then asks a decoder that takes its time to tell what is wrong.
 * - Ends are looked at once in each round of the loop: input may be read 32 bytes beyond its own, output written 320 bytes.
 *
 * The methods are those of Deutsch 1996 (RFC 1951, 3.2.2: canonical codes); tables that give symbols of up to TABLE_BITS bits at
 * once, after zlib (Adler & Gailly); several literals for each filling of a 64-bit buffer, after libdeflate (Biggers).
 */
#include <stdint.h>
#include <wasm_simd128.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#define EXPORT(name) __attribute__((export_name(name)))
#define INLINE static inline __attribute__((always_inline))
#define rare(x) __builtin_expect(!!(x), 0)

/* Symbols with codes of so many bits are found in one step; five of them fit into what one reading of 64 bits gives. */
#define LITERAL_BITS 11
#define DISTANCE_BITS 8
#define LENGTH_BITS 7
#define AT_ONCE 5
#define LONGEST_CODE 15

#define LITERALS 286
#define DISTANCES 30

/*
 * Entries of tables: in the lowest byte the bits that are used up, with those that are added to a length or distance; in the
 * next the length of the code alone; then what stands for it. ENTRY(0, n) stands for nothing: such a code is not used.
 */
#define LITERAL 0x80000000u
#define SPECIAL 0x8000u /* the end of a block, or a code that goes on in a second table */
#define END 0x4000u
#define ENTRY(meaning, bits) ((meaning) + ((u32)(bits) << 8) + (u32)(bits))
#define VALUE(entry) ((entry) >> 16)
#define USED(entry) ((entry)&63)
#define CODE(entry) (((entry) >> 8) & 15)

/*
 * The tables of literals lie at multiples of their size, below all that the linker places: an index and the address of its
 * table then have no bit in common, and the addition is done by the machine's addressing. Codes longer than LITERAL_BITS go on
 * in a second table; as each beginning of such codes has two of them at least, there are no more than half as many as symbols.
 */
#define FIRST_TABLE 16384
#define SECOND_TABLE 40960
#define THIRD_TABLE 65536
#define TABLES_END 90112 /* as in scripts/build-kernel.ts */
#define SECOND_STEPS(symbols, bits) (((symbols) / 2) << (LONGEST_CODE - (bits)))
_Static_assert(FIRST_TABLE + 4 * ((1 << LITERAL_BITS) + SECOND_STEPS(LITERALS, LITERAL_BITS)) <= SECOND_TABLE, "tables overlap");
_Static_assert(SECOND_TABLE + 4 * ((1 << LITERAL_BITS) + SECOND_STEPS(LITERALS, LITERAL_BITS)) <= THIRD_TABLE, "tables overlap");
_Static_assert(THIRD_TABLE + 4 * ((1 << LITERAL_BITS) + SECOND_STEPS(LITERALS, LITERAL_BITS)) <= TABLES_END, "tables overlap");

typedef struct {
  const u8 *in;
  u32 end;      /* of the input [bits] */
  u32 at;       /* bits read */
  u8 *from;     /* first byte of the output */
  u8 *out;      /* next byte of the output */
  u8 *most;     /* where the output must end at the latest */
  u32 last;     /* whether this block is the last one */
  enum { DAMAGED, OPEN, WHOLE } state;
  u32 *literals;
  u32 distances[(1 << DISTANCE_BITS) + SECOND_STEPS(DISTANCES, DISTANCE_BITS)];
} Stream;

static Stream first, second, third;

static u32 literal_meanings[LITERALS + 2];
static u32 distance_meanings[DISTANCES + 2];
static u32 length_meanings[19];
/* Where each of 16 bytes comes from that repeat every so many bytes */
static u8 repetitions[16][16];

/* RFC 1951, 3.2.5; lengths from symbol 257 on */
static const u16 length_bases[29] = {3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                     31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
static const u8 length_extras[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
/* RFC 1951, 3.2.7 */
static const u8 length_order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

INLINE u64 load(const u8 *at) {
  u64 value;
  __builtin_memcpy(&value, at, 8);
  return value;
}

/* 57 bits or more from a place on */
INLINE u64 bits_at(const u8 *in, u32 at) { return load(in + (at >> 3)) >> (at & 7); }

INLINE u32 low(u64 bits, u32 count) { return (u32)bits & ((1u << count) - 1); }

/* `bits` without as many as an entry says: WebAssembly shifts by the lowest six bits alone, C leaves that open */
INLINE u64 without(u64 bits, u32 entry) {
  u64 count = entry, rest;
  __asm__("local.get %1\n\tlocal.get %2\n\ti64.shr_u\n\tlocal.set %0" : "=r"(rest) : "r"(bits), "r"(count));
  return rest;
}

static void prepare(void) {
  for (u32 i = 0; i < 256; i++) literal_meanings[i] = LITERAL | i << 16;
  literal_meanings[256] = SPECIAL | END;
  for (u32 i = 0; i < 29; i++) literal_meanings[257 + i] = (u32)length_bases[i] << 16 | length_extras[i];
  u32 base = 1;
  for (u32 i = 0; i < DISTANCES; i++) { /* RFC 1951, 3.2.5 */
    u32 extra = i < 4 ? 0 : i / 2 - 1;
    distance_meanings[i] = base << 16 | extra;
    base += 1u << extra;
  }
  for (u32 i = 0; i < 19; i++) length_meanings[i] = i << 16;
  for (u32 i = 1; i < 16; i++)
    for (u32 j = 0; j < 16; j++) repetitions[i][j] = (u8)(j % i);
}

/*
 * Makes the table of a code from the lengths of its symbols (RFC 1951, 3.2.2).
 * `single`: whether a code of one symbol, or none, may leave bits unused, as codes of distances may.
 * Returns 0 where the lengths make no code.
 */
static int make_table(u32 *table, u32 bits, const u8 *lengths, u32 symbols, const u32 *meanings, int single) {
  u16 sorted[LITERALS + 2];
  u32 counts[LONGEST_CODE + 1], places[LONGEST_CODE + 2];
  for (u32 i = 0; i <= LONGEST_CODE; i++) counts[i] = 0;
  for (u32 i = 0; i < symbols; i++) counts[lengths[i]]++;
  u32 used = 0, longest = 0;
  places[1] = 0;
  for (u32 i = 1; i <= LONGEST_CODE; i++) {
    places[i + 1] = places[i] + counts[i];
    used += counts[i] << (LONGEST_CODE - i);
    if (counts[i] != 0) longest = i;
  }
  for (u32 i = 0; i < symbols; i++)
    if (lengths[i] != 0) sorted[places[lengths[i]]++] = (u16)i;
  const u32 size = 1u << bits;
  if (used != 1u << LONGEST_CODE) {
    if (!single || used > 1u << LONGEST_CODE || longest > 1) return 0;
    for (u32 i = 0; i < size; i++) table[i] = longest == 1 && (i & 1) == 0 ? ENTRY(meanings[sorted[0]], 1) : ENTRY(0, 1);
    return 1;
  }
  const u16 *symbol = sorted;
  u32 code = 0; /* its first bit is the lowest one */
  u32 length = 1;
  for (; length <= bits && length <= longest; length++) {
    for (u32 left = counts[length]; left > 0; left--) {
      const u32 entry = ENTRY(meanings[*symbol++], length);
      for (u32 i = code; i < size; i += 1u << length) table[i] = entry;
      u32 bit = 1u << (length - 1); /* the next code: 1 is added at the highest bit, and carried down */
      while (code & bit) bit >>= 1;
      code = (code & (bit - 1)) | bit;
    }
  }
  const u32 more = longest > bits ? longest - bits : 0;
  u32 next = size, start = 0, beginning = size;
  for (; length <= longest; length++) {
    for (u32 left = counts[length]; left > 0; left--) {
      if ((code & (size - 1)) != beginning) {
        beginning = code & (size - 1);
        start = next;
        next += 1u << more;
        table[beginning] = start << 16 | SPECIAL | more << 8 | bits;
      }
      const u32 entry = ENTRY(meanings[*symbol++], length - bits);
      for (u32 i = code >> bits; i < 1u << more; i += 1u << (length - bits)) table[start + i] = entry;
      u32 bit = 1u << (length - 1);
      while (code & bit) bit >>= 1;
      code = (code & (bit - 1)) | bit;
    }
  }
  return 1;
}

/* Adler-32 (RFC 1950, 8.2): 16 bytes at a time, and no remainder for as long as nothing overflows */
static u32 checksum(const u8 *bytes, u32 count) {
  const v128_t high = wasm_i16x8_make(16, 15, 14, 13, 12, 11, 10, 9);
  const v128_t low = wasm_i16x8_make(8, 7, 6, 5, 4, 3, 2, 1);
  u32 a = 1, b = 0;
  while (count >= 16) {
    u32 pieces = count / 16 < 345 ? count / 16 : 345;
    count -= 16 * pieces;
    b += 16 * pieces * a;
    v128_t sums = wasm_i32x4_splat(0), weighted = sums, before = sums;
    for (; pieces > 0; pieces--, bytes += 16) {
      const v128_t own = wasm_v128_load(bytes);
      before = wasm_i32x4_add(before, sums);
      sums = wasm_i32x4_add(sums, wasm_u32x4_extadd_pairwise_u16x8(wasm_u16x8_extadd_pairwise_u8x16(own)));
      weighted = wasm_i32x4_add(weighted, wasm_i32x4_dot_i16x8(wasm_u16x8_extend_low_u8x16(own), high));
      weighted = wasm_i32x4_add(weighted, wasm_i32x4_dot_i16x8(wasm_u16x8_extend_high_u8x16(own), low));
    }
    weighted = wasm_i32x4_add(weighted, wasm_i32x4_shl(before, 4));
    for (int lane = 0; lane < 4; lane++) {
      a += (u32)wasm_i32x4_extract_lane(sums, 0);
      b += (u32)wasm_i32x4_extract_lane(weighted, 0);
      sums = wasm_i32x4_shuffle(sums, sums, 1, 2, 3, 0);
      weighted = wasm_i32x4_shuffle(weighted, weighted, 1, 2, 3, 0);
    }
    a %= 65521;
    b %= 65521;
  }
  for (; count > 0; count--) {
    a += *bytes++;
    b += a;
  }
  return (b % 65521) << 16 | a % 65521;
}

/* The end of a stream: its checksum */
static void close_stream(Stream *own) {
  const u32 at = (own->at + 7) >> 3;
  const u8 *in = own->in + at;
  own->state = DAMAGED;
  if (8 * (at + 4) > own->end || own->out > own->most) return;
  const u32 sum = (u32)in[0] << 24 | (u32)in[1] << 16 | (u32)in[2] << 8 | in[3];
  if (sum == checksum(own->from, (u32)(own->out - own->from))) own->state = WHOLE;
}

/* A block that is not packed; 0 where it is damaged */
static int copy_block(Stream *own) {
  const u32 at = (own->at + 7) >> 3;
  const u8 *in = own->in + at;
  if (8 * (at + 4) > own->end || own->out > own->most) return 0;
  const u32 count = (u32)in[0] | (u32)in[1] << 8;
  if ((count ^ 0xffff) != ((u32)in[2] | (u32)in[3] << 8)) return 0;
  if (count > own->end / 8 - at - 4 || count > (u32)(own->most - own->out)) return 0;
  __builtin_memcpy(own->out, in + 4, count);
  own->out += count;
  own->at = 8 * (at + 4 + count);
  return 1;
}

/* The lengths of the codes of a block (RFC 1951, 3.2.7), and their tables; 0 where they are damaged */
static int read_codes(Stream *own) {
  static u32 table[1 << LENGTH_BITS];
  u8 lengths[LITERALS + DISTANCES + 138];
  u8 own_lengths[19] = {0};
  u32 at = own->at;
  u64 bits = bits_at(own->in, at);
  const u32 literals = 257 + low(bits, 5), distances = 1 + low(bits >> 5, 5), codes = 4 + low(bits >> 10, 4);
  if (literals > LITERALS || distances > DISTANCES) return 0;
  at += 14;
  for (u32 i = 0; i < codes; i++, at += 3) own_lengths[length_order[i]] = (u8)low(bits_at(own->in, at), 3);
  if (!make_table(table, LENGTH_BITS, own_lengths, 19, length_meanings, 0)) return 0;
  for (u32 i = 0; i < literals + distances;) {
    if (at > own->end) return 0;
    bits = bits_at(own->in, at);
    const u32 entry = table[low(bits, LENGTH_BITS)], value = VALUE(entry);
    at += USED(entry);
    if (value < 16) {
      lengths[i++] = (u8)value;
      continue;
    }
    bits >>= USED(entry);
    if (value == 16 && i == 0) return 0;
    const u32 extra = value == 16 ? 2 : value == 17 ? 3 : 7;
    const u32 count = (value == 18 ? 11 : 3) + low(bits, extra);
    const u8 repeated = value == 16 ? lengths[i - 1] : 0;
    at += extra;
    for (u32 end = i + count; i < end;) lengths[i++] = repeated;
    if (i > literals + distances) return 0;
  }
  own->at = at;
  return lengths[256] != 0 && make_table(own->distances, DISTANCE_BITS, lengths + literals, distances, distance_meanings, 1) &&
         make_table(own->literals, LITERAL_BITS, lengths, literals, literal_meanings, 0);
}

/* The tables of blocks whose codes are always the same (RFC 1951, 3.2.6) */
static void known_codes(Stream *own) {
  u8 lengths[LITERALS + 2];
  for (u32 i = 0; i < LITERALS + 2; i++) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
  make_table(own->literals, LITERAL_BITS, lengths, LITERALS + 2, literal_meanings, 0);
  for (u32 i = 0; i < DISTANCES + 2; i++) lengths[i] = 5;
  make_table(own->distances, DISTANCE_BITS, lengths, DISTANCES + 2, distance_meanings, 0);
}

/* Goes on to the next block with symbols, or to the end */
static __attribute__((noinline)) void next_block(Stream *own) {
  while (!own->last) {
    if (own->at > own->end) {
      own->state = DAMAGED;
      return;
    }
    const u32 head = low(bits_at(own->in, own->at), 3);
    own->at += 3;
    own->last = head & 1;
    if (head >> 1 == 0 && copy_block(own)) continue;
    if (head >> 1 == 1) known_codes(own);
    else if (head >> 1 != 2 || !read_codes(own)) own->state = DAMAGED;
    return;
  }
  close_stream(own);
}

static void open_stream(Stream *own, const u8 *in, u32 length, u8 *out, u32 most, u32 table) {
  own->in = in;
  own->end = 8 * length;
  own->at = 16;
  own->from = own->out = out;
  own->most = out + most;
  own->last = 0;
  own->literals = (u32 *)table;
  own->state = DAMAGED;
  /* RFC 1950, 2.2: deflate, a window of 32 KB or less, no dictionary */
  if (length < 6 || (in[0] & 15) != 8 || in[0] >> 4 > 7 || (in[1] & 32) != 0 || (in[0] << 8 | in[1]) % 31 != 0) return;
  own->state = OPEN;
  next_block(own);
}

/* Copies `length` bytes from `distance` before, where what is copied first may be copied again; up to 31 more are written. */
INLINE void repeat(u8 *out, u32 length, u32 distance) {
  const u8 *from = out - distance;
  if (distance >= 16) {
    wasm_v128_store(out, wasm_v128_load(from));
    wasm_v128_store(out + 16, wasm_v128_load(from + 16));
    for (u32 i = 32; rare(i < length); i += 16) wasm_v128_store(out + i, wasm_v128_load(from + i));
  } else {
    /* 16 bytes at a time, of which whole repetitions count */
    const v128_t own = wasm_i8x16_swizzle(wasm_v128_load(from), wasm_v128_load(repetitions[distance]));
    const u32 whole = 16 - 16 % distance;
    for (u32 i = 0; i < length; i += whole) wasm_v128_store(out + i, own);
  }
}

/* Decodes one symbol of any kind; what stands after it is the state of the stream. */
INLINE void step(Stream *own, u32 table, u32 *at, u8 **out) {
  const u32 *literals = (const u32 *)table;
  u64 bits = bits_at(own->in, *at);
  u32 entry = literals[low(bits, LITERAL_BITS)];
  if (rare(entry & SPECIAL) && !(entry & END)) {
    bits >>= LITERAL_BITS;
    *at += LITERAL_BITS;
    entry = literals[VALUE(entry) + low(bits, CODE(entry))];
  }
  *at += USED(entry);
  if (entry & LITERAL) {
    *(*out)++ = (u8)VALUE(entry);
    return;
  }
  if (rare(entry & END)) {
    own->at = *at;
    own->out = *out;
    next_block(own);
    *at = own->at;
    *out = own->out;
    return;
  }
  const u32 length = VALUE(entry) + (low(bits, USED(entry)) >> CODE(entry));
  bits >>= USED(entry);
  const u32 base = VALUE(entry);
  entry = own->distances[low(bits, DISTANCE_BITS)];
  if (rare(entry & SPECIAL)) {
    bits >>= DISTANCE_BITS;
    *at += DISTANCE_BITS;
    entry = own->distances[VALUE(entry) + low(bits, CODE(entry))];
  }
  const u32 distance = VALUE(entry) + (low(bits, USED(entry)) >> CODE(entry));
  *at += USED(entry);
  if (rare(base == 0 || VALUE(entry) == 0 || distance > (u32)(*out - own->from))) {
    own->state = DAMAGED;
    return;
  }
  repeat(*out, length, distance);
  *out += length;
}

/* The entry of the next code. Bits are held two places higher than they count, so that they are an address within the table. */
INLINE u32 entry_of(u32 table, u64 bits) { return *(const u32 *)(table | ((u32)bits & (((1u << LITERAL_BITS) - 1) << 2))); }

static void unpack_one(Stream *own, u32 table) {
  if (own->state != OPEN) return;
  const u8 *in = own->in, *most = own->most;
  const u32 end = own->end;
  u32 at = own->at;
  u8 *out = own->out;
  while (at <= end && out <= most) {
    u64 bits = bits_at(in, at - 2);
    u32 used = 0, count = 0, entry;
#pragma clang loop unroll(full)
    for (; count < AT_ONCE; count++) {
      entry = entry_of(table, bits);
      if (rare(!(entry & LITERAL))) break;
      out[count] = (u8)VALUE(entry);
      used += entry;
      bits = without(bits, entry);
    }
    at += used & 255;
    out += count;
    if (count == AT_ONCE) continue;
    step(own, table, &at, &out);
    if (own->state != OPEN) return;
  }
  own->state = DAMAGED;
}

/* Until one of them ends */
INLINE void unpack_two(Stream *a, const u32 table_a, Stream *b, const u32 table_b) {
  if (a->state != OPEN || b->state != OPEN) return;
  const u8 *in1 = a->in, *in2 = b->in;
  u32 at1 = a->at, at2 = b->at;
  u8 *out1 = a->out, *out2 = b->out;
  for (;;) {
    if (rare(at1 > a->end || out1 > a->most || at2 > b->end || out2 > b->most)) break;
    u64 bits1 = bits_at(in1, at1 - 2), bits2 = bits_at(in2, at2 - 2);
    u32 used1 = 0, used2 = 0, count = 0, entry1, entry2;
#pragma clang loop unroll(full)
    for (; count < AT_ONCE; count++) {
      entry1 = entry_of(table_a, bits1);
      entry2 = entry_of(table_b, bits2);
      if (rare(!(entry1 & entry2 & LITERAL))) break;
      out1[count] = (u8)VALUE(entry1);
      out2[count] = (u8)VALUE(entry2);
      used1 += entry1;
      used2 += entry2;
      bits1 = without(bits1, entry1);
      bits2 = without(bits2, entry2);
    }
    at1 += used1 & 255;
    at2 += used2 & 255;
    out1 += count;
    out2 += count;
    if (count == AT_ONCE) continue;
    if (!(entry1 & LITERAL)) {
      step(a, table_a, &at1, &out1);
      if (a->state != OPEN) break;
    }
    if (!(entry2 & LITERAL)) {
      step(b, table_b, &at2, &out2);
      if (b->state != OPEN) break;
    }
  }
  a->at = at1;
  a->out = out1;
  b->at = at2;
  b->out = out2;
}

static __attribute__((noinline)) void unpack_first_second(void) { unpack_two(&first, FIRST_TABLE, &second, SECOND_TABLE); }
static __attribute__((noinline)) void unpack_first_third(void) { unpack_two(&first, FIRST_TABLE, &third, THIRD_TABLE); }
static __attribute__((noinline)) void unpack_second_third(void) { unpack_two(&second, SECOND_TABLE, &third, THIRD_TABLE); }

/* Until one of the three ends. It is the loop that all this is for. */
static __attribute__((noinline)) void unpack_three(void) {
  if (first.state != OPEN || second.state != OPEN || third.state != OPEN) return;
  const u8 *in1 = first.in, *in2 = second.in, *in3 = third.in;
  u32 at1 = first.at, at2 = second.at, at3 = third.at;
  u8 *out1 = first.out, *out2 = second.out, *out3 = third.out;
  for (;;) {
    if (rare(at1 > first.end || out1 > first.most || at2 > second.end || out2 > second.most || at3 > third.end ||
             out3 > third.most))
      break;
    u64 bits1 = bits_at(in1, at1 - 2), bits2 = bits_at(in2, at2 - 2), bits3 = bits_at(in3, at3 - 2);
    u32 used1 = 0, used2 = 0, used3 = 0, count = 0, entry1, entry2, entry3;
#pragma clang loop unroll(full)
    for (; count < AT_ONCE; count++) {
      entry1 = entry_of(FIRST_TABLE, bits1);
      entry2 = entry_of(SECOND_TABLE, bits2);
      entry3 = entry_of(THIRD_TABLE, bits3);
      if (rare(!(entry1 & entry2 & entry3 & LITERAL))) break;
      out1[count] = (u8)VALUE(entry1);
      out2[count] = (u8)VALUE(entry2);
      out3[count] = (u8)VALUE(entry3);
      used1 += entry1;
      used2 += entry2;
      used3 += entry3;
      bits1 = without(bits1, entry1);
      bits2 = without(bits2, entry2);
      bits3 = without(bits3, entry3);
    }
    at1 += used1 & 255;
    at2 += used2 & 255;
    at3 += used3 & 255;
    out1 += count;
    out2 += count;
    out3 += count;
    if (count == AT_ONCE) continue;
    if (!(entry1 & LITERAL)) {
      step(&first, FIRST_TABLE, &at1, &out1);
      if (first.state != OPEN) break;
    }
    if (!(entry2 & LITERAL)) {
      step(&second, SECOND_TABLE, &at2, &out2);
      if (second.state != OPEN) break;
    }
    if (!(entry3 & LITERAL)) {
      step(&third, THIRD_TABLE, &at3, &out3);
      if (third.state != OPEN) break;
    }
  }
  first.at = at1;
  first.out = out1;
  second.at = at2;
  second.out = out2;
  third.at = at3;
  third.out = out3;
}

/*
 * Unpacks up to three streams; those with a length of 0 are left out.
 * `in` must be readable 32 bytes beyond its end, `out` writable 320 bytes beyond `most`.
 */
EXPORT("unpack")
void unpack(const u8 *in1, u32 length1, u8 *out1, const u8 *in2, u32 length2, u8 *out2, const u8 *in3, u32 length3, u8 *out3,
            u32 most) {
  if (length_meanings[1] == 0) prepare();
  open_stream(&first, in1, length1, out1, most, FIRST_TABLE);
  second.state = third.state = DAMAGED;
  if (length2 > 0) open_stream(&second, in2, length2, out2, most, SECOND_TABLE);
  if (length3 > 0) open_stream(&third, in3, length3, out3, most, THIRD_TABLE);
  unpack_three();
  unpack_first_second(); /* of two that are left, both; else nothing */
  unpack_first_third();
  unpack_second_third();
  unpack_one(&first, FIRST_TABLE);
  unpack_one(&second, SECOND_TABLE);
  unpack_one(&third, THIRD_TABLE);
}

/* The bytes that the first (0), second (1) or third (2) stream came to; -1 where it is damaged */
EXPORT("unpacked") int unpacked(u32 which) {
  const Stream *own = which == 0 ? &first : which == 1 ? &second : &third;
  return own->state == WHOLE ? (int)(own->out - own->from) : -1;
}

#define AFTER_ZEROS(v, n)                                                                                                    \
  wasm_i8x16_shuffle(wasm_i8x16_splat(0), v, 16 - n, 17 - n, 18 - n, 19 - n, 20 - n, 21 - n, 22 - n, 23 - n, 24 - n, 25 - n, \
                     26 - n, 27 - n, 28 - n, 29 - n, 30 - n, 31 - n)

/* Each byte plus all before it */
INLINE v128_t running_sum(v128_t v) {
  v = wasm_i8x16_add(v, AFTER_ZEROS(v, 1));
  v = wasm_i8x16_add(v, AFTER_ZEROS(v, 2));
  v = wasm_i8x16_add(v, AFTER_ZEROS(v, 4));
  return wasm_i8x16_add(v, AFTER_ZEROS(v, 8));
}

/*
 * Undoes predictor 3 of 32-bit values (Adobe Photoshop TIFF Technical Note 3, 2005): a row holds the first bytes of all its
 * values, then the second ones and so on, the most significant first, as differences of bytes. `from` is written to, too;
 * `width` is a multiple of 16.
 */
EXPORT("join_floats") void join_floats(u8 *from, u8 *to, u32 width, u32 rows) {
  for (; rows > 0; rows--, from += 4 * width) {
    v128_t sum = wasm_i8x16_splat(0);
    for (u32 i = 0; i < 4 * width; i += 16) {
      const v128_t before = wasm_i8x16_shuffle(sum, sum, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15);
      sum = wasm_i8x16_add(running_sum(wasm_v128_load(from + i)), before);
      wasm_v128_store(from + i, sum);
    }
    for (u32 i = 0; i < width; i += 16, to += 64) {
      const v128_t a = wasm_v128_load(from + i), b = wasm_v128_load(from + width + i);
      const v128_t c = wasm_v128_load(from + 2 * width + i), d = wasm_v128_load(from + 3 * width + i);
      const v128_t dc = wasm_i8x16_shuffle(d, c, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const v128_t ba = wasm_i8x16_shuffle(b, a, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      wasm_v128_store(to, wasm_i16x8_shuffle(dc, ba, 0, 8, 1, 9, 2, 10, 3, 11));
      wasm_v128_store(to + 16, wasm_i16x8_shuffle(dc, ba, 4, 12, 5, 13, 6, 14, 7, 15));
      const v128_t dc2 = wasm_i8x16_shuffle(d, c, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      const v128_t ba2 = wasm_i8x16_shuffle(b, a, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      wasm_v128_store(to + 32, wasm_i16x8_shuffle(dc2, ba2, 0, 8, 1, 9, 2, 10, 3, 11));
      wasm_v128_store(to + 48, wasm_i16x8_shuffle(dc2, ba2, 4, 12, 5, 13, 6, 14, 7, 15));
    }
  }
}

extern u8 __heap_base;

/* The first address that is free */
EXPORT("free_from") u8 *free_from(void) { return &__heap_base; }
