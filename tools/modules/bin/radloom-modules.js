#!/usr/bin/env node
// Run in a package's folder after its build: writes dist/modules.json.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeModules } from '../src/index.js';

const folder = process.argv[2] ?? process.cwd();
writeFileSync(join(folder, 'dist', 'modules.json'), `${JSON.stringify(await describeModules(folder), null, 1)}\n`);
