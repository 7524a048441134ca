// Compiles wasm/*.as (AssemblyScript) and writes each module as base64 into src/generated, so that Node, workers, bundlers and
// browsers load it alike. The files end in .as because what reads TypeScript cannot parse decorators on functions; the compiler
// itself asks for .ts.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(home, 'wasm');
const target = join(home, 'src', 'generated');
mkdirSync(target, { recursive: true });
for (const file of readdirSync(source).filter((name) => name.endsWith('.as'))) {
  const name = file.slice(0, -'.as'.length);
  let module;
  const readFile = (path) => {
    const found = join(source, path.replace(/\.ts$/, '.as'));
    return existsSync(found) ? readFileSync(found, 'utf8') : null;
  };
  const { error, stderr } = await asc.main([`${name}.ts`, '--baseDir', source, '--outFile', 'module.wasm', '--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--enable', 'simd'], {
    readFile,
    writeFile: (_, contents) => void (module = contents),
  });
  process.stderr.write(stderr.toString());
  if (error !== null) throw error;
  const code = Buffer.from(module).toString('base64');
  writeFileSync(join(target, `${name}.ts`), `/** Compiled from wasm/${file}. */\nexport const code = '${code}';\n`);
}
