// A growing byte buffer with the writers that ClickHouse's RowBinary needs.

/** Reuse one: `take()` copies out and starts over. */
export class RowWriter {
  buffer = Buffer.allocUnsafe(1 << 16);
  length = 0;

  reserve(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    const next = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + bytes));
    this.buffer.copy(next, 0, 0, this.length);
    this.buffer = next;
  }
  uint8(value: number): void {
    this.reserve(1);
    this.buffer[this.length++] = value;
  }
  uint16(value: number): void {
    this.reserve(2);
    this.buffer.writeUInt16LE(value, this.length);
    this.length += 2;
  }
  uint32(value: number): void {
    this.reserve(4);
    this.buffer.writeUInt32LE(value, this.length);
    this.length += 4;
  }
  /** A safe integer, negative allowed, as Int64 (or UInt64 when not negative). */
  int64(value: number): void {
    this.reserve(8);
    const low = value >>> 0;
    this.buffer.writeUInt32LE(low, this.length);
    this.buffer.writeInt32LE(Math.floor(value / 4294967296) | 0, this.length + 4);
    this.length += 8;
  }
  uint64(value: bigint): void {
    this.reserve(8);
    this.buffer.writeBigUInt64LE(value, this.length);
    this.length += 8;
  }
  uuid(text: string): void {
    this.reserve(16);
    writeUuid(this.buffer, this.length, text);
    this.length += 16;
  }
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest > 127) {
      this.buffer[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.buffer[this.length++] = rest;
  }
  string(value: string): void {
    const most = value.length * 3;
    this.reserve(most + 5);
    const length = Buffer.byteLength(value);
    this.varint(length);
    this.buffer.write(value, this.length, length, 'utf8');
    this.length += length;
  }
  bytes(value: Uint8Array): void {
    this.reserve(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
  }
  map(value: Readonly<Record<string, string>>): void {
    const keys = Object.keys(value);
    this.varint(keys.length);
    for (const key of keys) {
      this.string(key);
      this.string(value[key] ?? '');
    }
  }
  float64(value: number): void {
    this.reserve(8);
    this.buffer.writeDoubleLE(value, this.length);
    this.length += 8;
  }
  take(): Buffer {
    const out = Buffer.from(this.buffer.subarray(0, this.length));
    this.length = 0;
    return out;
  }
}

/** Value of a hexadecimal digit by its character code. */
const DIGIT = new Uint8Array(128);
for (let i = 0; i < 16; i++) {
  DIGIT[i.toString(16).charCodeAt(0)] = i;
  DIGIT[i.toString(16).toUpperCase().charCodeAt(0)] = i;
}

/** ClickHouse keeps a UUID as two little-endian halves. `text` holds 32 hexadecimal digits, with hyphens or without. */
export function writeUuid(target: Buffer, offset: number, text: string): void {
  let at = 0;
  for (let byte = 0; byte < 16; byte++) {
    if (text.charCodeAt(at) === 45) at++;
    const value = (DIGIT[text.charCodeAt(at)]! << 4) | DIGIT[text.charCodeAt(at + 1)]!;
    target[offset + (byte & 8) + 7 - (byte & 7)] = value;
    at += 2;
  }
}
