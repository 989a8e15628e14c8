/** Texts as UTF-8 and bytes one after the other, without help from Node or a browser's types. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
const encoder = new TextEncoder();

export function utf8Bytes(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

export function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
