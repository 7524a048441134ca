/** PNG files made without a compressor, so that the same picture always has the same bytes. */

/** Checksums of all bytes, after the PNG specification's annex D. */
const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** A greyscale picture as a `data:` address. @param pixels 0 to 255, row by row */
export function greyPng(pixels: Uint8Array, width: number, height: number): string {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8; // bits a pixel; colour type 0 is grey
  const lines = new Uint8Array((width + 1) * height); // each row opens with its filter: 0, none
  for (let y = 0; y < height; y++) lines.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const bytes = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), chunk('IHDR', header), chunk('IDAT', stored(lines)), chunk('IEND', new Uint8Array(0))];
  return `data:image/png;base64,${base64(bytes)}`;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  let c = 0xffffffff;
  for (const byte of bytes.subarray(4, 8 + data.length)) c = table[(c ^ byte) & 0xff] ^ (c >>> 8);
  view.setUint32(8 + data.length, ~c >>> 0);
  return bytes;
}

/** A zlib stream of blocks that are stored as they are (RFC 1950, RFC 1951 3.2.4). */
function stored(data: Uint8Array): Uint8Array {
  const longest = 65535;
  const blocks = Math.max(1, Math.ceil(data.length / longest));
  const bytes = new Uint8Array(2 + 5 * blocks + data.length + 4);
  bytes.set([0x78, 0x01]);
  let at = 2;
  for (let b = 0; b < blocks; b++) {
    const part = data.subarray(b * longest, (b + 1) * longest);
    bytes.set([b === blocks - 1 ? 1 : 0, part.length & 0xff, part.length >> 8, ~part.length & 0xff, (~part.length >> 8) & 0xff], at);
    bytes.set(part, at + 5);
    at += 5 + part.length;
  }
  let a = 1;
  let s = 0;
  for (const byte of data) {
    a = (a + byte) % 65521;
    s = (s + a) % 65521;
  }
  bytes.set([s >> 8, s & 0xff, a >> 8, a & 0xff], at);
  return bytes;
}

function base64(parts: readonly Uint8Array[]): string {
  let binary = '';
  for (const part of parts) for (const byte of part) binary += String.fromCharCode(byte);
  return btoa(binary);
}
