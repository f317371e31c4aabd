// Small pictures out of screenshots: the few colours of an editor need a palette, not 24 bits a point.
import { deflateSync } from 'node:zlib';
import gifenc from 'gifenc';
import { PNG } from 'pngjs';

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc >>> 0;
});

function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crcOf(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** The most frequent colours exactly as they are, those of an editor's surfaces and of most of its letters; then some for the rest. */
function paletteOf(data) {
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 128);
  const exact = frequent.map(([colour]) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  return [...exact, ...gifenc.quantize(data, 128)];
}

/** A screenshot with at most 256 colours. @param {Buffer} screenshot a PNG */
export function smallPng(screenshot) {
  const { width, height, data } = PNG.sync.read(screenshot);
  const palette = paletteOf(data);
  const points = Buffer.from(gifenc.applyPalette(data, palette, 'rgb888'));
  const rows = Array.from({ length: height }, (_, y) => [
    Buffer.from([0]),
    points.subarray(y * width, (y + 1) * width),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a point, by palette.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => colour.slice(0, 3)))),
    chunk('IDAT', deflateSync(Buffer.concat(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Frames of an animation: each a PNG with how long it is shown, in milliseconds. */
export function gifOf(frames) {
  const encoder = gifenc.GIFEncoder();
  for (const { png, delay } of frames) {
    const { width, height, data } = PNG.sync.read(png);
    const palette = paletteOf(data);
    encoder.writeFrame(gifenc.applyPalette(data, palette), width, height, { palette, delay });
  }
  encoder.finish();
  return encoder.bytes();
}
