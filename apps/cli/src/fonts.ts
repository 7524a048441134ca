import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folders in which systems keep fonts. */
const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(homedir(), '.fonts'), join(homedir(), '.local/share/fonts'), '/Library/Fonts', '/System/Library/Fonts', 'C:\\Windows\\Fonts'];

/** Names of fonts that have Chinese characters, the best first. */
const chinese = [/NotoSansCJK/i, /NotoSansSC/i, /SourceHanSans/i, /wqy/i, /msyh/i, /PingFang/i, /simhei/i, /DroidSansFallback/i];

/** A font file with Chinese characters; undefined when the machine has none. */
export function findFont(): string | undefined {
  const files = folders.flatMap((folder) => fontsIn(folder));
  for (const pattern of chinese) {
    const found = files.find((file) => pattern.test(file));
    if (found !== undefined) return found;
  }
  return undefined;
}

function fontsIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ttf|otf|ttc)$/i.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  } catch {
    return [];
  }
}
