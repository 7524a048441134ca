import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Font files of one face, regular first. */
export interface Font {
  /** The family's name. */
  readonly name: string;
  readonly files: readonly string[];
}

const require = createRequire(import.meta.url);

/** Folders in which systems keep fonts. */
const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(homedir(), '.fonts'), join(homedir(), '.local/share/fonts'), '/Library/Fonts', '/System/Library/Fonts', 'C:\\Windows\\Fonts'];

/** File names of fonts that systems have, the best first, and their families. */
const latin = [[/^LiberationSans-Regular/i, 'Liberation Sans'], [/^arial\.ttf$/i, 'Arial'], [/^DejaVuSans\.ttf$/i, 'DejaVu Sans'], [/^Helvetica/i, 'Helvetica']] as const;
const chinese = [
  [/NotoSansCJK/i, 'Noto Sans CJK SC'], [/NotoSansSC/i, 'Noto Sans SC'], [/NotoSansHans/i, 'Noto Sans S Chinese'], [/SourceHanSans/i, 'Source Han Sans SC'], [/wqy-microhei/i, 'WenQuanYi Micro Hei'], [/wqy/i, 'WenQuanYi Zen Hei'],
  [/msyh/i, 'Microsoft YaHei'], [/PingFang/i, 'PingFang SC'], [/simhei/i, 'SimHei'], [/DroidSansFallback/i, 'Droid Sans Fallback'],
] as const;

/** The face of Latin text: the one that comes with this program, so that pictures look the same everywhere; else one of the system. */
export function latinFont(): Font | undefined {
  return shipped('Source Sans 3', '@expo-google-fonts/source-sans-3/package.json', ['400Regular/SourceSans3_400Regular.ttf', '600SemiBold/SourceSans3_600SemiBold.ttf']) ?? ofSystem(latin);
}

/** The face of Chinese text; undefined when neither this program nor the machine has one. */
export function chineseFont(): Font | undefined {
  return shipped('Noto Sans S Chinese', '@embedpdf/fonts-sc', ['../fonts/NotoSansHans-Regular.otf', '../fonts/NotoSansHans-Bold.otf']) ?? ofSystem(chinese);
}

/** Files of a font package beside a module of it that can be resolved. */
function shipped(name: string, module: string, files: readonly string[]): Font | undefined {
  try {
    const folder = dirname(require.resolve(module));
    const found = files.map((file) => join(folder, file));
    return found.every((file) => existsSync(file)) ? { name, files: found } : undefined;
  } catch {
    return undefined;
  }
}

function ofSystem(wanted: readonly (readonly [pattern: RegExp, name: string])[]): Font | undefined {
  const files = folders.flatMap((folder) => fontsIn(folder));
  for (const [pattern, name] of wanted) {
    const found = files.find((file) => pattern.test(basename(file)));
    if (found !== undefined) return { name, files: [found] };
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
