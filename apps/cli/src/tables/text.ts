import { RadloomError } from '@radloom/core';

/** Encodings tried when none is named: what is not UTF-8 is taken for GB 18030, which spreadsheets in China write. */
const guesses = ['utf-8', 'gb18030'];

/**
 * Text of a file. A byte order mark decides (UTF-8, UTF-16); without one it is UTF-8, or GB 18030 where that cannot be.
 *
 * @param encoding as browsers name them: `gb18030`, `windows-1252`
 * @throws `encoding-unknown`, `text-undecodable`
 */
export function decodeText(bytes: Uint8Array, file: string, encoding?: string): string {
  if (encoding !== undefined) return decoded(bytes, file, encoding);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, file, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded(bytes, file, 'utf-16be');
  for (const guess of guesses) {
    try {
      return decoded(bytes, file, guess);
    } catch {
      // The next one.
    }
  }
  throw new RadloomError({ code: 'text-undecodable', what: 'The text is neither UTF-8 nor GB 18030.', where: { file }, fix: 'Name its encoding: --encoding windows-1252.' });
}

function decoded(bytes: Uint8Array, file: string, encoding: string): string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new RadloomError({ code: 'encoding-unknown', what: `There is no encoding ${encoding}.`, fix: 'Use a name such as utf-8, gb18030, big5, shift_jis, windows-1252.' });
  }
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new RadloomError({ code: 'text-undecodable', what: `The text is not ${encoding}.`, where: { file }, fix: 'Leave --encoding out to have it recognised, or name the right one.', cause });
  }
}
