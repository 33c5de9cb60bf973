/**
 * Tables of FlatBuffers, read without generated code and without trust in their offsets.
 *
 *     Table.root(view).text(0)   // the first field as text, '' where it is absent
 *
 * Reference: flatbuffers.dev, "FlatBuffers internals". Every access is bounded by the view: RangeError beyond it.
 */

/** One table: fields are asked for by their place in the schema. */
export class Table {
  readonly view: DataView;
  readonly #at: number;

  constructor(view: DataView, at: number) {
    if (at < 0 || at + 4 > view.byteLength) throw new RangeError(`offset ${at}`);
    this.view = view;
    this.#at = at;
  }

  /** The table that a buffer begins with. */
  static root(view: DataView): Table {
    return new Table(view, view.getUint32(0, true));
  }

  uint8(field: number): number {
    const at = this.#field(field);
    return at === null ? 0 : this.view.getUint8(at);
  }

  uint16(field: number, absent: number): number {
    const at = this.#field(field);
    return at === null ? absent : this.view.getUint16(at, true);
  }

  int32(field: number): number {
    const at = this.#field(field);
    return at === null ? 0 : this.view.getInt32(at, true);
  }

  uint64(field: number): bigint {
    const at = this.#field(field);
    return at === null ? 0n : this.view.getBigUint64(at, true);
  }

  text(field: number): string {
    const { at, length } = this.#vector(field, 1);
    return new TextDecoder().decode(new Uint8Array(this.view.buffer, this.view.byteOffset + at, length));
  }

  bytes(field: number): DataView {
    const { at, length } = this.#vector(field, 1);
    return new DataView(this.view.buffer, this.view.byteOffset + at, length);
  }

  float64s(field: number): number[] {
    const { at, length } = this.#vector(field, 8);
    return Array.from({ length }, (_, i) => this.view.getFloat64(at + i * 8, true));
  }

  uint32s(field: number): number[] {
    const { at, length } = this.#vector(field, 4);
    return Array.from({ length }, (_, i) => this.view.getUint32(at + i * 4, true));
  }

  table(field: number): Table | null {
    const at = this.#field(field);
    return at === null ? null : new Table(this.view, at + this.view.getUint32(at, true));
  }

  tables(field: number): Table[] {
    const { at, length } = this.#vector(field, 4);
    return Array.from({ length }, (_, i) => new Table(this.view, at + i * 4 + this.view.getUint32(at + i * 4, true)));
  }

  /** Where a field's value stands; `null` where the table leaves it out. */
  #field(field: number): number | null {
    const vtable = this.#at - this.view.getInt32(this.#at, true);
    const entry = 4 + field * 2;
    if (entry + 2 > this.view.getUint16(vtable, true)) return null;
    const offset = this.view.getUint16(vtable + entry, true);
    return offset === 0 ? null : this.#at + offset;
  }

  #vector(field: number, size: number): { at: number; length: number } {
    const field_ = this.#field(field);
    if (field_ === null) return { at: 0, length: 0 };
    const at = field_ + this.view.getUint32(field_, true);
    const length = this.view.getUint32(at, true);
    if (at + 4 + length * size > this.view.byteLength) throw new RangeError(`${length} × ${size} B`);
    return { at: at + 4, length };
  }
}
