// The browser's server is one file, of which Node's programs take the parts that they share with it (server/src/main/parts.ts).

/** So many characters at the beginning say where the parts stand. */
const headLength = 1024;

/** The parts by name, each the text of a function of `require` and `module`, as one script that runs the part `first`. */
export function joinParts(parts, first) {
  const places = {};
  let body = '(function(parts){var known={};function load(id){var module=known[id];';
  body += 'if(!module){module=known[id]={exports:{}};parts[id](load,module,module.exports)}return module.exports}';
  body += `load(${JSON.stringify(first)})})({`;
  for (const [name, text] of parts) {
    body += `${JSON.stringify(name)}:`;
    places[name] = [headLength + body.length, text.length];
    body += `${text},\n`;
  }
  const head = `//${JSON.stringify({ first, places })}`;
  if (head.length >= headLength) throw new Error(`There are too many parts: ${parts.size}`);
  return `${head.padEnd(headLength - 1)}\n${body}});`;
}

/** The same script with each part as `change` makes it. A script without parts is one part. */
export async function changeParts(script, change) {
  if (!script.startsWith('//{')) return change(script);
  const { first, places } = JSON.parse(script.slice(2, headLength));
  const parts = new Map();
  for (const [name, [start, length]] of Object.entries(places))
    parts.set(name, (await change(script.slice(start, start + length))).replace(/;\s*$/, ''));
  return joinParts(parts, first);
}
