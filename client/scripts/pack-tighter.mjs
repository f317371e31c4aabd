import { inflateRawSync } from 'node:zlib';
import zopfli from '@gfx/zopfli';
import { TextReader, TextWriter, Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js';
import { minify } from 'terser';
import { changeParts } from '../../server/scripts/parts.mjs';

const deflated = 8;

/**
 * The same zip file in fewer bytes: its programs with local names that repeat more than the bundler's, its JSON without blanks and without
 * what a manifest says to developers, and every deflated entry deflated again, by a packer that looks longer for matches.
 * Takes about a quarter of a minute a megabyte.
 */
export async function packTighter(zip) {
  return rewritten(await rewritten(zip, addShorter), addTighter);
}

/** A zip file to which `add` adds each entry of another. */
async function rewritten(zip, add) {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { dataDescriptor: false, extendedTimestamp: false });
  for await (const entry of new ZipReader(new Uint8ArrayReader(zip)).getEntriesGenerator()) await add(writer, entry);
  return writer.close();
}

async function addShorter(writer, entry) {
  const shorten = shorteners[/\.\w+$/.exec(entry.filename)?.[0]];
  if (shorten === undefined) return addPacked(writer, entry, (data) => data);
  const text = await shorten(await entry.getData(new TextWriter()));
  return writer.add(entry.filename, new TextReader(text));
}

/** Nothing but names changes in a program: what is tested and measured is what is packed. */
const renaming = { compress: false, mangle: true, format: { ascii_only: true } };

const shorteners = {
  '.js': (text) => changeParts(text, async (part) => (await minify(part, renaming)).code),
  '.json': (text) => JSON.stringify(JSON.parse(text), (key, value) => (forDevelopers.has(key) ? undefined : value)),
};

/** What the manifest says to those who build the extension. */
const forDevelopers = new Set(['scripts', 'devDependencies']);

/** What does not get smaller stays as it is. */
function addTighter(writer, entry) {
  return addPacked(writer, entry, async (data) => {
    if (entry.compressionMethod !== deflated) return data;
    const again = await zopfli.deflateAsync(inflateRawSync(data), { numiterations: 6 });
    return again.length < data.length ? again : data;
  });
}

async function addPacked(writer, entry, make) {
  const packed = await entry.getData(new Uint8ArrayWriter(), { passThrough: true });
  return writer.add(entry.filename, new Uint8ArrayReader(await make(packed)), { entry, passThrough: true });
}
