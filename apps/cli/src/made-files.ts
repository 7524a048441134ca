import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const listName = '.made.json';

/** Stands for the digest of a file that is being written; it is that of none. */
const unfinished = '';

type Content = string | Uint8Array | Iterable<string>;

/**
 * The files that runs made in a folder, each with the digest of what it was made of: what is still current is not made again, and what a
 * later run no longer makes is removed. Nothing else in the folder is touched.
 */
export class MadeFiles {
  private readonly before: Readonly<Record<string, string>>;
  private readonly now: Record<string, string> = {};
  /** Files that were written. */
  written = 0;

  constructor(private readonly folder: string) {
    this.before = read(join(folder, listName));
  }

  /** Writes a file unless it is there already, made of the same. `make` gives undefined where the file cannot be made, pieces where it is long. */
  async make(name: string, source: string | Uint8Array, make: () => Promise<Content | undefined> | Content | undefined): Promise<boolean> {
    const digest = createHash('sha256').update(source).digest('hex');
    const path = join(this.folder, name);
    if (this.before[name] !== digest || !existsSync(path)) {
      const content = await make();
      if (content === undefined) return false;
      // Were this run stopped now, the file would be neither what it was nor what it becomes.
      this.keepList({ ...this.before, ...this.now, [name]: unfinished });
      mkdirSync(dirname(path), { recursive: true });
      await writeFile(path, content);
      this.written++;
    }
    this.now[name] = digest;
    return true;
  }

  /** Removes what earlier runs made and this one did not; keeps the list. */
  close(): void {
    for (const name of Object.keys(this.before)) if (this.now[name] === undefined) rmSync(join(this.folder, name), { force: true });
    this.keepList(this.now);
  }

  private keepList(made: Readonly<Record<string, string>>): void {
    const sorted = Object.fromEntries(Object.entries(made).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(join(this.folder, listName), `${JSON.stringify(sorted, null, 1)}\n`);
  }
}

/** Empty where there is no list, or none that can be read: then everything is made. Names that lead out of the folder are passed over. */
function read(path: string): Record<string, string> {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && /^(?:[\w-]+\/)?\w[\w.-]*$/.test(entry[0])));
  } catch {
    return {};
  }
}
