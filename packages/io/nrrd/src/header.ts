import { RadloomError } from '@radloom/core';

/** A NRRD header as text: fields by name in lower case without spaces (`spacedirections`), key/value pairs as written. */
export interface NrrdHeader {
  readonly fields: ReadonlyMap<string, string>;
  readonly pairs: ReadonlyMap<string, string>;
  /** Names that follow `data file: LIST`, one a line. */
  readonly fileList: readonly string[];
  /** Where attached data begins; undefined when no blank line ends the header. */
  readonly dataStart: number | undefined;
}

/** A header longer than this is no header. */
const LONGEST = 16 * 1024 * 1024;

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Splits the header into its fields; definition of the format: teem.sourceforge.net/nrrd/format.html.
 *
 * @throws `not-nrrd` when the magic is another, `nrrd-header` when a line is no field, pair or comment
 */
export function parseHeader(bytes: Uint8Array): NrrdHeader {
  const magic = String.fromCharCode(...bytes.subarray(0, 8));
  if (!/^NRRD000[1-5]/.test(magic)) {
    throw new RadloomError({
      code: 'not-nrrd',
      what: `This is not an NRRD file: it begins with "${magic.replace(/[^\x20-\x7e]/g, '?')}" and not with "NRRD0001" to "NRRD0005".`,
      fix: 'Check that the path leads to the image and that the download was complete.',
    });
  }
  const { text, dataStart } = headerText(bytes);
  const fields = new Map<string, string>();
  const pairs = new Map<string, string>();
  const fileList: string[] = [];
  let listing = false;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (i === 0 || line === '' || line.startsWith('#')) continue;
    if (listing) {
      fileList.push(line.trim());
      continue;
    }
    const pair = /^([^:]+):=(.*)$/.exec(line);
    const field = /^([^:]+): (.*)$/.exec(line) ?? /^([^:]+):(.*)$/.exec(line);
    if (pair !== null) pairs.set(pair[1].trim(), pair[2].trim());
    else if (field !== null) {
      const name = field[1].toLowerCase().replace(/\s/g, '');
      fields.set(name, field[2].trim());
      listing = name === 'datafile' && /^LIST\b/.test(field[2].trim());
    } else throw badHeader(`Line ${i + 1} of the header is no field: "${line.slice(0, 40)}". The blank line that ends a header may be missing.`);
  }
  return { fields, pairs, fileList, dataStart };
}

/** The header's text up to the first blank line, or all there is. */
function headerText(bytes: Uint8Array): { text: string; dataStart: number | undefined } {
  const limit = Math.min(bytes.length, LONGEST);
  for (let i = 0; i < limit; i++) {
    if (bytes[i] !== NEWLINE) continue;
    const next = bytes[i + 1] === RETURN ? i + 2 : i + 1;
    if (bytes[next] === NEWLINE) return { text: new TextDecoder().decode(bytes.subarray(0, i)), dataStart: next + 1 };
  }
  return { text: new TextDecoder().decode(bytes.subarray(0, limit)), dataStart: undefined };
}

/** A field that must be there. */
export function required(header: NrrdHeader, name: string, written: string): string {
  const value = header.fields.get(name);
  if (value === undefined) throw badHeader(`The header has no field "${written}".`);
  return value;
}

export function badHeader(what: string): RadloomError {
  return new RadloomError({ code: 'nrrd-header', what, fix: 'Write the file again with the software that made it.' });
}
