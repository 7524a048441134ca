import { mkdtemp, readdir, rm, stat, utimes, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { digestBytes } from '@radloom/core';
import { Cache } from '@radloom/engine';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openInputFiles } from './inputs.js';
import { openFilesystemStore } from './store.js';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'radloom-cache-'))));
afterEach(async () => rm(folder, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const node = (text: string) => ({ outputs: { out: { digest: digestBytes(bytes(text)), size: text.length, inline: bytes(text) } }, milliseconds: 1 });
const key = (n: number) => digestBytes(Uint8Array.of(n));

describe('the store', () => {
  test('gives back what was written, and nothing for what was not', async () => {
    const store = await openFilesystemStore(folder);
    const id = digestBytes(bytes('x'));
    expect(await store.read('blobs', id)).toBeUndefined();
    await store.write('blobs', id, bytes('x'));
    expect(Buffer.from((await store.read('blobs', id))!).toString()).toBe('x');
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  });

  test('puts a damaged blob aside and counts it as a miss', async () => {
    const damage: string[] = [];
    const store = await openFilesystemStore(folder);
    const cache = new Cache(store, (space, id, reason) => damage.push(`${space} ${id} ${reason}`));
    const id = digestBytes(bytes('right'));
    await cache.writeBlob(id, bytes('right'));
    await writeFile(join(folder, 'blobs', id.slice(0, 2), id), 'wrong');
    expect(await cache.readBlob(id)).toBeUndefined();
    expect(damage).toHaveLength(1);
    expect(await readdir(join(folder, 'quarantine'))).toEqual([`blobs-${id}`, `blobs-${id}.reason`]);
  });

  test.each([['truncated', (b: Buffer) => b.subarray(0, 20)], ['empty', () => Buffer.alloc(0)], ['one bit flipped', (b: Buffer) => (b[50] ^= 4, b)], ['other bytes', () => Buffer.from('hello')]])('a record %s is a miss and is put aside', async (_, harm) => {
    const store = await openFilesystemStore(folder);
    const cache = new Cache(store);
    await cache.writeRecord(key(1), new Map([[key(2), node('value')]]), new Map());
    const path = join(folder, 'records', key(1).slice(0, 2), key(1));
    await writeFile(path, harm(Buffer.from((await store.read('records', key(1)))!)));
    expect(await cache.readRecord(key(1))).toBeUndefined();
    expect(await store.read('records', key(1))).toBeUndefined();
  });

  test('a record keeps what it held when more is written', async () => {
    const cache = new Cache(await openFilesystemStore(folder));
    await cache.writeRecord(key(1), new Map([[key(2), node('first')]]), new Map([[key(9), [key(2)]]]));
    await cache.writeRecord(key(1), new Map([[key(3), node('second')]]), new Map());
    const record = (await cache.readRecord(key(1)))!;
    expect([record.position(key(2)), record.position(key(3))].every((at) => at !== undefined)).toBe(true);
    expect(record.head(key(9))).toHaveLength(1);
    expect(Buffer.from(record.inline(digestBytes(bytes('first')))!).toString()).toBe('first');
  });

  test('several processes write the same folder at once, and every value can be read after', async () => {
    await openFilesystemStore(folder);
    const script = `
      import { openFilesystemStore } from ${JSON.stringify(fileURLToPath(new URL('../dist/index.js', import.meta.url)))};
      import { createHash } from 'node:crypto';
      const store = await openFilesystemStore(process.argv[1]);
      for (let i = 0; i < 60; i++) {
        const bytes = new TextEncoder().encode('value ' + i);
        await store.write('blobs', createHash('sha256').update(bytes).digest('hex'), bytes);
        await store.write('records', createHash('sha256').update('record ' + (i % 7)).digest('hex'), bytes);
      }`;
    const children = Array.from({ length: 3 }, () => spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['ignore', 'ignore', 'inherit'] }));
    const codes = await Promise.all(children.map((child) => new Promise((resolve) => child.on('exit', resolve))));
    expect(codes).toEqual([0, 0, 0]);
    const store = await openFilesystemStore(folder);
    const cache = new Cache(store);
    for (let i = 0; i < 60; i++) {
      const value = bytes(`value ${i}`);
      expect(await cache.readBlob(digestBytes(value))).toEqual(Buffer.from(value));
    }
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  }, 30_000);

  test('a name that leaves the folder is refused', async () => {
    const store = await openFilesystemStore(folder);
    await expect(store.read('blobs', '../secret')).rejects.toMatchObject({ code: 'cache-id' });
  });

  test('a folder that cannot be made is an error with the way out', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(openFilesystemStore(join(folder, 'file', 'cache'))).rejects.toMatchObject({ code: 'cache-io' });
  });
});

describe('input files', () => {
  const old = new Date(Date.now() - 60_000);
  const put = async (name: string, text: string, settled = true) => {
    const path = join(folder, name);
    await writeFile(path, text);
    if (settled) await utimes(path, old, old);
    return { name, locator: path };
  };

  test('a digest is of the content; a change is seen', async () => {
    await mkdir(join(folder, 'cache'));
    const files = await openInputFiles({ folder: join(folder, 'cache') });
    const file = await put('a.txt', 'one');
    expect((await files.identify(file)).digest).toBe(digestBytes(bytes('one')));
    await put('a.txt', 'two');
    expect((await files.identify(file)).digest).toBe(digestBytes(bytes('two')));
  });

  test('a file that just changed is not trusted: same size, same times to the second, other bytes', async () => {
    await mkdir(join(folder, 'cache'));
    const files = await openInputFiles({ folder: join(folder, 'cache') });
    const file = await put('a.txt', 'one', false);
    await files.identify(file);
    expect((await stat(join(folder, 'cache', 'inputs')).catch(() => undefined))?.size ?? 0).toBe(0);
  });

  test('the memory names no path', async () => {
    await mkdir(join(folder, 'cache'));
    const files = await openInputFiles({ folder: join(folder, 'cache') });
    await files.identify(await put('Jane Doe.txt', 'one'));
    const kept = await import('node:fs').then((fs) => fs.existsSync(join(folder, 'cache', 'inputs')) ? fs.readFileSync(join(folder, 'cache', 'inputs'), 'latin1') : '');
    expect(kept).not.toContain('Jane');
  });

  test('a missing file is an error without its folder', async () => {
    const files = await openInputFiles();
    await expect(files.identify({ name: 'gone.nii', locator: join(folder, 'gone.nii') })).rejects.toMatchObject({ code: 'file-missing', what: 'gone.nii does not exist.' });
  });
});
